"""The buttons: what will go out, holding it, pauses and reminders by hand."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press
from bot.domain import buttons as b
from bot.domain.people import Action, Purpose
from bot.services import planning

PRESSES: Mapping[type[b.Button], Press] = {
    b.Plan: Press(planning.press, Action.REMIND),
    b.Hold: Press(planning.press_one, Action.REMIND, about=lambda desk, x: planning.about(desk, x.debt)),
    b.CycleDo: Press(planning.press_cycle, Action.REMIND),
}

PURPOSES: Mapping[Purpose, Awaited] = {}
