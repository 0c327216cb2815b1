"""/overview tells the secretariat where every city stands."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import overview
from bot.texts.phrases import N_

COMMAND = Command(
    "overview",
    N_("where every city stands"),
    lambda desk, _: overview.newest(desk),
    action=Action.OVERVIEW,
)
