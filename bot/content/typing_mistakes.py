"""Errors of the schema turned into sentences: what was read, what was expected, the smallest cure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from bot.content.fields import YEARS, Read
from bot.content.names import is_language
from bot.content.problems import Report, did_you_mean, nearest, shown
from bot.content.yaml_tree import Location, Tree

BULLET = re.compile(r"\d{1,2}[.)、．]|[•●·▪◦*–—]")
COMMA = re.compile(r"[,，、;；]")
LONGEST_LIST = 80
TOO_FAR = "it is indented too far: begin it in the first column"


def tell(
    error: ValidationError,
    model: type[BaseModel],
    tree: Tree,
    report: Report,
    *,
    under: Location = (),
    others: Iterable[type[BaseModel]] = (),
) -> None:
    """Adds one problem to `report` for each error of the schema.

    `under` leads to the part of the file that was checked; `others` are models in which an unknown key may
    be at home.
    """
    odd = tree.odd_space()
    if odd is not None:
        # What does not stand where it seems to stand makes errors that lead nowhere.
        report.error(*odd)
        return
    errors = error.errors(include_url=False)
    unknown = [tuple(found["loc"]) for found in errors if found["type"] == "extra_forbidden"]
    for found in errors:
        location: Location = tuple(found["loc"])
        kind = found["type"]
        if kind == "missing" and any(_is_misspelt(key, location, model) for key in unknown):
            continue  # told at the key that is misspelt
        if kind == "missing":
            _tell_missing(location, model, tree, report, under)
        elif kind == "extra_forbidden":
            _tell_unknown_key(location, model, tree, report, under, others)
        elif kind == "focal":
            context = found["ctx"]
            cure = _better_cure(location, context, found["input"], model) or context["cure"]
            location = (*location, *context["at"])
            message = f"{named(under + location)}: {context['message']}"
            report.error(context["code"], message, cure, tree.position(under + location))
        else:
            _tell_wrong_shape(location, kind, found["input"], model, tree, report, under)


def _better_cure(
    location: Location, context: dict[str, Any], value: Any, model: type[BaseModel]
) -> str | None:
    """A cure that only the keys around a value tell."""
    if context["code"] == "year" and isinstance(value, str) and YEARS.fullmatch(value.strip()):
        owner = model_at(location[:-1], model)
        return f"use `period: {value.strip()}`" if owner is not None and "period" in keys_of(owner) else None
    if context["code"] in ("language", "colon") and context["at"] and context["at"][0] in keys_of(model):
        return TOO_FAR
    return None


def _is_misspelt(unknown: Location, missing: Location, model: type[BaseModel]) -> bool:
    """Whether the unknown key stands in the group in which the other is missing, and most likely is meant for it."""
    owner = model_at(missing[:-1], model)
    if owner is None or unknown[:-1] != missing[:-1]:
        return False
    return nearest(str(unknown[-1]), keys_of(owner)) == missing[-1]


def _tell_missing(
    location: Location, model: type[BaseModel], tree: Tree, report: Report, under: Location
) -> None:
    place = under + location
    key = str(location[-1])
    if tree.has(place):
        following = tree.key_after(place)
        if following is not None and is_language(following):
            return  # its languages are not indented, which is told at each of them
        message = f"{named(place)} has nothing after it"
        cure = f"write `{key}: …` (in quotes if it begins with #)"
        report.error("empty", message, cure, tree.position(place, key=True))
        return
    described = _description(location, model)
    cure = f"add `{key}:`" + (f", {described}" if described else "")
    at = tree.position(place[:-1], key=True)
    where = f" in {named(place[:-1])}" if len(place) > 1 else ""
    report.error("missing-key", f"the key `{key}` is missing{where}", cure, at)


def _tell_unknown_key(
    location: Location,
    model: type[BaseModel],
    tree: Tree,
    report: Report,
    under: Location,
    others: Iterable[type[BaseModel]],
) -> None:
    key = str(location[-1])
    owner = model_at(location[:-1], model)
    allowed = keys_of(owner) if owner is not None else []
    cure = _language_cure(under + location, key, tree) or did_you_mean(key, allowed)
    if cure is None and len(location) > 1 and key in keys_of(model):
        cure = TOO_FAR
    if cure is None:
        homes = [getattr(other, "kind", "") for other in others if key in keys_of(other)]
        if homes and len(location) == 1:
            cure = f"it belongs to {', '.join(homes)}"
    cure = cure or f"the keys here are {', '.join(allowed)}"
    where = f" in {named(under + location[:-1])}" if len(under + location) > 1 else ""
    at = tree.position(under + location, key=True)
    report.error("unknown-key", f"unknown key `{key}`{where}", cure, at)


def _language_cure(place: Location, key: str, tree: Tree) -> str | None:
    """For `zh:` in the column of `title:`."""
    before = tree.key_before(place)
    if not is_language(key) or len(key.partition("-")[0]) != 2 or before is None:
        return None
    if tree.is_text((*place[:-1], before)) and not is_language(before):
        return f"write `en:` and `{key}:` below `{before}:`, with two spaces before each"
    return "put two spaces before it"


def _tell_wrong_shape(
    location: Location,
    kind: str,
    value: Any,
    model: type[BaseModel],
    tree: Tree,
    report: Report,
    under: Location,
) -> None:
    place = under + location
    key = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
    inner = model_at(location, model)
    if kind == "tuple_type":
        expected, cure = "a list", _list_cure(key, value, inner)
    elif kind.startswith("model"):
        expected, cure = "a group of keys", "write its keys one below the other"
        if inner is not None and isinstance(value, str):
            cure = f"write `{_keys_for(value, inner)}`"
    else:
        expected, cure = "something else", None
    message = f"{named(place)}: read {shown(value)}, expected {expected}"
    report.error("type", message, cure, tree.position(place))


def _list_cure(key: str, value: Any, inner: type[BaseModel] | None) -> str:
    typed = value.strip() if isinstance(value, str) else ""
    if typed.startswith("-"):
        return "put a space after each `-`"
    if typed and inner is not None:
        return f"below `{key}:` write `  - {_keys_for(typed, inner)}`"
    if not typed or len(typed) > LONGEST_LIST or "\n" in typed or BULLET.match(typed):
        return f"below `{key}:` write one line each, beginning with `- `"
    items = [item.strip() for item in COMMA.split(typed.strip("【】[]［］()（）"))]
    return f"write `{key}: [{', '.join(item for item in items if item)}]`"


def _keys_for(typed: str, model: type[BaseModel]) -> str:
    """What somebody who wrote words alone has to write; several keys are left to be filled in."""
    needed = [field.alias or name for name, field in model.model_fields.items() if field.is_required()]
    keys = needed or [key for key in keys_of(model) if key == "text"] or keys_of(model)[:1]
    if len(keys) > 1 or len(typed) > LONGEST_LIST or '"' in typed:
        return ", ".join(f"{key}: …" for key in keys)
    return f'{keys[0]}: "{typed}"'


def named(location: Location) -> str:
    """How a message names a place in a file: `results` no. 2 `change`."""
    return " ".join(f"no. {step + 1}" if isinstance(step, int) else f"`{step}`" for step in location)


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys that a file may have, as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _description(location: Location, model: type[BaseModel]) -> str | None:
    owner = model_at(location[:-1], model)
    field = _field(owner, location[-1]) if owner is not None else None
    return field.description if field is not None else None


def _field(model: type[BaseModel], key: str | int) -> FieldInfo | None:
    return next((field for name, field in model.model_fields.items() if (field.alias or name) == key), None)


def model_at(location: Location, model: type[BaseModel]) -> type[BaseModel] | None:
    """The model of the group of keys at `location`."""
    current: type[BaseModel] | None = model
    for step in location:
        if isinstance(step, int) or current is None:
            continue
        field = _field(current, step)
        current = _model_in(field.annotation) if field is not None else None
    return current


def reader_at(location: Location, model: type[BaseModel]) -> Callable[[Any], Any] | None:
    """The function that reads the values at `location`, or one of them where there is a list."""
    keys = [step for step in location if isinstance(step, str)]
    for number, key in enumerate(keys):
        owner = model_at(tuple(keys[:number]), model)
        field = _field(owner, key) if owner is not None else None
        if field is not None and _model_in(field.annotation) is None:
            return _reader_in((field.annotation, *field.metadata))
    return None


def _reader_in(parts: Iterable[Any]) -> Callable[[Any], Any] | None:
    for part in parts:
        found = part.function if isinstance(part, Read) else _reader_in(get_args(part))
        if found is not None:
            return found
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner)) is not None), None)
