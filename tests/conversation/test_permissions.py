"""The one table of permissions, tried in earnest: every command and every button by every role."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from bot.chat.commands import all_commands
from bot.chat.presses import PRESSES
from bot.domain import buttons as b
from bot.domain.people import Action, Role, may
from bot.domain.views import NotAllowed

from .stage import Stage, answers

LONG_GONE = 999_999
VALUES: dict[str, Any] = {
    "screen": "h",
    "language": "en",
    "entry_id": "basket-composting",
    "topic_id": "waste",
    "country": "PH",
    "kind": "lessons",
    "page": 1,
    "position": 0,
    "draft": 1,
}
"""What the buttons of the matrix name, besides a lookup and a question of the person's own."""


async def test_every_command_and_button_gives_each_role_what_the_table_says(stage: Stage) -> None:
    refused = stage.says(NotAllowed())
    for number, role in enumerate(Role):
        person = stage.person(70_000 + number, role.value)
        await stage.ask(person, f"zeppelin harbour masters {number}")
        await stage.press(person, "Ask the secretariat")
        lookup, question = (
            stage.sql(f"SELECT max(id) FROM {table}")[0][0] for table in ("lookups", "questions")
        )
        own = VALUES | {"lookup_id": lookup, "question_id": question}
        await stage.appoint(person, role)
        tried: list[tuple[str, Action]] = []
        before = len(answers(person))
        for name, command in all_commands().items():
            await person.say(f"/{name}")
            tried.append((f"/{name}", command.action))
        for kind, press in PRESSES.items():
            button = kind(**{field.name: own[field.name] for field in fields(kind)})  # type: ignore[arg-type]
            await person.press_data(b.pack(button), LONG_GONE)
            tried.append((kind.__name__, press.action))
        await stage.settled()
        shown = answers(person)[before:]
        # A question that was taken back is told to the secretariat by nobody, so each try has one answer.
        assert len(shown) == len(tried), role
        for (what, action), text in zip(tried, shown, strict=True):
            assert (text == refused) == (not may(role, action)), f"{what} by {role}: {text}"


async def test_whoever_loses_a_role_in_the_middle_of_an_answer_cannot_send_it(stage: Stage) -> None:
    sari, kenya = stage.person(70_001, "Sari"), stage.person(70_002, "Kenya")
    await stage.ask(sari, "zeppelin harbour masters")
    await stage.press(sari, "Ask the secretariat")
    await stage.ask(kenya, "/start")
    await stage.appoint(kenya, Role.SECRETARIAT)
    await stage.ask(kenya, "/questions")
    await stage.press(kenya, "#1")
    await stage.press(kenya, "Answer")
    await stage.ask(kenya, "Ask Ulsan.")
    await stage.appoint(kenya, Role.VISITOR)
    assert await stage.press(kenya, "Send it") == stage.says(NotAllowed())
    assert "Rainwater" in await stage.ask(kenya, "rainwater tanks")
    assert "Ask Ulsan." not in "".join(answers(sari))
