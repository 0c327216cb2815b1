"""What is changed of an announcement after it was sent: a corrected text in place, or that it does not hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

from markupsafe import escape

from bot.domain.announcements import Announcement, AnnouncementState
from bot.domain.audit import Event
from bot.domain.people import Expecting, Purpose
from bot.domain.views import OldButton, View
from bot.domain.views.announcing import (
    BoardNews,
    CorrectionAsked,
    CorrectionLanguage,
    CorrectionPreview,
    TextProblem,
    WithdrawAsked,
)
from bot.services.desk import Desk
from bot.texts.telegram_html import units

CAN_BE_CORRECTED = (AnnouncementState.SENDING, AnnouncementState.STOPPED, AnnouncementState.SENT)
WITHDRAWN = "withdrawn"
"""Why those get nothing who were still to get it."""
ON_ITS_WAY = timedelta(seconds=30)
"""How long after a correction a message may still arrive that left with the text before it."""


def ask(desk: Desk, announcement: Announcement, language: str) -> View | None:
    """Asks for the corrected text in this language, or which one it is; None where nothing can be corrected."""
    if announcement.state not in CAN_BE_CORRECTED:
        return None
    if not language and len(announcement.texts) > 1:
        return CorrectionLanguage(announcement)
    chosen = language or next(iter(announcement.texts), "")
    if chosen not in announcement.texts:
        return None
    expecting = Expecting(Purpose.ANNOUNCE_CORRECTION, since=desk.now, object_id=announcement.id, key=chosen)
    desk.work.people.expect(desk.person.id, _having_seen(expecting, announcement))
    return _asked(announcement, chosen)


def hear(desk: Desk, words: str) -> View:
    """The corrected text, shown before it is applied. Another one takes its place."""
    expecting = desk.person.expecting
    announcement = _expected(desk)
    if expecting is None or announcement is None or announcement.state not in CAN_BE_CORRECTED:
        desk.work.people.expect(desk.person.id, None)
        return OldButton()
    language = expecting.key or ""
    length = units(words)
    if not words.strip():
        return _asked(announcement, language, TextProblem.EMPTY)
    if length > announcement.longest:
        return _asked(announcement, language, TextProblem.TOO_LONG, length)
    text = desk.formatted if desk.formatted is not None else str(escape(words))
    written = replace(expecting, text=text, since=desk.now, message_id=desk.message_id)
    desk.work.people.expect(desk.person.id, written)
    return CorrectionPreview(
        announcement, language, text, written.draft, _arrived(desk, announcement, language)
    )


def apply(desk: Desk, announcement: Announcement, written: int) -> View | tuple[BoardNews, int]:
    """Puts the corrected text in place of what was sent and of what is still to go; how many messages change. Where
    somebody else has corrected the same text since it was shown, that is shown first."""
    expecting = desk.person.expecting
    mine = expecting is not None and expecting.purpose is Purpose.ANNOUNCE_CORRECTION
    if expecting is None or not mine or not expecting.text or expecting.draft != written:
        return BoardNews.TOO_LATE, 0
    if expecting.object_id != announcement.id or announcement.state not in CAN_BE_CORRECTED:
        return BoardNews.TOO_LATE, 0
    language = expecting.key or ""
    if _changed_since(desk, announcement, int(expecting.more or 0), language):
        desk.work.people.expect(desk.person.id, _having_seen(expecting, announcement))
        return _asked(announcement, language, TextProblem.CHANGED, written=written)
    desk.work.people.expect(desk.person.id, None)
    corrected = replace(announcement, texts={**announcement.texts, language: expecting.text})
    return BoardNews.CORRECTED, _edit(desk, corrected, announcement, Event.ANNOUNCEMENT_CORRECTED, language)


def ask_withdrawal(desk: Desk, announcement: Announcement) -> View | None:
    if announcement.state not in CAN_BE_CORRECTED:
        return None
    return WithdrawAsked(announcement, _arrived(desk, announcement, ""))


def withdraw(desk: Desk, announcement: Announcement) -> tuple[BoardNews, int]:
    """A word that it does not hold takes the place of what was sent; what is still to go does not leave."""
    if announcement.state not in CAN_BE_CORRECTED:
        return BoardNews.TOO_LATE, 0
    desk.work.announcements.stop(announcement.id, WITHDRAWN, desk.now)
    withdrawn = replace(announcement, state=AnnouncementState.WITHDRAWN, ended_at=desk.now)
    return BoardNews.WITHDRAWN, _edit(desk, withdrawn, announcement, Event.ANNOUNCEMENT_WITHDRAWN, "")


def keep_up(desk: Desk, announcement: Announcement) -> bool:
    """Edits what arrived although it left before a correction; whether such may still come."""
    kept = desk.work.facts.get(_corrected(announcement)) if announcement.edition else None
    if kept is None or desk.now - datetime.fromisoformat(json.loads(kept)["at"]) > ON_ITS_WAY:
        return False
    language = language_of(desk, announcement, announcement.edition) or ""
    desk.work.announcements.edit_sent(announcement.id, announcement.edition, desk.now, language)
    return True


def reminded_at(desk: Desk, announcement: Announcement) -> datetime | None:
    """When those were reminded who had not read it."""
    kept = desk.work.facts.get(_reminded(announcement)) if announcement.wants_reading else None
    return None if kept is None else datetime.fromisoformat(kept)


def note_reminded(desk: Desk, announcement: Announcement) -> None:
    desk.work.facts.set(_reminded(announcement), desk.now.isoformat())


def language_of(desk: Desk, announcement: Announcement, edition: int) -> str | None:
    """The language of the text that this correction changed; "" for all, None where that is not known."""
    kept = desk.work.facts.get(_corrected(announcement))
    found: str | None = None if kept is None else json.loads(kept)["languages"].get(str(edition))
    return found


def edits(desk: Desk, announcement: Announcement) -> int:
    """How many messages the last correction changes in place."""
    if not announcement.edition:
        return 0
    return _arrived(desk, announcement, language_of(desk, announcement, announcement.edition) or "")


def is_about(desk: Desk, announcement: Announcement, edition: int, language: str) -> bool:
    """Whether this correction changed the text in this language."""
    return language_of(desk, announcement, edition) in (None, language)


def _edit(desk: Desk, changed: Announcement, was: Announcement, event: Event, language: str) -> int:
    """Writes the change as an edition of its own, and puts an edit of each message that arrived into the outbox.
    `language` is that of the text that changed, "" for all."""
    edition = was.edition + 1
    desk.work.announcements.save(replace(changed, edition=edition, version=was.version + 1), was)
    kept = json.loads(desk.work.facts.get(_corrected(was)) or '{"languages": {}}')
    languages = {**kept["languages"], str(edition): language}
    desk.work.facts.set(_corrected(was), json.dumps({"at": desk.now.isoformat(), "languages": languages}))
    desk.log(event, f"#{was.id}")
    return desk.work.announcements.edit_sent(was.id, edition, desk.now, language)


def _asked(
    announcement: Announcement,
    language: str,
    problem: TextProblem = TextProblem.NONE,
    length: int = 0,
    written: int = 0,
) -> View:
    text = announcement.texts.get(language, "")
    return CorrectionAsked(announcement, language, text, announcement.longest, problem, length, written)


def _having_seen(expecting: Expecting, announcement: Announcement) -> Expecting:
    """They know the announcement as it is now, up to its last correction."""
    return replace(expecting, more=str(announcement.edition))


def _changed_since(desk: Desk, announcement: Announcement, seen: int, language: str) -> bool:
    later = range(seen + 1, announcement.edition + 1)
    return any(is_about(desk, announcement, edition, language) for edition in later)


def _expected(desk: Desk) -> Announcement | None:
    expecting = desk.person.expecting
    if expecting is None or expecting.object_id is None:
        return None
    return desk.work.announcements.get(expecting.object_id)


def _arrived(desk: Desk, announcement: Announcement, language: str) -> int:
    """How many messages a change of the text in this language ("": of all) changes in place."""
    return desk.work.announcements.arrived(announcement.id, language)


def _corrected(announcement: Announcement) -> str:
    return f"announcement.{announcement.id}.corrected"


def _reminded(announcement: Announcement) -> str:
    return f"announcement.{announcement.id}.reminded"
