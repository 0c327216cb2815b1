"""The texts of an announcement, its photo or document, and what else belongs to it."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.announcements import Announcement, Media, MediaKind
from bot.domain.attachments import SentFile
from bot.domain.buttons import ALL_LANGUAGES
from bot.domain.outgoing import OutgoingMessage
from bot.domain.people import Expecting, Purpose
from bot.domain.views import View
from bot.domain.views.composing import AnnouncementOptions, ComposerNote, MediaAsked, PreviewAsked, TextAsked
from bot.services.announcement_text import message_for
from bot.services.composing.crowds import crowd, to_write
from bot.services.composing.keeping import card, expect, expect_no_more, expected, keep
from bot.services.desk import Desk
from bot.texts.catalogues import interface_language
from bot.texts.telegram_html import plain, units

THE_REST = timedelta(seconds=3)
"""A pasted text that is longer than a message of Telegram's comes as several, one right after the other."""
JOINERS_FOR = {"week": timedelta(days=7), "month": timedelta(days=30), "quarter": timedelta(days=91)}
UNTIL_DEADLINE = "cycle"


def ask_text(desk: Desk, announcement: Announcement, tag: str) -> View:
    if tag not in to_write(desk, announcement, crowd(desk, announcement)):
        return card(desk, announcement, ComposerNote.CHANGED)
    expect(desk, Purpose.ANNOUNCE_TEXT, announcement, tag)
    is_there = tag in announcement.texts
    return TextAsked(announcement.id, announcement.version, tag, announcement.longest, is_there)


def write_text(desk: Desk, words: str) -> View | None:
    """Keeps the text in the language that was asked for; a new one replaces what was there."""
    expecting, announcement = expected(desk)
    if isinstance(announcement, View):
        return announcement
    if _is_rest(expecting.more, desk.said_at):
        return None
    return _kept(desk, announcement, expecting.key or desk.renderer.language, words)


def is_corrected(desk: Desk) -> bool:
    """Whether the message that was edited is the one that a text was written in just before."""
    expecting = desk.person.expecting
    return (
        expecting is not None
        and expecting.purpose is Purpose.SEARCH
        and expecting.object_id is not None
        and expecting.message_id == desk.message_id
    )


def correct_text(desk: Desk, words: str) -> View:
    """What was written is edited where it was written."""
    expecting, announcement = expected(desk)
    if isinstance(announcement, View):
        return announcement
    return _kept(desk, announcement, expecting.key or desk.renderer.language, words)


def _kept(desk: Desk, announcement: Announcement, tag: str, words: str) -> View:
    text = desk.formatted or html.escape(words, quote=False)
    length = units(plain(text))
    if length > announcement.longest:
        said_at = desk.said_at.isoformat() if desk.said_at is not None else None
        expect(desk, Purpose.ANNOUNCE_TEXT, announcement, tag, said_at)
        is_there = tag in announcement.texts
        longest = announcement.longest
        return TextAsked(announcement.id, announcement.version, tag, longest, is_there, length)
    # The next words are looked up again; only an edit of these is about the announcement.
    written_in = Expecting(
        Purpose.SEARCH, since=desk.now, message_id=desk.message_id, object_id=announcement.id, key=tag
    )
    desk.work.people.expect(desk.person.id, written_in)
    note = ComposerNote.REPLACED if tag in announcement.texts else ComposerNote.SAVED
    kept = keep(desk, announcement, texts={**announcement.texts, tag: text})
    return card(desk, kept, note, tag=tag)


def erase_text(desk: Desk, announcement: Announcement, tag: str) -> View:
    texts = {language: text for language, text in announcement.texts.items() if language != tag}
    return card(desk, keep(desk, announcement, texts=texts), ComposerNote.ERASED, tag=tag)


def ask_file(desk: Desk, announcement: Announcement) -> View:
    expect(desk, Purpose.ANNOUNCE_FILE, announcement, interface_language(desk.person.language))
    return MediaAsked(announcement.id, announcement.version, replace(announcement, media=NO_FILE).longest)


NO_FILE = Media(MediaKind.DOCUMENT, "")


def words_for_file(desk: Desk, words: str) -> View:
    """Words came where a photo or document was asked for."""
    _, announcement = expected(desk)
    if isinstance(announcement, View):
        return announcement
    longest = replace(announcement, media=NO_FILE).longest
    return MediaAsked(announcement.id, announcement.version, longest, wrong=True)


def file_sent(desk: Desk, sent: SentFile, caption: str) -> View:
    """Keeps a photo or a document in place of another. Its caption is the text that was asked for, or that there is
    none of yet."""
    expecting, announcement = expected(desk)
    if isinstance(announcement, View):
        return announcement
    media = Media(MediaKind(sent.kind), sent.file_id, sent.name)
    tag = expecting.key or desk.renderer.language
    text = (desk.formatted or html.escape(caption, quote=False)) if caption else None
    texts = dict(announcement.texts)
    is_asked = expecting.purpose is Purpose.ANNOUNCE_TEXT
    if text is not None and (is_asked or tag not in texts):
        texts[tag] = text
    longest = replace(announcement, media=media).longest
    too_long = next((tag for tag, text in texts.items() if units(plain(text)) > longest), None)
    if too_long is not None:
        length = units(plain(texts[too_long]))
        return card(desk, announcement, ComposerNote.TOO_LONG_FOR_FILE, tag=too_long, number=length)
    expect_no_more(desk)
    left = text is not None and texts[tag] != text
    kept = keep(desk, announcement, media=media, texts=texts)
    return card(desk, kept, ComposerNote.CAPTION_LEFT if left else ComposerNote.FILE_KEPT, tag=tag)


def remove_file(desk: Desk, announcement: Announcement) -> View:
    return card(desk, keep(desk, announcement, media=None), ComposerNote.FILE_GONE)


# --- options


def options(desk: Desk, announcement: Announcement) -> View:
    return AnnouncementOptions(announcement, _days(desk))


def switch_reading(desk: Desk, announcement: Announcement) -> View:
    return options(desk, keep(desk, announcement, wants_reading=not announcement.wants_reading))


def for_joiners(desk: Desk, announcement: Announcement, tag: str) -> View:
    """Until when somebody who joins gets it, too; without a code: only who is there when it goes out."""
    return options(desk, keep(desk, announcement, valid_until=_days(desk).get(tag)))


def _days(desk: Desk) -> Mapping[str, date]:
    today = desk.now.date()
    days = {code: today + after for code, after in JOINERS_FOR.items()}
    ahead = (cycle.deadline for cycle in desk.schedules.newest_first() if cycle.deadline > today)
    deadline = min(ahead, default=None)
    return days if deadline is None else {UNTIL_DEADLINE: deadline, **days}


# --- to its author alone


def preview(desk: Desk, announcement: Announcement, tag: str) -> View:
    """Sends it to its author, exactly as it will look; asks in which language where there are several."""
    if not announcement.texts:
        return card(desk, announcement, ComposerNote.NO_TEXT)
    written = tuple(announcement.texts)
    if not tag and len(written) > 1:
        return PreviewAsked(announcement.id, announcement.version, written)
    chosen = written if tag in ("", ALL_LANGUAGES) else tuple(one for one in written if one == tag)
    for part, language in enumerate(chosen):
        method, params, _ = message_for(
            announcement, language, language, reading_button=announcement.wants_reading, url_button=None
        )
        key = f"{desk.cause}:preview:{part}"
        to_author: dict[str, Any] = {"chat_id": desk.person.id, **params}
        desk.work.outbox.add(OutgoingMessage(key, desk.person.id, method, to_author, part=part), desk.now)
    return card(desk, announcement, ComposerNote.SHOWN)


def _is_rest(more: str | None, said_at: datetime | None) -> bool:
    """Whether a text is the end of the one before it, which was too long."""
    return more is not None and said_at is not None and said_at - datetime.fromisoformat(more) <= THE_REST
