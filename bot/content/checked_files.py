"""A file of the schedules against the model of its keys, with everything that is told about any of them."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from bot.content.problems import Report
from bot.content.schema import Part
from bot.content.second_look import check_comments, check_empty_keys
from bot.content.typing_mistakes import tell
from bot.content.yaml_tree import Tree, read_yaml

P = TypeVar("P", bound=Part)


def read_checked(text: str, model: type[P], report: Report) -> tuple[Tree, P] | None:
    """The file's tree and its keys as `model` has them; None where it cannot be read as that."""
    tree = read_yaml(text, report)
    if tree is None:
        return None
    checked: P | None = None
    try:
        checked = model.model_validate(tree.value)
    except ValidationError as error:
        tell(error, model, tree, report)
    check_empty_keys(tree, report)
    if checked is None:
        return None
    check_comments(model, tree, report)
    return tree, checked
