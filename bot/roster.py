"""The programs behind `focal invite` and `focal people`: the same services as in the chat, done by the operator."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from bot.bootstrap import knowledge_of
from bot.chat.commands import menu
from bot.clock import RealClock
from bot.content.memory import load_remembered
from bot.content.starter import knowledge_folder, schedules_folder
from bot.domain.errors import OperatorError
from bot.domain.people import (
    OF_A_CITY,
    OF_THE_OFFICE,
    Membership,
    MembershipState,
    Person,
    Role,
    with_admin_rights,
)
from bot.domain.ports import UnitOfWork
from bot.domain.views.membership import CardNote, Member, MemberCard
from bot.services import inviting, people
from bot.services.desk import Desk
from bot.services.links import BOT_NAME, INVITATION_PREFIX
from bot.services.roles import OPERATOR
from bot.settings import Settings
from bot.storage.database import Database
from bot.texts.renderer import Renderer

T = TypeVar("T")

START_FIRST = "Start the bot once (focal run)"
WHICH_BOT = f"The link needs the bot's name. {START_FIRST}, or set FOCAL_TOKEN, so that it is known."


class RefusedError(Exception):
    """What was asked for cannot be done; the text says why."""


def invite(settings: Settings, role: Role, city: str | None) -> dict[str, str]:
    """A new one-time link, with the moment when it ends. Raises OperatorError for a city that is not known."""

    return _at_the_desk(
        settings, lambda desk: _invited(desk, role, city), ask_name=settings.token is not None
    )


def _invited(desk: Desk, role: Role, city: str | None) -> dict[str, str]:
    if not desk.renderer.bot_name:
        raise OperatorError(WHICH_BOT)
    _check_place(desk, role, city)
    invitation, token = inviting.make(desk, role, city)
    link = f"https://t.me/{desk.renderer.bot_name}?start={INVITATION_PREFIX}{token}"
    return {"link": link, "expires": invitation.expires_at.isoformat(timespec="seconds")}


def invite_all(
    settings: Settings,
    people: Sequence[tuple[Role, str | None]],
    keep: Callable[[Sequence[dict[str, str]]], None],
) -> None:
    """A one-time link for each of them, all or none. `keep` puts them where they are found: no link is good before it
    has returned, and none at all where it raises. Raises OperatorError as `invite` does."""

    def make(desk: Desk) -> None:
        keep([_invited(desk, role, city) for role, city in people])

    _at_the_desk(settings, make, ask_name=settings.token is not None)


def listed(settings: Settings) -> list[dict[str, Any]]:
    """Every role with who has it, those who wait first and those who left last. No Telegram ids."""
    return _at_the_desk(settings, lambda desk: [_as_json(desk, one) for one in people.members(desk)])


def remove(settings: Settings, membership_id: int) -> dict[str, Any]:
    """Takes a role away. Raises RefusedError where it is not there, over, or the last admin's."""
    return _changed(settings, membership_id, {MembershipState.ACTIVE}, people.remove)


def restore(settings: Settings, membership_id: int) -> dict[str, Any]:
    """Gives a role back that ended; one that waits is approved."""
    both = {MembershipState.ENDED, MembershipState.WAITING}
    return _changed(settings, membership_id, both, people.restore)


def change(settings: Settings, membership_id: int, role: Role, city: str | None) -> dict[str, Any]:
    """Gives another role: in the same city where none is named and the role is one of a city."""

    def run(desk: Desk, membership: Membership) -> object:
        place = (city or membership.city) if role in OF_A_CITY else city
        _check_place(desk, role, place)
        return people.change_role(desk, membership, role, place)

    return _changed(settings, membership_id, {MembershipState.ACTIVE}, run)


def _changed(
    settings: Settings,
    membership_id: int,
    states: set[MembershipState],
    run: Callable[[Desk, Membership], object],
) -> dict[str, Any]:
    def unit(desk: Desk) -> dict[str, Any]:
        membership = desk.work.people.membership(membership_id)
        if membership is None:
            raise RefusedError(f"There is no role {membership_id}. `focal people` lists them all.")
        if membership.state not in states:
            raise RefusedError(f"Role {membership_id} is {membership.state.value} now: nothing was changed.")
        shown = run(desk, membership)
        assert isinstance(shown, MemberCard)
        if shown.note is CardNote.LAST_ADMIN:
            raise RefusedError(
                "This is the only admin. Appoint another one first, or name one in FOCAL_ADMINS."
            )
        return _as_json(desk, shown.member)

    return _at_the_desk(settings, unit)


def _at_the_desk(settings: Settings, function: Callable[[Desk], T], *, ask_name: bool = False) -> T:
    """Runs a service as the operator, who may do what an admin may. The running bot sends what is to be told; a
    database that is not there yet is made, so that the first people can be invited before the first start."""
    folder = knowledge_folder(settings.knowledge)
    knowledge = knowledge_of(load_remembered(folder, schedules=schedules_folder(settings.schedules, folder)))
    operator = with_admin_rights(Person(OPERATOR, settings.language))
    database = Database(settings.database)

    def unit(work: UnitOfWork) -> T:
        renderer = Renderer(work.facts.get(BOT_NAME) or "", settings.language)
        cause = f"operator{secrets.token_hex(8)}"
        return function(
            Desk(
                operator,
                knowledge,
                work,
                RealClock().now(),
                renderer,
                settings.admins,
                cause,
                menu=lambda role: menu(role, private=True),
            )
        )

    try:
        if database.status().revision is None:
            database.upgrade()
        status = database.status()
        if status.revision != status.newest_revision:
            raise OperatorError(
                f"The database is not of this version. {START_FIRST}, which brings it up to date."
            )
        if ask_name and database.run_now(lambda work: work.facts.get(BOT_NAME)) is None:
            name = asyncio.run(_name_at_telegram(settings))
            database.run_now(lambda work: work.facts.set(BOT_NAME, name))
        return database.run_now(unit)
    finally:
        database.close()


async def _name_at_telegram(settings: Settings) -> str:
    """Asks Telegram what the bot of the token is called. Raises OperatorError where it does not say."""
    # Only for this Telegram's library is needed.
    from telegram.error import TelegramError

    from bot.chat.application import builder
    from bot.chat.wire import TelegramWire

    assert settings.token is not None
    bot = builder(settings.token.get_secret_value(), settings.api_url).build().bot
    try:
        return await TelegramWire(bot).introduce()
    except TelegramError as error:
        raise OperatorError(f"Telegram cannot be reached ({type(error).__name__}).") from None
    finally:
        await bot.shutdown()


def _check_place(desk: Desk, role: Role, city: str | None) -> None:
    if role in OF_THE_OFFICE and city is not None:
        raise OperatorError(f"The role {role.value} is one of the network itself: leave --city away.")
    if role in OF_A_CITY and city is None:
        raise OperatorError(f"Name the city of the {role.value} with --city, such as --city sibu.")
    if city is not None and city not in desk.all_known.cities:
        raise OperatorError(f"There is no city {city!r} in the files. Its id is the name of its file.")


def _as_json(desk: Desk, member: Member) -> dict[str, Any]:
    membership = member.membership
    person = desk.work.people.get(membership.person)
    return {
        "id": membership.id,
        "name": member.name,
        "title": member.title,
        "role": membership.role.value,
        "city": membership.city,
        "countries": sorted(membership.countries),
        "state": membership.state.value,
        "since": membership.since.date().isoformat() if membership.since is not None else None,
        "confirmed": membership.confirmed_at.date().isoformat() if membership.confirmed_at else None,
        "language": person.language if person is not None else None,
        "reachable": person is not None and person.reachable,
    }
