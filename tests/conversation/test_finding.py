"""Looking something up: by plain words or /find, in any spelling, with an honest nothing at the end."""

from __future__ import annotations

from bot.rehearsal.people import Player

from .stage import SARI, Stage, answers, labels, text_of


async def test_plain_words_open_the_entry_that_was_meant(stage: Stage, sari: Player) -> None:
    card = await stage.ask(sari, "basket composting in Surabaya")
    assert "Basket composting in Surabaya" in card
    assert "2004–2008" in card
    assert "−20\N{NARROW NO-BREAK SPACE}% or more" in card
    assert "Kitakyushu review 2010: §10, box 1" in card
    assert {"📖 Read more", "↗ Share", "≈ Similar", "🌍 Where it was replicated", "Not what I asked"} == set(
        labels(sari)
    )


async def test_find_does_what_plain_words_do(stage: Stage, sari: Player) -> None:
    assert await stage.ask(sari, "/find rainwater tanks") == await stage.ask(sari, "rainwater tanks")


async def test_find_without_words_asks_for_them_and_the_next_words_are_looked_up(
    stage: Stage, sari: Player
) -> None:
    assert "What are you looking for?" in await stage.ask(sari, "/find")
    assert "Rainwater" in await stage.ask(sari, "rainwater tanks")


async def test_words_that_fit_several_entries_are_answered_with_choices(stage: Stage, sari: Player) -> None:
    asked = await stage.ask(sari, "lesson on streets")
    assert "Which one do you mean?" in asked
    chosen = labels(sari)[1]
    assert chosen.startswith("2. ")
    assert chosen.removeprefix("2. ") in await stage.press(sari, "2. ")


async def test_a_choice_leaves_the_list_at_hand_for_another_one(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "lesson on streets")
    choices = sari.messages()[-1].id
    first = await stage.press(sari, "1. ", choices)
    third = await stage.press(sari, "3. ", choices)
    assert first != third
    assert first in answers(sari)


async def test_not_what_i_asked_leads_to_the_next_best_and_then_to_people(stage: Stage, sari: Player) -> None:
    first = await stage.ask(sari, "basket composting in Surabaya")
    again = await stage.press(sari, "Not what I asked")
    assert again != first
    assert "Basket composting in Surabaya" not in again.split("\n")[0]
    at_the_end = await stage.press(sari, "Not what I asked")
    assert "I have nothing that fits" in at_the_end
    assert "✉️ Ask the secretariat" in labels(sari)


async def test_every_not_what_i_asked_is_counted(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "basket composting in Surabaya")
    await stage.press(sari, "Not what I asked")
    await stage.press(sari, "Not what I asked")
    assert stage.sql("SELECT words, rejected FROM lookups") == [("basket composting in Surabaya", 2)]


async def test_the_next_best_never_repeats_what_was_shown(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "lesson on streets")
    first = {label.split(". ", 1)[-1] for label in labels(sari)}
    await stage.press(sari, "Not what I asked")
    second = {label.split(". ", 1)[-1] for label in labels(sari)}
    assert first & second == {"Not what I asked"}
    await stage.press(sari, "Not what I asked")
    assert "✉️ Ask the secretariat" in labels(sari), "a third list helps nobody; people do"


async def test_a_choice_of_the_second_list_opens_what_it_says(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "lesson on streets")
    await stage.press(sari, "Not what I asked")
    chosen = labels(sari)[1].removeprefix("2. ")
    assert chosen in await stage.press(sari, "2. ")


async def test_nothing_is_said_where_nothing_fits_with_ways_to_go_on(stage: Stage, sari: Player) -> None:
    answer = await stage.ask(sari, "zeppelin harbour masters")
    assert "I found nothing on “zeppelin harbour masters”" in answer
    assert "✉️ Ask the secretariat" in labels(sari)
    assert any("🗂" in label for label in labels(sari))


async def test_misses_are_counted_for_the_curators_without_who_asked(
    stage: Stage, sari: Player, aiko: Player
) -> None:
    for words in ("zeppelin harbour", "Zeppelin  Harbour", "quibbling walruses"):
        await stage.ask(sari, words)
    await stage.ask(aiko, "/start")
    missed = await stage.press(aiko, "Not found")
    assert "zeppelin harbour × 2" in missed.lower()
    assert "quibbling walruses" in missed
    columns = {row[1] for row in stage.sql("PRAGMA table_info(lookups)")}
    assert not {"asker", "person", "person_id", "chat_id", "user"} & columns
    assert str(SARI) not in str(stage.sql("SELECT * FROM lookups"))


async def test_one_letter_is_met_with_a_kind_word(stage: Stage, sari: Player) -> None:
    assert "“x” is" in await stage.ask(sari, "x")


async def test_a_document_instead_of_a_question_is_met_with_a_kind_word(stage: Stage, sari: Player) -> None:
    answer = await stage.ask(sari, "compost and rain " * 200)
    assert "1000 characters" in answer
    assert stage.sql("SELECT count(*) FROM lookups") == [(0,)]


async def test_the_shipped_library_answers_in_many_tongues_and_spellings(shipped: Stage) -> None:
    for number, (language, words) in enumerate(
        (
            ("en", "surabya compost"),
            ("en", "how did Surabaya cut its waste?"),
            ("zh-hans", "泗水 堆肥"),
            ("zh-hant", "泗水廢物"),
            ("fr", "compostage à Surabaya"),
            ("id", "kompos surabaya"),
        )
    ):
        reader = shipped.person(9000 + number, "Somebody", language)
        await shipped.ask(reader, words)
        shown = text_of(reader) + " ".join(labels(reader))
        assert "Surabaya" in shown or "泗水" in shown
    assert ("nothing",) not in shipped.sql("SELECT outcome FROM lookups")


async def test_after_two_refusals_the_shipped_library_offers_people_and_no_third_list(shipped: Stage) -> None:
    sari = shipped.person(SARI, "Sari")
    await shipped.ask(sari, "Community composting and source separation in Surabaya")
    assert "📖 Read more" in labels(sari), "one clear answer, with more that are near"
    await shipped.press(sari, "Not what I asked")
    assert "2. " in " ".join(labels(sari))
    await shipped.press(sari, "Not what I asked")
    assert "✉️ Ask the secretariat" in labels(sari)
