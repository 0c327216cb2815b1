"""/start greets, or opens the entry that a shared link names."""

from __future__ import annotations

from bot.chat.commands import Command
from bot.domain.views import View
from bot.services import lookups, reception
from bot.services.desk import Desk
from bot.texts.phrases import N_
from bot.texts.renderer import DEEP_LINK_PREFIX


def run(desk: Desk, payload: str) -> View:
    if payload.startswith(DEEP_LINK_PREFIX):
        return lookups.open_entry(desk, payload.removeprefix(DEEP_LINK_PREFIX))
    return reception.welcome(desk)


COMMAND = Command("start", N_("begin"), run)
