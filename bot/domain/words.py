"""Texts in several languages, and what a reader of one of them gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DEFAULT_LANGUAGE = "en"
"""The language of a plain string in a content file, and the one every reader falls back to."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text and the language it is really in, which may not be the one that was asked for."""

    text: str
    language: str


@dataclass(frozen=True)
class LocalText:
    """One text in one or more languages (language tag -> text). It is never empty."""

    by_language: Mapping[str, str]

    @classmethod
    def plain(cls, text: str, language: str = DEFAULT_LANGUAGE) -> LocalText:
        return cls(MappingProxyType({language: text}))

    def within(self, language: str) -> Words:
        """The text for a reader of `language`: that language, its base (`zh-Hant` -> `zh`), English, any."""
        for wanted in (language, language.split("-")[0], DEFAULT_LANGUAGE):
            if wanted in self.by_language:
                return Words(self.by_language[wanted], wanted)
        first = next(iter(self.by_language))
        return Words(self.by_language[first], first)

    def __hash__(self) -> int:
        return hash(frozenset(self.by_language.items()))
