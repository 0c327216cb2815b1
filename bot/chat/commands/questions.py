"""/questions lists what waits for the secretariat."""

from bot.chat.commands import Command
from bot.domain.people import Action
from bot.services import questions
from bot.texts.phrases import N_

COMMAND = Command(
    "questions",
    N_("questions that wait for an answer"),
    lambda desk, _: questions.listed(desk, 1),
    action=Action.ANSWER_QUESTIONS,
)
