"""Accepted reports on the content that ships, and the commitment report that is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.content.loader import Loaded, load
from bot.domain.answers import Amount, Answer, AnswerState, Codes, Day, Value, Words
from bot.domain.audit import Entry as AuditEntry
from bot.domain.audit import Event
from bot.domain.entries import Library
from bot.domain.people import Role
from bot.domain.publication import CityPart, CommitmentReport, Origin, Scope, TargetLine
from bot.domain.questionnaires import Form
from bot.domain.reports import Report, ReportState
from bot.services.publishing.assemble import assemble

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
IN_2026 = Scope(cycle="2026")
REPORTED, PUBLISHED = Origin.REPORT, Origin.PUBLISHED


def with_a_cycle_before() -> Loaded:
    """The content that ships, with a cycle before its own."""
    found = load(ROOT / "knowledge", schedules=ROOT / "schedules", with_notes=False)
    now = found.schedules.cycles["2026"]
    before = replace(now, id="2025", period="2025")
    return replace(found, schedules=replace(found.schedules, cycles={"2025": before, "2026": now}))


def given(value: Value, raw: str = "", **more: Any) -> Answer:
    return Answer(AnswerState.GIVEN, 7, NOW, value, raw, **more)


def unknown(because: str) -> Answer:
    return Answer(AnswerState.UNKNOWN, 7, NOW, because=because)


def figure(value: str, year: int | None, ref: str = "2007a", raw: str = "") -> dict[str, Answer]:
    return {
        f"state@{ref}": given(Codes(("measured",))),
        f"result@{ref}": given(Amount(Decimal(value), "%"), raw or f"{value} %"),
        f"year@{ref}": given(Day(str(year)), str(year)) if year else unknown("The table gives no year."),
    }


def nothing_yet(because: str, ref: str = "2007a") -> dict[str, Answer]:
    return {f"state@{ref}": given(Codes(("none",))), f"why@{ref}": given(Words(because), because)}


def report(city: str, answers: Mapping[str, Answer], **more: Any) -> Report:
    cycle = more.pop("cycle", "2026")
    version = more.pop("version", 1)
    values = {
        "id": version,
        "draft_id": 1,
        "draft_version": version,
        "number": f"{city}-{cycle}",
        "version": version,
        "form": Form.PROGRESS,
        "city": city,
        "cycle": cycle,
        "questionnaire": "progress",
        "questionnaire_version": "x",
        "answers": answers,
        "submitted_by": 7,
        "submitted_at": NOW,
        "state": ReportState.ACCEPTED,
        "decided_at": NOW + timedelta(hours=1),
        "reviewer": 9,
    }
    return Report(**{**values, **more})


def act(event: Event, subject: str, handle: str, role: Role, at: datetime = NOW) -> AuditEntry:
    return AuditEntry(1, at, event, handle, role, "sibu", subject)


def assembled(
    shipped: Loaded, reports: Sequence[Report], scope: Scope = IN_2026, **more: Any
) -> CommitmentReport:
    library = more.pop("library", shipped.library)
    schedules = more.pop("schedules", shipped.schedules)
    acts = more.pop("acts", ())
    return assemble(library, schedules, reports, acts, scope, "abc", **more)


def city_of(found: CommitmentReport, city: str) -> CityPart:
    return next(part for part in found.cities if part.id == city)


def line_of(found: CommitmentReport, city: str, ref: str = "2007a") -> TargetLine:
    return next(line for line in city_of(found, city).lines if line.ref == ref)


def values(line: TargetLine) -> list[tuple[str, Origin, bool, bool]]:
    return [(str(t.result.value), t.provenance.origin, t.counts, t.in_scope) for t in line.told]


def changed(library: Library, entry_id: str, **more: Any) -> Library:
    entries = {**library.entries, entry_id: replace(library.entries[entry_id], **more)}
    return replace(library, entries=entries)


def without_record(library: Library, entry_id: str) -> Library:
    record = library.commitments[entry_id]
    return changed(library, entry_id, record=replace(record, published=(), said=()))
