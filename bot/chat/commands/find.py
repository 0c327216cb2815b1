"""/find looks something up; without words it asks for them."""

from bot.chat.commands import Command
from bot.services.lookups import find
from bot.texts.phrases import N_

COMMAND = Command("find", N_("look something up"), find, in_groups=True)
