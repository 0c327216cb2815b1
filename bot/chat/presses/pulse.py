"""The buttons: the pulse of a cycle."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press
from bot.domain import buttons as b
from bot.domain.people import Action, Purpose
from bot.services import pulse

PRESSES: Mapping[type[b.Button], Press] = {
    b.Pulse: Press(lambda desk, x: pulse.shown(desk, x.cycle), Action.OVERVIEW),
}

PURPOSES: Mapping[Purpose, Awaited] = {}
