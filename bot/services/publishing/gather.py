"""Gathers what the commitment report is made of, with two queries for however many cities."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import Event
from bot.domain.cycles import Schedules
from bot.domain.entries import Library
from bot.domain.ports import UnitOfWork
from bot.domain.publication import CommitmentReport, Scope
from bot.services.publishing.assemble import assemble
from bot.services.publishing.scopes import MaySee, everybody

DECIDED = (Event.SUBMITTED, Event.ACCEPTED)


def gather(
    work: UnitOfWork,
    library: Library,
    schedules: Schedules,
    content: str,
    scope: Scope,
    as_of: datetime | None = None,
    may_see: MaySee = everybody,
) -> CommitmentReport:
    """The report on a scope, from what was accepted up to `as_of`. `library` and `schedules` are the files as they
    were then, `content` their digest; of cities that the reader may not see nothing is in it."""
    reports, acts = work.reports.accepted(as_of), work.audit.of_events(DECIDED, as_of)
    return assemble(library, schedules, reports, acts, scope, content, as_of, may_see=may_see)
