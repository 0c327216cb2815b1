"""Later: when somebody wishes to be reminded of what they owe, and how they are left in peace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.buttons import NO_DAY, Later, LaterMove, Quiet, QuietMove
from bot.domain.cycles import ReportingCycle
from bot.domain.later import BEFORE_DEADLINE, DAY, MORNING, appointed, offered
from bot.domain.local_time import local_day
from bot.domain.people import OF_A_CITY, Action, Expecting, Matter, Purpose
from bot.domain.reminder_rules import QuietHours
from bot.domain.reminders import SAID_WITHIN, Calendar, Owed, Promise, is_paused, what_will_go_out
from bot.domain.small_talk import talk
from bot.domain.views import OldButton, View
from bot.domain.views.overview import NoCity
from bot.domain.views.reminding import Changed, Coming, LaterAsked, LaterChoices, LaterSet, OwedLine
from bot.domain.whens import Either, Found, read_when
from bot.services import reception
from bot.services.answers import look_up
from bot.services.courses import cities_of
from bot.services.desk import Desk
from bot.services.marks import mark_of
from bot.services.owed import calendar_of, home_of, owed_by
from bot.services.owed_lines import line_of
from bot.services.reminding import ALL, MOST_LINES

LOOK_AHEAD = timedelta(days=400)
"""How far the plan is asked for the next reminders."""
MOST_COMING = 3


def command(desk: Desk, words: str) -> View:
    """`/later` shows when they hear next; `/later Thursday` chooses the day at once."""
    if not desk.person.cities(*OF_A_CITY):
        return NoCity(desk.can_ask)
    return _read(desk, ALL, words) if words.strip() else show(desk)


def press(desk: Desk, button: Later) -> View:
    match button.move:
        case LaterMove.SHOW:
            return show(desk)
        case LaterMove.OPEN:
            return choices(desk, button.mark)
        case LaterMove.DAY if NO_DAY < button.day <= date.max.toordinal():
            return choose(desk, button.mark, date.fromordinal(button.day))
        case LaterMove.TYPE:
            return ask(desk, button.mark)
        case LaterMove.DROP:
            return drop(desk, button.mark)
        case _:
            return OldButton()


def press_quiet(desk: Desk, button: Quiet) -> View:
    if button.move not in (QuietMove.BE_QUIET, QuietMove.AS_BEFORE):
        return OldButton()
    return set_quiet(desk, button.cycle, quiet=button.move == QuietMove.BE_QUIET)


def about(desk: Desk, mark: str) -> Matter | None:
    """The city of a mark among one's own ("" names all of them); None where it names none of them."""
    cities = _cities(desk)
    if mark in ("", ALL):
        return desk.matter(cities[0]) if cities else None
    marked = (city for cycle in desk.schedules.cycles for city in cities if mark_of(city, cycle) == mark)
    return next((desk.matter(city) for city in marked), None)


def about_expected(desk: Desk) -> Matter | None:
    expecting = desk.person.expecting
    return about(desk, expecting.key or "") if expecting is not None else None


def show(desk: Desk, changed: Changed | None = None) -> View:
    """What they owe, when they hear of it next, and what they asked for."""
    owed = _owed(desk, ALL)
    lines = _lines(desk, owed)
    me, home = desk.person.id, home_of(desk, desk.person)
    cycles = sorted({one.cycle.id for one in owed})
    return Coming(
        desk.all_known,
        lines[:MOST_LINES],
        tuple(p for one in owed if (p := _promise(desk, one)) is not None),
        tuple(at.astimezone(ZoneInfo(desk.zone_of(home))) for at in _coming(desk, owed)),
        home,
        bool(owed) and all(me in one.quiet for one in owed),
        cycles[0] if len(cycles) == 1 else "",
        lines[0].mark if len(lines) == 1 else ALL,
        changed,
        max(0, len(lines) - MOST_LINES),
        *_resting(desk, owed),
    )


def choices(desk: Desk, mark: str) -> View:
    """Days to choose from, none of them behind the deadline. Another one may be written at once."""
    owed = _owed(desk, mark)
    if not owed:
        return show(desk)
    if desk.person.expecting is None:  # whoever fills in a report goes on with it
        asked = Expecting(Purpose.LATER, since=desk.now, key=mark, more=OFFERED)
        desk.work.people.expect(desk.person.id, asked)
    calendar, today = _clock(desk, owed)
    deadline = _nearest_deadline(owed, today) or max(one.cycle.deadline for one in owed)
    days = offered(today, deadline, calendar)
    before = deadline - timedelta(days=BEFORE_DEADLINE)
    return LaterChoices(
        desk.all_known,
        _lines(desk, owed)[:MOST_LINES],
        days,
        today + DAY,
        MORNING,
        home_of(desk, desk.person),
        mark,
        next((p for one in owed if (p := _promise(desk, one)) is not None), None),
        before if before in days else None,
    )


def ask(desk: Desk, mark: str) -> View:
    """Their next words are the day. What they look up in between is looked up."""
    if not _owed(desk, mark):
        return show(desk)
    desk.work.people.expect(desk.person.id, Expecting(Purpose.LATER, since=desk.now, key=mark))
    return LaterAsked(mark)


def typed(desk: Desk, words: str) -> View:
    """A day in their own words, or a lookup in between."""
    expecting = desk.person.expecting
    return _read(desk, (expecting.key or ALL) if expecting is not None else ALL, words)


def choose(desk: Desk, mark: str, day: date, at: time | None = None) -> View:
    """Keeps when they wish to be reminded, in place of what they wished before."""
    owed = _owed(desk, mark)
    _answered(desk)
    if not owed:
        return show(desk)
    calendar, today = _clock(desk, owed)
    said = desk.work.reminders
    had_one = (desk.person.id, today) in said.messaged(today)
    when = appointed(day, at, desk.now, _nearest_deadline(owed, today), calendar, had_one=had_one)
    for one in owed:
        said.promise(Promise(desk.person.id, one.city, one.cycle.id, when.day, when.at, desk.now))
    lines = _lines(desk, owed)[:MOST_LINES]
    return LaterSet(desk.all_known, lines, when, home_of(desk, desk.person), mark, *_resting(desk, owed))


def drop(desk: Desk, mark: str) -> View:
    """Takes the wish back: the rules hold again."""
    for one in _owed(desk, mark):
        desk.work.reminders.drop_promise(desk.person.id, one.city, one.cycle.id)
    return show(desk, Changed.NO_PROMISE)


def set_quiet(desk: Desk, cycle: str, *, quiet: bool) -> View:
    """No more than the last reminder before the deadline, or all of them again."""
    for each in {one.cycle.id for one in _owed(desk, ALL) if cycle in ("", one.cycle.id)}:
        desk.work.reminders.set_quiet(desk.person.id, each, quiet, desk.now)
    return show(desk, Changed.QUIET if quiet else Changed.AS_BEFORE)


# --- helpers

OFFERED = "offered"
"""What `Expecting.more` says where days are offered and nobody was asked to write one: other words are looked up."""


def _read(desk: Desk, mark: str, words: str) -> View:
    _, today = _clock(desk, ())
    found = read_when(words, today, desk.person.language)
    if isinstance(found, Found):
        return choose(desk, mark, found.day, found.at)
    expecting = desk.person.expecting
    only_offered = expecting is not None and expecting.more == OFFERED
    if found is None and (only_offered or _is_something_else(desk, words)):
        return reception.hear(desk, words)
    if not _owed(desk, mark):
        _answered(desk)
        return show(desk)
    desk.work.people.expect(desk.person.id, Expecting(Purpose.LATER, since=desk.now, key=mark))
    return LaterAsked(mark, words, found.days if isinstance(found, Either) else ())


def _is_something_else(desk: Desk, words: str) -> bool:
    """Whether words that name no day are a lookup, or meant for the bot otherwise."""
    if talk(words) is not None:
        return True
    return bool(look_up(desk.knowledge, words, desk.person.language, desk.reads_as).entries)


def _answered(desk: Desk) -> None:
    """The day is there: their next words are looked up again."""
    expecting = desk.person.expecting
    if expecting is not None and expecting.purpose is Purpose.LATER:
        desk.work.people.expect(desk.person.id, None)


def _cities(desk: Desk) -> tuple[str, ...]:
    cities = desk.person.cities(*OF_A_CITY)
    return tuple(city for city in cities if desk.may(Action.CHOOSE_TIME, desk.matter(city)))


def _owed(desk: Desk, mark: str) -> list[Owed]:
    """The reports of their cities that this mark names and that are owed, the most urgent first. None that has not
    opened yet: nobody could begin it."""
    cities = _cities(desk)
    named = (
        (cycle, city)
        for cycle in desk.schedules.newest_first()
        for city in cities
        if mark in (ALL, mark_of(city, cycle.id)) and city in cities_of(cycle, desk.all_known)
    )
    found = (
        owed_by(desk, cycle, city) for cycle, city in named if cycle.is_open(desk.now, desk.zone_of(city))
    )
    return sorted((one for one in found if one is not None), key=lambda one: one.cycle.deadline)


def _lines(desk: Desk, owed: Sequence[Owed]) -> tuple[OwedLine, ...]:
    return tuple(line_of(desk, one) for one in owed)


def _clock(desk: Desk, owed: Sequence[Owed]) -> tuple[Calendar, date]:
    """By whose clock they live, with the quiet hours of what they owe, and the day that it is there."""
    quiet = next((one.rules.quiet for one in owed), QuietHours())
    calendar = calendar_of(desk, home_of(desk, desk.person), quiet)
    return calendar, local_day(desk.now, calendar.zone)


def _resting(desk: Desk, owed: Sequence[Owed]) -> tuple[tuple[ReportingCycle, ...], bool]:
    """The cycles whose reminders rest just now, and whether that is all that is owed."""
    resting = {one.cycle.id: one.cycle for one in owed if is_paused(one.pauses, desk.now)}
    return tuple(resting.values()), bool(owed) and all(one.cycle.id in resting for one in owed)


def _promise(desk: Desk, owed: Owed) -> Promise | None:
    """What they asked for and did not get yet."""
    promise = owed.promises.get(desk.person.id)
    today = local_day(desk.now, desk.zone_of(home_of(desk, desk.person)))
    return promise if promise is not None and promise.day >= today else None


def _nearest_deadline(owed: Sequence[Owed], today: date) -> date | None:
    """The first deadline that is still to come."""
    return min((one.cycle.deadline for one in owed if one.cycle.deadline >= today), default=None)


def _coming(desk: Desk, owed: Sequence[Owed]) -> Iterator[datetime]:
    """When the plan reminds them next."""
    said, since = desk.work.reminders, desk.now - SAID_WITHIN
    until = desk.now + LOOK_AHEAD
    plan = what_will_go_out(owed, desk.now, until, said.said(since), said.messaged(since.date()), said.held())
    mine = (reminder.at for reminder in plan if reminder.person == desk.person.id)
    for _ in range(MOST_COMING):
        if (at := next(mine, None)) is None:
            return
        yield at
