"""/import says how whole tables are brought in, and gives empty ones to fill in."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services.importing import receiving
from bot.texts.phrases import N_

COMMAND = Command(
    "import",
    N_("tables to bring in"),
    lambda desk, _: receiving.begin(desk),
    action=Action.IMPORT,
)
