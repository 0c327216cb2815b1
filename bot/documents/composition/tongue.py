"""The reader's language: everything that a document says goes through here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from bot.documents.composition.words import LABELS, MARKS
from bot.documents.document import Mark
from bot.domain.publication import Actor
from bot.domain.words import LocalText
from bot.texts import phrases
from bot.texts.phrases import N_
from bot.texts.renderer import Sentences

ASSESSMENT, SENTENCE = "_assessment.html", "_commitment_sentence.html"


class Tongue:
    """What is said often is kept: a document over thousands of cities says the same of most of them."""

    def __init__(self, language: str) -> None:
        self._sentences = Sentences(language)
        self.interface = self._sentences.interface
        self.formats = self._sentences.formats
        self.local = self._sentences.local
        self.speaks = self._sentences.speaks
        self.sources = self._sentences.sources
        self.term = self._sentences.term
        self.macro = self._sentences.macro
        self.gap = "" if self.interface == "zh" else " "
        self.marks = {code: Mark(code, sign, self.say(word)) for code, (sign, word) in MARKS.items()}
        self.labels = {code: self.say(words) for code, words in sorted(LABELS.items())}
        self.no_year = self.labels["year_unknown"]
        self._countries: dict[str, str] = {}
        self._figures: dict[tuple[str, str, str, bool, bool], str] = {}

    def say(self, phrase: str, **values: object) -> str:
        words = self._sentences.catalogue.gettext(phrase)
        return words % values if values else words

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        words = self._sentences.catalogue.ngettext(one, many, count)
        return words % {"count": self.formats.number(count), **values}

    def listed(self, words: Iterable[str]) -> str:
        return self.say(", ").join(words)

    def labelled(self, label: str, words: str) -> str:
        return self.say(label) + self.say(": ") + words

    def aside(self, words: str) -> str:
        """Words in brackets, with the space before them where the language has one."""
        return self.say(phrases.ASIDE, words=words)

    def country(self, code: str) -> str:
        if code not in self._countries:
            self._countries[code] = self.formats.country(code)
        return self._countries[code]

    def unit(self, unit: str | None) -> str:
        return self.say(phrases.UNIT[unit]) if unit in phrases.UNIT else unit or ""

    def figure(
        self,
        value: Decimal,
        far: Decimal | None,
        unit: str | None,
        at_least: bool = False,
        *,
        was_told: bool = True,
    ) -> str:
        """A figure with its unit: every digit as it was told, or few of what was worked out of others."""
        # 0.9 and 0.90 are equal as numbers and different as figures.
        key = (str(value), str(far), unit or "", at_least, was_told)
        if key not in self._figures:
            self._figures[key] = self.macro(ASSESSMENT, "told_figure", value, far, unit, at_least, was_told)
        return self._figures[key]

    def part(self, part: int, whole: int) -> str:
        return self.say(
            N_("%(part)s of %(whole)s"), part=self.formats.number(part), whole=self.formats.number(whole)
        )

    def by(self, actor: Actor | None, at: datetime | None) -> str:
        """When something was done and by whom: by role and handle."""
        who = ""
        if actor is not None:
            role = self.term("role", actor.role) if actor.role else self.say(N_("operator"))
            who = f"{role} [{actor.handle}]" if actor.handle else role
        when = self.formats.moment(at) if at is not None else ""
        return self.say(N_("%(when)s, %(who)s"), when=when, who=who) if when and who else when or who

    def when(self, when: str) -> str:
        """A year, a span of years or a day as files write it; empty where it is not known."""
        shown = self.formats.when(when) if when else ""
        is_years = shown.replace("–", "").isdecimal()
        return self.say(N_("%(year)s"), year=shown) if is_years else shown

    def own_name(self, name: LocalText, languages: Iterable[str]) -> tuple[str, str]:
        """The name in the first of these languages that has one, with its language; empty where it is the same."""
        shown = self.local(name)
        for language in languages:
            if own := name.by_language.get(language):
                return (own, language) if own != shown else ("", "")
        return "", ""
