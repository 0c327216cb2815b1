"""The first minutes with Focal: a greeting, what it can do, and the way out of everything."""

from __future__ import annotations

import asyncio

import pytest

from bot.rehearsal.people import Player

from .stage import AIKO, SARI, Stage, labels, text_of


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

    everybody = {"start", "find", "topics", "language", "help", "about", "cancel"}
    while (
        len(stage.emulator.calls_of("setMyShortDescription")) < 4
    ):  # told in the background, after the start
        await asyncio.sleep(0.01)
    for language in ("", "en", "fr", "zh"):
        assert listed('"default"', language) == everybody
        assert listed("all_private_chats", language) == everybody
        assert listed("all_group_chats", language) == {"find", "topics", "help"}
        assert listed(str(AIKO), language) == everybody | {"questions", "content"}
    assert listed(str(SARI)) == set()
