"""Focal points of many towns, each of whom fills in a report of twelve answers and two files, as a person would."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.domain.people import MembershipState, Role
from bot.domain.ports import UnitOfWork
from bot.storage.database import Database

from .ledger import Deed, folded
from .processes import Home, Telegram
from .town import AIKO, FIRST_PERSON, Town

COMMITMENT = """---
title: "The promise of {city}"
city: {city}
made: 2007
due: 2030
targets:
  - {{id: a, kind: level, indicator: waste, direction: down, value: "0.90", unit: kg/cap/day, due: 2030,
     text: "Less waste."}}
---
"""
CYCLE = """
title: Report 2026
period: 2026
opens: 2020-01-01
deadline: 2090-12-15
questionnaire: progress
"""
CHOICES = "choices: {red: Red, green: Green, blue: Blue}"
QUESTIONS = {
    "q01": "type: number, unit: t",
    "q02": "type: percentage",
    "q03": f"type: choice, {CHOICES}",
    "q04": f"type: choices, {CHOICES}",
    "q05": "type: file",
    "q06": "type: text",
    "q07": "type: yes-no",
    "q08": f"type: choice, {CHOICES}",
    "q09": "type: date",
    "q10": "type: text",
    "q11": "type: file",
    "q12": "type: number, unit: t",
    "q13": "type: text",
    "q14": "type: text",
}


@dataclass(frozen=True)
class Step:
    """What somebody does as soon as they see `turn` in a message or its buttons: words, a tap, or a file. Where it is
    empty they wait for nothing: the last three answers go off one after another.

    `kept` is the answer that stands in the report afterwards, by its question.
    """

    turn: str
    say: str = ""
    tap: str = ""
    photo: bytes = b""
    document: bytes = b""
    kept: tuple[str, str] | None = None
    changes: bool = True
    """Whether the draft is another one afterwards: its version counts these."""

    @property
    def file(self) -> bytes:
        return self.photo or self.document


def steps_of(town: str) -> tuple[Step, ...]:
    """The way of one town through its report. The choices are the answer that two times would undo."""
    return (
        Step("", say="/report"),
        Step("What about q01?", say="41", kept=("q01", "41 t")),
        Step("What about q02?", say="37 %", kept=("q02", "37 %")),
        Step("What about q03?", tap="Green", kept=("q03", "green")),
        Step("What about q04?", tap="Red"),
        Step("✓ Red", tap="Blue", kept=("q04", "red,blue")),
        Step("✓ Blue", tap="Done"),
        Step("What about q05?", photo=_content(town, "photo"), kept=("q05", "1 file")),
        Step("Kept. Send another one, or go on. What about q05?", tap="Done"),
        Step("What about q06?", say=f"Trees of {town}", kept=("q06", f"Trees of {town}")),
        Step("What about q07?", tap="Yes", kept=("q07", "yes")),
        Step("What about q08?", say="blue", kept=("q08", "blue")),
        Step("What about q09?", say="2025", kept=("q09", "2025")),
        Step("What about q10?", say=f"Rivers of {town}", kept=("q10", f"Rivers of {town}")),
        Step("What about q11?", document=_content(town, "document"), kept=("q11", "1 file")),
        Step("Kept. Send another one, or go on. What about q11?", tap="Done"),
        Step("What about q12?", say="1250", kept=("q12", "1250 t")),
        Step("", say=f"Hills of {town}", kept=("q13", f"Hills of {town}")),
        Step("", say=f"Lakes of {town}", kept=("q14", f"Lakes of {town}")),
        Step("Nothing is sent yet", tap="Send to the secretariat", changes=False),
    )


@dataclass
class Reporter:
    """One focal point. `done` counts the steps that they have made."""

    id: int
    town: str
    steps: tuple[Step, ...]
    done: int = 0

    @property
    def has_finished(self) -> bool:
        return self.done == len(self.steps)


class Reporters(Town):
    """At most `at_once` of them are at it together; where one has sent their report, the next one begins."""

    def __init__(self, telegram: Telegram, seed: int, people: int, at_once: int) -> None:
        super().__init__(telegram, seed, people)
        towns = names_of(people)
        self.reporters = [
            Reporter(FIRST_PERSON + number, town, steps_of(town)) for number, town in enumerate(towns)
        ]
        self._at_once = at_once
        self._closing = False

    @property
    def begun(self) -> list[Reporter]:
        return [one for one in self.reporters if one.done]

    def act(self, times: int = 1) -> None:
        """Whoever has been answered makes their next step, so many times if so many can."""
        for _ in range(times):
            if not any(self._make_a_step(one) for one in self._shuffled()):
                return

    def close(self) -> None:
        """Nobody begins any more."""
        self._closing = True

    def _shuffled(self) -> list[Reporter]:
        busy = [one for one in self.reporters if not one.has_finished and (one.done or not self._closing)]
        active = busy[: self._at_once]
        self._random.shuffle(active)
        return active

    def _make_a_step(self, one: Reporter) -> bool:
        """Whether the bot has shown what the next step waits for, and they made it."""
        step = one.steps[one.done]
        shown = self._shown(one, step.turn)
        if step.turn and shown is None:
            return False
        edits: tuple[tuple[int, int], ...] = ()
        if step.say:
            self._do(one.id, "say", text=step.say)
        elif step.tap:
            assert shown is not None
            data = next(key["callback_data"] for key in _keys(shown) if step.tap in key["text"])
            self._do(one.id, "press", button=data, message_id=shown["message_id"])
            edits = ((one.id, shown["message_id"]),)
        else:
            content = base64.b64encode(step.file).decode()
            kind = "photo" if step.photo else "document"
            self._do(one.id, "send", kind=kind, name="scales.pdf", content=content)
        one.done += 1
        self.deeds.extend(self._deeds(one, step, edits))
        return True

    def _shown(self, one: Reporter, turn: str) -> dict[str, Any] | None:
        """The newest message that shows this. After a message that came twice it need not be the last one."""
        messages = reversed(self._telegram.messages(one.id))
        return next((message for message in messages if _shows(message, turn)), None)

    def _deeds(self, one: Reporter, step: Step, edits: tuple[tuple[int, int], ...]) -> Iterator[Deed]:
        """What has to come of a step: a new message that shows the next one, or a change of the old one."""
        after = "Sent to the secretariat" if one.has_finished else one.steps[one.done].turn
        answers = () if edits else ((one.id, after),)
        if step.kept is not None:
            yield Deed(("answer", f"{one.town} {step.kept[0]}: {step.kept[1]}"), answers, edits)
        elif one.done == 1:
            yield Deed(("draft", one.town), answers)
        if step.file:
            yield Deed(("file", hashlib.sha256(step.file).hexdigest()))
        if one.has_finished:
            # Each step that had its effect once has raised the version of the draft once.
            changes = sum(made.changes for made in one.steps)
            report = f"{one.town}-2026 v1: {len(QUESTIONS)} answers, {changes} changes"
            yield Deed(("report", report), ((AIKO, f"{one.town}-2026"),), edits)


def names_of(people: int) -> list[str]:
    return [f"town-{number:02}" for number in range(1, people + 1)]


def settle_in(home: Home, reporters: Reporters) -> None:
    """Writes the towns and what they are asked, and makes the reporters their focal points."""
    schedules = home.folder / "schedules"
    _write(home.knowledge / "indicators.yaml", "waste: {label: {en: Waste per person}}\n")
    for one in reporters.reporters:
        _write(
            home.knowledge / f"cities/{one.town}.md",
            f"---\ntitle: {one.town.title()}\ncountry: ID\ntime_zone: Asia/Jakarta\n---\n",
        )
        _write(home.knowledge / f"commitments/{one.town}-2007.md", COMMITMENT.format(city=one.town))
    asked = "".join(
        f'  - {{id: {key}, ask: "What about {key}?", short: "Item {key}", required: true, {more}}}\n'
        for key, more in QUESTIONS.items()
    )
    _write(schedules / "cycles/2026.yaml", CYCLE)
    _write(
        schedules / "questionnaires/progress.yaml", f"title: Progress\nform: progress\nquestions:\n{asked}"
    )
    database = Database(f"sqlite:///{home.database}")
    try:
        for one in reporters.reporters:
            database.run_now(partial(_appoint, one))
    finally:
        database.close()


def _appoint(one: Reporter, work: UnitOfWork) -> None:
    now = datetime.now(UTC)
    work.people.seen(one.id, "en", now)
    work.people.introduce(one.id, "Nadia", None, now)
    work.people.join(one.id, Role.FOCAL_POINT, one.town, MembershipState.ACTIVE, now)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _content(town: str, what: str) -> bytes:
    """Some 30 KB that no other town sends."""
    return hashlib.sha256(f"{town} {what}".encode()).digest() * 1000


def _shows(message: dict[str, Any], turn: str) -> bool:
    return turn in folded(message.get("text", "")) or any(turn in key["text"] for key in _keys(message))


def _keys(message: dict[str, Any]) -> list[dict[str, Any]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [key for row in rows for key in row]
