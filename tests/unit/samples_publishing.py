"""Samples of the views: documents of the commitment report, publishing it, what was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

from bot.domain.cycles import ReportingCycle
from bot.domain.entries import Library
from bot.domain.people import Role
from bot.domain.publication import Edition, EditionDocument, Format, Scope
from bot.domain.views import View
from bot.domain.views import publishing as v
from bot.domain.words import LocalText
from bot.texts.catalogues import languages

NASTY = "<b>Costs</b> & 100 % {{ 7*7 }} %(x)s 字😀"
NOW = datetime(2026, 12, 16, 9, 30, tzinfo=UTC)
CYCLE = ReportingCycle(
    "2026", LocalText({"en": NASTY}), "2026", date(2026, 10, 1), date(2026, 12, 15), "progress"
)
SOUND = sha256(b"").hexdigest()
EDITION = Edition(
    7,
    "commitments-2026-1",
    Scope("2026"),
    NOW,
    SOUND,
    NOW,
    "p7",
    tuple(EditionDocument(format, language, SOUND, 9) for language in languages() for format in Format),
)


def samples(library: Library) -> Iterator[View]:
    nothing = v.Standing(None, 0, 0, (), library, is_part=True)
    most = v.Standing(CYCLE, 12, 10, ("sibu", "cebu"), library)
    for standing in (nothing, most, replace(most, cities=1, reporting=0, more_missing=9)):
        for language in languages():
            yield v.PublishScreen(
                standing, language, languages(), (CYCLE, CYCLE), may_freeze=True, editions=2
            )
        yield v.PublishScreen(standing, "en", languages(), given=Format.DOCX)
        yield from (v.PublishScreen(standing, "en", languages(), letters=count) for count in (1, 12))
        yield from (v.DraftCaption(standing, format, "en", NOW) for format in Format)
        yield v.DraftCaption(standing, Format.PDF, "zh")
        yield from (v.LettersCaption(standing, count) for count in (1, 12))
        yield v.LettersCaption(standing, 12, ("sibu",))
        yield v.LettersCaption(standing, 99, ("sibu", "cebu"), 60)
        for chosen, rank in ((languages(), 7), (languages()[:1], 1), ((), 0)):
            yield v.FreezeAsked(standing, languages(), chosen, rank, "0123abcd")
            yield v.FreezeAsked(standing, languages(), chosen, rank, "0123abcd", is_changed=True)
            yield v.FreezeAsked(standing, languages(), chosen, rank, "0123abcd", same_as=EDITION.number)
    known, gone = v.EditionLine(EDITION, CYCLE), v.EditionLine(replace(EDITION, documents=()), None)
    for page in (1, 2, 3):
        yield v.Editions((known, gone), page, 3, 15)
    yield v.Editions((), 1, 1, 0)
    for line in (known, gone):
        yield v.EditionCard(line, "en", "Asia/Tokyo", Role.SECRETARIAT, is_new=True)
        yield v.EditionCard(line, "zh", "Asia/Tokyo", Role.ADMIN, given=Format.PDF)
        yield v.EditionCard(line, "fr", "Asia/Tokyo", damaged=Format.PDF)
        yield from (v.EditionCaption(line, format, "fr", SOUND) for format in Format)
