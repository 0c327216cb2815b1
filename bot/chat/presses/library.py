"""What the buttons around the library and questions to the secretariat do, and what texts around them are for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.chat.press import Awaited, Press
from bot.domain import buttons as b
from bot.domain.people import Action, Purpose
from bot.domain.views import OldButton, View
from bot.services import browsing, content, lookups, questions, reception
from bot.services.desk import Desk

SCREENS: Mapping[str, Callable[[Desk], View]] = {
    b.Screen.HOME: reception.welcome,
    b.Screen.FIND: lookups.ask_words,
    b.Screen.TOPICS: browsing.topics,
    b.Screen.KINDS: browsing.kinds,
    b.Screen.LANGUAGES: reception.choose_language,
    b.Screen.HELP: reception.help_,
    b.Screen.ABOUT: reception.about,
    b.Screen.CANCEL: reception.cancel,
    b.Screen.SECRETARIAT: questions.ask_words,
}


def _screen(desk: Desk, button: b.Go) -> View:
    screen = SCREENS.get(button.screen)
    return screen(desk) if screen is not None else OldButton()


ANSWER = Action.ANSWER_QUESTIONS
ASK = Action.ASK_SECRETARIAT

PRESSES: Mapping[type[b.Button], Press] = {
    b.Go: Press(_screen),
    b.SetLanguage: Press(lambda desk, x: reception.set_language(desk, x.language)),
    b.Open: Press(lambda desk, x: lookups.open_entry(desk, x.entry_id), in_place=False),
    b.Pick: Press(lambda desk, x: lookups.pick(desk, x.lookup_id, x.position), in_place=False),
    b.NotThis: Press(lambda desk, x: lookups.not_this(desk, x.lookup_id), in_place=False),
    b.Read: Press(lambda desk, x: lookups.read(desk, x.entry_id, x.page)),
    b.Similar: Press(lambda desk, x: lookups.similar(desk, x.entry_id), in_place=False),
    b.Replicated: Press(lambda desk, x: lookups.replications(desk, x.entry_id), in_place=False),
    b.Share: Press(lambda desk, x: lookups.share(desk, x.entry_id), in_place=False),
    b.Topic: Press(lambda desk, x: browsing.topic(desk, x.topic_id, x.page)),
    b.Countries: Press(lambda desk, x: browsing.countries(desk, x.page)),
    b.Country: Press(lambda desk, x: browsing.country(desk, x.country, x.page)),
    b.Kind: Press(lambda desk, x: browsing.kind(desk, x.kind, x.page)),
    b.AskSecretariat: Press(lambda desk, x: questions.pass_on(desk, x.lookup_id), ASK, in_place=False),
    b.Withdraw: Press(lambda desk, x: questions.withdraw(desk, x.question_id), ASK),
    b.WriteBack: Press(lambda desk, x: questions.begin_write_back(desk, x.question_id), ASK, in_place=False),
    b.Questions: Press(lambda desk, x: questions.listed(desk, x.page), ANSWER),
    b.Question: Press(lambda desk, x: questions.opened(desk, x.question_id), ANSWER, in_place=False),
    b.Answer: Press(lambda desk, x: questions.begin_answer(desk, x.question_id), ANSWER, in_place=False),
    b.AnswerAnyway: Press(
        lambda desk, x: questions.begin_answer(desk, x.question_id, anyway=True), ANSWER, in_place=False
    ),
    b.SendAnswer: Press(lambda desk, x: questions.send_answer(desk, x.question_id, x.draft), ANSWER),
    b.Misses: Press(lambda desk, _: questions.misses(desk), ANSWER),
    b.Content: Press(lambda desk, x: content.report(desk, x.page), Action.SEE_CONTENT_PROBLEMS),
}

PURPOSES: Mapping[Purpose, Awaited] = {
    Purpose.ANSWER: Awaited(questions.write_answer, ANSWER),
    Purpose.SEND_ANSWER: Awaited(questions.write_answer, ANSWER),
    Purpose.WRITE_BACK: Awaited(questions.write_back, ASK),
    Purpose.QUESTION: Awaited(questions.ask, ASK),
}
