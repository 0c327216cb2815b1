"""/report opens the report that is due, or shows what there is to fill in."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import reporting
from bot.texts.phrases import N_

COMMAND = Command(
    "report",
    N_("fill in the report of your city"),
    lambda desk, _: reporting.choose(desk),
    offered_for=Action.REPORT,
)
