"""/people shows who is who."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import people
from bot.texts.phrases import N_

COMMAND = Command(
    "people",
    N_("who is who"),
    lambda desk, _: people.listed(desk, 1),
    action=Action.MANAGE_PEOPLE,
)
