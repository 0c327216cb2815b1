"""/start greets, or opens what a link names: an entry, an invitation, or one question."""

from __future__ import annotations

from bot.chat.commands import Command
from bot.domain.views import View
from bot.services import joining, lookups, reception
from bot.services.desk import Desk
from bot.services.dialog import colleagues
from bot.services.links import INVITATION_PREFIX, QUESTION_PREFIX
from bot.texts.phrases import N_
from bot.texts.renderer import DEEP_LINK_PREFIX


def run(desk: Desk, payload: str) -> View:
    if payload.startswith(DEEP_LINK_PREFIX):
        return lookups.open_entry(desk, payload.removeprefix(DEEP_LINK_PREFIX))
    if payload.startswith(INVITATION_PREFIX):
        return joining.open_link(desk, payload.removeprefix(INVITATION_PREFIX))
    if payload.startswith(QUESTION_PREFIX):
        return colleagues.open_link(desk, payload.removeprefix(QUESTION_PREFIX))
    return reception.welcome(desk)


COMMAND = Command("start", N_("begin"), run)
