"""Which city a row is about: one of the network's, or a new one with a file of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.entries import Library
from bot.domain.imports.verdicts import WrongCellError
from bot.domain.imports.why import Why

LONGEST_ID = 48
"""Leaves room for a year behind the id of a city."""
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)
_SMALL_WORDS = frozenset({"of", "the", "and", "america", "nam"})
_SHORT = {
    "democratic": "dem", "republic": "rep", "saint": "st", "islands": "is", "usa": "united states",
    "czechia": "czech rep", "viet": "vietnam",
}  # fmt: skip


@dataclass(frozen=True)
class Geography:
    """The countries of the world: two letters by name, and the time zones of each."""

    names: Mapping[str, str]
    zones: Mapping[str, tuple[str, ...]]
    in_other_languages: Callable[[str], str | None] = lambda name: None
    """The two letters for a name in a language of our readers."""

    def code(self, key: str, told: str) -> str:
        """The two letters of a country. Raises WrongCellError."""
        bare = told.strip()
        if bare.upper() in self.zones:
            return bare.upper()
        if bare.upper() == "UK":
            return "GB"
        # Of names in other scripts no word is left.
        if wanted := _words_of(bare):
            for name, code in self.names.items():
                if _words_of(name) == wanted:
                    return code
        found = self.in_other_languages(bare.replace("'", "’"))
        if found is not None and found in self.zones:
            return found
        raise WrongCellError(key, Why.COUNTRY, read=told)

    def zone(self, country: str, told: str, own: Mapping[str, str]) -> str:
        """The time zone of a new city. Raises WrongCellError where the country has several and none is named."""
        if told:
            if any(told in zones for zones in self.zones.values()):
                return told
            raise WrongCellError("time_zone", Why.TIME_ZONE, read=told)
        known = self.zones.get(country, ())
        if country in own:
            return own[country]
        if len(known) == 1:
            return known[0]
        example = known[0] if known else "UTC"
        raise WrongCellError("time_zone", Why.TIME_ZONE_UNCLEAR, country=country, example=example)


@dataclass(frozen=True)
class NewCity:
    id: str
    name: str
    country: str
    time_zone: str


@dataclass
class Names:
    """Ids that are taken, also by what is made meanwhile."""

    taken: set[str] = field(default_factory=set)

    def new(self, wish: str, *further: str) -> str:
        """The first of the wishes that is free, else the first with a number; it is taken then."""
        tries = (wish, *further, *(f"{wish}-{number}" for number in range(2, len(self.taken) + 3)))
        found = next(each for each in tries if each not in self.taken)
        self.taken.add(found)
        return found


class Cities:
    """All cities by name and country, the network's and those that rows bring in."""

    def __init__(self, library: Library, geography: Geography, names: Names) -> None:
        self.geography, self.names = geography, names
        self.new: dict[str, NewCity] = {}
        self._codes: dict[str, str] = {}
        self._country: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = {}
        for city_id, city in library.cities.items():
            entry = library.entries[city_id]
            self._country[city_id] = city.country
            for name in {*entry.title.by_language.values(), *entry.aliases}:
                self._by_name.setdefault(folded(name), []).append(city_id)

    def known(self, name: str, country: str | None) -> str | None:
        """The city of this name or id. Raises WrongCellError where several countries have one and none is named."""
        if name.strip() in self._country and country in (None, self._country[name.strip()]):
            return name.strip()
        found = dict.fromkeys(self._by_name.get(folded(name), ()))
        if country is not None:
            return next((city for city in found if self._country[city] == country), None)
        if len(found) > 1:
            cities = tuple(f"{city} ({self._country[city]})" for city in found)
            raise WrongCellError("city", Why.CITY_UNCLEAR, read=name, cities=cities)
        return next(iter(found), None)

    def of_row(
        self, name: str, country: str, zone: str, zones: Mapping[str, str]
    ) -> tuple[str, NewCity | None]:
        """The id of the city that a row names, and the city where it is new by this row."""
        code = self.code(country)
        there = self.known(name, code)
        if there is not None:
            return there, None
        if code is None:
            raise WrongCellError("country", Why.COUNTRY_OF_NEW, read=name)
        found = self.geography.zone(code, zone, zones)
        wish = as_city_id(name, code)
        city_id = self.names.new(wish, f"{wish}-{code.lower()}")
        city = NewCity(city_id, " ".join(name.split()), code, found)
        self.add(city)
        return city.id, city

    def code(self, country: str) -> str | None:
        """The two letters of the country that a row names; None where it names none. Raises WrongCellError."""
        if not country.strip():
            return None
        if country not in self._codes:
            self._codes[country] = self.geography.code("country", country)
        return self._codes[country]

    def add(self, city: NewCity) -> None:
        self.new[city.id] = city
        self._country[city.id] = city.country
        self._by_name.setdefault(folded(city.name), []).append(city.id)

    def name_of(self, city_id: str, library: Library) -> str:
        new = self.new.get(city_id)
        return new.name if new is not None else library.entries[city_id].title.within("en").text


def folded(name: str) -> str:
    """A name without its case, accents and blanks."""
    bare = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return " ".join("".join(each for each in bare if not unicodedata.combining(each)).split())


def as_city_id(name: str, country: str) -> str:
    return slug(name, LONGEST_ID) or f"city-{country.lower()}"


def slug(name: str, longest: int = 60) -> str:
    """The id nearest to a name; empty where nothing of it is left."""
    return _NOT_IN_ID.sub("-", folded(name)).strip("-")[:longest].strip("-")


def _words_of(name: str) -> frozenset[str]:
    """The words of a country's name, so that "Congo (Dem. Rep.)" and "Dem. Rep. of the Congo" are the same."""
    bare = " ".join(_SHORT.get(word, word) for word in slug(name, 200).split("-"))
    return frozenset(word for word in bare.split() if word not in _SMALL_WORDS)


def split(text: str) -> list[str]:
    """A list in one cell, its items with ; between them."""
    return [item for part in text.split(";") if (item := part.strip())]


def distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
