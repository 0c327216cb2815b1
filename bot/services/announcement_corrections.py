"""What is changed of an announcement after it was sent: a corrected text in place, or that it does not hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

from markupsafe import escape

from bot.domain.announcements import LONGEST_CAPTION, LONGEST_TEXT, Announcement, AnnouncementState, Fate
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
    desk.work.people.expect(desk.person.id, expecting)
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
    if length > most_of(announcement):
        return _asked(announcement, language, TextProblem.TOO_LONG, length)
    text = desk.formatted if desk.formatted is not None else str(escape(words))
    written = replace(expecting, text=text, since=desk.now, message_id=desk.message_id)
    desk.work.people.expect(desk.person.id, written)
    return CorrectionPreview(announcement, language, text, written.draft, _arrived(desk, announcement))


def apply(desk: Desk, announcement: Announcement, written: int) -> tuple[BoardNews, int]:
    """Puts the corrected text in place of what was sent and of what is still to go; how many messages change."""
    expecting = desk.person.expecting
    mine = expecting is not None and expecting.purpose is Purpose.ANNOUNCE_CORRECTION
    if expecting is None or not mine or not expecting.text or expecting.draft != written:
        return BoardNews.TOO_LATE, 0
    if expecting.object_id != announcement.id or announcement.state not in CAN_BE_CORRECTED:
        return BoardNews.TOO_LATE, 0
    desk.work.people.expect(desk.person.id, None)
    language = expecting.key or ""
    corrected = replace(announcement, texts={**announcement.texts, language: expecting.text})
    return BoardNews.CORRECTED, _edit(desk, corrected, announcement, Event.ANNOUNCEMENT_CORRECTED, language)


def ask_withdrawal(desk: Desk, announcement: Announcement) -> View | None:
    if announcement.state not in CAN_BE_CORRECTED:
        return None
    return WithdrawAsked(announcement, _arrived(desk, announcement))


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
    desk.work.announcements.edit_sent(announcement.id, announcement.edition, desk.now)
    return True


def reminded_at(desk: Desk, announcement: Announcement) -> datetime | None:
    """When those were reminded who had not read it."""
    kept = desk.work.facts.get(_reminded(announcement)) if announcement.wants_reading else None
    return None if kept is None else datetime.fromisoformat(kept)


def note_reminded(desk: Desk, announcement: Announcement) -> None:
    desk.work.facts.set(_reminded(announcement), desk.now.isoformat())


def most_of(announcement: Announcement) -> int:
    """How many characters (UTF-16 units) a text of this announcement may show."""
    return LONGEST_TEXT if announcement.media is None else LONGEST_CAPTION


def is_about(desk: Desk, announcement: Announcement, edition: int, language: str) -> bool:
    """Whether this correction changed the text in this language."""
    kept = desk.work.facts.get(_corrected(announcement))
    return kept is None or json.loads(kept)["languages"].get(str(edition), language) == language


def _edit(desk: Desk, changed: Announcement, was: Announcement, event: Event, language: str) -> int:
    """Writes the change as an edition of its own, and puts an edit of each message that arrived into the outbox.
    `language` is that of the text that changed, "" for all."""
    edition = was.edition + 1
    desk.work.announcements.save(replace(changed, edition=edition, version=was.version + 1), was)
    kept = json.loads(desk.work.facts.get(_corrected(was)) or '{"languages": {}}')
    languages = {**kept["languages"], str(edition): language}
    desk.work.facts.set(_corrected(was), json.dumps({"at": desk.now.isoformat(), "languages": languages}))
    desk.log(event, f"#{was.id}")
    return desk.work.announcements.edit_sent(was.id, edition, desk.now)


def _asked(
    announcement: Announcement, language: str, problem: TextProblem = TextProblem.NONE, length: int = 0
) -> View:
    text = announcement.texts.get(language, "")
    return CorrectionAsked(announcement, language, text, most_of(announcement), problem, length)


def _expected(desk: Desk) -> Announcement | None:
    expecting = desk.person.expecting
    if expecting is None or expecting.object_id is None:
        return None
    return desk.work.announcements.get(expecting.object_id)


def _arrived(desk: Desk, announcement: Announcement) -> int:
    return desk.work.announcements.fates(announcement.id).get(Fate.SENT, 0)


def _corrected(announcement: Announcement) -> str:
    return f"announcement.{announcement.id}.corrected"


def _reminded(announcement: Announcement) -> str:
    return f"announcement.{announcement.id}.reminded"
