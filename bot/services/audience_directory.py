"""Who belongs to an audience, from the archive and the library, as far as its author reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.domain.announcements import Announcement
from bot.domain.audiences import Directory, Members, members, narrower, within
from bot.domain.cycles import ReportingCycle
from bot.domain.groups import TeamGroup
from bot.domain.people import Action, Person, Role, person_may
from bot.domain.progress import OWED
from bot.services.courses import cities_of
from bot.services.desk import Desk
from bot.services.roles import someone
from bot.services.standings import states_of


def members_of(desk: Desk, announcement: Announcement) -> Members:
    """Who gets the announcement, as things are now. Nobody, where its author may announce nothing any more."""
    audience = announcement.audience
    return members(audience, directory(desk, announcement.author, audience.cycles, audience.reach))


def reach_now(desk: Desk, author: int, once: frozenset[str] | None = None) -> frozenset[str] | None:
    """The countries to which this author may write now, and could `once`, when something was sent off: a right that
    came later sends nothing wider than what was decided on. None: all."""
    return narrower(once, reach_of(someone(desk, author)))


def directory(
    desk: Desk, author: int, cycles: Iterable[str] = (), once: frozenset[str] | None = None
) -> Directory:
    """Everybody whom this author may write to (and could `once`), with what decides about these cycles."""
    everybody = {person.id: person for person in (*desk.work.people.members(), *desk.office)}
    known = (desk.schedules.cycles.get(cycle) for cycle in cycles)
    whole = Directory(
        tuple(everybody.values()),
        tuple(desk.work.groups.all()),
        {city: record.country for city, record in desk.all_known.cities.items()},
        topics_of_cities(desk),
        {cycle.id: owing_cities(desk, cycle) for cycle in known if cycle is not None},
    )
    reach = reach_now(desk, author, once)
    return whole if reach is None else within(whole, reach)


def reach_of(author: Person | None) -> frozenset[str] | None:
    """The countries to whose cities somebody may write; None: all, and the office too."""
    if author is None or not person_may(author, Action.ANNOUNCE):
        return frozenset()
    office = [m for m in author.active if m.role in (Role.SECRETARIAT, Role.ADMIN)]
    if any(m.role is Role.ADMIN or not m.countries for m in office):
        return None
    return frozenset(country for m in office for country in m.countries)


def topics_of_cities(desk: Desk) -> Mapping[str, frozenset[str]]:
    """The topics of each city's commitments, and those above them."""
    library = desk.all_known
    found: dict[str, set[str]] = defaultdict(set)
    for entry_id, commitment in library.commitments.items():
        entry = library.entries.get(entry_id)
        for topic in entry.topics if entry is not None else ():
            found[commitment.city].update(above.id for above in library.topic_path(topic))
    return {city: frozenset(topics) for city, topics in found.items()}


def owing_cities(desk: Desk, cycle: ReportingCycle) -> frozenset[str]:
    """The cities whose turn it is in this cycle."""
    states = states_of(desk, cycle, cities_of(cycle, desk.all_known))
    return frozenset(city for city, state in states.items() if state.standing in OWED)


def zone_of_reader(desk: Desk, reader: Person | TeamGroup) -> str:
    """The zone in which a reader's nine o'clock is: that of their first city, else the office's."""
    if isinstance(reader, TeamGroup):
        return desk.zone_of(reader.city)
    cities = reader.cities(Role.FOCAL_POINT, Role.DEPUTY)
    return desk.zone_of(cities[0]) if cities else desk.zone
