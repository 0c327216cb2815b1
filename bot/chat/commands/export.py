"""/export gives results and other tables as files for Excel and for programs."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services.exporting import asking
from bot.texts.phrases import N_

COMMAND = Command(
    "export",
    N_("tables to take out"),
    lambda desk, _: asking.begin(desk),
    action=Action.EXPORT,
)
