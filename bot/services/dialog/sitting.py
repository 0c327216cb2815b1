"""One person at one draft: what every step of the dialog works with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.domain import drafts as moves
from bot.domain.answers import Answer, Files
from bot.domain.attachments import Attachment
from bot.domain.audit import Event
from bot.domain.drafts import Draft, DraftState
from bot.domain.people import Action, Expecting, Purpose
from bot.domain.question_types import Surroundings
from bot.domain.questionnaires import Course, Step
from bot.domain.reports import ReportMove, ReportState, newest
from bot.domain.views import OldButton, View
from bot.domain.views.reporting import ColleagueThere, DraftClosed, DraftSheet, QuestionnaireGone
from bot.services import questions
from bot.services.courses import course_of, is_gone
from bot.services.desk import Desk
from bot.services.dialog.interface_words import spoken_phrases


@dataclass(frozen=True)
class Sitting:
    """`draft` is as it is kept. `fresh`: the button that was pressed belongs to it; `new_questions` came with a
    changed questionnaire just now."""

    desk: Desk
    draft: Draft
    course: Course
    fresh: bool = True
    new_questions: int = 0

    @property
    def step(self) -> Step | None:
        """The question that is open; None: all are shown."""
        return moves.current(self.draft, self.course)

    @property
    def sheet(self) -> DraftSheet:
        return sheet_of(self.desk, self.draft, self.course)

    @property
    def around(self) -> Surroundings:
        return surroundings(self.desk, self.draft)

    def keep(self, draft: Draft) -> Sitting:
        """Writes the draft. Raises ConflictError where somebody was quicker."""
        kept = self.desk.work.drafts.save(draft, self.draft) if draft != self.draft else self.draft
        return replace(self, draft=kept)

    def expect(self, text: str | None = None, more: str | None = None, key: str | None = None) -> None:
        """From now on plain words answer this draft. `text` is kept for the buttons of the next screen."""
        desk = self.desk
        if desk.person.expecting is not None and desk.person.expecting.question_id is not None:
            questions.let_go(desk)
        words = Expecting(
            Purpose.REPORT, text=text, since=desk.now, object_id=self.draft.id, more=more, key=key
        )
        desk.work.people.expect(desk.person.id, words)


def sit_down(desk: Desk, draft_id: int, *, version: int | None = None, take: bool = False) -> Sitting | View:
    """The draft with its course, with this person as the one who fills it in; or why they cannot.

    `version` is that of a button. `take`: also where a colleague is at it.
    """
    draft = desk.work.drafts.get(draft_id)
    if draft is None:
        return OldButton()
    course = course_of(draft, desk.all_known, desk.schedules)
    if course is None or is_gone(draft, desk.all_known):
        _let_go(desk, draft)
        return QuestionnaireGone(
            draft, desk.all_known, len(draft.answers), with_commitment=course is not None
        )
    if draft.state is DraftState.SUBMITTED:
        return closed(desk, draft, course)
    if not take and draft.held_by_another(desk.person.id, desk.now):
        return there(desk, draft, course)
    adopted, new = moves.adopt(draft, course, desk.now)
    taken = moves.take(adopted, desk.person.id, desk.now)
    if draft.holder not in (None, desk.person.id):
        desk.log(Event.DRAFT_TAKEN, f"draft {draft.id}", city=draft.city)
    fresh = version is None or version == adopted.version
    return Sitting(desk, draft, course, fresh, new).keep(taken)


def closed(
    desk: Desk, draft: Draft, course: Course, words: str | None = None, *, edited: bool = False
) -> View:
    """The draft is sent: what can be done now."""
    _let_go(desk, draft)
    report = newest(r for r in desk.work.reports.of_draft(draft.id) if r.state is not ReportState.WITHDRAWN)
    return DraftClosed(
        sheet_of(desk, draft, course),
        report,
        words,
        edited,
        can_take_back=report is not None and report.can(ReportMove.TAKE_BACK),
        can_amend=report is not None and report.can(ReportMove.AMEND),
    )


def _let_go(desk: Desk, draft: Draft) -> None:
    """Plain words answer this draft no more: they are looked up again."""
    expecting = desk.person.expecting
    is_here = expecting is not None and expecting.object_id == draft.id
    if is_here and expecting is not None and expecting.purpose is Purpose.REPORT:
        desk.work.people.expect(desk.person.id, None)


def there(desk: Desk, draft: Draft, course: Course, words: str | None = None) -> ColleagueThere:
    """A colleague is at it. `words` that were typed are kept for the button that takes over."""
    if words is not None:
        kept = Expecting(
            Purpose.REPORT, text=words, since=desk.now, message_id=desk.message_id, object_id=draft.id
        )
        desk.work.people.expect(desk.person.id, kept)
    minutes = int((desk.now - draft.touched_at).total_seconds() // 60)
    step = moves.current(draft, course)
    return ColleagueThere(sheet_of(desk, draft, course), step, desk.name_of(draft.holder), minutes, words)


def sheet_of(desk: Desk, draft: Draft, course: Course) -> DraftSheet:
    cycle = desk.schedules.cycles.get(draft.cycle)
    files: dict[int, Attachment] = {}
    for answer in draft.answers.values():
        files.update(attachments_of(desk, answer))
    return DraftSheet(draft, course, desk.all_known, cycle.period if cycle is not None else "", files)


def attachments_of(desk: Desk, answer: Answer) -> dict[int, Attachment]:
    if not isinstance(answer.value, Files):
        return {}
    found = (desk.work.attachments.get(number) for number in answer.value.attachments)
    return {attachment.id: attachment for attachment in found if attachment is not None}


def surroundings(desk: Desk, draft: Draft) -> Surroundings:
    """Who answers, where and when: numbers are written as in the city, whatever language the chat speaks."""
    library = desk.all_known
    city = library.cities.get(draft.city)
    locale = desk.person.language
    if city is not None and city.languages:
        locale = f"{city.languages[0]}_{city.country}"
    cycle = desk.schedules.cycles.get(draft.cycle)
    today = (desk.said_at or desk.now).astimezone(ZoneInfo(desk.zone_of(draft.city))).date()
    names = {
        city_id: (*library.entries[city_id].title.by_language.values(), *library.entries[city_id].aliases)
        for city_id in library.cities
    }
    return Surroundings(locale, today, cycle.period if cycle is not None else "", names, spoken_phrases())


def can_ask(desk: Desk) -> bool:
    """Whether there is a person who would answer a question."""
    return desk.can_ask and desk.may(Action.ASK_SECRETARIAT)
