"""Reports as rows: every version that was sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from bot.domain.errors import ConflictError
from bot.domain.questionnaires import Form
from bot.domain.reports import Comment, Report, ReportHead, ReportState, SourceKind
from bot.storage.answers_json import answers_as_json, answers_from_json, as_json, from_json
from bot.storage.tables import DraftRow, ReportRow

WAITING = (ReportState.SUBMITTED.value, ReportState.IN_REVIEW.value)
HEAD = ("id", "city", "cycle", "version", "state", "decided_at")


class SqlReports:
    """Implements `bot.domain.ports.Reports`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, report: Report) -> Report:
        """The draft is locked first: of two replicas that send it the second sees the first one's report."""
        self._session.exec(
            select(DraftRow.id).where(DraftRow.id == report.draft_id).with_for_update()
        ).first()
        row = self._session.exec(
            select(ReportRow).where(
                ReportRow.draft_id == report.draft_id, ReportRow.draft_version == report.draft_version
            )
        ).first()
        if row is None:
            row = ReportRow(**_sent(report), **_decided(report))
            self._session.add(row)
            try:
                self._session.flush()
            except IntegrityError as error:
                # Two drafts of one city share a number: the version was free a moment ago.
                raise ConflictError(f"there is {report.number} v{report.version} already") from error
        return _report(row)

    def get(self, report_id: int) -> Report | None:
        row = self._session.get(ReportRow, report_id)
        return None if row is None else _report(row)

    def save(self, report: Report, was: Report) -> None:
        """Writes what became of it; what was sent never changes. Two who comment at once conflict, too."""
        row = self._session.get(ReportRow, was.id, with_for_update=True, populate_existing=True)
        if row is None or _decided(_report(row)) != _decided(was):
            raise ConflictError(f"report {was.id} has changed meanwhile")
        for name, value in _decided(report).items():
            setattr(row, name, value)
        self._session.flush()

    def of_draft(self, draft_id: int) -> Sequence[Report]:
        return self._found(col(ReportRow.draft_id) == draft_id)

    def of_city(self, city: str) -> Sequence[Report]:
        return self._found(col(ReportRow.city) == city)[::-1]

    def of_cycle(self, cycle: str) -> Sequence[Report]:
        return self._found(col(ReportRow.cycle) == cycle)

    def cities(self) -> Sequence[str]:
        return self._session.exec(select(ReportRow.city).distinct().order_by(col(ReportRow.city))).all()

    def waiting(self) -> Sequence[Report]:
        return self._found(col(ReportRow.state).in_(WAITING))

    def accepted(self, until: datetime | None = None) -> Sequence[Report]:
        of_interest = [
            col(ReportRow.state) == ReportState.ACCEPTED.value,
            col(ReportRow.form) == Form.PROGRESS.value,
        ]
        if until is not None:
            of_interest.append(col(ReportRow.decided_at) <= until)
        return self._found(*of_interest)

    def heads(self) -> Sequence[ReportHead]:
        wanted = [getattr(ReportRow, name) for name in HEAD]
        of_progress = select(*wanted).where(ReportRow.form == Form.PROGRESS.value)
        rows = self._session.exec(of_progress.order_by(col(ReportRow.id)))
        return [
            ReportHead(id, city, cycle, version, ReportState(state), at)
            for id, city, cycle, version, state, at in rows
        ]

    def some(self, ids: Collection[int]) -> Sequence[Report]:
        return self._found(col(ReportRow.id).in_(ids))

    def _found(self, *conditions: ColumnElement[bool]) -> list[Report]:
        rows = self._session.exec(select(ReportRow).where(*conditions).order_by(col(ReportRow.id)))
        return [_report(row) for row in rows]


def _sent(report: Report) -> dict[str, Any]:
    return {
        "draft_id": report.draft_id,
        "draft_version": report.draft_version,
        "number": report.number,
        "version": report.version,
        "form": report.form.value,
        "city": report.city,
        "cycle": report.cycle,
        "subject": report.subject,
        "questionnaire": report.questionnaire,
        "questionnaire_version": report.questionnaire_version,
        "answers": answers_as_json(report.answers),
        "submitted_by": report.submitted_by,
        "submitted_at": report.submitted_at,
        "source": report.source.value,
        "source_note": report.source_note,
        "late": report.late,
        "reason": report.reason,
    }


def _decided(report: Report) -> dict[str, Any]:
    return {
        "state": report.state.value,
        "reviewer": report.reviewer,
        "review_began_at": report.review_began_at,
        "decided_at": report.decided_at,
        "returned": dict(report.returned),
        "comments": as_json(report.comments),
        "judged": dict(report.judged),
    }


def _report(row: ReportRow) -> Report:
    assert row.id is not None
    return Report(
        id=row.id,
        draft_id=row.draft_id,
        draft_version=row.draft_version,
        number=row.number,
        version=row.version,
        form=Form(row.form),
        city=row.city,
        questionnaire=row.questionnaire,
        questionnaire_version=row.questionnaire_version,
        answers=answers_from_json(row.answers),
        submitted_by=row.submitted_by,
        submitted_at=row.submitted_at,
        cycle=row.cycle,
        subject=row.subject,
        source=SourceKind(row.source),
        source_note=row.source_note,
        state=ReportState(row.state),
        late=row.late,
        reason=row.reason,
        reviewer=row.reviewer,
        review_began_at=row.review_began_at,
        decided_at=row.decided_at,
        returned=dict(row.returned),
        comments=tuple(from_json(Comment, one) for one in row.comments),
        judged=dict(row.judged),
    )
