"""An audience in words and numbers: who that is, which languages they read, and what they will get."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.domain.announcements import Announcement
from bot.domain.audiences import Members, Selection
from bot.domain.entries import Place
from bot.domain.groups import TeamGroup
from bot.domain.people import Person, Role
from bot.domain.views.composing import Crowd, Named, Reader, Readers
from bot.domain.words import LocalText
from bot.services.audience_directory import members_of
from bot.services.desk import Desk
from bot.texts.catalogues import languages

SAMPLE = 3
"""How many of each language are named."""
MOST_LANGUAGES = 8


def crowd(desk: Desk, announcement: Announcement) -> Crowd:
    return crowd_of(desk, announcement, members_of(desk, announcement))


def crowd_of(desk: Desk, announcement: Announcement, found: Members) -> Crowd:
    audience = announcement.audience
    left_out = audience.left_out
    return Crowd(
        named(desk, audience.chosen),
        named(desk, left_out) if left_out is not None and left_out.narrows else None,
        audience.groups,
        len(found.people),
        len(found.groups),
        found.unreachable,
        _readers(desk, announcement, found),
    )


def named(desk: Desk, selection: Selection) -> Named:
    """What a selection names, in words. What the files do not have any more is called by its id."""
    library, cycle = desk.all_known, desk.schedules.cycles.get(selection.owing)
    owing = (
        cycle.title if cycle is not None else LocalText.plain(selection.owing) if selection.owing else None
    )
    return Named(
        tuple(role for role in Role if role in selection.roles),
        tuple(sorted(selection.countries)),
        tuple(
            library.topics[topic].label if topic in library.topics else LocalText.plain(topic)
            for topic in sorted(selection.topics)
        ),
        owing,
        tuple(library.place_name(Place(city)) for city in sorted(selection.cities)),
    )


def to_write(desk: Desk, announcement: Announcement, crowd: Crowd) -> tuple[str, ...]:
    """The languages to offer for its text: what there is, those of the interface, and what its readers read."""
    first = (*announcement.texts, *languages())
    return tuple(dict.fromkeys((*first, *(readers.tag for readers in crowd.readers))))[
        : max(MOST_LANGUAGES, len(announcement.texts))
    ]


def _readers(desk: Desk, announcement: Announcement, found: Members) -> tuple[Readers, ...]:
    default = desk.renderer.language
    by_tag: dict[str, list[Person | TeamGroup]] = defaultdict(list)
    for one in found.readers:
        by_tag[_tag(announcement, one.language or default)].append(one)
    return tuple(
        Readers(
            tag,
            len(those),
            announcement.text_for(tag, default)[1] if announcement.texts else None,
            tuple(_reader(desk, one) for one in spread(those, SAMPLE)),
        )
        for tag, those in sorted(by_tag.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _tag(announcement: Announcement, language: str) -> str:
    """The language that somebody reads, as it is told apart here: dialects only where one has a text of its own."""
    own = next((tag for tag in announcement.texts if tag.casefold() == language.casefold()), None)
    return own or language.replace("_", "-").split("-")[0].casefold()


def spread(things: Sequence[Person | TeamGroup], most: int) -> Sequence[Person | TeamGroup]:
    """Some of them, from the beginning to the end."""
    if len(things) <= most:
        return things
    return [things[number * (len(things) - 1) // (most - 1)] for number in range(most)]


def _reader(desk: Desk, one: Person | TeamGroup) -> Reader:
    library = desk.all_known
    if isinstance(one, TeamGroup):
        return Reader(None, library.place_name(Place(one.city)), is_group=True)
    cities = one.cities()
    return Reader(one.name, library.place_name(Place(cities[0])) if cities else None)
