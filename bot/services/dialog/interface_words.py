"""What the buttons of the dialog are called, in every language of the interface: whoever types it has pressed it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.domain import buttons as b
from bot.domain.small_talk import folded
from bot.texts import answer_phrases, dialog_phrases
from bot.texts.catalogues import catalogue, languages


@cache
def spoken_phrases() -> Mapping[str, tuple[str, ...]]:
    """What the interface calls yes, no and the levels of the scale, in each of its languages."""
    return {code: _in_every_language(text) for code, text in answer_phrases.OFFERED.items()}


def typed_move(words: str) -> b.Step | None:
    """The button whose label these words are, whatever the language of the chat."""
    return _moves().get(folded(words))


@cache
def _moves() -> Mapping[str, b.Step]:
    return {
        folded(label): b.Step(move)
        for move, texts in dialog_phrases.MOVE_WORDS.items()
        for text in texts
        for label in _in_every_language(text)
    }


def _in_every_language(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(catalogue(language).gettext(text) for language in languages()))
