"""The first minutes with Focal: a greeting, what it can do, and the way out of everything."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.chat.pace import Pace
from bot.domain import buttons as b
from bot.domain.views import NobodyThere, SlowDown
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.people import Player

from .conftest import Staged
from .stage import AIKO, SARI, Stage, answers, labels, text_of

MENUS = 4 * (3 + 2)
"""Three scopes for everybody and two admins, in three languages and the one for all others."""


async def test_start_greets_by_saying_what_focal_can_do_as_buttons(stage: Stage, sari: Player) -> None:
    await sari.start()
    await stage.settled()
    assert "Welcome to Focal" in text_of(sari)
    shown = " ".join(labels(sari))
    for wanted in ("Find", "Topics", "Countries", "Kinds", "Language", "Help", "About"):
        assert wanted in shown
    assert "Questions" not in shown
    assert "Content" not in shown


async def test_an_admin_is_greeted_with_what_waits_for_them(stage: Stage, aiko: Player, sari: Player) -> None:
    await stage.ask(sari, "zeppelin harbour masters")
    await stage.press(sari, "Ask the secretariat")
    greeting = await stage.ask(aiko, "/start")
    assert "One question waits for the secretariat" in greeting
    assert {"❓ Questions", "🗄 Content", "🕳 Not found"} <= set(labels(aiko))


@pytest.mark.parametrize(
    ("button", "shown"),
    [
        ("Find", "What are you looking for?"),
        ("Topics", "Choose a topic"),
        ("Countries", "Where shall we look?"),
        ("Kinds", "What are you after?"),
        ("Language", "Which language shall I speak?"),
        ("Help", "How to use Focal"),
        ("About", "About Focal"),
    ],
)
async def test_every_button_of_the_greeting_leads_somewhere(
    stage: Stage, sari: Player, button: str, shown: str
) -> None:
    await stage.ask(sari, "/start")
    assert shown in await stage.press(sari, button)


async def test_the_answer_to_a_button_takes_the_place_of_its_message(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    before = len(sari.messages())
    await stage.press(sari, "Help")
    await stage.press(sari, "Start")
    assert len(sari.messages()) == before
    assert "Welcome to Focal" in text_of(sari)


async def test_every_press_is_answered_so_that_no_clock_goes_on_turning(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    query = await sari.press("💬 Help")
    assert query is not None
    await query.answered(2.0)


async def test_help_names_the_commands_of_the_reader_and_no_others(
    stage: Stage, sari: Player, aiko: Player
) -> None:
    for_everybody = await stage.ask(sari, "/help")
    assert "/find" in for_everybody
    assert "/questions" not in for_everybody
    assert "/content" not in for_everybody
    for_admins = await stage.ask(aiko, "/help")
    assert "/questions" in for_admins
    assert "/content" in for_admins


async def test_about_counts_what_the_reader_can_open(stage: Stage, sari: Player, aiko: Player) -> None:
    visible = await stage.ask(sari, "/about")
    everything = await stage.ask(aiko, "/about")
    assert "Entries: 23 · practices: 4 · cities: 2" in visible
    assert "Entries: 26 · practices: 6 · cities: 2" in everything


async def test_cancel_says_that_there_was_nothing_to_leave(stage: Stage, sari: Player) -> None:
    assert "nothing to leave" in await stage.ask(sari, "/cancel")


async def test_an_unknown_command_is_met_with_the_one_that_was_meant(stage: Stage, sari: Player) -> None:
    assert "Did you mean /topics?" in await stage.ask(sari, "/topic")
    unlike_any = await stage.ask(sari, "/xyzzyplugh")
    assert "I do not know the command /xyzzyplugh." in unlike_any
    assert "Did you mean" not in unlike_any


async def test_the_menu_of_commands_is_set_for_each_scope_and_language(stage: Stage) -> None:
    def listed(scope: str, language: str = "") -> set[str]:
        found = stage.emulator.bot.commands
        return {
            c["command"] for key, c_ in found.items() if scope in key[0] and key[1] == language for c in c_
        }

    everybody = {"start", "find", "topics", "language", "mydata", "forget", "help", "about", "cancel"}
    office = {"report", "status", "review", "overview", "questions", "people", "invite", "content"}
    office |= {"announce", "extend", "remind", "publish", "export", "import"}
    while len(stage.emulator.calls_of("setMyCommands")) < MENUS:  # told in the background, after the start
        await asyncio.sleep(0.01)
    for language in ("", "en", "fr", "zh"):
        assert listed('"default"', language) == everybody
        assert listed("all_private_chats", language) == everybody
        assert listed("all_group_chats", language) == {"find", "topics", "help"}
        assert listed(str(AIKO), language) == everybody | office
    assert listed(str(SARI)) == set()


async def test_an_admin_has_their_menu_from_the_first_start_on(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    """Before it Telegram knows no chat with them, and sets nothing for it."""
    while len(stage.emulator.calls_of("setMyCommands")) < MENUS:
        await asyncio.sleep(0.01)
    stage.emulator.bot.commands.clear()
    await stage.ask(sari, "/start")
    assert stage.emulator.bot.commands == {}
    await stage.ask(aiko, "/start")
    menus = {language: listed for (scope, language), listed in stage.emulator.bot.commands.items()}
    assert set(menus) == {"", "en", "fr", "zh"}
    assert "questions" in {command["command"] for command in menus[""]}


async def test_the_menu_is_set_though_telegram_asks_to_wait(staged: Staged, network: Path) -> None:
    async with Emulator.serve() as telegram:
        telegram.fault(FaultKind.TOO_MANY_REQUESTS, "setMyCommands", value=1)
        async with staged(network, telegram) as stage:
            async with asyncio.timeout(10):
                while len(stage.emulator.bot.commands) < MENUS:
                    await asyncio.sleep(0.01)


async def test_help_in_a_group_names_what_works_there_even_to_an_admin(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    group = stage.emulator.group(-100500, "Compost", [aiko, sari])
    shown = str(await stage.ask_in(group, aiko, "/help"))
    assert "/find – look something up" in shown
    assert "/questions" not in shown
    assert "/language" not in shown


async def test_a_greeting_in_a_group_shows_nobody_what_waits_for_the_admins(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    group = stage.emulator.group(-100500, "Compost", [aiko, sari])
    await stage.ask(sari, "zeppelin harbour masters")
    await stage.press(sari, "Ask the secretariat")
    assert "question" not in str(await stage.ask_in(group, aiko, "@focal_rehearsal_bot hello")).lower()
    shown = [key["text"] for key in group.messages()[-1].buttons]
    assert shown
    assert not {"❓ Questions", "🗄 Content", "🕳 Not found"} & set(shown)


async def test_where_there_is_no_secretariat_nobody_is_offered_to_ask_it(
    staged: Staged, network: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with staged(network, admins=frozenset()) as stage:
        assert [line for line in caplog.messages if "FOCAL_ADMINS" in line]
        sari = stage.person(SARI, "Sari")
        assert "secretariat" not in await stage.ask(sari, "/help")
        assert "secretariat" not in await stage.ask(sari, "zeppelin harbour masters")
        assert not [label for label in labels(sari) if "secretariat" in label]
        assert await stage.ask(sari, "talk to a human") == stage.says(NobodyThere())
        lookup = stage.sql("SELECT id FROM lookups")[0][0]
        assert await stage.forge(sari, b.AskSecretariat(lookup)) == stage.says(NobodyThere())
        assert stage.sql("SELECT count(*) FROM questions") == [(0,)]


async def test_whoever_floods_the_bot_is_asked_once_to_slow_down_and_answers_are_still_taken(
    staged: Staged, network: Path
) -> None:
    async with staged(network, pace=Pace(6)) as stage:
        sari, aiko = stage.person(SARI, "Sari"), stage.person(AIKO, "Aiko")
        await stage.ask(sari, "talk to a human")
        for _ in range(30):
            await sari.say("rainwater tanks")
        await stage.settled()
        # The first of them is the question itself; a few more are looked up.
        assert answers(sari).count(stage.says(SlowDown())) == 1
        assert 3 <= sum("Rainwater" in text for text in answers(sari)) <= 18
        assert stage.sql("SELECT count(*) FROM inbox WHERE state != 'done'") == [(0,)]
        assert stage.sql("SELECT text FROM remarks") == [("rainwater tanks",)]
        assert "Rainwater" in await stage.ask(aiko, "rainwater tanks")
        for _ in range(30):
            await sari.press_data("gh", 999_999)
        await stage.settled()
        assert answers(sari).count(stage.says(SlowDown())) == 1
