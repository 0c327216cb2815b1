"""Samples of the views: writing an announcement and choosing its audience."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain import views as v
from bot.domain.announcements import Announcement, AnnouncementState, Media, MediaKind, When
from bot.domain.entries import Library
from bot.domain.people import Role
from bot.domain.views import composing as c
from bot.domain.words import LocalText

NASTY = "<b>Ana</b> & {{ 7*7 }} %(x)s \u0627\u0628 字😀"
NOW = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
DAY = date(2026, 4, 1)
SIBU = LocalText({"en": "Sibu", "zh": "诗巫"})
BLANK = Announcement(7, 5_000_000_001, NOW)
WRITTEN = replace(
    BLANK,
    texts={"en": "<b>Dear all</b>", "zh": "各位", "zh-Hant": "各位"},
    media=Media(MediaKind.DOCUMENT, "x", NASTY),
    wants_reading=True,
    valid_until=DAY,
)
NAMED = c.Named(tuple(Role)[1:], ("ID", "PH"), (SIBU,), SIBU, (SIBU,) * 12)
READERS = (
    c.Readers(
        "en", 12, "en", (c.Reader(NASTY, SIBU), c.Reader(None, None), c.Reader(None, SIBU, is_group=True))
    ),
    c.Readers("pt", 4, "en"),
    c.Readers("xx", 1, "en", (c.Reader("Ana", None),)),
)
NOBODY = c.Crowd(c.Named(), None, False, 0, 0, 0, ())
MANY = c.Crowd(NAMED, NAMED, True, 16, 1, 2, READERS)
PLAIN = c.Crowd(c.Named(), None, False, 2, 0, 0, (c.Readers("fr", 2, None),))
CHOICES = tuple(c.Choice(f"{number:08x}", number == 1, "PH", SIBU) for number in range(3))


def samples(library: Library) -> Iterator[v.View]:
    """Every view of the composer with each of its faces."""
    photo = replace(WRITTEN, media=Media(MediaKind.PHOTO, "x"))
    unnamed = replace(WRITTEN, media=Media(MediaKind.DOCUMENT, "x"))
    for note in c.ComposerNote:
        yield c.Composer(WRITTEN, MANY, ("en", "zh", "zh-Hant", "xx"), NASTY, note, "zh", 4000)
    for announcement, crowd in ((BLANK, NOBODY), (BLANK, PLAIN), (photo, MANY), (unnamed, MANY)):
        yield c.Composer(announcement, crowd, ("en", "fr", "zh"), None, has_templates=announcement is BLANK)
    yield from (
        c.TextAsked(7, 2, "zh", 3500, is_there, length)
        for is_there in (False, True)
        for length in (None, 4000)
    )
    yield from (c.MediaAsked(7, 2, 1000, wrong) for wrong in (False, True))
    yield from (c.AudienceCard(7, 2, crowd, crowd is MANY) for crowd in (NOBODY, PLAIN, MANY))
    yield c.AudienceCard(7, 2, replace(MANY, left_out=None))
    for what, kind in (("c", "countries"), ("t", "topics"), ("o", "owing")):
        yield from (
            c.AudienceChoices(7, 2, what, kind, out, CHOICES, page, 3, 12)
            for out in (False, True)
            for page in (1, 2, 3)
        )
    roles = tuple(c.Choice("0" * 8, is_chosen=False, code=role.value) for role in tuple(Role)[1:])
    yield c.AudienceChoices(7, 2, "r", "roles", True, roles, 1, 1, 1)
    yield c.AudienceChoices(7, 2, "r", "roles", False, (), 1, 1, 0)
    yield c.CitiesAsked(7, 2, "y", False, (), 0)
    yield c.CitiesAsked(7, 2, "z", True, CHOICES, 5, 3, (NASTY, NASTY * 9), ((NASTY * 3, CHOICES),))
    days = {"cycle": DAY, "week": DAY + timedelta(1), "month": DAY, "quarter": DAY}
    yield from (c.AnnouncementOptions(one, days) for one in (BLANK, WRITTEN))
    yield c.PreviewAsked(7, 2, ("en", "zh", "xx"))
    yield from (c.SendAsked(WRITTEN, crowd) for crowd in (MANY, PLAIN))
    yield c.TimeAsked(7, 2, "Asia/Jakarta")
    yield c.TimeAsked(7, 2, "UTC", NASTY)
    yield c.TimeAsked(7, 2, "UTC", NASTY, is_over=True)
    yield c.TimeAsked(7, 2, "UTC", "5/6", either=(("d20260506", DAY), ("d20260605", DAY)))
    yield from (c.DayAsked(7, 2, (("d20260401", DAY),), typed) for typed in (None, NASTY))
    yield c.TimeShown(replace(WRITTEN, when=When.AT), 23, "Asia/Jakarta", NOW, NOW)
    yield c.TimeShown(replace(WRITTEN, when=When.AT), 1, "UTC", NOW, NOW)
    yield c.TimeShown(replace(WRITTEN, when=When.LOCAL, day=DAY), 23, "UTC", NOW, NOW + timedelta(1))
    yield from (c.NumberAsked(7, 2, 123, wrong) for wrong in (False, True))
    yield c.NumberAsked(7, 2, 123, was=124)
    yield c.DropAsked(7, 2)
    lines = tuple(c.Listed(replace(WRITTEN, state=state), NASTY, NASTY) for state in AnnouncementState)
    yield from (c.AnnouncementList(lines, page, 3, "Asia/Jakarta", has_templates=True) for page in (1, 2, 3))
    yield c.AnnouncementList((c.Listed(BLANK, None),), 1, 1, "UTC")
    yield c.AnnouncementList((), 1, 1, "UTC", dropped=7)
    yield c.TemplateList((("0" * 8, SIBU),))
    yield c.TemplateList(())
