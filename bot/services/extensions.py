"""More time, asked for by a city: which report, until when, why, and once more before it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.audit import Event
from bot.domain.buttons import MoreTime, TimeMove
from bot.domain.extensions import Extension, ExtensionState
from bot.domain.people import OF_A_CITY, Action, Expecting, Matter, Purpose, person_may
from bot.domain.views import OldButton, View
from bot.domain.views.extending import (
    DayOffers,
    Deadline,
    ExtensionRequest,
    MoreTimeAsked,
    MoreTimeCard,
    MoreTimePreview,
    ReportsToExtend,
    WhyMoreTime,
)
from bot.services import granting, my_city
from bot.services.courses import cities_of
from bot.services.deadlines import name, objection, offers, open_request, owed_in, read_day, reports_owed
from bot.services.desk import Desk
from bot.services.marks import mark_of

MOST_REASON = 500
"""Characters of the reason; one sentence is enough."""


def begin(desk: Desk) -> View:
    """`/extend`: for a city's people their reports that are owed, for the secretariat what waits for a decision."""
    cities = _own_cities(desk)
    is_office = desk.may(Action.EXTEND)
    if not cities:
        return granting.queue(desk, 1)
    owed = tuple(one for city in cities for one in reports_owed(desk, city))
    if len(owed) == 1 and not is_office:
        return opened(desk, owed[0].mark)
    return ReportsToExtend(owed, desk.all_known, is_office)


def press(desk: Desk, button: MoreTime) -> View:
    day = granting.day_of(button.day)
    match button.move:
        case TimeMove.OPEN:
            return opened(desk, button.mark)
        case TimeMove.DAY if day is not None:
            return choose_day(desk, button.mark, day)
        case TimeMove.SEND:
            return send(desk, button.mark)
        case TimeMove.TAKE_BACK:
            return take_back(desk, button.mark)
        case _:
            return OldButton()


def about(desk: Desk, mark: str) -> Matter | None:
    """The city of a mark among one's own; None where it names none of them."""
    place = _marked(desk, mark)
    return None if place is None else desk.matter(place[0])


def about_expected(desk: Desk) -> Matter | None:
    expecting = desk.person.expecting
    return about(desk, expecting.key or "") if expecting is not None else None


def opened(desk: Desk, mark: str) -> View:
    """The request of this city that waits; where there is none, the next words are the day until which it asks."""
    found = _owed(desk, mark)
    if isinstance(found, View):
        return found
    if (waiting := open_request(desk, found.city, found.cycle.id)) is not None:
        return card(desk, waiting)
    _expect(desk, Purpose.EXTEND_DAY, mark)
    return MoreTimeAsked(found, desk.all_known, offers(desk, found))


def type_day(desk: Desk, typed: str) -> View:
    """The day that somebody wrote, in their own words."""
    mark = _expected_mark(desk)
    found = _owed(desk, mark)
    if isinstance(found, View):
        return found
    given = read_day(desk, found, typed)
    if isinstance(given, DayOffers):
        return MoreTimeAsked(found, desk.all_known, given)
    return choose_day(desk, mark, given)


def choose_day(desk: Desk, mark: str, day: date) -> View:
    """Asks why; a reason that was written for this report before is kept."""
    found = _owed(desk, mark)
    if isinstance(found, View):
        return found
    if wrong := objection(desk, found, day):
        return MoreTimeAsked(found, desk.all_known, offers(desk, found, wrong))
    written = _written(desk, mark)
    _expect(desk, Purpose.EXTEND_REASON, mark, day, written)
    if written:
        return MoreTimePreview(found, desk.all_known, day, written)
    return WhyMoreTime(found, desk.all_known, day, MOST_REASON)


def write_reason(desk: Desk, text: str) -> View:
    """Shows the request as it will be read. Written anew, a reason replaces the one before."""
    mark, expecting = _expected_mark(desk), desk.person.expecting
    found = _owed(desk, mark)
    if isinstance(found, View):
        return found
    day = _day(expecting)
    if day is None:
        return opened(desk, mark)
    if len(text) > MOST_REASON:
        return WhyMoreTime(found, desk.all_known, day, MOST_REASON, too_long=True)
    _expect(desk, Purpose.EXTEND_REASON, mark, day, text)
    return MoreTimePreview(found, desk.all_known, day, text)


def send(desk: Desk, mark: str) -> View:
    """Sends the request as it was shown, once; the same press again shows it."""
    found = _owed(desk, mark)
    if isinstance(found, View):
        return found
    waiting = open_request(desk, found.city, found.cycle.id)
    if waiting is not None:
        return card(desk, waiting)
    day, reason = _day(desk.person.expecting), _written(desk, mark)
    if day is None or not reason:
        return opened(desk, mark)
    if wrong := objection(desk, found, day):
        return MoreTimeAsked(found, desk.all_known, offers(desk, found, wrong))
    asked = desk.work.extensions.add(
        Extension(0, found.city, found.cycle.id, day, reason, desk.person.id, desk.now)
    )
    desk.work.people.expect(desk.person.id, None)
    desk.log(
        Event.EXTENSION_ASKED,
        name(asked),
        city=asked.city,
        before=found.cycle.deadline.isoformat(),
        after=day.isoformat(),
    )
    news = ExtensionRequest(
        asked,
        desk.all_known,
        found,
        asker=desk.name_of(desk.person.id),
        news=True,
        state=my_city.city_state(desk, asked.city, found.cycle),
    )
    desk.tell_office(news, asked.city)
    return card(desk, asked, just_sent=True)


def take_back(desk: Desk, mark: str) -> View:
    """Takes back what nobody has decided yet."""
    place = _marked(desk, mark)
    if place is None:
        return OldButton()
    waiting = open_request(desk, *place)
    if waiting is None:
        newest = next(iter(desk.work.extensions.of_city(*place)), None)
        return opened(desk, mark) if newest is None else card(desk, newest)
    taken = replace(waiting, state=ExtensionState.TAKEN_BACK, decided_at=desk.now)
    desk.work.extensions.save(taken, waiting)
    desk.log(
        Event.EXTENSION_ASKED,
        name(taken),
        city=taken.city,
        before=waiting.state,
        after=ExtensionState.TAKEN_BACK,
    )
    desk.tell_office(granting.request(desk, taken), taken.city)
    return card(desk, taken)


def card(desk: Desk, extension: Extension, *, just_sent: bool = False) -> MoreTimeCard:
    """A request as its city sees it."""
    matter = desk.matter(extension.city)
    cycle = desk.schedules.cycles.get(extension.cycle)
    mark = mark_of(extension.city, extension.cycle)
    is_owed = any(one.mark == mark for one in reports_owed(desk, extension.city))
    return MoreTimeCard(
        extension,
        desk.all_known,
        None if cycle is None else desk.cycle_for(cycle, extension.city),
        mark,
        desk.name_of(extension.decided_by),
        just_sent,
        sum(one.reachable and person_may(one, Action.EXTEND, matter) for one in desk.office),
        can_ask=is_owed and extension.state is not ExtensionState.ASKED,
    )


# --- helpers


def _own_cities(desk: Desk) -> tuple[str, ...]:
    cities = desk.person.cities(*OF_A_CITY)
    return tuple(city for city in cities if desk.may(Action.CHOOSE_TIME, desk.matter(city)))


def _marked(desk: Desk, mark: str) -> tuple[str, str] | None:
    """A city of this person and a cycle, by their ids; one that is gone from the files while a request waits."""
    cities = _own_cities(desk)
    for cycle in desk.schedules.cycles.values():
        asked = cities_of(cycle, desk.all_known)
        for city in cities:
            if city in asked and mark_of(city, cycle.id) == mark:
                return city, cycle.id
    waiting = (one for one in desk.work.extensions.waiting() if one.city in cities)
    return next(((one.city, one.cycle) for one in waiting if mark_of(one.city, one.cycle) == mark), None)


def _owed(desk: Desk, mark: str) -> Deadline | View:
    """The report that a mark names; where it is not owed, what there is to say instead."""
    place = _marked(desk, mark)
    if place is None:
        return OldButton()
    city, cycle_id = place
    cycle = desk.schedules.cycles.get(cycle_id)
    waiting = open_request(desk, city, cycle_id)
    if cycle is None:
        return OldButton() if waiting is None else card(desk, waiting)
    found = owed_in(desk, city, cycle)
    return ReportsToExtend((), desk.all_known, desk.may(Action.EXTEND)) if found is None else found


def _expected_mark(desk: Desk) -> str:
    expecting = desk.person.expecting
    return (expecting.key or "") if expecting is not None else ""


def _written(desk: Desk, mark: str) -> str | None:
    """The reason that this person wrote for this report and has not sent."""
    expecting = desk.person.expecting
    return expecting.text if expecting is not None and expecting.key == mark else None


def _day(expecting: Expecting | None) -> date | None:
    if expecting is None or not expecting.more:
        return None
    try:
        return date.fromisoformat(expecting.more)
    except ValueError:
        return None


def _expect(
    desk: Desk, purpose: Purpose, mark: str, day: date | None = None, text: str | None = None
) -> None:
    if not text:
        text = _written(desk, mark)
    more = None if day is None else day.isoformat()
    desk.work.people.expect(
        desk.person.id, Expecting(purpose, since=desk.now, key=mark, more=more, text=text)
    )
