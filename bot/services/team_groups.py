"""Team groups: the group chat of a city's team, which gets announcements and nothing personal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.audit import Event
from bot.domain.buttons import GroupMove
from bot.domain.groups import TeamGroup
from bot.domain.people import Action, ChatKind, Role, person_may
from bot.domain.views import OldButton, View
from bot.domain.views.announcing import GroupLinked, GroupLinkOver, GroupLost, GroupUnseen, TeamGroups
from bot.services.desk import Desk
from bot.services.links import new_token, token_hash
from bot.services.roles import someone

LINK_LASTS = timedelta(hours=24)
UNSEEN = "team-groups.unseen"
"""The fact that keeps the groups (by chat) whose city was told that whoever linked them is gone."""
SUPERGROUPS = -1_000_000_000_000
"""The ids of supergroups lie below; those of small groups, which may yet become one, above."""


@dataclass(frozen=True)
class Link:
    """What is kept of the link that somebody made last, for them alone. `used_in` is the chat that it linked."""

    hash: str
    city: str
    until: datetime
    used_in: int | None = None


def act(desk: Desk, move: str, city: str) -> View:
    """What the buttons about a city's groups do."""
    match move:
        case GroupMove.OPEN:
            return shown(desk, city)
        case GroupMove.UNLINK:
            return shown(desk, city, unlinked=_unlink_all(desk, city))
        case _:
            return OldButton()


def shown(desk: Desk, city: str, *, unlinked: int = 0) -> View:
    """The groups of a city, and a new link that takes the bot into one. The one before opens nothing any more."""
    token = new_token()
    _keep(desk, Link(token_hash(token), city, desk.now + LINK_LASTS))
    groups = tuple((group, desk.name_of(group.linked_by)) for group in desk.work.groups.of_city(city))
    mine = city in desk.person.cities(Role.FOCAL_POINT, Role.DEPUTY)
    hours = int(LINK_LASTS.total_seconds()) // 3600
    return TeamGroups(city, desk.all_known, token, groups, mine, desk.zone_of(city), hours, unlinked)


def link(desk: Desk, chat_id: int, token: str) -> View | None:
    """Links the group in which this is said, in place of what it was linked to; said once. The right to is asked for
    now and not when the link was made."""
    kept = _kept(desk)
    if kept is None or kept.hash != token_hash(token):
        return GroupLinkOver()
    there = desk.work.groups.get(chat_id)
    if kept.used_in == chat_id and there is not None and there.city == kept.city:
        return None
    is_known = kept.city in desk.all_known.cities
    allowed = person_may(desk.person, Action.LINK_GROUP, desk.matter(kept.city), ChatKind.GROUP)
    if kept.used_in is not None or desk.now >= kept.until or not (is_known and allowed):
        return GroupLinkOver()
    _keep(desk, Link(kept.hash, kept.city, kept.until, chat_id))
    desk.work.groups.link(TeamGroup(chat_id, kept.city, desk.person.language, desk.person.id, desk.now))
    if there is not None and there.city != kept.city:
        desk.log(Event.GROUP_UNLINKED, "team group", city=there.city)
    desk.log(Event.GROUP_LINKED, "team group", city=kept.city)
    return GroupLinked(kept.city, desk.all_known)


def came_or_went(desk: Desk, chat_id: int, *, gone: bool) -> None:
    """The bot was taken into a group or removed from it. A small group that is left may have become a supergroup, of
    which we hear next: its link rests until somebody ends it."""
    group = desk.work.groups.get(chat_id)
    if group is None:
        return
    if not gone or chat_id > SUPERGROUPS:
        desk.work.groups.set_reachable(chat_id, not gone)
        return
    desk.work.groups.unlink(chat_id)
    desk.log(Event.GROUP_UNLINKED, "team group", city=group.city)
    linker = someone(desk, group.linked_by)
    if linker is None or linker.id == desk.person.id or not linker.reachable:
        return
    if person_may(linker, Action.LINK_GROUP, desk.matter(group.city)):
        desk.tell(linker.id, GroupLost(group.city, desk.all_known))


def look_for_unseen(desk: Desk) -> None:
    """A group goes on to get announcements when whoever linked it is not of the city any more: the others of the
    city hear of it once (the office, where there are none), with the button that ends it."""
    unseen = [group for group in desk.work.groups.all() if _is_unseen(desk, group)]
    kept = desk.work.facts.get(UNSEEN) or "[]"
    now = json.dumps([group.chat_id for group in unseen])
    if now == kept:
        return
    desk.work.facts.set(UNSEEN, now)
    known = json.loads(kept)
    for city in dict.fromkeys(group.city for group in unseen if group.chat_id not in known):
        told = GroupUnseen(city, desk.all_known, len(desk.work.groups.of_city(city)))
        people = [person for person in desk.work.people.of_city(city) if person.reachable]
        matter = desk.matter(city)
        others = people or [
            one for one in desk.office if one.reachable and person_may(one, Action.LINK_GROUP, matter)
        ]
        for person in others:
            desk.tell(person.id, told, f"unseen{city}to{person.id}")


def _is_unseen(desk: Desk, group: TeamGroup) -> bool:
    linker = someone(desk, group.linked_by)
    return linker is None or not person_may(linker, Action.LINK_GROUP, desk.matter(group.city))


def _unlink_all(desk: Desk, city: str) -> int:
    """A group has no name here by which one could be told from another: all of them are left."""
    groups = desk.work.groups.of_city(city)
    for group in groups:
        desk.work.groups.unlink(group.chat_id)
        desk.log(Event.GROUP_UNLINKED, "team group", city=city)
    return len(groups)


def _key(desk: Desk) -> str:
    """By the handle, which says nothing about anybody who is forgotten."""
    return f"team-group.{desk.person.handle}"


def _keep(desk: Desk, made: Link) -> None:
    values = {"hash": made.hash, "city": made.city, "until": made.until.isoformat(), "used_in": made.used_in}
    desk.work.facts.set(_key(desk), json.dumps(values))


def _kept(desk: Desk) -> Link | None:
    kept = desk.work.facts.get(_key(desk))
    if kept is None:
        return None
    values = json.loads(kept)
    return Link(values["hash"], values["city"], datetime.fromisoformat(values["until"]), values["used_in"])
