"""What is shown of long work: how far it is, that it was stopped, that it failed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.long_work import WorkKind, WorkReason
from bot.domain.views.base import View


@dataclass(frozen=True)
class WorkUnderWay(View):
    """`done` of `of` parts are finished; `of` is 0 where it has not begun."""

    kind: WorkKind
    work_id: int
    done: int = 0
    of: int = 0


@dataclass(frozen=True)
class WorkStopped(View):
    kind: WorkKind
    work_id: int


@dataclass(frozen=True)
class WorkFailed(View):
    """`detail` says more where it is something that the reader can put right: a name of a file, a place in it."""

    kind: WorkKind
    work_id: int
    reason: WorkReason
    detail: str = ""
