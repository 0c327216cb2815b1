"""/forget removes what is kept about somebody, after they said so twice."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import own_data
from bot.texts.phrases import N_

COMMAND = Command(
    "forget",
    N_("remove what is kept about you"),
    lambda desk, _: own_data.ask_forget(desk),
    action=Action.OWN_DATA,
)
