"""/about says what this is and where its facts come from."""

from bot.chat.commands import Command
from bot.services import reception
from bot.texts.phrases import N_

COMMAND = Command("about", N_("what this is, and where it comes from"), lambda desk, _: reception.about(desk))
