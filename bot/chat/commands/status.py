"""/status shows where one's own city stands."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import overview
from bot.texts.phrases import N_

COMMAND = Command(
    "status", N_("how your city stands"), lambda desk, _: overview.status(desk), action=Action.SEE_CITY
)
