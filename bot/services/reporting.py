"""What somebody may report or propose: a choice where there are several, the first question where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain import drafts as moves
from bot.domain.commitments import Target
from bot.domain.cycles import ReportingCycle, start_of_day
from bot.domain.drafts import Draft, DraftState
from bot.domain.people import Action, Matter
from bot.domain.progress import OWED, CityState, Standing, state_of
from bot.domain.questionnaires import Form
from bot.domain.reports import SourceKind, newest
from bot.domain.views import OldButton, View
from bot.domain.views.overview import NoCity
from bot.domain.views.reporting import ReportChoices, ToFill
from bot.services import keeping
from bot.services.courses import commitments_of, course_of, cycle_targets, is_proposable
from bot.services.desk import Desk
from bot.services.dialog import opening
from bot.services.marks import mark_of

MOST_CYCLES = 3
"""How many cycles of a city are offered: the newest, and those before it that it owes or has begun."""
OF_A_COMMITMENT = (Form.REVISION, Form.BASELINE)


def choose(desk: Desk) -> View:
    """Everything that this person may fill in now; where that is one thing which waits for them, it is opened."""
    keeping.ask_if_due(desk)
    cities = _cities(desk)
    entered = tuple(_entered(desk))
    if not cities and not entered:
        return NoCity(desk.can_ask)
    items = (*(item for city in cities for item in _of_city(desk, city)), *entered)
    if len(items) == 1 and _waits_for_them(items[0]):
        return begin_item(desk, items[0])
    proposals = tuple((form, city) for city in cities for form in _proposable(desk, city))
    return ReportChoices(items, desk.all_known, proposals, len(cities) > 1, _opens_next(desk, cities))


def of_form(desk: Desk, letter: str, city: str) -> View:
    """What a city may fill in of one form: the draft itself where there is one choice."""
    form = next((form for form in Form if form.startswith(letter)), None)
    if form is None or not letter:
        return OldButton()
    if form is Form.PROGRESS:
        items = tuple(item for item in _of_city(desk, city) if item.form is form)
    else:
        items = tuple(_proposals(desk, city, form))
    if len(items) == 1 and (form is not Form.PROGRESS or _waits_for_them(items[0])):
        return begin_item(desk, items[0])
    forms = tuple((other, city) for other in _proposable(desk, city) if other is not form)
    return ReportChoices(items, desk.all_known, forms, opens=_opens_next(desk, (city,)), form=form)


def begin(desk: Desk, mark: str) -> View:
    item = _marked(desk, mark)
    return OldButton() if item is None else begin_item(desk, item)


def about(desk: Desk, mark: str) -> Matter | None:
    """What a mark is about; None where this person has nothing of that mark."""
    item = _marked(desk, mark)
    entered = item is not None and item.draft is not None and item.draft.entered
    return None if item is None else desk.matter(item.city, entered=entered)


def mark_of_report(city: str, cycle: str) -> str:
    """What begins the report of a city in a cycle, or goes on with it, in buttons."""
    return _mark(Form.PROGRESS, city, cycle)


def open_reports(desk: Desk) -> tuple[ToFill, ...]:
    """The reports that somebody may fill in and that wait for them, newest first."""
    found = (item for city in _cities(desk) for item in _of_city(desk, city))
    return tuple(item for item in found if item.form is Form.PROGRESS and _waits_for_them(item))


def begin_item(desk: Desk, item: ToFill) -> View:
    if item.draft is not None and (item.draft.entered or item.form not in OF_A_COMMITMENT):
        return opening.resume(desk, item.draft.id)
    cycle = item.cycle.id if item.cycle is not None else ""
    return opening.open_form(desk, item.form, item.city, cycle, item.subject)


def _cities(desk: Desk) -> tuple[str, ...]:
    cities = desk.person.cities()
    return tuple(city for city in cities if desk.may(Action.REPORT, desk.matter(city)))


def _of_city(desk: Desk, city: str) -> Iterator[ToFill]:
    """The cycles that ask a city, newest first, then the proposals that it has begun."""
    zone = desk.zone_of(city)
    drafts, reports = desk.work.drafts.of_city(city), desk.work.reports.of_city(city)
    offered = 0
    for cycle in desk.schedules.newest_first():
        if not cycle.is_open(desk.now, zone) or not cycle_targets(cycle, city, desk.all_known):
            continue
        own = [d for d in drafts if d.cycle == cycle.id and d.form is Form.PROGRESS and not d.entered]
        sent = [r for r in reports if r.cycle == cycle.id and r.form is Form.PROGRESS]
        state = state_of(
            own,
            sent,
            desk.cycle_for(cycle, city),
            zone,
            desk.now,
            lambda draft: course_of(draft, desk.all_known, desk.schedules),
        )
        if offered and state.standing is Standing.ACCEPTED and state.draft is None:
            continue
        offered += 1
        draft = own[0] if own else None
        yield ToFill(
            Form.PROGRESS, city, _mark(Form.PROGRESS, city, cycle.id), cycle, draft=draft, state=state
        )
        if offered == MOST_CYCLES:
            break
    for draft in drafts:
        if draft.state is DraftState.OPEN and is_proposable(draft, desk.all_known):
            yield _proposal(desk, draft.form, city, draft.subject, draft)


def _entered(desk: Desk) -> Iterator[ToFill]:
    """What the secretariat has begun to enter."""
    for cycle in desk.schedules.newest_first():
        for draft in desk.work.drafts.of_cycle(cycle.id):
            matter = desk.matter(draft.city, entered=True)
            if draft.entered and draft.state is DraftState.OPEN and desk.may(Action.REPORT, matter):
                answered, of = _progress(desk, draft)
                state = CityState(Standing.DRAFT, answered, of, draft=draft)
                mark = _mark(Form.PROGRESS, draft.city, cycle.id, source=draft.source)
                yield ToFill(Form.PROGRESS, draft.city, mark, cycle, draft=draft, state=state)


def _proposals(desk: Desk, city: str, form: Form) -> Iterator[ToFill]:
    """A first commitment, or one of those that there are, to be changed."""
    if form is Form.COMMITMENT:
        yield _proposal(desk, form, city, "", _own(desk, form, city))
        return
    for subject in _changeable(desk, city, form):
        draft = _own(desk, form, city, subject)
        yield _proposal(desk, form, city, subject, draft)


def _proposal(desk: Desk, form: Form, city: str, subject: str, draft: Draft | None) -> ToFill:
    answered, of = _progress(desk, draft) if draft is not None else (0, 0)
    reports = desk.work.reports.of_draft(draft.id) if draft is not None else ()
    report = newest(reports)
    is_sent = report is not None and draft is not None and draft.state is not DraftState.OPEN
    state = report.state if report is not None and is_sent else None
    mark = _mark(form, city, subject=subject)
    return ToFill(form, city, mark, None, subject, draft, answered, of, report=report, report_state=state)


def _own(desk: Desk, form: Form, city: str, subject: str = "") -> Draft | None:
    return desk.work.drafts.find(form, city, "", subject, source=SourceKind.QUESTIONNAIRE)


def _proposable(desk: Desk, city: str) -> tuple[Form, ...]:
    """The forms beside progress that make sense for a city: there is a questionnaire, and something to change."""
    there = (form for form in Form if form is not Form.PROGRESS and desk.schedules.questionnaire_for(form))
    return tuple(form for form in there if form is Form.COMMITMENT or _changeable(desk, city, form))


def _changeable(desk: Desk, city: str, form: Form) -> tuple[str, ...]:
    """The commitments of a city that this form can be about; a baseline is missing only in some."""
    return tuple(
        entry_id
        for entry_id, commitment in commitments_of(city, desk.all_known).items()
        if form is not Form.BASELINE or any(_lacks_baseline(target) for target in commitment.targets)
    )


def _lacks_baseline(target: Target) -> bool:
    return target.baseline is None or target.baseline.value is None


def _marked(desk: Desk, mark: str) -> ToFill | None:
    cities = _cities(desk)
    own = (item for city in cities for item in _of_city(desk, city))
    proposals = (
        item for city in cities for form in _proposable(desk, city) for item in _proposals(desk, city, form)
    )
    everything = (*own, *proposals, *_entered(desk))
    return next((item for item in everything if item.mark == mark), None)


def _progress(desk: Desk, draft: Draft) -> tuple[int, int]:
    course = course_of(draft, desk.all_known, desk.schedules)
    return moves.progress(draft, course) if course is not None else (0, 0)


def _waits_for_them(item: ToFill) -> bool:
    """The next step is theirs: to begin, to go on, or to finish what they began to amend."""
    return item.state is None or item.state.standing in OWED or item.state.draft is not None


def _opens_next(desk: Desk, cities: tuple[str, ...]) -> tuple[ReportingCycle, datetime] | None:
    """The cycle that opens next for one of these cities, and when."""
    later = (
        (cycle, start_of_day(cycle.opens, desk.zone_of(city)))
        for cycle in desk.schedules.newest_first()
        for city in cities
        if not cycle.is_open(desk.now, desk.zone_of(city)) and cycle_targets(cycle, city, desk.all_known)
    )
    return min(later, key=lambda found: found[1], default=None)


def _mark(
    form: Form,
    city: str,
    cycle: str = "",
    subject: str = "",
    *,
    source: SourceKind = SourceKind.QUESTIONNAIRE,
) -> str:
    """A short name of what may be filled in, for buttons."""
    return mark_of(form, city, cycle, subject, source)
