"""The buttons and typed texts: when to be reminded."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press
from bot.domain import buttons as b
from bot.domain.people import Action, Purpose
from bot.services import later

CHOOSE_TIME = Action.CHOOSE_TIME

PRESSES: Mapping[type[b.Button], Press] = {
    b.Later: Press(later.press, CHOOSE_TIME, about=lambda desk, x: later.about(desk, x.mark)),
    b.Quiet: Press(later.press_quiet, CHOOSE_TIME),
}

PURPOSES: Mapping[Purpose, Awaited] = {
    Purpose.LATER: Awaited(later.typed, CHOOSE_TIME, later.about_expected),
}
