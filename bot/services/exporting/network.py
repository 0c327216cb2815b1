"""The tables of what the secretariat hears and says: questions, misses, announcements, editions; without people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.domain.announcements import Announcement, AnnouncementState, Delivery, Fate
from bot.domain.exports import EVERY_STATE, Filter, Shape, Wanted
from bot.domain.people import Action, Person, Role
from bot.domain.questions import Author, Question, QuestionState
from bot.domain.tables import Cell, CellKind, Column, Row, Table
from bot.services.desk import Desk
from bot.services.exporting.base import Exporter, Known, Source, is_in, joined, may_see, the_whole
from bot.texts.telegram_html import plain

AT_A_TIME = 500
"""Questions that the database is asked for at once."""

# --- questions

QUESTION = (
    Column("question", CellKind.INTEGER),
    Column("state"),
    Column("language"),
    Column("asked_at", CellKind.MOMENT),
    Column("answered_at", CellKind.MOMENT),
    Column("waiting_hours", CellKind.NUMBER),
    Column("remarks", CellKind.INTEGER),
    Column("words"),
    Column("answer"),
)


def _read_questions(desk: Desk, wanted: Wanted, part: str) -> Sequence[Question]:
    found: list[Question] = []
    while page := desk.work.questions.page(found[-1].id if found else 0, AT_A_TIME):
        found += page
    return found


def _questions(known: Known, wanted: Wanted, source: Source) -> Table:
    rows = (
        _question_row(question, known.now)
        for _, questions in source()
        for question in questions
        if wanted.state in (None, EVERY_STATE, question.state)
    )
    return Table("questions", QUESTION, rows)


def _question_row(question: Question, now: datetime) -> Row:
    """What an open question has waited until now, another one until it was answered."""
    answers = [remark for remark in question.thread if remark.author is Author.SECRETARIAT]
    answered_at = answers[0].at if answers else None
    until = answered_at or (now if question.state is QuestionState.OPEN else None)
    hours = None if until is None else Decimal(int((until - question.asked_at).total_seconds() // 360)) / 10
    return (
        question.id,
        question.state.value,
        question.language,
        question.asked_at,
        answered_at,
        hours,
        len(question.thread),
        question.text,
        "\n".join(remark.text for remark in answers) or None,
    )


QUESTIONS = Exporter(
    (Shape.LONG,),
    the_whole,
    _read_questions,
    _questions,
    frozenset({Filter.STATE}),
    (*(state.value for state in QuestionState), EVERY_STATE),
    Action.ANSWER_QUESTIONS,
)

# --- lookups that found nothing

MISS = (
    Column("words"),
    Column("language"),
    Column("times", CellKind.INTEGER),
    Column("last_asked_at", CellKind.MOMENT),
)


def _misses(known: Known, wanted: Wanted, source: Source) -> Table:
    rows = ((one.words, one.language, one.times, one.last_at) for _, missed in source() for one in missed)
    return Table("misses", MISS, rows)


MISSES = Exporter(
    (Shape.LONG,),
    the_whole,
    lambda desk, wanted, part: desk.work.lookups.missed(),
    _misses,
    action=Action.ANSWER_QUESTIONS,
)

# --- announcements

SENT_OUT = (
    Column("announcement", CellKind.INTEGER),
    Column("state"),
    Column("created_at", CellKind.MOMENT),
    Column("starts_at", CellKind.MOMENT),
    Column("ended_at", CellKind.MOMENT),
    Column("languages"),
    Column("edition", CellKind.INTEGER),
)
COUNTED = (
    Column("language"),
    Column("words"),
    Column("recipients", CellKind.INTEGER),
    *(Column(fate.value, CellKind.INTEGER) for fate in Fate),
    Column("read", CellKind.INTEGER),
)
DELIVERED = (
    Column("city"),
    Column("country"),
    Column("role"),
    Column("language"),
    Column("delivery"),
    Column("reason"),
    Column("settled_at", CellKind.MOMENT),
    Column("read_at", CellKind.MOMENT),
)


@dataclass(frozen=True)
class Recipient:
    """One delivery, without whose it is."""

    delivery: Delivery
    city: str | None
    role: str


@dataclass(frozen=True)
class Announced:
    announcement: Announcement
    recipients: Sequence[Recipient]
    forgotten: Counter[Fate]
    """Those who are forgotten: counted, and nothing else is known of them."""


def _numbers(desk: Desk, wanted: Wanted) -> Sequence[str]:
    asked = wanted.state in (None, EVERY_STATE)
    states = tuple(AnnouncementState) if asked else (AnnouncementState(wanted.state or ""),)
    return [str(number) for number in desk.work.announcements.numbers(*states)]


def _read_announced(desk: Desk, wanted: Wanted, part: str) -> Announced | None:
    announcement = desk.work.announcements.get(int(part))
    if announcement is None:
        return None
    oversees_all = desk.may(Action.OVERVIEW, desk.matter(None))
    found = []
    for delivery in desk.work.announcements.deliveries(announcement.id):
        city, role = _place_of(desk, delivery.chat_id)
        is_asked = is_in(desk.all_known, city or "", wanted.country)
        if is_asked and (oversees_all or (city is not None and may_see(desk, city))):
            found.append(Recipient(delivery, city, role))
    forgotten: Counter[Fate] = Counter()
    if oversees_all and wanted.country is None:
        known = Counter(one.delivery.fate for one in found)
        forgotten = Counter(dict(desk.work.announcements.fates(announcement.id))) - known
    return Announced(announcement, found, forgotten)


def _place_of(desk: Desk, chat_id: int) -> tuple[str | None, str]:
    """The city and the role in which somebody got it; `group` for a team group."""
    group = desk.work.groups.get(chat_id) if chat_id < 0 else None
    if group is not None:
        return group.city, "group"
    person = desk.work.people.get(chat_id)
    return _city_of(person), person.role.value if person is not None else Role.VISITOR.value


def _city_of(person: Person | None) -> str | None:
    cities = person.cities() if person is not None else ()
    return cities[0] if cities else None


def _announcements(known: Known, wanted: Wanted, source: Source) -> Table:
    if wanted.shape is Shape.LONG:
        return Table("announcements", (*SENT_OUT, *DELIVERED), _deliveries(known, source))
    return Table("announcements", (*SENT_OUT, *COUNTED), _counts(source))


def _deliveries(known: Known, source: Source) -> Iterator[Row]:
    """In the order of cities, so that nothing tells who was whose."""
    for _, announced in source():
        if announced is None:
            continue
        before = _announcement_cells(announced.announcement)
        rows = [_delivery_cells(known, one) for one in announced.recipients]
        rows += [
            (None, None, None, None, fate.value, None, None, None) for fate in announced.forgotten.elements()
        ]
        for row in sorted(rows, key=lambda row: tuple(str(cell or "") for cell in row)):
            yield (*before, *row)


def _delivery_cells(known: Known, one: Recipient) -> Row:
    record = known.library.cities.get(one.city or "")
    country = record.country if record is not None else None
    told = one.delivery
    return (
        one.city,
        country,
        one.role,
        told.language,
        told.fate.value,
        told.reason,
        told.settled_at,
        told.read_at,
    )


def _counts(source: Source) -> Iterator[Row]:
    """A row for each language that was sent, and one without a language for those whom nothing has left for."""
    for _, announced in source():
        if announced is None:
            continue
        before = _announcement_cells(announced.announcement)
        by_language: dict[str, Counter[Fate]] = {}
        read: Counter[str] = Counter()
        for one in announced.recipients:
            language = one.delivery.language or ""
            by_language.setdefault(language, Counter())[one.delivery.fate] += 1
            read[language] += one.delivery.read_at is not None
        if announced.forgotten or not by_language:
            by_language.setdefault("", Counter()).update(announced.forgotten)
        for language, fates in sorted(by_language.items()):
            counted: list[Cell] = [fates[fate] for fate in Fate]
            words = announced.announcement.texts.get(language)
            yield (
                *before,
                language or None,
                plain(words) if words else None,
                fates.total(),
                *counted,
                read[language],
            )


def _announcement_cells(announcement: Announcement) -> Row:
    return (
        announcement.id,
        announcement.state.value,
        announcement.created_at,
        announcement.starts_at,
        announcement.ended_at,
        joined(sorted(announcement.texts)),
        announcement.edition,
    )


ANNOUNCEMENTS = Exporter(
    (Shape.WIDE, Shape.LONG),
    _numbers,
    _read_announced,
    _announcements,
    frozenset({Filter.STATE, Filter.COUNTRY}),
    (*(state.value for state in AnnouncementState), EVERY_STATE),
    Action.ANNOUNCE,
)

# --- published reports

EDITION = (
    Column("edition"),
    Column("published_at", CellKind.MOMENT),
    Column("as_of", CellKind.MOMENT),
    Column("cycle"),
    Column("first_year", CellKind.INTEGER),
    Column("last_year", CellKind.INTEGER),
    Column("cities"),
    Column("topics"),
    Column("content"),
    Column("format"),
    Column("language"),
    Column("size", CellKind.INTEGER),
    Column("digest"),
)


def _editions(known: Known, wanted: Wanted, source: Source) -> Table:
    rows = (
        (
            edition.number,
            edition.published_at,
            edition.as_of,
            edition.scope.cycle,
            edition.scope.first,
            edition.scope.last,
            joined(edition.scope.cities),
            joined(edition.scope.topics),
            edition.content,
            document.format.value,
            document.language,
            document.size,
            document.digest,
        )
        for _, editions in source()
        for edition in reversed(editions)
        if wanted.cycle in (None, edition.scope.cycle)
        for document in edition.documents
    )
    return Table("editions", EDITION, rows)


EDITIONS = Exporter(
    (Shape.LONG,),
    the_whole,
    lambda desk, wanted, part: desk.work.editions.all(),
    _editions,
    frozenset({Filter.CYCLE}),
)
