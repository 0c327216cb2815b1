"""The audience of an announcement: whom it is for, and who is left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.domain.announcements import Announcement
from bot.domain.audiences import Audience, Selection
from bot.domain.buttons import Aim
from bot.domain.entries import Place
from bot.domain.people import Purpose, Role
from bot.domain.views import OldButton, View
from bot.domain.views.composing import AudienceCard, AudienceChoices, Choice, CitiesAsked
from bot.domain.words import LocalText
from bot.lookup.keys import fold
from bot.services.audience_directory import directory, members_of, reach_of, topics_of_cities
from bot.services.browsing import paged
from bot.services.composing.crowds import crowd
from bot.services.composing.keeping import expect, expect_no_more, expected, keep
from bot.services.desk import Desk
from bot.services.marks import mark_of
from bot.services.roles import someone
from bot.texts.catalogues import interface_language
from bot.texts.formats import Formats

CHOICES_ON_A_PAGE = 10
MOST_SEVERAL = 4
MOST_TOLD = 8
"""How many of the cities that are chosen, or were not found, are named below the question."""
MOST_TYPED = 200
BETWEEN = re.compile(r"[,;，、；\n\t]+")
AND = re.compile(r"\s+(?:and|et|y|e|dan|&)\s+|和", re.IGNORECASE)
BULLET = re.compile(r"^(?:\d+[.)]|[•*–-])\s*")
ROLES = (Role.FOCAL_POINT, Role.DEPUTY, Role.SECRETARIAT, Role.ADMIN)


@dataclass(frozen=True)
class Kind:
    """What of a selection a letter stands for: its field, and whether it is what is left out."""

    field: str
    leaves_out: bool


KINDS: Mapping[str, Kind] = {
    Aim.ROLES: Kind("roles", leaves_out=False),
    Aim.COUNTRIES: Kind("countries", leaves_out=False),
    Aim.TOPICS: Kind("topics", leaves_out=False),
    Aim.OWING: Kind("owing", leaves_out=False),
    Aim.CITIES: Kind("cities", leaves_out=False),
    Aim.NOT_ROLES: Kind("roles", leaves_out=True),
    Aim.NOT_COUNTRIES: Kind("countries", leaves_out=True),
    Aim.NOT_TOPICS: Kind("topics", leaves_out=True),
    Aim.NOT_OWING: Kind("owing", leaves_out=True),
    Aim.NOT_CITIES: Kind("cities", leaves_out=True),
}


def shown(desk: Desk, announcement: Announcement, *, changed: bool = False) -> View:
    expect_no_more(desk)
    return AudienceCard(announcement.id, announcement.version, crowd(desk, announcement), changed)


def aim(desk: Desk, announcement: Announcement, what: str, page: int, choice: str) -> View:
    """Shows what there is to choose from, or adds or takes away what has the mark `choice`."""
    audience = announcement.audience
    kind = KINDS.get(what)
    if kind is not None and kind.field == "cities":
        return _aim_at_cities(desk, announcement, what, choice)
    if kind is not None:
        return _aim_at_kind(desk, announcement, what, page, choice)
    match what:
        case Aim.WHOLE:
            return shown(desk, announcement)
        case Aim.EVERYBODY:
            changed = replace(audience, chosen=Selection())
        case Aim.NO_EXCEPTIONS:
            changed = replace(audience, left_out=None)
        case Aim.GROUPS:
            changed = replace(audience, groups=not audience.groups)
        case _:
            return OldButton()
    return shown(desk, keep(desk, announcement, audience=changed))


def hear_cities(desk: Desk, words: str) -> View:
    """Adds the cities that these words name, and says which words name none or several."""
    expecting, announcement = expected(desk)
    if isinstance(announcement, View):
        return announcement
    what = expecting.key if expecting.key in (Aim.CITIES, Aim.NOT_CITIES) else Aim.CITIES
    kind = KINDS[what]
    found, several, unknown = read_cities(desk, words, cities_within_reach(desk, announcement))
    if found:
        before = selected(announcement.audience, kind)
        selection = replace(before, cities=before.cities | found)
        announcement = keep(desk, announcement, audience=with_selection(announcement, kind, selection))
    return _cities_asked(desk, announcement, what, unknown, several)


def selected(audience: Audience, kind: Kind) -> Selection:
    return (audience.left_out or Selection()) if kind.leaves_out else audience.chosen


def with_selection(announcement: Announcement, kind: Kind, selection: Selection) -> Audience:
    if kind.leaves_out:
        return replace(announcement.audience, left_out=selection if selection.narrows else None)
    return replace(announcement.audience, chosen=selection)


def read_cities(
    desk: Desk, words: str, among: Iterable[str]
) -> tuple[frozenset[str], Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """The cities that a list of names means, the names that mean several with these, and those that mean none. A name
    means the cities that are called so; where none is, those whose name holds it; where none does, what a lookup
    finds."""
    by_name: dict[str, set[str]] = defaultdict(set)
    reach = set(among)
    for city in reach:
        entry = desk.all_known.entries[city]
        for name in (*entry.title.by_language.values(), *entry.aliases):
            by_name[fold(name).strip()].add(city)
    found: set[str] = set()
    several: dict[str, tuple[str, ...]] = {}
    unknown: list[str] = []
    for piece in _names_in(words, by_name):
        wanted = fold(piece).strip()
        meant = by_name.get(wanted) or {
            city for name, cities in by_name.items() if wanted and wanted in name for city in cities
        }
        if not meant:
            hits = desk.knowledge.index.search(piece, desk.person.language, desk.person.role).hits
            meant = {hit.entry_id for hit in hits if hit.entry_id in reach}
        if len(meant) == 1:
            found |= meant
        elif meant:
            several[piece] = tuple(sorted(meant))[:MOST_SEVERAL]
        else:
            unknown.append(piece)
    return frozenset(found), several, tuple(unknown)


def cities_within_reach(desk: Desk, announcement: Announcement) -> tuple[str, ...]:
    """The cities to whose people its author may write."""
    reach = reach_of(someone(desk, announcement.author))
    cities = desk.all_known.cities
    return tuple(city for city, record in cities.items() if reach is None or record.country in reach)


# --- helpers


def _names_in(words: str, known: Collection[str]) -> list[str]:
    """The single names of a list. An "and" stands between two, unless it is part of one that is known."""
    names: list[str] = []
    for part in BETWEEN.split(words):
        piece = BULLET.sub("", part.strip())
        is_known = fold(piece).strip() in known
        names += [piece] if is_known else [name.strip() for name in AND.split(piece)]
    return [name for name in names if name][:MOST_TYPED]


def _aim_at_kind(desk: Desk, announcement: Announcement, what: str, page: int, choice: str) -> View:
    expect_no_more(desk)
    kind = KINDS[what]
    selection = selected(announcement.audience, kind)
    values = _values(desk, announcement, kind)
    chosen = next((value for value in values if _mark(value) == choice), None)
    if choice and chosen is None:
        return OldButton()
    if chosen is not None:
        selection = _toggled(selection, kind.field, chosen)
        announcement = keep(desk, announcement, audience=with_selection(announcement, kind, selection))
    on_page, page, pages = paged(list(values.items()), page, CHOICES_ON_A_PAGE)
    choices = tuple(
        Choice(_mark(value), _holds(selection, kind.field, value), value, label) for value, label in on_page
    )
    count = len(members_of(desk, announcement))
    return AudienceChoices(
        *(announcement.id, announcement.version, what, kind.field, kind.leaves_out, choices),
        *(page, pages, count),
    )


def _values(desk: Desk, announcement: Announcement, kind: Kind) -> Mapping[str, LocalText | None]:
    """What there is of a kind, in the order in which it is shown, with words where it has any. What is chosen is
    among it, even where there is nobody any more."""
    selection = selected(announcement.audience, kind)
    values: dict[str, LocalText | None]
    if kind.field == "roles":
        return dict.fromkeys(ROLES)
    if kind.field == "countries":
        people = directory(desk, announcement.author)
        here = {people.country_of.get(city, "") for person in people.people for city in person.cities()}
        country = Formats(interface_language(desk.person.language)).country
        return dict.fromkeys(sorted((here - {""}) | selection.countries, key=country))
    if kind.field == "topics":
        used = frozenset[str]().union(*topics_of_cities(desk).values()) | selection.topics
        return {topic.id: topic.label for topic in desk.all_known.topics.values() if topic.id in used}
    values = {cycle.id: cycle.title for cycle in desk.schedules.newest_first()}
    return values | (
        {selection.owing: LocalText.plain(selection.owing)} if selection.owing not in ("", *values) else {}
    )


def _toggled(selection: Selection, field: str, value: str) -> Selection:
    if field == "owing":
        return replace(selection, owing="" if selection.owing == value else value)
    if field == "roles":
        return replace(selection, roles=selection.roles ^ {Role(value)})
    return replace(selection, **{field: getattr(selection, field) ^ {value}})


def _holds(selection: Selection, field: str, value: str) -> bool:
    return selection.owing == value if field == "owing" else value in getattr(selection, field)


def _aim_at_cities(desk: Desk, announcement: Announcement, what: str, choice: str) -> View:
    kind = KINDS[what]
    selection = selected(announcement.audience, kind)
    among = (*selection.cities, *cities_within_reach(desk, announcement))
    chosen = next((city for city in among if choice and _mark(city) == choice), None)
    if choice and chosen is None:
        return OldButton()
    if chosen is not None:
        selection = _toggled(selection, kind.field, chosen)
        announcement = keep(desk, announcement, audience=with_selection(announcement, kind, selection))
    return _cities_asked(desk, announcement, what)


def _cities_asked(
    desk: Desk,
    announcement: Announcement,
    what: str,
    unknown: tuple[str, ...] = (),
    several: Mapping[str, tuple[str, ...]] | None = None,
) -> View:
    expect(desk, Purpose.ANNOUNCE_CITIES, announcement, what)
    kind = KINDS[what]
    cities = selected(announcement.audience, kind).cities

    def choice(city: str) -> Choice:
        return Choice(_mark(city), city in cities, label=desk.all_known.place_name(Place(city)))

    language = desk.person.language
    chosen = sorted(map(choice, cities), key=lambda one: one.label.within(language).text if one.label else "")
    meant = ((piece, tuple(map(choice, found))) for piece, found in (several or {}).items())
    return CitiesAsked(
        announcement.id,
        announcement.version,
        what,
        kind.leaves_out,
        tuple(chosen[:MOST_TOLD]),
        len(members_of(desk, announcement)),
        max(0, len(chosen) - MOST_TOLD),
        unknown[:MOST_TOLD],
        tuple(meant)[:MOST_SEVERAL],
    )


def _mark(value: str) -> str:
    return mark_of(value)[:8]
