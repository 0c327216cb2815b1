"""/publish gives the commitment report as documents, and publishes it."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services.publishing import screens
from bot.texts.phrases import N_

COMMAND = Command(
    "publish",
    N_("the commitment report, as documents"),
    lambda desk, _: screens.newest(desk),
    action=Action.PUBLISH,
)
