"""/topics browses by topic, country and kind."""

from bot.chat.commands import Command
from bot.services import browsing
from bot.texts.phrases import N_

COMMAND = Command(
    "topics", N_("browse by topic, country or kind"), lambda desk, _: browsing.topics(desk), in_groups=True
)
