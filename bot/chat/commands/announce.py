"""/announce writes to many: composing, audience, sending."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services.composing import listing
from bot.texts.phrases import N_

COMMAND = Command(
    "announce",
    N_("write to many at once"),
    lambda desk, _: listing.begin(desk),
    action=Action.ANNOUNCE,
)
