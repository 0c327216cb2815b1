"""/extend asks for more time; the secretariat sees what was asked, and gives it."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import extensions
from bot.texts.phrases import N_

COMMAND = Command(
    "extend",
    N_("more time for a report"),
    lambda desk, _: extensions.begin(desk),
    action=Action.SEE_CITY,
)
