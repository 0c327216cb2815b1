"""/remind shows the secretariat what will go out, and lets it hold it or remind by hand."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import planning
from bot.texts.phrases import N_

COMMAND = Command(
    "remind",
    N_("what goes out to whom, and when"),
    lambda desk, _: planning.shown(desk),
    action=Action.REMIND,
)
