"""My city: where one's city stands in each cycle, what it promised, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.domain.assessment import Status, assess
from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import DraftState
from bot.domain.extensions import ExtensionState
from bot.domain.people import OF_A_CITY, Action
from bot.domain.progress import CityState, Standing, state_of
from bot.domain.published import as_result, newest_published
from bot.domain.questionnaires import Form
from bot.domain.reports import Report, ReportState, that_count
from bot.domain.views import View
from bot.domain.views.overview import Came, CityChoice, CycleLine, MyCity, NoCity, PastReports
from bot.domain.views.reviewing import Judged
from bot.services import sheets
from bot.services.courses import cities_of, commitments_of, course_of, is_proposable, short_names
from bot.services.desk import Desk
from bot.services.marks import mark_of

ASKED = ExtensionState.ASKED
MOST_REPORTS = 30


def home(desk: Desk) -> View:
    """The city of whoever asks; a choice where they have several."""
    cities = desk.person.cities(*OF_A_CITY)
    if not cities:
        return NoCity(desk.can_ask)
    if len(cities) == 1:
        return shown(desk, cities[0])
    states = tuple((city, next((line.state for line in cycle_lines(desk, city)), None)) for city in cities)
    return CityChoice(states, desk.all_known)


def shown(desk: Desk, city: str) -> View:
    matter = desk.matter(city)
    own = (m for m in desk.person.active if m.city == city)
    drafts = desk.work.drafts.of_city(city)
    told = tuple(came(desk, city))
    return MyCity(
        city,
        desk.all_known,
        desk.zone_of(city),
        cycle_lines(desk, city),
        told,
        tuple(person for person in desk.work.people.of_city(city) if person.id != desk.person.id),
        len(that_count(of_city(desk, city))),
        may_report=desk.may(Action.REPORT, matter),
        membership=next((m.id for m in own), None),
        proposals=tuple(d for d in drafts if d.state is DraftState.OPEN and is_proposable(d, desk.all_known)),
        can_propose=_can_propose(desk, city),
        may_ask_time=desk.may(Action.CHOOSE_TIME, matter),
        can_draw=can_be_drawn(desk, told),
    )


def past_reports(desk: Desk, city: str) -> View:
    found = that_count(of_city(desk, city))
    return PastReports(
        city,
        desk.all_known,
        desk.zone_of(city),
        found[:MOST_REPORTS],
        max(len(found) - MOST_REPORTS, 0),
        for_office=desk.may(Action.OVERVIEW, desk.matter(city)),
    )


def of_city(desk: Desk, city: str) -> list[Report]:
    """The reports of a city that this person may see, newest first."""
    return [
        report
        for report in desk.work.reports.of_city(city)
        if desk.may(Action.SEE_CITY, desk.matter(city, entered=report.entered))
    ]


def cycle_lines(desk: Desk, city: str) -> tuple[CycleLine, ...]:
    """The newest open cycle that asks this city, and older ones in which it still owes a report."""
    zone = desk.zone_of(city)
    found = [
        _line(desk, city, cycle)
        for cycle in desk.schedules.newest_first()
        if cycle.is_open(desk.now, zone) and city in cities_of(cycle, desk.all_known)
    ]
    return (*found[:1], *(line for line in found[1:] if _goes_on(line.state)))


def _line(desk: Desk, city: str, cycle: ReportingCycle) -> CycleLine:
    zone = desk.zone_of(city)
    own = desk.cycle_for(cycle, city)
    asked = next((e for e in desk.work.extensions.of_city(city, cycle.id) if e.state is ASKED), None)
    return CycleLine(
        own,
        city_state(desk, city, cycle),
        own.ends_at(zone),
        days_left(desk, own, zone),
        extended=own.deadline != cycle.deadline,
        asked=asked,
        mark=mark_of(city, cycle.id),
    )


def _goes_on(state: CityState) -> bool:
    """Whether a city has still to do with this cycle: its report is not accepted yet, or is being amended."""
    return state.standing is not Standing.ACCEPTED or state.draft is not None


def city_state(desk: Desk, city: str, cycle: ReportingCycle) -> CityState:
    drafts = [d for d in desk.work.drafts.of_city(city) if d.cycle == cycle.id and d.form is Form.PROGRESS]
    sent = [r for r in desk.work.reports.of_city(city) if r.cycle == cycle.id and r.form is Form.PROGRESS]
    zone = desk.zone_of(city)
    return state_of(
        drafts,
        sent,
        desk.cycle_for(cycle, city),
        zone,
        desk.now,
        lambda d: course_of(d, desk.all_known, desk.schedules),
    )


def days_left(desk: Desk, cycle: ReportingCycle, zone: str) -> int:
    """Local days from today to the deadline: 0 on its day, negative after it."""
    return (cycle.deadline - desk.now.astimezone(ZoneInfo(zone)).date()).days


def came(desk: Desk, city: str) -> Iterator[Came]:
    """Each promise of a city with the latest accepted result, older ones where the latest tells nothing of it, and
    before all reports what the sources publish."""
    accepted = [r for r in desk.work.reports.of_city(city) if r.state is ReportState.ACCEPTED]
    counting = [r for r in that_count(accepted) if r.form is Form.PROGRESS]
    found = [(report, sheets.judged(desk, report)) for report in counting]
    for commitment in commitments_of(city, desk.all_known).values():
        for ref, target in short_names(commitment).items():
            told = [(report, judged[ref]) for report, judged in found if ref in judged]
            with_result = [(r, j) for r, j in told if j.assessed.status is not Status.NO_RESULT]
            if best := (with_result or told):
                yield Came(best[0][1], best[0][0])
                continue
            published = newest_published(commitment, target)
            result = as_result(commitment, target, published) if published is not None else None
            yield Came(
                Judged(commitment, target, assess(target, result, commitment.made)), published=published
            )


def can_be_drawn(desk: Desk, told: Iterable[Came]) -> bool:
    """Whether a target has a figure and a line to hold it against. Nothing is drawn for a group."""
    judged = (one.judged for one in told)
    return desk.private and any(
        one.target.value is not None and one.assessed.figures.actual is not None for one in judged
    )


def _can_propose(desk: Desk, city: str) -> frozenset[Form]:
    """What a city can propose: a change or a baseline only of a commitment that it has."""
    if not desk.may(Action.REPORT, desk.matter(city)):
        return frozenset()
    forms: Sequence[Form] = (Form.COMMITMENT,)
    if commitments_of(city, desk.all_known):
        forms = (Form.COMMITMENT, Form.REVISION, Form.BASELINE)
    return frozenset(form for form in forms if desk.schedules.questionnaire_for(form) is not None)
