"""`focal invite` and `focal people`: a one-time link, who is who, and changes of roles."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.domain.errors import OperatorError

if TYPE_CHECKING:
    from bot.domain.people import Role

REFUSED = 1

JsonOption = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]

people = typer.Typer(help="Who is who: list, remove, restore and change roles.", invoke_without_command=True)


def invite(
    city: Annotated[str | None, typer.Option(help="The id of the city, such as sibu.")] = None,
    role: Annotated[str, typer.Option(help="focal_point, deputy, secretariat or admin.")] = "focal_point",
    as_json: JsonOption = False,
) -> None:
    """A link that works once, within 72 hours, for somebody to join."""
    from bot import roster
    from bot.settings import read_settings

    made = roster.invite(read_settings(), _role(role), city)
    if as_json:
        print(json.dumps(made))
    else:
        print(f"{made['link']}\nIt works once, until {made['expires']}. Send it to this one person only.")


@people.callback()
def list_people(context: typer.Context, as_json: JsonOption = False) -> None:
    """Who is who: list, remove, restore and change roles."""
    if context.invoked_subcommand is not None:
        return
    from bot import roster
    from bot.settings import read_settings

    settings = read_settings()
    found = roster.listed(settings)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        print(_role_line(one))
    if settings.admins:
        print(f"Admins named in FOCAL_ADMINS: {len(settings.admins)}")
    elif not found:
        print("Nobody has a role yet. To bring the first one in: focal invite --role admin")


RoleId = Annotated[int, typer.Argument(help="The number of the role, as `focal people` shows it.")]


@people.command("remove")
def remove_role(role_id: RoleId) -> None:
    """Takes a role away at once; its holder is told."""
    from bot import roster
    from bot.settings import read_settings

    _tell_change(lambda: roster.remove(read_settings(), role_id))


@people.command("restore")
def restore_role(role_id: RoleId) -> None:
    """Gives a role back that ended, or lets somebody in who waits."""
    from bot import roster
    from bot.settings import read_settings

    _tell_change(lambda: roster.restore(read_settings(), role_id))


@people.command("role")
def change_role(
    role_id: RoleId,
    role: Annotated[str, typer.Argument(help="focal_point, deputy, secretariat or admin.")],
    city: Annotated[str | None, typer.Option(help="Another city than now.")] = None,
) -> None:
    """Gives another role in place of this one; its holder is told."""
    from bot import roster
    from bot.settings import read_settings

    _tell_change(lambda: roster.change(read_settings(), role_id, _role(role), city))


def _role(name: str) -> Role:
    from bot.domain.people import Role

    known = [role.value for role in Role if role is not Role.VISITOR]
    if name not in known:
        raise OperatorError(f"There is no role {name!r}. Choose one of: {', '.join(known)}")
    return Role(name)


def _tell_change(change: Callable[[], dict[str, Any]]) -> None:
    from bot.roster import RefusedError

    try:
        print(_role_line(change()))
    except RefusedError as refused:
        print(refused)
        sys.exit(REFUSED)


def _role_line(one: dict[str, Any]) -> str:
    who = ", ".join(part for part in (one["name"] or "(no name)", one["title"]) if part)
    where = f" of {one['city']}" if one["city"] else ""
    limits = f" for {' '.join(one['countries'])}" if one["countries"] else ""
    told = [one["state"], f"since {one['since']}", *([] if one["reachable"] else ["not reachable"])]
    return f"#{one['id']}  {who}: {one['role']}{where}{limits} ({', '.join(told)})"
