"""Drafts and entries for one role: invisible to others in every way an entry can be met."""

from __future__ import annotations

import pytest

from bot.domain import buttons as b
from bot.domain.people import Role
from bot.domain.views import Gone, NotAllowed
from bot.rehearsal.people import Player

from .stage import Stage, answers, labels, text_of

GONE = 999_999
HIDDEN = ("Veiled fountain", "Inner circle", "Hush assembly", "Zorbulat", "Quandrifugal")
IDS = ("veiled-fountain", "inner-circle-notes", "hush-assembly")
SCREENS = (
    *(b.Open(entry_id) for entry_id in IDS),
    *(b.Read(page, entry_id) for entry_id in IDS for page in (0, 1)),
    *(b.Similar(entry_id) for entry_id in (*IDS, "public-guide", "rainwater-tanks", "basket-composting")),
    *(b.Replicated(entry_id) for entry_id in (*IDS, "basket-composting", "public-guide")),
    *(b.Share(entry_id) for entry_id in IDS),
    *(b.Topic(1, topic) for topic in ("waste", "composting", "water", "secrets")),
    *(b.Country(page, country) for country in ("PH", "ID") for page in (1, 2)),
    *(b.Kind(page, kind) for kind in ("practices", "events", "lessons") for page in (1, 2)),
    b.Countries(1),
    b.Go(b.Screen.KINDS),
    b.Go(b.Screen.TOPICS),
    *(b.Read(page, entry_id) for entry_id in ("public-guide", "naga-meeting") for page in (0, 1)),
)
"""Every screen on which an entry, a link to one, or a count of them can stand."""


async def seen_by(stage: Stage, reader: Player) -> list[str]:
    """Everything that a reader is shown who tries every way, and every address behind it."""
    for words in ("Veiled fountain", "zorbulate vellichor", "inner circle notes", "hush assembly", "naga"):
        await stage.ask(reader, f"/find {words}")
        if any("Not what I asked" in label for label in labels(reader)):
            await stage.press(reader, "Not what I asked")
    for entry_id in IDS:
        await reader.say(f"/start e_{entry_id}")
    for screen in SCREENS:  # from a message that is long gone, so that each answer is a message of its own
        await reader.press_data(b.pack(screen), GONE)
    await stage.settled()
    shown = [message for message in reader.messages() if message.from_bot]
    assert len(shown) > len(SCREENS)
    found = [str(key) for message in shown for key in message.buttons]
    return answers(reader) + found + [str(message.entities) for message in shown]


@pytest.mark.parametrize("role", [Role.VISITOR, Role.DEPUTY])
async def test_a_hidden_entry_shows_in_no_answer_list_count_or_link(
    stage: Stage, sari: Player, role: Role
) -> None:
    await stage.ask(sari, "/start")
    await stage.appoint(sari, role)
    everything = "\n".join(line for line in await seen_by(stage, sari) if "found nothing on" not in line)
    for secret in (*HIDDEN, *IDS):
        assert secret.lower() not in everything.lower()


async def test_the_secretariat_sees_what_is_for_it_and_no_drafts(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    await stage.appoint(sari, Role.SECRETARIAT)
    everything = "\n".join(line for line in await seen_by(stage, sari) if "found nothing on" not in line)
    assert "Inner circle notes" in everything
    assert "Hush assembly" in everything
    assert "veiled" not in everything.lower()
    assert "Zorbulat" not in everything


async def test_an_admin_sees_drafts_and_that_they_are_drafts(stage: Stage, aiko: Player) -> None:
    assert "Veiled fountain" in await stage.ask(aiko, "veiled fountain")
    assert "draft" in text_of(aiko)


async def test_a_link_to_a_hidden_entry_says_no_more_than_a_link_to_none(stage: Stage, sari: Player) -> None:
    hidden = await stage.ask(sari, "/start e_veiled-fountain")
    nothing = await stage.ask(sari, "/start e_no-such-entry")
    assert hidden == nothing == stage.says(Gone())


async def test_inline_mode_offers_nobody_what_is_not_for_everybody(stage: Stage, aiko: Player) -> None:
    """Even to an admin: whatever is posted is read by others."""
    for words in ("veiled-fountain", "Veiled fountain", "quandrifugal budgeting", "public-guide", "naga"):
        answer = await (await aiko.inline(words)).answered()
        assert not [secret for secret in (*HIDDEN, *IDS) if secret.lower() in str(answer).lower()]


async def test_in_a_group_an_admin_is_shown_only_what_all_may_read(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    group = stage.emulator.group(-100500, "Compost", [aiko, sari])
    await stage.ask(aiko, "/start")
    answer = await stage.ask_in(group, aiko, "/find veiled fountain")
    assert answer is not None
    assert "Zorbulate" not in answer
    assert not [key for message in group.messages() for key in message.buttons if "Veiled" in key["text"]]


async def test_a_topic_of_hidden_entries_is_as_good_as_none(stage: Stage, sari: Player, aiko: Player) -> None:
    for words in ("sealed matters", "sealed matter zzz", "secrets"):
        await stage.ask(sari, words)
        assert not [label for label in labels(sari) if "Sealed" in label], words
    assert await stage.forge(sari, b.Topic(1, "secrets")) == stage.says(Gone())
    await stage.ask(aiko, "/start")
    assert "Hush assembly" in await stage.forge(aiko, b.Topic(1, "secrets")) + " ".join(labels(aiko))


async def test_what_a_role_no_longer_may_see_goes_from_its_old_buttons(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    await stage.appoint(sari, Role.SECRETARIAT)
    assert "Inner circle notes" in await stage.ask(sari, "inner circle notes")
    card = sari.messages()[-1].id
    await stage.appoint(sari, Role.VISITOR)
    assert await stage.press(sari, "Read more", card) == stage.says(Gone())


async def test_whoever_may_not_answer_questions_is_not_told_that_there_are_any(
    stage: Stage, sari: Player, marie: Player
) -> None:
    await stage.ask(marie, "/start")
    await stage.ask(sari, "zeppelin harbour masters")
    await stage.press(sari, "Ask the secretariat")
    await stage.appoint(marie, Role.DEPUTY)
    for button in (b.Questions(1), b.Question(1), b.Answer(1), b.SendAnswer(1, 1), b.Misses(), b.Content(1)):
        assert await stage.forge(marie, button) == stage.says(NotAllowed(), "fr")
    for foreign in (b.Withdraw(1), b.WriteBack(1)):
        assert await stage.forge(marie, foreign) == stage.says(NotAllowed(), "fr")
    assert stage.sql("SELECT state, taken_by FROM questions") == [("open", None)]
