"""/review lists the reports that wait for a review."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import review
from bot.texts.phrases import N_

COMMAND = Command(
    "review",
    N_("reports that wait for a review"),
    lambda desk, _: review.listed(desk, 1),
    action=Action.REVIEW,
)
