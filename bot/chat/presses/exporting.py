"""The buttons: tables to take out."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press
from bot.domain import buttons as b
from bot.domain.people import Action, Purpose
from bot.services.exporting import asking

PRESSES: Mapping[type[b.Button], Press] = {
    b.ExportAsk: Press(lambda desk, x: asking.ask(desk, x.what, x.form), Action.EXPORT, in_groups=False),
    b.ExportDo: Press(
        lambda desk, x: asking.make(desk, x.what, x.form, x.choice), Action.EXPORT, in_groups=False
    ),
}

PURPOSES: Mapping[Purpose, Awaited] = {}
