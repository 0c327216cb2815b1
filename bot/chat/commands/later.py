"""/later shows when the next reminder comes, and lets it come another day."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import later
from bot.texts.phrases import N_

COMMAND = Command("later", N_("when I remind you"), later.command, offered_for=Action.CHOOSE_TIME)
