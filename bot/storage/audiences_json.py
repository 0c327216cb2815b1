"""Audiences and media of announcements as JSON columns: sets as sorted lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.announcements import Media, MediaKind
from bot.domain.audiences import Audience, Selection
from bot.domain.people import Role


def audience_as_json(audience: Audience) -> dict[str, Any]:
    return {
        "chosen": _selection_as_json(audience.chosen),
        "left_out": None if audience.left_out is None else _selection_as_json(audience.left_out),
        "groups": audience.groups,
        "reach": None if audience.reach is None else sorted(audience.reach),
    }


def audience_from_json(stored: Mapping[str, Any]) -> Audience:
    """The audience. Raises KeyError or ValueError for what is none of ours."""
    left_out, reach = stored["left_out"], stored.get("reach")
    return Audience(
        chosen=_selection(stored["chosen"]),
        left_out=None if left_out is None else _selection(left_out),
        groups=stored["groups"],
        reach=None if reach is None else frozenset(reach),
    )


def media_as_json(media: Media | None) -> dict[str, Any] | None:
    return None if media is None else {"kind": media.kind.value, "file_id": media.file_id, "name": media.name}


def media_from_json(stored: Mapping[str, Any] | None) -> Media | None:
    return None if stored is None else Media(MediaKind(stored["kind"]), stored["file_id"], stored["name"])


def _selection_as_json(selection: Selection) -> dict[str, Any]:
    return {
        "roles": sorted(role.value for role in selection.roles),
        "countries": sorted(selection.countries),
        "topics": sorted(selection.topics),
        "owing": selection.owing,
        "cities": sorted(selection.cities),
    }


def _selection(stored: Mapping[str, Any]) -> Selection:
    return Selection(
        roles=frozenset(Role(role) for role in stored["roles"]),
        countries=frozenset(stored["countries"]),
        topics=frozenset(stored["topics"]),
        owing=stored["owing"],
        cities=frozenset(stored["cities"]),
    )
