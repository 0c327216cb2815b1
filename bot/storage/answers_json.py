"""Answers, and what stands beside them, as JSON columns: numbers as text, values with a tag, moments in ISO."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from bot.domain.answers import Amount, Answer, Codes, Day, Files, Words
from bot.domain.suspicions import Suspicion

T = TypeVar("T")
Reader: TypeAlias = Callable[[Any], Any]

TAGS: Mapping[type[Any], str] = {
    Amount: "amount",
    Codes: "codes",
    Words: "words",
    Day: "day",
    Files: "files",
}
"""What tells the kinds of values apart in a row. A tag outlives the name of its class."""
KINDS = {tag: kind for kind, tag in TAGS.items()}
TAG = "is"


def as_json(value: Any) -> Any:
    """A dataclass of the domain, or a part of one, as what JSON can hold. Moments have to be aware."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
        return {TAG: TAGS[type(value)], **kept} if type(value) in TAGS else kept
    match value:
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case tuple() | list():
            return [as_json(one) for one in value]
        case Mapping():
            return {key: as_json(one) for key, one in value.items()}
    return value


def from_json(kind: type[T], stored: Mapping[str, Any]) -> T:
    """The dataclass that was stored. A row of an older version may lack fields (they have their defaults then) or
    have more (they are passed over). Raises ValueError or KeyError for what is none of ours."""
    return kind(**_known(kind, stored))


def answers_as_json(answers: Mapping[str, Answer]) -> dict[str, Any]:
    return {key: as_json(answer) for key, answer in answers.items()}


def answers_from_json(stored: Mapping[str, Any]) -> dict[str, Answer]:
    return {key: from_json(Answer, answer) for key, answer in stored.items()}


def _known(kind: Any, stored: Mapping[str, Any]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for name, needed, read in _parts(kind):
        if name in stored:
            value = stored[name]
            known[name] = None if value is None else read(value)
        elif needed:
            raise KeyError(name)
    return known


@cache
def _parts(kind: Any) -> tuple[tuple[str, bool, Reader], ...]:
    """Each field's name, whether a row must have it, and what reads it. Found out once: an overview reads answers
    by the thousand."""
    hints = get_type_hints(kind)
    return tuple(
        (one.name, one.default is MISSING and one.default_factory is MISSING, _reader(hints[one.name]))
        for one in fields(kind)
    )


def _reader(hint: Any) -> Reader:
    inner = [one for one in get_args(hint) if one is not NoneType]
    if get_origin(hint) in (Union, UnionType):
        return _reader(inner[0]) if len(inner) == 1 else _tagged
    if get_origin(hint) is tuple:
        return _doubts if inner[0] is Suspicion else _many(_reader(inner[0]))
    if is_dataclass(hint) and isinstance(hint, type):
        return lambda stored: from_json(hint, stored)
    if hint is datetime:
        return datetime.fromisoformat
    if isinstance(hint, type) and issubclass(hint, Enum | Decimal):
        return hint
    return lambda stored: stored


def _many(read: Reader) -> Reader:
    return lambda stored: tuple(read(one) for one in stored)


def _tagged(stored: Mapping[str, Any]) -> Any:
    return from_json(KINDS[stored[TAG]], stored)


def _doubts(stored: list[Any]) -> tuple[Suspicion, ...]:
    """Doubts are only advice: one that this version does not know any more must not cost the answer."""
    known = []
    for one in stored:
        try:
            known.append(from_json(Suspicion, one))
        except (KeyError, ValueError):
            continue
    return tuple(known)
