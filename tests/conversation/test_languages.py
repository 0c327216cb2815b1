"""The language of the interface: what Telegram says at first, what was chosen from then on."""

from __future__ import annotations

from pathlib import Path

from bot.chat.commands import menu
from bot.domain.people import Role
from bot.domain.views import Help, OldButton
from bot.rehearsal.people import Player

from .conftest import Staged
from .stage import AIKO, MARIE, SARI, Stage, labels, text_of

HELP = Help(menu(Role.VISITOR, private=True), can_ask=True)


async def test_the_first_words_are_in_the_language_of_the_reader_s_telegram(stage: Stage) -> None:
    spoken = {
        "fr": "fr",
        "zh-hans": "zh",
        "zh-hant": "zh",
        "fr-CA": "fr",
        "pt-br": "en",
        "xx": "en",
        None: "en",
    }
    for number, (telegram_says, language) in enumerate(spoken.items()):
        reader = stage.person(9000 + number, "Somebody", telegram_says)
        assert await stage.ask(reader, "/help") == stage.says(HELP, language)


async def test_a_chosen_language_stays_whatever_telegram_says_later(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/language")
    assert labels(sari)[:3] == ["✓ English", "Français", "中文"]
    await stage.press(sari, "Français")
    assert "français" in text_of(sari).lower()
    again = stage.person(SARI, "Sari", "zh-hans")
    assert await stage.ask(again, "/help") == stage.says(HELP, "fr")


async def test_the_greeting_changes_in_place_when_the_language_is_chosen(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    messages = len(sari.messages())
    await stage.press(sari, "Language")
    await stage.press(sari, "中文")
    assert len(sari.messages()) == messages
    await stage.press(sari, "🌐")
    assert "✓ 中文" in labels(sari)


async def test_a_language_that_is_not_spoken_cannot_be_forced(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    for language in ("de", "", "../zh", "zh;", "x" * 60):
        assert await stage.forge(sari, f"l{language}") == stage.says(OldButton())
    assert await stage.ask(sari, "/help") == stage.says(HELP, "en")


async def test_an_entry_without_translation_says_in_which_language_it_is_shown(
    stage: Stage, sari: Player, marie: Player, wei: Player
) -> None:
    link = "/start e_jardins-partages"
    assert "Jardins partagés de Lomé" in await stage.ask(sari, link)
    assert "French" in text_of(sari)
    await stage.ask(marie, link)
    assert "French" not in text_of(marie)
    assert "anglais" not in text_of(marie)
    await stage.ask(wei, "/start e_basket-composting")
    assert "每个厨房一个篮子" in text_of(wei)
    assert "−20%" in text_of(wei)


async def test_words_in_any_language_find_entries_whatever_the_interface_speaks(
    stage: Stage, sari: Player, marie: Player
) -> None:
    await stage.ask(sari, "篮子堆肥 泗水")
    assert "Basket composting in Surabaya" in text_of(sari) + " ".join(labels(sari))
    await stage.ask(marie, "jardins partages lome")
    assert "Jardins partagés de Lomé" in text_of(marie)


async def test_a_person_whose_telegram_falls_silent_about_the_language_keeps_the_last_one(
    stage: Stage,
) -> None:
    marie = stage.person(MARIE, "Marie", "fr")
    await stage.ask(marie, "/start")
    silent = stage.person(MARIE, "Marie", None)
    assert await stage.ask(silent, "/help") == stage.says(HELP, "fr")


async def test_whose_telegram_names_no_language_is_spoken_to_in_the_network_s(
    staged: Staged, network: Path
) -> None:
    async with staged(network, language="fr") as stage:
        silent, aiko = stage.person(SARI, "Sari", None), stage.person(AIKO, "Aiko", "en")
        await stage.ask(aiko, "/start")
        assert await stage.ask(silent, "/help") == stage.says(HELP, "fr")
        assert "description" in (await (await silent.inline("basket composting")).answered())["results"][0]
        await stage.ask(silent, "zeppelin harbour masters")
        await stage.press(silent, "✉️")
        await stage.press(aiko, "Answer")
        assert "The asker’s language: French." in text_of(aiko)
