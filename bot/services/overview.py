"""The overview: where every city stands, each city as the secretariat sees it, and the log of changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

from bot.domain.audit import Entry as AuditEntry
from bot.domain.audit import Event
from bot.domain.buttons import CityView, EnteredFrom
from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import DraftState
from bot.domain.people import OF_A_CITY, Action, Matter
from bot.domain.progress import CityState, Standing
from bot.domain.reminder_rules import ReminderRule
from bot.domain.reminders import is_paused
from bot.domain.reports import SourceKind, that_count
from bot.domain.views import OldButton, View
from bot.domain.views.overview import AskEnteredFrom, CityFile, CycleOverview, Happened, HistoryList, NoCycle
from bot.services import keeping, my_city, review
from bot.services.browsing import paged
from bot.services.courses import cities_of
from bot.services.desk import Desk
from bot.services.dialog import opening
from bot.services.marks import mark_of
from bot.services.owed import wishes_in
from bot.services.standings import states_of

CITIES_ON_A_PAGE = 8
ENTRIES_ON_A_PAGE = 12
MOST_REPORTS = 6
MOST_CYCLES = 3
"""How many other cycles are offered where results are entered."""
LATE = "late"
FILTERS: Mapping[str, str] = {
    "n": Standing.NOT_STARTED,
    "d": Standing.DRAFT,
    "s": Standing.SUBMITTED,
    "v": Standing.IN_REVIEW,
    "r": Standing.RETURNED,
    "a": Standing.ACCEPTED,
    "l": LATE,
}
"""What a letter on a button chooses. Who is late stands among the drafts and the rest, too."""
SOURCES: Mapping[str, SourceKind] = {
    EnteredFrom.INTERVIEW: SourceKind.INTERVIEW,
    EnteredFrom.SITE_VISIT: SourceKind.SITE_VISIT,
    EnteredFrom.PUBLISHED: SourceKind.PUBLISHED,
}


def status(desk: Desk) -> View:
    """How things stand for whoever asks: their city, or all cities where they have none and may see all."""
    keeping.ask_if_due(desk)
    has_city = bool(desk.person.cities(*OF_A_CITY))
    return my_city.home(desk) if has_city or not desk.may(Action.OVERVIEW) else newest(desk)


def newest(desk: Desk) -> View:
    """The overview of the newest cycle that has begun anywhere."""
    cycles = desk.schedules.newest_first()
    begun = [cycle for cycle in cycles if has_begun(desk, cycle)]
    chosen = next(iter([*begun, *cycles]), None)
    return NoCycle(len(review.waiting_for(desk))) if chosen is None else of_cycle(desk, chosen, "", 1)


def shown(desk: Desk, cycle_id: str, chosen: str, page: int) -> View:
    """The overview of this cycle; of the newest, where none is named."""
    if not cycle_id:
        return newest(desk)
    cycle = desk.schedules.cycles.get(cycle_id)
    return OldButton() if cycle is None else of_cycle(desk, cycle, chosen, page)


def of_cycle(desk: Desk, cycle: ReportingCycle, chosen: str, page: int) -> View:
    """Where the cities stand that this person may see; `chosen` (a letter) picks those in one state."""
    chosen = chosen if chosen in FILTERS else ""
    found = states(desk, cycle)
    counts = Counter(str(state.standing) for state in found.values())
    counts[LATE] = sum(state.late for state in found.values())
    wanted = [(city, state) for city, state in found.items() if _is_chosen(state, chosen)]
    rows, page, pages = paged(wanted, page, CITIES_ON_A_PAGE)
    own = {city: desk.cycle_for(cycle, city).deadline for city in found}
    extended = {city: deadline for city, deadline in own.items() if deadline != cycle.deadline}
    return CycleOverview(
        cycle,
        counts,
        tuple(rows),
        desk.all_known,
        chosen,
        page,
        pages,
        len(found),
        waiting=len(review.waiting_for(desk)),
        others=tuple(other for other in desk.schedules.newest_first() if other.id != cycle.id)[:3],
        may_see_log=desk.may(Action.OVERVIEW, desk.matter(None)),
        extended={city: extended[city] for city, _ in rows if city in extended},
        with_more_time=len(extended),
        is_paused=is_resting(desk, cycle),
    )


def has_begun(desk: Desk, cycle: ReportingCycle) -> bool:
    """Whether its opening has come anywhere on earth."""
    return cycle.is_open(desk.now, "Pacific/Kiritimati")


def is_resting(desk: Desk, cycle: ReportingCycle) -> bool:
    """Whether the reminders of a cycle rest now."""
    return is_paused(desk.work.reminders.pauses(cycle.id), desk.now)


def states(desk: Desk, cycle: ReportingCycle) -> Mapping[str, CityState]:
    """The state of each city of a cycle that this person may see, by name."""
    seen = (city for city in cities_of(cycle, desk.all_known) if desk.may(Action.OVERVIEW, desk.matter(city)))
    return states_of(desk, cycle, sorted(seen, key=lambda city: _name(desk, city)))


def city_file(desk: Desk, city: str) -> View:
    matter = desk.matter(city)
    lines = my_city.cycle_lines(desk, city)
    own = [d for d in desk.work.drafts.of_city(city) if d.state is DraftState.OPEN and d.entered]
    return CityFile(
        city,
        desk.all_known,
        desk.zone_of(city),
        lines,
        that_count(my_city.of_city(desk, city))[:MOST_REPORTS],
        tuple(desk.work.people.of_city(city)),
        tuple(draft for draft in own if desk.may(Action.REPORT, desk.matter(city, entered=True))),
        can_enter=desk.may(Action.ENTER_RESULTS, matter) and bool(_cycles_to_enter(desk, city)),
        may_extend=desk.may(Action.EXTEND, matter),
        wishes=wishes_in(desk, city, [line.cycle.id for line in lines if line.is_owed]),
        can_draw=my_city.can_be_drawn(desk, my_city.came(desk, city)),
    )


def city_screen(desk: Desk, what: str, city: str) -> View:
    """A city as whoever asks may see it: the secretariat's file of it, or one's own."""
    if what == CityView.REPORTS:
        return my_city.past_reports(desk, city)
    is_office = desk.may(Action.OVERVIEW, desk.matter(city))
    if is_office and (what == CityView.FILE or city not in desk.person.cities(*OF_A_CITY)):
        return city_file(desk, city)
    return my_city.shown(desk, city)


def enter(desk: Desk, source: str, city: str) -> View | None:
    """Begins a report of the newest cycle on what the secretariat learned."""
    cycles = _cycles_to_enter(desk, city)
    return _enter(desk, source, city, cycles[0]) if cycles else city_file(desk, city)


def enter_for(desk: Desk, source: str, mark: str) -> View | None:
    """The same for the city and the cycle of this mark."""
    found = _marked(desk, mark)
    return OldButton() if found is None else _enter(desk, source, *found)


def about_entered(desk: Desk, mark: str) -> Matter | None:
    """The city of a mark; None where nothing can be entered under it."""
    found = _marked(desk, mark)
    return None if found is None else desk.matter(found[0])


def history(desk: Desk, city: str, page: int) -> View:
    """The log of changes of a city, or of the whole network; names stand in it where they are known."""
    whose = city or None
    total = desk.work.audit.count(whose)
    pages = max(1, -(-total // ENTRIES_ON_A_PAGE))
    page = min(max(page, 1), pages)
    entries = desk.work.audit.of_city(whose, ENTRIES_ON_A_PAGE, (page - 1) * ENTRIES_ON_A_PAGE)

    @cache
    def called(handle: str) -> str:
        person = desk.work.people.by_handle(handle)
        return person.name if person is not None and person.name else handle

    happened = tuple(
        Happened(
            entry,
            None if entry.actor is None else called(entry.actor),
            called(entry.subject),
            *_reminder_of(desk, entry),
        )
        for entry in entries
    )
    zone = desk.zone_of(city) if city else "UTC"
    return HistoryList(whose, desk.all_known, happened, page, pages, total, zone)


# --- helpers


def _reminder_of(desk: Desk, entry: AuditEntry) -> tuple[ReportingCycle | None, ReminderRule | None]:
    """Cycle and rule of a reminder that was held or released (`bago-2026 in-30-days`), where the files know them."""
    if entry.event not in (Event.HELD, Event.RELEASED):
        return None, None
    report, _, rule_id = entry.subject.partition(" ")
    cycle = desk.schedules.cycles.get(report.removeprefix(f"{entry.city}-"))
    rules = desk.schedules.reminders.get(cycle.reminders or "") if cycle is not None else None
    rule = next((rule for rule in rules.rules if rule.id == rule_id), None) if rules is not None else None
    return cycle, rule


def _name(desk: Desk, city: str) -> str:
    entry = desk.all_known.entries.get(city)
    return city if entry is None else entry.title.within(desk.person.language).text


def _is_chosen(state: CityState, chosen: str) -> bool:
    return not chosen or (state.late if FILTERS[chosen] == LATE else state.standing == FILTERS[chosen])


def _enter(desk: Desk, source: str, city: str, cycle: ReportingCycle) -> View | None:
    """Begins a report, after it is said from what kind of source."""
    kind = SOURCES.get(source)
    if kind is not None:
        return opening.begin_entered(desk, city, cycle.id, kind)
    others = (other for other in _cycles_to_enter(desk, city) if other.id != cycle.id)
    marked = tuple((_mark(city, other), other) for other in others)[:MOST_CYCLES]
    return AskEnteredFrom(city, desk.all_known, cycle, _mark(city, cycle), marked)


def _cycles_to_enter(desk: Desk, city: str) -> list[ReportingCycle]:
    """The cycles that have begun there and ask this city, newest first."""
    zone = desk.zone_of(city)
    begun = (cycle for cycle in desk.schedules.newest_first() if cycle.is_open(desk.now, zone))
    return [cycle for cycle in begun if city in cities_of(cycle, desk.all_known)]


def _mark(city: str, cycle: ReportingCycle) -> str:
    """A short name of a city and a cycle, for buttons."""
    return mark_of(city, cycle.id)


def _marked(desk: Desk, mark: str) -> tuple[str, ReportingCycle] | None:
    cities = desk.all_known.cities
    found = ((city, cycle) for city in cities for cycle in _cycles_to_enter(desk, city))
    return next(((city, cycle) for city, cycle in found if _mark(city, cycle) == mark), None)
