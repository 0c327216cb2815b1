"""The judges of cities, entries and people."""

from __future__ import annotations

from collections.abc import Sequence

from bot.content.names import is_id
from bot.domain.entries import KINDS
from bot.domain.imports.cities import NewCity, as_city_id, folded, slug, split
from bot.domain.imports.columns import What
from bot.domain.imports.judging import Judged
from bot.domain.imports.why import Why
from bot.domain.imports.writing import entry_file, full_city_file
from bot.domain.people import OF_A_CITY, OF_THE_OFFICE, Role
from bot.domain.reminders.owed import WEEK
from bot.services.importing.ground import Ground, Invited, Judge, check_language, check_languages, is_sound
from bot.services.importing.promises import CommitmentJudge, ResultJudge


def judge_of(what: What) -> type[Judge]:
    return {
        What.CITIES: CityJudge,
        What.COMMITMENTS: CommitmentJudge,
        What.PEOPLE: PeopleJudge,
        What.RESULTS: ResultJudge,
        What.ENTRIES: EntryJudge,
    }[what]


class CityJudge(Judge):
    def judge(self, judged: Judged) -> bool:
        cells, ground = judged.cells, self.ground
        name = " ".join(cells["name"].split())
        if not name:
            judged.reject("name", Why.NO_NAME)
            return True
        told = ground.mapping.countries.get(cells.word("country"), cells.word("country"))
        code = judged.trying(lambda: ground.cities.code(told))
        if code is None:
            if not told:
                judged.reject("country", Why.COUNTRY_MISSING)
            return True
        if ground.cities.known(name, code) is not None or cells.word("id") in ground.shelf.library.cities:
            return False
        zone = judged.trying(
            lambda: ground.cities.geography.zone(code, cells.word("time_zone"), ground.mapping.zones)
        )
        city_id = _new_id(judged, ground, as_city_id(name, code), code.lower())
        _check_topics(judged, ground, ("topics", "offers", "seeks"))
        check_language(judged)
        check_languages(judged, "languages", split(cells["languages"]))
        for day in split(cells["weekend"]):
            if day not in WEEK:
                judged.reject("weekend", Why.CHOICE, read=day, choices=WEEK)
        if judged.is_rejected or zone is None or city_id is None:
            return True
        row = {key: cells[key] for key in ground.mapping.columns if cells[key]}
        file = full_city_file(city_id, {**row, "name": name, "country": code, "time_zone": zone})
        if is_sound(judged, file):
            ground.cities.add(NewCity(city_id, name, code, zone))
            ground.names.taken.add(city_id)
            ground.write(file)
        return True


class EntryJudge(Judge):
    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.titles = {
            (entry.kind, folded(title))
            for entry in ground.shelf.library.entries.values()
            for title in entry.title.by_language.values()
        }

    def judge(self, judged: Judged) -> bool:
        cells, ground = judged.cells, self.ground
        kinds = tuple(kind for kind in KINDS if kind not in ("cities", "commitments"))
        kind, title = judged.one_of("kind", kinds), cells.word("title")
        if not cells.word("kind"):
            judged.reject("kind", Why.KIND_OF_ENTRY, choices=kinds)
        if not title:
            judged.reject("title", Why.NO_TITLE)
        if judged.is_rejected or kind is None:
            return True
        if (kind, folded(title)) in self.titles or cells.word("id") in ground.shelf.library.entries:
            return False
        entry_id = _new_id(judged, ground, slug(title) or "entry", None)
        _check_topics(judged, ground, ("topics",))
        check_language(judged)
        for other in split(cells["related"]):
            if other not in ground.names.taken:
                judged.reject("related", Why.UNKNOWN_ENTRY, read=other)
        if judged.is_rejected or entry_id is None:
            return True
        row = {key: cells[key] for key in ground.mapping.columns if cells[key]}
        row["places"] = "; ".join(
            ground.cities.known(place, None) or place for place in split(cells["places"])
        )
        file = entry_file(entry_id, {**row, "kind": kind, "title": title})
        if is_sound(judged, file):
            ground.names.taken.add(entry_id)
            self.titles.add((kind, folded(title)))
            ground.write(file)
        return True


class PeopleJudge(Judge):
    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.people: list[Invited] = []

    def judge(self, judged: Judged) -> bool:
        cells, cities = judged.cells, self.ground.cities
        roles = tuple(role.value for role in Role if role is not Role.VISITOR)
        role = judged.one_of("role", roles)
        if not cells.word("role"):
            judged.reject("role", Why.NO_ROLE, choices=roles)
        if role is not None and role in OF_THE_OFFICE and not self.ground.shelf.may_appoint:
            judged.reject("role", Why.NOT_ALLOWED, role=role)
        city = None
        if cells.word("city"):
            told = self.ground.mapping.countries.get(cells.word("country"), cells.word("country"))
            found = judged.trying(lambda: (cities.known(cells["city"], cities.code(told)),))
            city = found[0] if found is not None else None
            if found is not None and city is None:
                judged.reject("city", Why.CITY_UNKNOWN, read=cells["city"])
            if role is not None and role not in OF_A_CITY:
                judged.reject("city", Why.NO_CITY_ROLE, role=role)
        elif role is not None and role in OF_A_CITY:
            judged.reject("city", Why.CITY_OF_ROLE, role=role)
        if not judged.is_rejected and role is not None:
            self.people.append(Invited(judged.row, role, city, cells.word("note")))
        return True

    def finish(self) -> tuple[Invited, ...]:
        return tuple(self.people)


def _new_id(judged: Judged, ground: Ground, wish: str, further: str | None) -> str | None:
    """An id that is free: the one told, or one made of the name."""
    told = judged.cells.word("id")
    if told and not is_id(told):
        judged.reject("id", Why.ID, read=told)
        return None
    if told and told in ground.names.taken:
        judged.reject("id", Why.ID_TAKEN, read=told)
        return None
    tries = (wish, *([f"{wish}-{further}"] if further else []), *(f"{wish[:56]}-{n}" for n in range(2, 1000)))
    return told or next(each for each in tries if each not in ground.names.taken)


def _check_topics(judged: Judged, ground: Ground, keys: Sequence[str]) -> None:
    for key in keys:
        for topic in split(judged.cells[key]):
            if topic not in ground.shelf.library.topics:
                judged.reject(key, Why.UNKNOWN_TOPIC, read=topic)
