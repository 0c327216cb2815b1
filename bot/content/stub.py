"""Stubs of new entries: every key of a kind, explained."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from pydantic.fields import FieldInfo

from bot.content.kinds import MODELS
from bot.content.names import LONGEST_ID, as_id, is_id
from bot.content.problems import did_you_mean
from bot.content.schema import EntryFile
from bot.content.second_look import STUB_BODY
from bot.domain.errors import OperatorError

LAST = (
    "remarks",
    "sources",
    "related",
    "registered",
    "name_confirmed",
    "visible_to",
    "draft",
    "formerly",
)
COMMON_EXAMPLES = {
    "summary": '\n  en: "One or two sentences."\n  zh: "一两句话。"',
    "aliases": '["another name", "别名"]',
    "topics": "[topic-id]",
    "places": '["Name of a city or country"]',
    "sources": '["Report of 2024, page 3"]',
    "related": "[id-of-another-entry]",
    "registered": "[PR-01]",
    "name_confirmed": "false",
    "visible_to": "[secretariat]",
    "formerly": "[old-id]",
}


def write_stub(knowledge: Path, kind: str, entry_id: str) -> Path:
    """Writes the stub of a new entry into its folder, and gives the file.

    Raises OperatorError where the kind or id is wrong, the id is taken, or the file cannot be written.
    """
    text = stub(kind, entry_id, datetime.now(UTC).year)
    for taken in knowledge.glob(f"*/{entry_id}.md"):
        raise OperatorError(f"{taken} has this id already; an id is unique in all of {knowledge.name}/")
    file = knowledge / kind / f"{entry_id}.md"
    try:
        file.parent.mkdir(exist_ok=True)
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except OSError as error:
        raise OperatorError(f"{file} cannot be written ({error.strerror or error})") from error
    return file


def stub(kind: str, entry_id: str, year: int) -> str:
    """The text of a new entry of this kind, a draft that is right as soon as its title is filled in.

    `year` stands in for a commitment's year where its id has none. Raises OperatorError where there is no
    such kind, or the id cannot be one.
    """
    model = MODELS.get(kind)
    if model is None:
        cure = did_you_mean(kind, MODELS) or f"the kinds are {', '.join(MODELS)}"
        raise OperatorError(f"there is no kind `{kind}`; {cure}")
    if not is_id(entry_id):
        expected = f"at most {LONGEST_ID} small letters, digits and hyphens"
        raise OperatorError(f"`{entry_id}` cannot be an id, expected {expected}; write `{as_id(entry_id)}`")
    city, _, made = entry_id.rpartition("-")
    dated = re.fullmatch(r"\d{4}", made) is not None
    words = {"{city}": city if dated else entry_id, "{year}": made if dated else str(year)}
    lines = ["---"]
    for name, field in _in_order(model):
        lines += [f"# {field.alias or name}: {field.description}"]
        lines += _example(name, field, words)
    return "\n".join([*lines, "---", "", STUB_BODY, ""])


def _in_order(model: type[EntryFile]) -> list[tuple[str, FieldInfo]]:
    fields = model.model_fields
    first = [name for name in EntryFile.model_fields if name not in LAST]
    own = [name for name in fields if name not in EntryFile.model_fields]
    return [(name, fields[name]) for name in (*first, *own, *LAST)]


def _example(name: str, field: FieldInfo, words: dict[str, str]) -> list[str]:
    key = field.alias or name
    if name == "title":
        return ["title:", '  en: ""', '  zh: ""']
    if name == "draft":
        return ["draft: true"]
    example = str(field.examples[0]) if field.examples else COMMON_EXAMPLES.get(name, _plain(field))
    for word, meant in words.items():
        example = example.replace(word, meant)
    text = f"{key}:{example}" if example.startswith("\n") else f"{key}: {example}"
    lines = text.split("\n")
    return lines if field.is_required() else [f"# {line}" for line in lines]


def _plain(field: FieldInfo) -> str:
    told = str(field.annotation)
    if "TopicId" in told:
        return "[topic-id]"
    if "EntryId" in told:
        return "id-of-another-entry"
    return '\n  - "One thing."' if told.startswith("tuple") else '"A short text."'
