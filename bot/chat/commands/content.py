"""/content tells admins the state of the content files."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import content
from bot.texts.phrases import N_

COMMAND = Command(
    "content",
    N_("the state of the content files"),
    lambda desk, _: content.report(desk, 1),
    action=Action.SEE_CONTENT_PROBLEMS,
)
