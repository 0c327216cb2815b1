"""Errors of the schema turned into sentences: what was read, what was expected, the smallest cure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from bot.content.problems import Report, did_you_mean, shown
from bot.content.yaml_tree import Location, Tree


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
    for found in error.errors(include_url=False):
        location: Location = tuple(found["loc"])
        kind = found["type"]
        if kind == "missing":
            _tell_missing(location, model, tree, report, under)
        elif kind == "extra_forbidden":
            _tell_unknown_key(location, model, tree, report, under, others)
        elif kind == "focal":
            context = found["ctx"]
            location = (*location, *context["at"])
            message = f"{named(under + location)}: {context['message']}"
            report.error(context["code"], message, context["cure"], tree.position(under + location))
        else:
            _tell_wrong_shape(location, kind, found["input"], tree, report, under)


def _tell_missing(
    location: Location, model: type[BaseModel], tree: Tree, report: Report, under: Location
) -> None:
    place = under + location
    key = str(location[-1])
    if tree.has(place):
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
    owner = _model_at(location[:-1], model)
    allowed = keys_of(owner) if owner is not None else []
    cure = did_you_mean(key, allowed)
    if cure is None:
        homes = [getattr(other, "kind", "") for other in others if key in keys_of(other)]
        if homes and len(location) == 1:
            cure = f"it belongs to {', '.join(homes)}"
    cure = cure or f"the keys here are {', '.join(allowed)}"
    where = f" in {named(under + location[:-1])}" if len(under + location) > 1 else ""
    at = tree.position(under + location, key=True)
    report.error("unknown-key", f"unknown key `{key}`{where}", cure, at)


def _tell_wrong_shape(
    location: Location, kind: str, value: Any, tree: Tree, report: Report, under: Location
) -> None:
    place = under + location
    key = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
    if kind == "tuple_type":
        expected, cure = "a list", f"write `{key}: [{value}]`" if _is_short(value) else None
        if isinstance(value, str) and value.startswith("-"):
            cure = "put a space after each `-`"
    elif kind.startswith("model"):
        expected, cure = "a group of keys", "write its keys one below the other"
    else:
        expected, cure = "something else", None
    message = f"{named(place)}: read {shown(value)}, expected {expected}"
    report.error("type", message, cure, tree.position(place))


def _is_short(value: object) -> bool:
    return isinstance(value, str) and len(value) < 40 and "," not in value


def named(location: Location) -> str:
    """How a message names a place in a file: `results` no. 2 `change`."""
    return " ".join(f"no. {step + 1}" if isinstance(step, int) else f"`{step}`" for step in location)


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys that a file may have, as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _description(location: Location, model: type[BaseModel]) -> str | None:
    owner = _model_at(location[:-1], model)
    if owner is None:
        return None
    for name, field in owner.model_fields.items():
        if (field.alias or name) == location[-1]:
            return field.description
    return None


def _model_at(location: Location, model: type[BaseModel]) -> type[BaseModel] | None:
    """The model of the group of keys at `location`."""
    current: type[BaseModel] | None = model
    for step in location:
        if isinstance(step, int) or current is None:
            continue
        field = next(
            (field for name, field in current.model_fields.items() if (field.alias or name) == step), None
        )
        current = _model_in(field.annotation) if field is not None else None
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner)) is not None), None)
