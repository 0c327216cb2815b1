"""Strict YAML: every scalar a text, every key and value with its place, and nothing that YAML hides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from bot.content.problems import Position, Report, shown
from bot.content.yaml_mistakes import BOTH_ENDS, Explained, explain, odd_space, wrong_colon

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Location: TypeAlias = "tuple[str | int, ...]"
"""The way to a value from the top: keys of maps and numbers of list items."""

BLOCK_STYLES = ("|", ">")
DEEPEST = 20
MOST_NODES = 50_000
WRITE_OUT = "write the text out here, or put it in quotes if the `*` belongs to it"
SMART_QUOTES = {"“": "”", "‘": "’", "„": "“”", "«": "»", "”": "”", "’": "’"}
QUOTES = "\"'“”„‘’«»"


@dataclass(slots=True)
class _Place:
    """Where a key and its value stand, and the places of what is in the value."""

    key: Any
    value: Any
    inner: dict[str | int, _Place]


@dataclass(frozen=True, slots=True)
class Tree:
    """The values of one document. Keys and items with nothing in them are left out of `value`."""

    value: dict[str, Value]
    comments: tuple[tuple[Location, Position], ...]
    """Where something after a text, or all of it, is a comment: the way to the text, and its place."""
    _root: _Place
    _first_line: int
    _text: str

    def position(self, location: Location, *, key: bool = False) -> Position:
        """Where the value at `location` (or its key) stands, or else the nearest thing around it."""
        place = self._root
        mark = place.value
        for step in location:
            if step not in place.inner:
                break
            place = place.inner[step]
            mark = place.key if key else place.value
        return mark.line + self._first_line, mark.column + 1

    def odd_space(self) -> Explained | None:
        """A space in the structure of the file that only looks like one, where there is one."""
        found = odd_space(self._text.split("\n"))
        if found is None:
            return None
        code, message, cure, (line, column) = found
        return code, message, cure, (line + self._first_line - 1, column)

    def key_before(self, location: Location) -> str | None:
        """The key that stands before this one in its group."""
        return self._beside(location, -1)

    def key_after(self, location: Location) -> str | None:
        """The key that stands after this one in its group."""
        return self._beside(location, 1)

    def _beside(self, location: Location, step: int) -> str | None:
        place = self._root
        for inner in location[:-1]:
            place = place.inner[inner]
        keys = [str(key) for key in place.inner]
        at = keys.index(str(location[-1])) + step
        return keys[at] if 0 <= at < len(keys) else None

    def is_text(self, location: Location) -> bool:
        """Whether a text stands at `location`."""
        value: Value = self.value
        for step in location:
            if isinstance(value, list) and isinstance(step, int):
                value = value[step]
            elif isinstance(value, dict):
                value = value.get(str(step), {})
        return isinstance(value, str)

    def top_keys(self) -> list[str]:
        """The keys at the top, also those with nothing after them."""
        return [key for key in self._root.inner if isinstance(key, str)]

    def empty_keys(self) -> Iterator[Location]:
        """The ways to all keys with nothing after them."""
        yield from _empty_keys(self._root, self.value, ())

    def has(self, location: Location) -> bool:
        """Whether the file has this key, also with nothing after it."""
        place = self._root
        for step in location:
            if step not in place.inner:
                return False
            place = place.inner[step]
        return True


def _empty_keys(place: _Place, value: Value, location: Location) -> Iterator[Location]:
    for step, inner in place.inner.items():
        if isinstance(value, dict) and step not in value:
            yield (*location, step)
        elif isinstance(value, dict):
            yield from _empty_keys(inner, value[str(step)], (*location, step))
        elif isinstance(value, list) and isinstance(step, int):
            yield from _empty_keys(inner, value[step], (*location, step))


def read_yaml(text: str, report: Report, first_line: int = 1) -> Tree | None:
    """The tree of one YAML map; None where there is an error, which then stands in `report`.

    `first_line` is the line of the file in which `text` begins.
    """
    try:
        return _Builder(report, first_line, text).build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _NotAMapError as found:
        lines = text.split("\n")
        explained = odd_space(lines) or wrong_colon(lines) or found.explained
    except yaml.YAMLError as error:
        explained = explain(error, text.split("\n"))
    except _RefusedError:
        return None
    code, message, cure, (line, column) = explained
    report.error(code, message, cure, (line + first_line - 1, column))
    return None


class _RefusedError(Exception):
    """Something was found after which reading on makes no sense; it is told already."""


class _NotAMapError(Exception):
    """The document is one text or a list."""

    def __init__(self, what: str, event: Any) -> None:
        message = f"read {what}, expected lines such as `key: text`"
        cure = "put a key and a colon before it, with a space after the colon"
        at = (event.start_mark.line + 1, event.start_mark.column + 1)
        self.explained = ("not-a-map", message, cure, at)


@dataclass(slots=True)
class _Open:
    """A map or list that is being read."""

    place: _Place
    values: dict[str, Value] | list[Value]
    key: str | None = None
    key_mark: Any = None


class _Builder:
    """Builds a tree from parser events, without recursion: how deep a file goes is its writer's choice."""

    def __init__(self, report: Report, first_line: int, text: str) -> None:
        self.report = report
        self.first_line = first_line
        self.text = text
        self.lines = text.split("\n")
        self.comments: list[tuple[Location, Position]] = []
        self.doubts: list[Explained] = []
        self.open: list[_Open] = []
        self.nodes = 0
        self.root: _Open | None = None
        self.failed = False

    def build(self, events: Iterator[Any]) -> Tree | None:
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self.scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self.begin(event, {} if kind is yaml.MappingStartEvent else [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.end()
            elif kind is yaml.AliasEvent:
                self.refuse("alias", f"the reference `*{event.anchor}`", event, WRITE_OUT)
            elif kind is yaml.DocumentStartEvent and self.root is not None:
                self.refuse("documents", "a second document (`---`)", event, "keep one document a file")
        if self.root is None:
            self.report.error(
                "empty",
                "there is nothing here, expected lines such as `key: text`",
                None,
                (self.first_line, 1),
            )
            return None
        if self.failed or isinstance(self.root.values, list):
            return None
        for code, message, cure, at in self.doubts:
            self.report.warning(code, message, cure, at)
        values, place = self.root.values, self.root.place
        return Tree(values, tuple(self.comments), place, self.first_line, self.text)

    def at(self, mark: Any) -> Position:
        return mark.line + self.first_line, mark.column + 1

    def refuse(self, code: str, what: str, event: Any, cure: str) -> None:
        self.report.error(code, f"{what} is not allowed in content files", cure, self.at(event.start_mark))
        raise _RefusedError

    def check(self, event: Any) -> None:
        self.nodes += 1
        if event.anchor is not None:
            cure = f"delete `&{event.anchor}`, or put the text in quotes if the `&` belongs to it"
            self.refuse("anchor", f"the anchor `&{event.anchor}`", event, cure)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            cure = "delete it, or put the text in quotes if the `!` belongs to it"
            self.refuse("tag", f"the tag `{tag}`", event, cure)
        if self.nodes > MOST_NODES:
            self.refuse("too-many-nodes", f"a file of more than {MOST_NODES} values", event, "split the file")

    def begin(self, event: Any, values: dict[str, Value] | list[Value]) -> None:
        self.check(event)
        if len(self.open) >= DEEPEST:
            self.refuse("too-deep", f"a nesting of more than {DEEPEST} levels", event, "make it flatter")
        parent = self.open[-1] if self.open else None
        if parent is None and isinstance(values, list):
            raise _NotAMapError("a list", event)
        if parent is not None and isinstance(parent.values, dict) and parent.key is None:
            self.refuse(
                "key", "a list or a group of keys as a key", event, "write a plain word before the colon"
            )
        mark = parent.key_mark if parent is not None and parent.key is not None else event.start_mark
        self.open.append(_Open(_Place(mark, event.start_mark, {}), values))

    def end(self) -> None:
        done = self.open.pop()
        if self.open:
            self.put(done.values, done.place, empty=not done.values)
        else:
            self.root = done

    def scalar(self, event: Any) -> None:
        self.check(event)
        text: str = event.value
        if not self.open:
            if text.strip():
                raise _NotAMapError(f"the text {shown(text)}", event)
            return
        parent = self.open[-1]
        if isinstance(parent.values, dict) and parent.key is None:
            self.key(parent, text.strip(), event)
            return
        if event.implicit[0]:
            self.check_plain(text, event)
        elif event.style in BLOCK_STYLES:
            text = text.strip("\n")  # what the style adds, not what was meant
        mark = event.start_mark
        key_mark = parent.key_mark if parent.key is not None else mark
        self.put(text, _Place(key_mark, mark, {}), empty=not text or text.isspace())

    def key(self, parent: _Open, key: str, event: Any) -> None:
        if key == "<<" and event.implicit[0]:
            self.refuse("merge-key", "the merge key `<<`", event, "write the keys out here")
        before = parent.place.inner.get(key)
        if before is not None:
            self.failed = True
            self.report.error(
                "duplicate-key",
                f"the key `{key}` is here a second time (first in line {before.key.line + self.first_line})",
                "delete one of them or put them together",
                self.at(event.start_mark),
            )
        parent.key, parent.key_mark = key, event.start_mark

    def check_plain(self, text: str, event: Any) -> None:
        parent, end = self.open[-1], event.end_mark
        if not text and isinstance(parent.values, dict):
            key = parent.key_mark
            between = self.line(key)[key.column : end.column if key.line == end.line else None]
            if key.line != end.line:
                between += self.line(end)[: end.column]
            if ":" not in between:
                read = "{" + str(parent.key) + "}"
                message = f"read {shown(read)}, expected a key with a colon between the braces"
                self.failed = True
                cure = f'put it in quotes, "{read}", or take the braces away'
                self.report.error("brace", message, cure, self.at(key))
                return
        if self.line(end)[end.column :].lstrip().startswith("#"):
            self.comments.append((self.location(), self.at(event.start_mark)))
        self.check_quotes(text, event)

    def line(self, mark: Any) -> str:
        # The end of an unfinished document is, for the parser, in the line after the last.
        return self.lines[mark.line] if mark.line < len(self.lines) else ""

    def location(self) -> Location:
        """The way to the value that is being read."""
        return tuple(
            len(open.values) if isinstance(open.values, list) else str(open.key) for open in self.open
        )

    def check_quotes(self, text: str, event: Any) -> None:
        closing = SMART_QUOTES.get(text[:1])
        if closing is None or len(text) < 2 or any(mark in text[1:-1] for mark in closing):
            return
        if text[-1] in closing:
            self.failed = True
            cure = f'write "{text[1:-1]}"' if len(text) < 40 else BOTH_ENDS
            message = f"read {shown(text)} in typographic quotes, expected straight ones"
            self.report.error("smart-quotes", message, cure, self.at(event.start_mark))
        elif text[-1] in QUOTES or text[0] in "“„«":
            message = f"read {shown(text)}, whose typographic quote is shown as it stands"
            cure = f"{BOTH_ENDS}, or take the quote away"
            self.doubts.append(("smart-quotes", message, cure, self.at(event.start_mark)))

    def put(self, value: Value, place: _Place, *, empty: bool) -> None:
        parent = self.open[-1]
        if isinstance(parent.values, dict):
            if parent.key is None:
                return
            parent.place.inner.setdefault(parent.key, place)
            if not empty:
                parent.values.setdefault(parent.key, value)
            parent.key = None
        elif not empty:
            parent.place.inner[len(parent.values)] = place
            parent.values.append(value)
