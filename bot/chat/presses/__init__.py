"""What each button does, and what plain text is for when something was asked before: one file a part of the house."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press
from bot.chat.presses import (
    announcing,
    composing,
    exporting,
    extending,
    importing,
    library,
    long_work,
    membership,
    pictures,
    planning,
    publishing,
    pulse,
    reminding,
    reporting,
    reviewing,
)
from bot.domain.buttons import Button
from bot.domain.people import Purpose

PARTS = (
    library,
    reporting,
    reviewing,
    membership,
    reminding,
    extending,
    planning,
    composing,
    announcing,
    pulse,
    exporting,
    importing,
    long_work,
    publishing,
    pictures,
)

PRESSES: Mapping[type[Button], Press] = {
    kind: press for part in PARTS for kind, press in part.PRESSES.items()
}
PURPOSES: Mapping[Purpose, Awaited] = {
    purpose: awaited for part in PARTS for purpose, awaited in part.PURPOSES.items()
}
