"""/cancel leaves what was begun."""

from bot.chat.commands import Command
from bot.services import reception
from bot.texts.phrases import N_

COMMAND = Command("cancel", N_("leave what was begun"), lambda desk, _: reception.cancel(desk))
