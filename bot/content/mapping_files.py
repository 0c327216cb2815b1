"""Mapping files: which column of somebody's table is which of ours, strict like all our files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.content.fields import time_zone, wrong
from bot.content.problems import Problem, Report, did_you_mean, in_reading_order, shown
from bot.content.reading import FileTooLargeError, read_steady, text_of
from bot.content.yaml_tree import Location, Tree, Value, read_yaml
from bot.domain.errors import OperatorError
from bot.domain.imports.columns import What, fields
from bot.domain.imports.mapping import Choice, ColumnMapping

KEYS = ("what", "columns", "zones", "countries")
CHOICE_KEYS = ("column", "key", "values", "leave", "only_listed", "fixed")


def read_mapping(path: Path, what: What) -> tuple[ColumnMapping | None, tuple[Problem, ...]]:
    """What the file says, None where it has mistakes, and its problems with line and column. Raises OperatorError
    where it cannot be read at all."""
    try:
        raw, _ = read_steady(path)
    except FileTooLargeError:
        raise OperatorError(f"{path} is too large for a mapping file.") from None
    except OSError as error:
        raise OperatorError(f"{path} cannot be read ({error.strerror or error})") from None
    report = Report(str(path))
    text = text_of(raw, report)
    tree = read_yaml(text, report) if text is not None else None
    mapping = _Reader(tree, report, what).mapping() if tree is not None else None
    return (None if report.has_errors else mapping), in_reading_order(report.problems)


class _Reader:
    def __init__(self, tree: Tree, report: Report, what: What) -> None:
        self.tree, self.report, self.what = tree, report, what

    def error(
        self, at: Location, code: str, message: str, cure: str | None = None, *, key: bool = False
    ) -> None:
        self.report.error(code, message, cure, self.tree.position(at, key=key))

    def mapping(self) -> ColumnMapping:
        for name in self.tree.top_keys():
            if name not in KEYS:
                self.unknown(name, KEYS, (name,))
        told = self.tree.value.get("what", "")
        if told != self.what.value:
            message = f"`what`: read {shown(told)}, but the table holds {self.what}"
            self.error(("what",), "what", message, f"write `what: {self.what}`")
            if told in set(What):
                return ColumnMapping(self.what, {})  # all that follows is meant for other columns
        columns = self.tree.value.get("columns", {})
        if not isinstance(columns, dict):
            self.error(
                ("columns",), "type", f"`columns`: read {shown(columns)}, expected our columns with yours"
            )
            columns = {}
        own = fields(self.what)
        found: dict[str, tuple[Choice, ...]] = {}
        for key, value in columns.items():
            if key not in own:
                self.unknown(key, own, ("columns", key))
            items = value if isinstance(value, list) else [value]
            at: Location = ("columns", key)
            found[key] = tuple(
                choice
                for number, item in enumerate(items)
                if (choice := self.choice(item, (*at, number) if isinstance(value, list) else at)) is not None
            )
        zones = self.texts(("zones",))
        for country, zone in zones.items():
            try:
                time_zone(zone)
            except type(wrong("", "")) as error:
                context = getattr(error, "context", None) or {}
                message = f"`zones`: {context.get('message')}"
                self.error(("zones", country), "time-zone", message, context.get("cure"))
        return ColumnMapping(self.what, found, zones, self.texts(("countries",)))

    def unknown(self, name: str, known: Mapping[str, object] | tuple[str, ...], at: Location) -> None:
        cure = did_you_mean(name, known) or f"write one of {', '.join(known)}"
        self.error(at, "unknown-key", f"read the key {shown(name)}, which is not known here", cure, key=True)

    def choice(self, item: Value, at: Location) -> Choice | None:
        if isinstance(item, str):
            return Choice(item.strip())
        if not isinstance(item, dict):
            self.error(at, "type", f"read {shown(item)}, expected the name of a column")
            return None
        for name in item:
            if name not in CHOICE_KEYS:
                self.unknown(name, CHOICE_KEYS, (*at, name))
        if ("column" in item) == ("fixed" in item):
            cure = "write `column: name of yours`, or `fixed: a value for all rows`"
            self.error(at, "either-or", "expected either `column` or `fixed`", cure)
            return None
        leave = item.get("leave", [])
        if not isinstance(leave, list) or not all(isinstance(each, str) for each in leave):
            self.error((*at, "leave"), "type", "`leave`: expected a list of cells that mean nothing here")
            leave = []
        listed = item.get("only_listed", "false")
        if listed not in ("true", "false"):
            message = f"`only_listed`: read {shown(listed)}, expected true or false"
            self.error((*at, "only_listed"), "flag", message)
        return Choice(
            column=self.text(item, "column", at),
            key=self.text(item, "key", at),
            values=self.texts((*at, "values")),
            leave=frozenset(str(each).strip() for each in leave),
            only_listed=listed == "true",
            fixed=self.text(item, "fixed", at),
        )

    def text(self, item: Mapping[str, Value], key: str, at: Location) -> str | None:
        value = item.get(key)
        if value is not None and not isinstance(value, str):
            self.error((*at, key), "type", f"`{key}`: read {shown(value)}, expected one text")
            return None
        return value.strip() if value is not None else None

    def texts(self, at: Location) -> dict[str, str]:
        """A group of texts by their keys; empty where it is not there."""
        value: Value = self.tree.value
        for step in at:
            if isinstance(value, dict):
                value = value.get(str(step), {})
            elif isinstance(value, list) and isinstance(step, int):
                value = value[step]
        if not isinstance(value, dict):
            self.error(at, "type", f"`{at[-1]}`: read {shown(value)}, expected lines such as `theirs: ours`")
            return {}
        texts = {}
        for key, each in value.items():
            if isinstance(each, str):
                texts[key] = each.strip()
            else:
                self.error((*at, key), "type", f"read {shown(each)}, expected one text")
        return texts
