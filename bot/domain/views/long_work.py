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
class WorkInHand(View):
    """The same is under way already, and shown in another message; or there is `too_many` of this kind."""

    kind: WorkKind
    too_many: bool = False


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


@dataclass(frozen=True)
class FileNotArrived(View):
    """A file that was ready did not arrive; with `may_be_there` nobody can know. `work_id` is the work that made it,
    where it was made for this reader."""

    name: str
    work_id: int | None
    may_be_there: bool = False
