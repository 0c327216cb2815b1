"""/mydata sends somebody everything that is kept about them."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import own_data
from bot.texts.phrases import N_

COMMAND = Command(
    "mydata",
    N_("what is kept about you"),
    lambda desk, _: own_data.show(desk),
    action=Action.OWN_DATA,
)
