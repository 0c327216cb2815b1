"""Reads what the database holds, from a copy, as an outsider would: plain SQL, none of our own code."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.texts.telegram_html import plain

from .ledger import Archive, Row

NOTHING = Archive({})


def read(database: Path) -> Archive:
    """The state of a database whose bot is dead or at rest. The file itself is left as it was found."""
    with TemporaryDirectory(prefix="focal-copy-") as folder:
        for name in (database.name, f"{database.name}-wal"):
            if database.with_name(name).exists():
                shutil.copy(database.with_name(name), folder)
        with closing(sqlite3.connect(Path(folder) / database.name)) as copy:
            (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
            assert verdict == "ok"
            tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
            return _read(copy, attachments_of(database)) if "inbox" in tables else NOTHING


def attachments_of(database: Path) -> Path:
    """The folder of our copies of evidence, which lies beside the database."""
    return database.parent / "attachments"


def done_now(database: Path) -> int:
    """How many updates are done, in the database of a bot at work."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as view:
        (number,) = view.execute("SELECT count(*) FROM inbox WHERE state IN ('done', 'dead')").fetchone()
        return int(number)


def _read(copy: sqlite3.Connection, attachments: Path) -> Archive:
    effects: Counter[tuple[str, str]] = Counter()
    for (words,) in copy.execute("SELECT words FROM lookups"):
        effects["lookup", words] += 1
    for author, text, first, state in copy.execute(
        "SELECT author, text, remarks.id = (SELECT min(id) FROM remarks AS r"
        " WHERE r.question_id = questions.id), state"
        " FROM remarks JOIN questions ON questions.id = remarks.question_id"
    ):
        effects["question" if first else author, text] += 1
        if first and state == "withdrawn":
            effects["withdrawn", text] += 1
    for (person,) in copy.execute("SELECT id FROM people"):
        effects["person", str(person)] += 1
    for (lane,) in copy.execute("SELECT lane FROM inbox WHERE state = 'dead'"):
        effects["dead", str(lane)] += 1
    effects += _reported(copy, attachments)
    return Archive(
        inbox=dict(copy.execute("SELECT state, count(*) FROM inbox GROUP BY state").fetchall()),
        effects=effects,
        outbox=tuple(
            Row(key, chat, method, state, message_id, plain(json.loads(params or "{}").get("text", "")))
            for key, chat, method, state, message_id, params in copy.execute(
                "SELECT key, chat_id, method, state, message_id, params FROM outbox"
            )
        ),
    )


def _reported(copy: sqlite3.Connection, attachments: Path) -> Counter[tuple[str, str]]:
    """Drafts, reports with every answer in them, and evidence by what is really on the disk."""
    effects: Counter[tuple[str, str]] = Counter()
    for (city,) in copy.execute("SELECT city FROM drafts"):
        effects["draft", city] += 1
    for city, number, version, changes, stored in copy.execute(
        "SELECT city, number, version, draft_version, answers FROM reports"
    ):
        answers = json.loads(stored)
        effects["report", f"{number} v{version}: {len(answers)} answers, {changes} changes"] += 1
        for key, answer in answers.items():
            effects["answer", f"{city} {key}: {told(answer['value'])}"] += 1
    for (path,) in copy.execute("SELECT path FROM attachments WHERE state = 'stored'"):
        effects["file", hashlib.sha256((attachments / path).read_bytes()).hexdigest()] += 1
    return effects


def told(value: dict[str, Any] | None) -> str:
    """The value of a stored answer in short, as the reporters name it."""
    match value or {}:
        case {"is": "amount", "value": number, "unit": unit}:
            return f"{number} {unit}"
        case {"is": "codes", "codes": codes}:
            return ",".join(codes)
        case {"is": "words", "text": text}:
            return str(text)
        case {"is": "day", "when": when}:
            return str(when)
        case {"is": "files", "attachments": files}:
            return f"{len(files)} file"
    return json.dumps(value)
