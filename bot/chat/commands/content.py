"""/content tells admins how the content files are."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import content
from bot.texts.phrases import N_

COMMAND = Command(
    "content",
    N_("how the content files are"),
    lambda desk, _: content.report(desk, 1),
    action=Action.SEE_CONTENT_PROBLEMS,
)
