"""Who can be played in the rehearsal."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.people import Role


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to play. `id` is their Telegram id; `at` is which of the cities with a commitment is theirs, counted
    from 0, where they have one."""

    key: str
    id: int
    name: str
    role: Role = Role.VISITOR
    title: str | None = None
    at: int | None = None


CAST = (
    Persona("visitor", 700_000_001, "Sari"),
    Persona("focal_point", 700_000_003, "Amina", Role.FOCAL_POINT, "Head of solid waste", 0),
    Persona("deputy", 700_000_004, "Ben", Role.DEPUTY, "Waste engineer", 0),
    Persona("secretariat", 700_000_005, "Mei", Role.SECRETARIAT, "Programme officer"),
    Persona("admin", 700_000_002, "Aiko", Role.ADMIN),
)


def persona(key: str) -> Persona:
    return next(one for one in CAST if one.key == key)
