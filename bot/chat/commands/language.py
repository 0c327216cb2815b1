"""/language changes the language."""

from bot.chat.commands import Command
from bot.services import reception
from bot.texts.phrases import N_

COMMAND = Command("language", N_("change the language"), lambda desk, _: reception.choose_language(desk))
