"""/help says what Focal can do."""

from bot.chat.commands import Command
from bot.services import reception
from bot.texts.phrases import N_

COMMAND = Command("help", N_("what I can do"), lambda desk, _: reception.help_(desk), in_groups=True)
