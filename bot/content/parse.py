"""One content file from its bytes to what it says, with all its problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from bot.content.cycle_files import read_cycle
from bot.content.fields import (
    CityId,
    EntryId,
    IndicatorId,
    Localised,
    PlaceName,
    Text,
    TopicId,
)
from bot.content.file_names import translation_name
from bot.content.folder import FilePlace, FileRole
from bot.content.holiday_files import read_holidays
from bot.content.kinds import MODELS
from bot.content.markdown import check_body
from bot.content.message_files import read_message
from bot.content.names import as_id, is_id
from bot.content.parsed import (
    BodyContent,
    Content,
    EntryContent,
    IndicatorsContent,
    Parsed,
    Reference,
    ReferenceKind,
    TopicsContent,
)
from bot.content.problems import Position, Report, shown
from bot.content.questionnaire_files import read_questionnaire
from bot.content.reading import text_of
from bot.content.reminder_files import read_reminders
from bot.content.schema import EntryFile, Part
from bot.content.second_look import check_comments, check_silence, check_words
from bot.content.typing_mistakes import named, tell
from bot.content.yaml_tree import Location, Tree, read_yaml
from bot.domain.commitments import Indicator
from bot.domain.entries import Topic
from bot.domain.words import LocalText

FENCE = re.compile(r"---\s*")
# Word processors turn three hyphens into dashes.
MISTAKEN_FENCE = re.compile(r"\s*[-–—]*[–—][-–—]*\s*|-{2}\s*|-{4,}\s*|\+\+\+\s*|```.*")
KINDS_OF_NAMES: tuple[tuple[type[str], ReferenceKind], ...] = (
    (CityId, "city"),
    (EntryId, "entry"),
    (TopicId, "topic"),
    (IndicatorId, "indicator"),
    (PlaceName, "place"),
)


Row = TypeVar("Row", bound=Part)


class TopicRow(Part):
    """One topic in topics.yaml."""

    label: Localised = Field(description="its name in each language")
    parent: Text | None = None


class IndicatorRow(Part):
    """One indicator in indicators.yaml."""

    label: Localised = Field(description="its name in each language")
    phrase: Localised | None = Field(
        None,
        description="its name within a sentence, where a language needs one: fr: sa production de déchets",
    )


def parse(raw: bytes, place: FilePlace, path: str) -> Parsed:
    """What the file says. `path` is the one that its problems name."""
    report = Report(path)
    content: Content | None = None
    text = text_of(raw, report)
    if text is not None:
        if place.role is FileRole.ENTRY:
            content = _entry(text, place, report)
        elif place.role is FileRole.BODY:
            content = _body(text, place, report)
        elif place.role is FileRole.TOPICS:
            content = _topics(text, report)
        elif place.role is FileRole.INDICATORS:
            content = _indicators(text, report)
        elif place.role is FileRole.QUESTIONNAIRE:
            content = read_questionnaire(text, place.entry_id, sha256(raw).hexdigest(), report)
        elif place.role is FileRole.CYCLE:
            content = read_cycle(text, place.entry_id, report)
        elif place.role is FileRole.REMINDERS:
            content = read_reminders(text, place.entry_id, report)
        elif place.role is FileRole.HOLIDAYS:
            content = read_holidays(text, report)
        else:
            content = read_message(text, place.entry_id, report)
    return Parsed(None if report.has_errors else content, tuple(report.problems))


def _entry(text: str, place: FilePlace, report: Report) -> EntryContent | None:
    split = _split(text, place, report)
    if split is None:
        return None
    front, first_line, body, body_line = split
    tree = read_yaml(front, report, first_line)
    if tree is None:
        return None
    model = MODELS[place.kind]
    check_silence(model, tree, report)
    try:
        checked = model.model_validate(tree.value)
    except ValidationError as error:
        tell(error, model, tree, report, others=MODELS.values())
        return None
    _check_old_ids(checked, tree, report)
    check_comments(model, tree, report)
    links = check_body(body, body_line, report)
    body = body.strip()
    check_words(checked, body, body_line, tree, report)
    return EntryContent(
        entry=checked.entry(place.entry_id, LocalText.plain(body) if body else None),
        references=(*_references(checked, tree), *links),
        texts=tuple(_texts(checked)),
    )


def _check_old_ids(checked: EntryFile, tree: Tree, report: Report) -> None:
    for number, old in enumerate(checked.formerly):
        if not is_id(old):
            message = f"`formerly` no. {number + 1}: read {shown(old)}, which cannot have been an id"
            cure = "write small letters, digits and hyphens"
            report.error("id", message, cure, tree.position(("formerly", number)))


def _split(text: str, place: FilePlace, report: Report) -> tuple[str, int, str, int] | None:
    """Front matter with its first line, body with its first line."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None:
        report.error("empty", "the file is empty", "begin with `---`, `title: …` and `---`")
        return None
    if not FENCE.fullmatch(lines[start]):
        _tell_no_fence(lines[start], (start + 1, 1), report, translation_name(place.entry_id))
        return None
    for number in range(start + 1, len(lines)):
        if FENCE.fullmatch(lines[number]):
            front = "\n".join(lines[start + 1 : number])
            return front, start + 2, "\n".join(lines[number + 1 :]), number + 2
        if MISTAKEN_FENCE.fullmatch(lines[number]):
            _tell_no_fence(lines[number], (number + 1, 1), report)
            return None
    message = "the front matter that begins here has no end"
    report.error("front-matter", message, "put a line `---` after its last key", (start + 1, 1))
    return None


def _tell_no_fence(line: str, at: Position, report: Report, translation: str | None = None) -> None:
    if MISTAKEN_FENCE.fullmatch(line):
        message = f"read {shown(line.strip())}, expected three hyphens"
        report.error("front-matter", message, "write `---`", at)
    else:
        message = f"read {shown(line)}, expected the front matter, which begins with `---`"
        cure = "put a line `---` before the first key and after the last"
        if translation is not None:
            original = translation.partition(".")[0]
            cure = f"rename the file to `{translation}` if it is {original}.md in another language, or {cure}"
        report.error("front-matter", message, cure, at)


def _body(text: str, place: FilePlace, report: Report) -> BodyContent | None:
    if FENCE.fullmatch(text.lstrip().split("\n", 1)[0]):
        message = "front matter in a translation, expected the text alone"
        cure = f"move the keys to {place.entry_id}.md, with `{place.language}:` for the words"
        report.error("front-matter", message, cure)
        return None
    return BodyContent(text.strip(), check_body(text, 1, report))


def _topics(text: str, report: Report) -> TopicsContent | None:
    rows = _rows(text, TopicRow, report)
    if rows is None:
        return None
    tree, checked = rows
    topics = {row_id: Topic(row_id, row.label, row.parent) for row_id, row in checked.items()}
    parents = tuple(
        Reference("parent", topic.parent, *tree.position((topic.id, "parent")), key=topic.id)
        for topic in topics.values()
        if topic.parent is not None
    )
    return TopicsContent(topics, parents)


def _indicators(text: str, report: Report) -> IndicatorsContent | None:
    rows = _rows(text, IndicatorRow, report)
    if rows is None:
        return None
    return IndicatorsContent(
        {row_id: Indicator(row_id, row.label, row.phrase) for row_id, row in rows[1].items()}
    )


def _rows(text: str, model: type[Row], report: Report) -> tuple[Tree, dict[str, Row]] | None:
    tree = read_yaml(text, report)
    if tree is None:
        return None
    rows: dict[str, Row] = {}
    for row_id in tree.top_keys():
        if not is_id(row_id):
            message = f"read {shown(row_id)}, expected an id of small letters, digits and hyphens"
            cure = f"write `{as_id(row_id)}`"
            report.error("id", message, cure, tree.position((row_id,), key=True))
        try:
            rows[row_id] = model.model_validate(tree.value.get(row_id, {}))
        except ValidationError as error:
            tell(error, model, tree, report, under=(row_id,))
    check_comments(model, tree, report, depth=1)
    return tree, rows


def _references(checked: EntryFile, tree: Tree) -> Iterator[Reference]:
    for location, name in _names(checked, ()):
        kind = next(kind for of, kind in KINDS_OF_NAMES if isinstance(name, of))
        line, column = tree.position(location)
        yield Reference(kind, str(name), line, column, named(location))
    for number, old in enumerate(checked.formerly):
        line, column = tree.position(("formerly", number))
        yield Reference("formerly", old, line, column, named(("formerly", number)))


def _names(value: Any, location: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, BaseModel):
        for key, field in type(value).model_fields.items():
            yield from _names(getattr(value, key), (*location, field.alias or key))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _names(item, (*location, number))
    elif isinstance(value, EntryId | TopicId | IndicatorId | PlaceName):
        yield location, value


def _texts(checked: EntryFile) -> Iterator[tuple[str, frozenset[str]]]:
    for location, text in _local_texts(checked, ()):
        yield named(location), frozenset(text.by_language)


def _local_texts(value: Any, location: Location) -> Iterator[tuple[Location, LocalText]]:
    if isinstance(value, LocalText):
        yield location, value
    elif isinstance(value, BaseModel):
        for key, field in type(value).model_fields.items():
            yield from _local_texts(getattr(value, key), (*location, field.alias or key))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _local_texts(item, (*location, number))
