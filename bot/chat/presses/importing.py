"""The buttons: tables that are brought in."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press
from bot.domain import buttons as b
from bot.domain.people import Action, Purpose
from bot.services.importing import receiving

PRESSES: Mapping[type[b.Button], Press] = {
    b.TablesIn: Press(lambda desk, x: receiving.empty(desk, x.what), Action.IMPORT, in_groups=False),
    b.TableHolds: Press(
        lambda desk, x: receiving.tried(desk, x.what, x.table), Action.IMPORT, in_groups=False
    ),
    b.BringIn: Press(lambda desk, x: receiving.brought_in(desk, x.work_id), Action.IMPORT, in_groups=False),
}

PURPOSES: Mapping[Purpose, Awaited] = {}
