"""Samples of the views: an announcement on its way: progress, report, correction, withdrawal, team groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.announcements import Announcement, AnnouncementState, Fate, Media, MediaKind, When
from bot.domain.entries import Library
from bot.domain.groups import TeamGroup
from bot.domain.views import View
from bot.domain.views import announcing as v
from bot.domain.words import LocalText

NASTY = "<b>Costs</b> & 100 % {{ 7*7 }} %(x)s 字😀"
NOW = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
SIBU = LocalText({"en": "Sibu", "zh": "诗巫"})
TEXT = "<b>Welcome</b> &amp; <i>good morning</i> {{ 7*7 }}"
ONE = Announcement(
    36**6 - 1,
    5_000_000_001,
    NOW,
    AnnouncementState.WAITING,
    {"en": TEXT, "fr": TEXT, "zh-Hant": TEXT},
    wants_reading=True,
    starts_at=NOW,
    day=date(2026, 3, 30),
    ended_at=NOW,
    edition=1,
)
MANY = {
    Fate.WAITING: 588,
    Fate.SENT: 9412,
    Fate.BLOCKED: 50,
    Fate.FAILED: 2,
    Fate.UNKNOWN: 3,
    Fate.SKIPPED: 7,
}
REASONS = {
    Fate.FAILED: ((NASTY, 1), ("failed", 1)),
    Fate.SKIPPED: (("stopped", 4), ("left", 2), ("", 1)),
}


def samples(library: Library) -> Iterator[View]:
    for state in tuple(AnnouncementState)[1:]:
        for when in When:
            one = replace(ONE, state=state, when=when)
            yield v.AnnouncementBoard(
                one, NASTY, MANY, REASONS, "Asia/Tokyo", 12, 9400, 3, 9412, NASTY, NOW, held_back=4
            )
            yield v.AnnouncementBoard(one, "", dict.fromkeys(Fate, 0), {}, "UTC")
    for news in v.BoardNews:
        for count in (1, 1200):
            yield v.AnnouncementBoard(ONE, NASTY, {}, {}, "UTC", news=news, news_count=count)
    rows = (
        v.Missed(NASTY, SIBU, reason=NASTY),
        v.Missed(None, None, reason="left"),
        v.Missed(None, SIBU, is_group=True, reason="unlinked"),
    )
    for total, page in ((1, 1), (45, 2)):
        yield v.UnreadList(ONE, rows, page, 3, total, elsewhere=total)
        yield v.FailedList(ONE, rows, page, 3, total, elsewhere=total)
    yield v.UnreadList(ONE, (), 1, 1, 0, can_remind=False)
    yield v.CorrectionLanguage(ONE)
    for problem in v.TextProblem:
        yield v.CorrectionAsked(ONE, "en", TEXT, 3500, problem, 4000)
    yield v.CorrectionAsked(ONE, "en", TEXT, 3500, v.TextProblem.CHANGED, written=1_780_000_000_000)
    for count in (1, 1200):
        yield v.CorrectionPreview(ONE, "zh-Hant", TEXT, 1_780_000_000_000, count)
        yield v.WithdrawAsked(ONE, count)
        yield v.WithdrawAsked(replace(ONE, media=Media(MediaKind.PHOTO, "x")), count)
    yield v.AnnouncementWithdrawn(NOW.date())
    yield v.PleaseRead(36**6 - 1, NOW.date())
    yield v.AnnouncementCalledOff(ONE, NASTY)
    groups = (
        (TeamGroup(-4_000_001, "sibu", "en", 5, NOW), NASTY),
        (TeamGroup(-1_002_000_000_001, "sibu", "en", 6, NOW, reachable=False), None),
    )
    for shown in ((), groups[:1], groups):
        for unlinked in (0, 1, 2):
            yield v.TeamGroups("sibu", library, "x" * 22, shown, bool(shown), "Asia/Kuching", 24, unlinked)
    yield v.GroupLinked("sibu", library)
    yield v.GroupLinkOver()
    yield v.GroupLost("sibu", library)
    for count in (1, 2):
        yield v.GroupUnseen("sibu", library, count)
