"""The buttons: long work."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Answered, Awaited, Press
from bot.domain import buttons as b
from bot.domain.people import Purpose
from bot.domain.views import OldButton
from bot.services import long_work
from bot.services.desk import Desk


def _do(desk: Desk, x: b.WorkDo) -> Answered:
    """Work is its asker's alone; what it needs of rights is asked when it begins."""
    match x.move:
        case b.WorkMove.STOP:
            return long_work.stop(desk, x.work_id)
        case b.WorkMove.AGAIN:
            return long_work.again(desk, x.work_id)
        case _:
            return OldButton()


PRESSES: Mapping[type[b.Button], Press] = {
    b.WorkDo: Press(_do, in_groups=False),
}

PURPOSES: Mapping[Purpose, Awaited] = {}
