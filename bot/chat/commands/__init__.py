"""The commands, one file each: its name, what the menu says of it, and the service that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from bot.domain.people import Action, ChatKind, Role, may
from bot.domain.views import View
from bot.services.desk import Desk


@dataclass(frozen=True)
class Command:
    """`description` is a text of the catalogues. `run` gets the words behind the command. `offered_for`: only menus
    of those who have this right show it, although others may use it and are told what it is for."""

    name: str
    description: str
    run: Callable[[Desk, str], View]
    action: Action = Action.READ
    in_groups: bool = False
    offered_for: Action | None = None


@cache
def all_commands() -> Mapping[str, Command]:
    """Every command of this folder, by name, in the order in which menus show them."""
    found = [import_module(f"{__name__}.{module.name}").COMMAND for module in iter_modules(__path__)]
    order = (
        *(
            "start",
            "find",
            "topics",
            "report",
            "status",
            "later",
            "extend",
            "review",
            "overview",
            "remind",
            "announce",
            "publish",
            "export",
            "import",
            "questions",
            "people",
            "invite",
        ),
        *("content", "language", "mydata", "forget", "help", "about", "cancel"),
    )
    ranked = sorted(found, key=lambda command: [*order, command.name].index(command.name))
    return {command.name: command for command in ranked}


def menu(role: Role, *, private: bool) -> tuple[tuple[str, str], ...]:
    """Name and description of each command that somebody of this role may use there."""
    kind = ChatKind.PRIVATE if private else ChatKind.GROUP
    return tuple(
        (command.name, command.description)
        for command in all_commands().values()
        if may(role, command.action, kind)
        and may(role, command.offered_for or command.action, kind)
        and (private or command.in_groups)
    )
