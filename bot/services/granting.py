"""More time, given by the secretariat: to who asked for it, another day, declined, or to a city that did not ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.audit import Event
from bot.domain.buttons import ExtensionDo, ExtensionList, ExtensionMove, GiveMove, GiveTime
from bot.domain.extensions import Extension, ExtensionState
from bot.domain.people import Action, Expecting, Matter, Purpose
from bot.domain.progress import OWED
from bot.domain.views import OldButton, View
from bot.domain.views.extending import (
    CitiesToExtend,
    Deadline,
    DeclineAsked,
    ExtensionQueue,
    ExtensionRequest,
    GrantPreview,
    MoreTimeNews,
    OtherDayAsked,
    TimeGiven,
)
from bot.services import deadlines, my_city, overview
from bot.services.browsing import paged
from bot.services.courses import cities_of
from bot.services.deadlines import objection, offers, open_request, owed_in, read_day
from bot.services.desk import Desk
from bot.services.marks import mark_of

ON_A_PAGE = 8
MOST_REASON = 1000
"""Characters of the reason why more time is declined."""


# --- lists


def listed(desk: Desk, what: str, page: int) -> View:
    return cities(desk, page) if what == ExtensionList.CITIES else queue(desk, page)


def queue(desk: Desk, page: int) -> View:
    """What waits for a decision, of the cities that this person may extend, and who has more time already."""
    schedules = desk.schedules
    waiting = [
        (one, schedules.cycles.get(one.cycle))
        for one in desk.work.extensions.waiting()
        if desk.may(Action.EXTEND, desk.matter(one.city))
    ]
    shown, page, pages = paged(waiting, page, ON_A_PAGE)
    granted = [
        (city, cycle.until(day))
        for cycle in schedules.newest_first()
        for city, day in sorted(desk.work.extensions.granted(cycle.id).items())
        if day > cycle.deadline
        and desk.may(Action.EXTEND, desk.matter(city))
        and not cycle.until(day).is_late(desk.now, desk.zone_of(city))
    ]
    return ExtensionQueue(
        tuple(shown), tuple(granted[:ON_A_PAGE]), len(granted), desk.all_known, page, pages, len(waiting)
    )


def cities(desk: Desk, page: int) -> View:
    """The cities that owe a report, the soonest deadline first, to give one of them more time."""
    found = [
        deadlines.of(desk, city, cycle)
        for cycle in desk.schedules.cycles.values()
        for city, state in overview.states(desk, cycle).items()
        if state.standing in OWED
        and cycle.is_open(desk.now, desk.zone_of(city))
        and desk.may(Action.EXTEND, desk.matter(city))
    ]
    # Stable: within a day they stay in the order of their names.
    shown, page, pages = paged(sorted(found, key=lambda one: one.cycle.deadline), page, ON_A_PAGE)
    return CitiesToExtend(tuple(shown), desk.all_known, page, pages, len(found))


# --- a request


def press(desk: Desk, button: ExtensionDo) -> View:
    extension = desk.work.extensions.get(button.extension_id)
    if extension is None:
        return OldButton()
    deadline, day = _deadline(desk, extension), day_of(button.day)
    if button.move == ExtensionMove.OPEN or extension.state is not ExtensionState.ASKED:
        return request(desk, extension)
    gives = button.move in (ExtensionMove.GRANT, ExtensionMove.OTHER_DAY)
    if gives and deadline is not None and owed_in(desk, extension.city, deadline.cycle) is None:
        return overview.city_file(desk, extension.city)  # it has sent its report meanwhile
    match button.move:
        case ExtensionMove.GRANT if day is not None and deadline is not None:
            return _grant(desk, extension, deadline, day)
        case ExtensionMove.OTHER_DAY if deadline is not None:
            _expect(desk, Purpose.GRANT_DAY, extension_id=extension.id)
            return OtherDayAsked(deadline, desk.all_known, offers(desk, deadline), extension)
        case ExtensionMove.DECLINE:
            written = _written(desk, extension)
            _expect(desk, Purpose.DECLINE, extension_id=extension.id, text=written)
            return DeclineAsked(extension, desk.all_known, MOST_REASON, written)
        case ExtensionMove.SEND:
            return _decline(desk, extension)
        case _:
            return request(desk, extension)


def request(desk: Desk, extension: Extension) -> ExtensionRequest:
    """A request as it stands, for whoever of the secretariat opens it."""
    cycle = desk.schedules.cycles.get(extension.cycle)
    return ExtensionRequest(
        extension,
        desk.all_known,
        _deadline(desk, extension),
        asker=desk.name_of(extension.asked_by),
        decided_by=desk.name_of(extension.decided_by),
        by_reader=extension.decided_by == desk.person.id,
        state=None if cycle is None else my_city.city_state(desk, extension.city, cycle),
    )


def about(desk: Desk, extension_id: int | None) -> Matter | None:
    """The city of a request."""
    extension = desk.work.extensions.get(extension_id) if extension_id is not None else None
    return None if extension is None else desk.matter(extension.city)


def about_expected(desk: Desk) -> Matter | None:
    """The city whose new day, or whose answer, is awaited: by its request, or where it did not ask by its mark."""
    expecting = desk.person.expecting
    if expecting is None:
        return None
    if expecting.object_id is not None:
        return about(desk, expecting.object_id)
    return about_mark(desk, expecting.key or "")


def type_day(desk: Desk, typed: str) -> View:
    """Another day, in words; it is shown once more before it holds."""
    expecting = desk.person.expecting
    extension = desk.work.extensions.get(expecting.object_id or 0) if expecting is not None else None
    if extension is not None:
        if extension.state is not ExtensionState.ASKED:
            desk.work.people.expect(desk.person.id, None)
            return request(desk, extension)
        deadline = _deadline(desk, extension)
    else:
        deadline = _marked(desk, expecting.key or "") if expecting is not None else None
    if deadline is None:
        desk.work.people.expect(desk.person.id, None)
        return OldButton()
    day = read_day(desk, deadline, typed)
    if isinstance(day, date):
        return GrantPreview(deadline, desk.all_known, day, extension)
    return OtherDayAsked(deadline, desk.all_known, day, extension)


def write_reason(desk: Desk, text: str) -> View:
    """Shows the words with which a request is declined, before anybody else reads them."""
    expecting = desk.person.expecting
    extension = desk.work.extensions.get(expecting.object_id or 0) if expecting is not None else None
    if extension is None:
        desk.work.people.expect(desk.person.id, None)
        return OldButton()
    if extension.state is not ExtensionState.ASKED:
        desk.work.people.expect(desk.person.id, None)
        return request(desk, extension)
    if len(text) > MOST_REASON:
        return DeclineAsked(extension, desk.all_known, MOST_REASON, _written(desk, extension), too_long=True)
    _expect(desk, Purpose.DECLINE, extension_id=extension.id, text=text)
    return DeclineAsked(extension, desk.all_known, MOST_REASON, text)


def _grant(desk: Desk, extension: Extension, deadline: Deadline, day: date) -> View:
    if wrong := objection(desk, deadline, day):
        _expect(desk, Purpose.GRANT_DAY, extension_id=extension.id)
        return OtherDayAsked(deadline, desk.all_known, offers(desk, deadline, wrong), extension)
    granted = replace(
        extension,
        state=ExtensionState.GRANTED,
        granted=day,
        decided_by=desk.person.id,
        decided_at=desk.now,
    )
    # Whoever decided it meanwhile goes first: then all of this is done again, and finds it decided.
    desk.work.extensions.save(granted, extension)
    return _given(desk, granted, deadline)


def _decline(desk: Desk, extension: Extension) -> View:
    reason = _written(desk, extension)
    if not reason:
        _expect(desk, Purpose.DECLINE, extension_id=extension.id)
        return DeclineAsked(extension, desk.all_known, MOST_REASON)
    declined = replace(
        extension,
        state=ExtensionState.DECLINED,
        decided_by=desk.person.id,
        decided_at=desk.now,
        answer=reason,
    )
    desk.work.extensions.save(declined, extension)
    desk.work.people.expect(desk.person.id, None)
    desk.log(
        Event.EXTENSION_DECLINED,
        deadlines.name(declined),
        city=declined.city,
        before=declined.wanted.isoformat(),
    )
    _tell_city(desk, declined)
    return request(desk, declined)


# --- unasked


def give(desk: Desk, button: GiveTime) -> View:
    """More time for a city that did not ask for it."""
    deadline, day = _marked(desk, button.mark), day_of(button.day)
    if deadline is None:
        return OldButton()
    city, cycle = deadline.city, deadline.cycle
    waiting = open_request(desk, city, cycle.id)
    if waiting is not None:
        return request(desk, waiting)  # they did ask, and it can be granted
    newest = next(iter(desk.work.extensions.of_city(city, cycle.id)), None)
    if newest is not None and button.move == GiveMove.GIVE and day == newest.granted == cycle.deadline:
        return TimeGiven(newest, desk.all_known, cycle, _readers(desk, city))
    if owed_in(desk, city, cycle) is None:
        return overview.city_file(desk, city)  # it has sent its report meanwhile
    wrong = objection(desk, deadline, day) if day is not None else None
    if button.move == GiveMove.OPEN or day is None or wrong is not None:
        _expect(desk, Purpose.GRANT_DAY, mark=button.mark)
        return OtherDayAsked(deadline, desk.all_known, offers(desk, deadline, wrong))
    if button.move != GiveMove.GIVE:
        return GrantPreview(deadline, desk.all_known, day)
    given = Extension(
        0, city, cycle.id, day, "", None, desk.now, ExtensionState.GRANTED, day, desk.person.id, desk.now
    )
    return _given(desk, desk.work.extensions.add(given), deadline)


def about_mark(desk: Desk, mark: str) -> Matter | None:
    """The city of a mark among those whose deadline this person may move."""
    deadline = _marked(desk, mark)
    return None if deadline is None else desk.matter(deadline.city)


def day_of(ordinal: int) -> date | None:
    """The day that a button names; None where it names none."""
    return date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() else None


# --- helpers


def _given(desk: Desk, granted: Extension, deadline: Deadline) -> View:
    assert granted.granted is not None
    desk.work.people.expect(desk.person.id, None)
    desk.log(
        Event.EXTENDED,
        deadlines.name(granted),
        city=granted.city,
        before=deadline.cycle.deadline.isoformat(),
        after=granted.granted.isoformat(),
    )
    told = _tell_city(desk, granted)
    return TimeGiven(granted, desk.all_known, deadline.cycle.until(granted.granted), told)


def _tell_city(desk: Desk, decided: Extension) -> int:
    """Tells everybody of the city; how many are told."""
    cycle = desk.schedules.cycles.get(decided.cycle)
    if cycle is not None:
        cycle = cycle.until(decided.granted) if decided.granted else desk.cycle_for(cycle, decided.city)
    mark = mark_of(decided.city, decided.cycle)
    name = desk.name_of(desk.person.id)
    desk.tell_city(decided.city, MoreTimeNews(decided, desk.all_known, cycle, name, mark))
    return _readers(desk, decided.city)


def _readers(desk: Desk, city: str) -> int:
    return sum(one.reachable and one.id != desk.person.id for one in desk.work.people.of_city(city))


def _deadline(desk: Desk, extension: Extension) -> Deadline | None:
    cycle = desk.schedules.cycles.get(extension.cycle)
    return None if cycle is None else deadlines.of(desk, extension.city, cycle)


def _marked(desk: Desk, mark: str) -> Deadline | None:
    """The city and cycle of a mark, among those that this person may extend."""
    for cycle in desk.schedules.cycles.values():
        for city in cities_of(cycle, desk.all_known):
            if mark_of(city, cycle.id) == mark:
                may = desk.may(Action.EXTEND, desk.matter(city))
                return deadlines.of(desk, city, cycle) if may else None
    return None


def _written(desk: Desk, extension: Extension) -> str | None:
    """Why this person declines it, written and not sent."""
    expecting = desk.person.expecting
    if expecting is None or expecting.object_id != extension.id or not expecting.text:
        return None
    return expecting.text if expecting.purpose in (Purpose.DECLINE, Purpose.SEARCH) else None


def _expect(
    desk: Desk,
    purpose: Purpose,
    *,
    extension_id: int | None = None,
    mark: str | None = None,
    text: str | None = None,
) -> None:
    expecting = Expecting(purpose, since=desk.now, object_id=extension_id, key=mark, text=text)
    desk.work.people.expect(desk.person.id, expecting)
