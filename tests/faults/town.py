"""The people of a fault test: they look things up, ask the secretariat and are answered, all by chance."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from bot.domain import buttons
from bot.services.questions import MOST_OPEN

from .ledger import Deed
from .processes import Telegram

AIKO = 5_000_000_001
"""The admin who answers for the secretariat."""
FIRST_PERSON = 6_000_000_001
FIRST_VICTIM = 7_000_000_001
"""People whose message nobody can read, one for each such message."""


class Town:
    """Acts over the emulator, and keeps what was done and how many updates it made."""

    def __init__(self, telegram: Telegram, seed: int, people: int = 40) -> None:
        self.deeds: list[Deed] = []
        self.said = 0
        self._telegram = telegram
        self._random = random.Random(seed)
        self._people = range(FIRST_PERSON, FIRST_PERSON + people)
        self._tokens: Iterator[int] = iter(self._random.sample(range(1_000_000, 9_999_999), 100_000))
        self._victims = iter(range(FIRST_VICTIM, FIRST_VICTIM + 1000))
        self._pressed: set[tuple[int, int]] = set()
        self._asked: set[str] = set()
        self._asker: dict[str, int] = {}
        self._withdrawn: set[str] = set()
        self._answering: tuple[str, str] | None = None

    def open(self) -> None:
        """The admin says hello: who never wrote to a bot cannot be written to."""
        self._do(AIKO, "start")
        self.deeds.append(Deed(("person", str(AIKO)), ((AIKO, ""),)))

    def act(self, times: int = 1) -> None:
        """Somebody does something, so many times."""
        for _ in range(times):
            chance = self._random.random()
            person = self._random.choice(self._people)
            if chance < 0.06:
                self._ask_the_secretariat(person)
            elif chance < 0.08:
                self._withdraw()
            elif chance < 0.14:
                self._answer()
            else:
                self._look_up(person)

    def write_unreadably(self) -> None:
        """A message comes that no parser can read; its sender has to be told that it was set aside."""
        victim = next(self._victims)
        who = {"id": victim, "is_bot": False, "first_name": "Noor"}
        chat = {"id": victim, "type": "private", "first_name": "Noor"}
        self._look_up(victim)  # who never wrote to a bot cannot be written to
        self._telegram.queue(
            "message", {"message_id": 1, "date": "yesterday", "from": who, "chat": chat, "text": "?"}
        )
        self.said += 1
        # Two messages of any text: the answer to the lookup, and the apology.
        self.deeds.append(Deed(("dead", str(victim)), ((victim, ""), (victim, ""))))

    def _look_up(self, person: int) -> None:
        words = self._token()
        self._do(person, "say", text=words)
        self.deeds.append(Deed(("lookup", words), ((person, words),)))

    def _ask_the_secretariat(self, person: int) -> None:
        """Presses the button below an answer that found nothing, unless so many wait that it is refused."""
        if sum(asker == person for asker in self._asker.values()) >= MOST_OPEN:
            return
        for message in self._telegram.messages(person):
            words = _token_of(message)
            # An answer that came twice has the button twice.
            if words not in self._asked and self._press(person, message, buttons.AskSecretariat):
                self._asked.add(words)
                self._asker[words] = person
                self.deeds.append(Deed(("question", words), ((person, words), (AIKO, words))))
                return

    def _withdraw(self) -> None:
        """Somebody takes back a question that nobody has begun to answer."""
        begun = self._answering[0] if self._answering else None
        for words, person in self._asker.items():
            if words in self._withdrawn or words == begun:
                continue
            for message in self._telegram.messages(person):
                if words in message["text"] and self._press(person, message, buttons.Withdraw):
                    self._withdrawn.add(words)
                    self.deeds.append(Deed(("withdrawn", words), edits=((person, message["message_id"]),)))
                    return

    def _answer(self) -> None:
        """The next step of the admin: to begin an answer, or to send the one that is shown."""
        if self._answering is None:
            self._begin_an_answer()
        else:
            self._send_the_answer(*self._answering)

    def _begin_an_answer(self) -> None:
        for message in self._telegram.messages(AIKO):
            words = _token_of(message)
            if words not in self._asker or words in self._withdrawn:
                continue
            if self._press(AIKO, message, buttons.Answer):
                # From now on it cannot be withdrawn, whatever becomes of the answer.
                answer = self._token()
                self._do(AIKO, "say", text=answer)
                self._answering = (words, answer)
                return

    def _send_the_answer(self, words: str, answer: str) -> None:
        for message in self._telegram.messages(AIKO):
            if answer in message["text"] and self._press(AIKO, message, buttons.SendAnswer):
                asker = self._asker.pop(words)
                answers = ((asker, words), (asker, answer), (AIKO, words), (AIKO, answer))
                self.deeds.append(
                    Deed(("secretariat", answer), answers, edits=((AIKO, message["message_id"]),))
                )
                self._answering = None
                return

    def _press(self, person: int, message: dict[str, Any], kind: type[buttons.Button]) -> bool:
        """Presses the button of this kind, unless there is none or it was pressed before."""
        place = (person, message["message_id"])
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        for data in (key.get("callback_data") for row in rows for key in row):
            if data and place not in self._pressed and isinstance(buttons.unpack(data), kind):
                self._pressed.add(place)
                self._do(person, "press", button=data, message_id=message["message_id"])
                return True
        return False

    def _do(self, person: int, deed: str, **body: Any) -> None:
        self._telegram.do(person, deed, **body)
        self.said += 1

    def _token(self) -> str:
        return f"q{next(self._tokens)}"  # bare figures are nothing to look up


def _token_of(message: dict[str, Any]) -> str:
    """The first token in the text of a message; "" where there is none."""
    words = (word.strip("“”.") for word in message["text"].split())
    return next((word for word in words if len(word) == 8 and word[0] == "q" and word[1:].isdigit()), "")
