"""Signs that all formats share: those of statuses, and quotation marks."""

from __future__ import annotations

from collections.abc import Mapping

from bot.texts.catalogues import catalogue
from bot.texts.phrases import N_

STATUS_SIGNS: Mapping[str, str] = {
    "exceeded": "★",
    "reached": "✓",
    "expected": "☆",
    "not-reached": "◆",
    "not-expected": "◇",
    "worse": "▼",
    "for-reviewer": "□",
    "not-computable": "?",
    "no-result": "–",
}
"""Of computed statuses, by code: none is told by its colour alone. Every font of ours has them."""


def in_quotes(words: str, language: str) -> str:
    """Words of people in the quotation marks of this language of the interface."""
    return catalogue(language).gettext(N_("“%(words)s”")) % {"words": words}
