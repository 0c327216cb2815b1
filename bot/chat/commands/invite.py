"""/invite makes a one-time link for somebody to join."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import inviting
from bot.texts.phrases import N_

COMMAND = Command(
    "invite",
    N_("invite somebody to join"),
    lambda desk, _: inviting.choose_role(desk),
    action=Action.MANAGE_PEOPLE,
)
