"""Signs that all formats share: those of statuses, and quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.texts.catalogues import catalogue
from bot.texts.phrases import ASIDE, N_

STATUS_SIGNS: Mapping[str, str] = {
    "exceeded": "★",
    "reached": "✓",
    "expected": "☆",
    "on-the-way": "▷",
    "not-yet": "△",
    "not-expected": "◇",
    "not-reached": "◆",
    "worse": "▼",
    "for-reviewer": "□",
    "not-computable": "?",
    "no-result": "–",
}
"""Of computed statuses, by their look, in the order of legends: none is told by its colour alone. Every font of ours
has them."""


def labelled(label: str, words: str, language: str) -> str:
    return label + catalogue(language).gettext(N_(": ")) + words


def listed(words: Iterable[str], language: str) -> str:
    return catalogue(language).gettext(N_(", ")).join(words)


def aside(words: str, language: str) -> str:
    """Words in brackets, with the space before them where the language has one."""
    return catalogue(language).gettext(ASIDE) % {"words": words}


def in_quotes(words: str, language: str) -> str:
    """Words of people in the quotation marks of this language of the interface."""
    return catalogue(language).gettext(N_("“%(words)s”")) % {"words": words}
