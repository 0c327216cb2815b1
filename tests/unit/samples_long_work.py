"""Samples of the views: long work."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.entries import Library
from bot.domain.long_work import WorkKind, WorkReason
from bot.domain.views import View
from bot.domain.views import long_work as v

NASTY = "<b>Costs</b> & 100 % {{ 7*7 }} %(x)s 字😀"


def samples(library: Library) -> Iterator[View]:
    for kind in WorkKind:
        yield v.WorkUnderWay(kind, 7)
        yield v.WorkUnderWay(kind, 7, 3, 18)
        yield v.WorkStopped(kind, 7)
        yield v.WorkInHand(kind)
        yield v.WorkInHand(kind, too_many=True)
    for reason in WorkReason:
        yield v.WorkFailed(WorkKind.LETTERS, 7, reason, NASTY * 40)
        yield v.WorkFailed(WorkKind.PUBLISH, 7, reason)
    yield v.FileNotArrived(NASTY * 5, 7)
    yield v.FileNotArrived("board-1.png", None, may_be_there=True)
