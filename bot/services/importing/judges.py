"""The judges of each kind of table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice

from bot.content.folder import INDICATORS, FilePlace, FileRole
from bot.content.names import is_id
from bot.content.parse import parse
from bot.content.problems import Level
from bot.domain.commitments import Commitment
from bot.domain.entries import KINDS
from bot.domain.imports.cities import NewCity, as_city_id, folded, slug, split
from bot.domain.imports.columns import What
from bot.domain.imports.commitments import judge_commitment, judge_result
from bot.domain.imports.judging import Judged
from bot.domain.imports.numbers import quoted
from bot.domain.imports.writing import (
    as_row,
    city_file,
    commitment_file,
    entry_file,
    full_city_file,
    promise_of,
    result_lines,
    result_of,
    told_by,
    told_by_result,
    with_indicators,
    with_results,
)
from bot.domain.people import Role
from bot.domain.proposals import ContentFile, free_letters
from bot.services.importing.run import Ground, Invited, Judge

MOST_TARGETS, MOST_BYTES = 100, 500_000
"""In one file, so that it stays one that content checks accept and people can read."""
OTHER = "Other"
CITY_ROLES = (Role.FOCAL_POINT.value, Role.DEPUTY.value)


def judge_of(what: What) -> type[Judge]:
    return {
        What.CITIES: CityJudge,
        What.COMMITMENTS: CommitmentJudge,
        What.PEOPLE: PeopleJudge,
        What.RESULTS: ResultJudge,
        What.ENTRIES: EntryJudge,
    }[what]


class CommitmentJudge(Judge):
    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        library = ground.shelf.library
        self.indicators: dict[str, str] = {}
        for indicator in library.indicators.values():
            self.indicators.setdefault(indicator.id, indicator.id)
            for label in indicator.label.by_language.values():
                self.indicators.setdefault(label.casefold(), indicator.id)
        self.new_indicators: dict[str, str] = {}
        self.letters: dict[str, set[str]] = {}
        for made in library.commitments.values():
            for row in _rows_of(made):
                ground.seen.add(_digest(row))

    def judge(self, judged: Judged) -> bool:
        row = judge_commitment(judged)
        if judged.is_rejected:
            return True
        cells = judged.cells
        found = judged.trying(lambda: self._city(judged, cells["city"]))
        if found is None:
            return True
        row["city"] = found[0]
        indicator = row.get("indicator", OTHER)
        row["indicator"] = self._indicator(indicator)
        row["text"] = promise_of({**row, "indicator_name": indicator})
        if "result" in row or "result_text" in row:
            row["result_text"] = result_of(row)
        if row.get("language") == "en":
            del row["language"]
        digest = _digest(row)
        if digest in self.ground.seen:
            return False
        self.ground.seen.add(digest)
        if found[1] is not None:
            judged.note("city", "new-city", f"{found[1].name} ({found[1].country}) gets a file: {found[1].id}")
            self.ground.write(city_file(found[1]))
        self.ground.keep(f"{row['city']}.{row['made']}", row)
        return True

    def _city(self, judged: Judged, name: str) -> tuple[str, NewCity | None]:
        cells, zones = judged.cells, self.ground.mapping.zones
        country = cells.word("country")
        country = self.ground.mapping.countries.get(country, country)
        return self.ground.cities.of_row(name, country, cells.word("time_zone"), zones)

    def _indicator(self, name: str) -> str:
        known = self.indicators.get(name) or self.indicators.get(name.casefold())
        if known is not None:
            return known
        taken = set(self.indicators.values())
        wish = slug(name) or "indicator"
        found = next(i for i in (wish, *(f"{wish[:55]}-{n}" for n in range(2, len(taken) + 3))) if i not in taken)
        self.indicators[name.casefold()] = self.new_indicators[found] = found
        self.new_indicators[found] = name
        return found

    def finish(self) -> tuple[Invited, ...]:
        ground, library = self.ground, self.ground.shelf.library
        for _, rows in ground.groups():
            while chunk := _chunk(rows):
                city, made = chunk[0]["city"], chunk[0]["made"]
                wish = f"{city}-{made}"
                entry_id = ground.names.new(wish)
                number = int(entry_id.removeprefix(wish).lstrip("-") or 1)
                own = (c for c in library.commitments.values() if c.city == city and c.made == int(made))
                taken = {target.id for commitment in own for target in commitment.targets}
                used = self.letters.setdefault(wish, set())
                letters = list(islice(free_letters(taken | used), len(chunk)))
                used.update(letters)
                name = ground.cities.name_of(city, library)
                ground.write(commitment_file(entry_id, name, chunk, letters, number))
        if self.new_indicators:
            text = with_indicators(ground.shelf.read(INDICATORS) or "", self.new_indicators)
            ground.write(ContentFile(INDICATORS, text))
        return ()


def _chunk(rows: Iterator[dict[str, str]]) -> list[dict[str, str]]:
    """The next rows that go into one file together."""
    chunk: list[dict[str, str]] = []
    size = 0
    for row in rows:
        chunk.append(row)
        size += sum(len(value.encode()) for value in row.values())
        if len(chunk) == MOST_TARGETS or size > MOST_BYTES:
            break
    return chunk


def _rows_of(made: Commitment) -> list[dict[str, str]]:
    """The rows that the targets of a promise would come from: one for each of its published results, too."""
    rows = []
    for target in made.targets:
        told = [None, *(result for result in made.published if result.target == target.id)]
        rows += [as_row(told_by(made, target, result)) for result in told]
    return rows


def _digest(row: Mapping[str, str]) -> bytes:
    return sha256(json.dumps(row, sort_keys=True).encode()).digest()[:16]


class CityJudge(Judge):
    def judge(self, judged: Judged) -> bool:
        cells, ground = judged.cells, self.ground
        name = " ".join(cells["name"].split())
        if not name:
            judged.reject("name", "no-name", "there is no name", "fill in the name of the city")
            return True
        told = ground.mapping.countries.get(cells.word("country"), cells.word("country"))
        code = judged.trying(lambda: ground.cities.code(told))
        if code is None:
            if not told:
                judged.reject("country", "no-country", "there is no country", "fill in its two letters")
            return True
        if ground.cities.known(name, code) is not None or cells.word("id") in ground.shelf.library.cities:
            return False
        zone = judged.trying(lambda: ground.cities.geography.zone(code, cells.word("time_zone"), ground.mapping.zones))
        city_id = _new_id(judged, ground, as_city_id(name, code), code.lower())
        _check_topics(judged, ground, ("topics", "offers", "seeks"))
        if judged.is_rejected or zone is None or city_id is None:
            return True
        row = {key: cells[key] for key in ground.mapping.columns if cells[key]}
        file = full_city_file(city_id, {**row, "name": name, "country": code, "time_zone": zone})
        if _is_sound(judged, file):
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
            judged.reject("kind", "no-kind", "there is no kind", f"write one of {', '.join(kinds)}")
        if not title:
            judged.reject("title", "no-title", "there is no title", "fill in its name")
        if judged.is_rejected or kind is None:
            return True
        if (kind, folded(title)) in self.titles or cells.word("id") in ground.shelf.library.entries:
            return False
        entry_id = _new_id(judged, ground, slug(title) or "entry", None)
        _check_topics(judged, ground, ("topics",))
        for other in split(cells["related"]):
            if other not in ground.names.taken:
                message = f"read {quoted(other)}, but there is no entry of this id"
                judged.reject("related", "unknown-entry", message, "correct it, or take it away")
        if judged.is_rejected or entry_id is None:
            return True
        row = {key: cells[key] for key in ground.mapping.columns if cells[key]}
        row["places"] = "; ".join(ground.cities.known(place, None) or place for place in split(cells["places"]))
        file = entry_file(entry_id, {**row, "kind": kind, "title": title})
        if _is_sound(judged, file):
            ground.names.taken.add(entry_id)
            self.titles.add((kind, folded(title)))
            ground.write(file)
        return True


class ResultJudge(Judge):
    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.open: dict[str, str | None] = {}

    def judge(self, judged: Judged) -> bool:
        cells, library = judged.cells, self.ground.shelf.library
        row: dict[str, str] = {}
        judge_result(judged, row)
        if not row and not judged.is_rejected:
            judged.reject("result", "no-result", "there is neither a figure nor words", "fill in one of them")
        if not cells.word("source"):
            judged.reject("source", "no-source", "it is not said where this stands", "fill in the source")
        found = self._commitment(judged)
        target = self._target(judged, found[1]) if found is not None else None
        if judged.is_rejected or found is None or target is None:
            return True
        entry_id, commitment = found
        row |= {"source": cells.word("source"), "result_text": result_of(row)}
        if (language := cells.word("language")) not in ("", "en"):
            row["language"] = language
        known = (
            as_row(told_by_result(r)) | {"source": r.source}
            for r in commitment.published
            if r.target == target
        )
        told = {key: value for key, value in row.items() if key != "language"}
        digest = _digest({**told, "of": entry_id, "target": target})
        if told in known or digest in self.ground.seen:
            return False
        self.ground.seen.add(digest)
        if entry_id not in self.open:
            self.open[entry_id] = self.ground.shelf.read(f"commitments/{entry_id}.md")
        text = self.open[entry_id]
        if text is None or with_results(text, ["  - x"]) is None:
            cure = f"add the result to commitments/{entry_id}.md by hand"
            judged.reject("city", "unusual-file", "its file is written in an unusual way", cure)
            return True
        self.ground.keep(entry_id, {**row, "target": target})
        return True

    def _commitment(self, judged: Judged) -> tuple[str, Commitment] | None:
        cells, library = judged.cells, self.ground.shelf.library
        if not cells.word("city"):
            judged.reject("city", "no-city", "there is no city", "fill in whose result it is")
            return None
        told = self.ground.mapping.countries.get(cells.word("country"), cells.word("country"))
        cities = self.ground.cities
        city = judged.trying(lambda: (cities.known(cells["city"], cities.code(told)),))
        own = {i: c for i, c in library.commitments.items() if city is not None and c.city == city[0]}
        if city is not None and city[0] is None:
            message = f"there is no city {quoted(cells['city'])}"
            judged.reject("city", "unknown-city", message, "correct the name, or import the city first")
        elif city is not None and not own:
            judged.reject("city", "no-commitment", "this city has promised nothing", "import its commitments first")
        wanted = cells.word("commitment")
        if not own or judged.is_rejected:
            return None
        if wanted in own or (not wanted and len(own) == 1):
            entry_id = wanted or next(iter(own))
            return entry_id, own[entry_id]
        message = f"read {quoted(wanted)}" if wanted else f"this city has {len(own)} promises"
        judged.reject("commitment", "which-commitment", message, f"write one of {', '.join(own)}")
        return None

    def _target(self, judged: Judged, commitment: Commitment) -> str | None:
        wanted, ids = judged.cells.word("target"), [target.id for target in commitment.targets]
        if wanted in ids or (not wanted and len(ids) == 1):
            return wanted or ids[0]
        message = f"read {quoted(wanted)}" if wanted else f"this promise has {len(ids)} targets"
        judged.reject("target", "which-target", message, f"write one of {', '.join(ids)}")
        return None

    def finish(self) -> tuple[Invited, ...]:
        for entry_id, rows in self.ground.groups():
            lines = [line for row in rows for line in result_lines(row["target"], row)]
            text = self.open[entry_id]
            changed = with_results(text, lines) if text is not None else None
            assert changed is not None
            self.ground.write(ContentFile(f"commitments/{entry_id}.md", changed))
        return ()


class PeopleJudge(Judge):
    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.people: list[Invited] = []

    def judge(self, judged: Judged) -> bool:
        cells, cities = judged.cells, self.ground.cities
        roles = tuple(role.value for role in Role if role is not Role.VISITOR)
        role = judged.one_of("role", roles)
        if not cells.word("role"):
            judged.reject("role", "no-role", "there is no role", f"write one of {', '.join(roles)}")
        city = None
        if cells.word("city"):
            told = self.ground.mapping.countries.get(cells.word("country"), cells.word("country"))
            found = judged.trying(lambda: (cities.known(cells["city"], cities.code(told)),))
            city = found[0] if found is not None else None
            if found is not None and city is None:
                message = f"there is no city {quoted(cells['city'])}"
                judged.reject("city", "unknown-city", message, "correct the name, or import the city first")
            if role is not None and role not in CITY_ROLES:
                judged.reject("city", "no-city-role", f"{role} is a role of the network itself", "leave the city empty")
        elif role in CITY_ROLES:
            judged.reject("city", "no-city", f"a {role} needs a city", "fill in the city")
        if not judged.is_rejected and role is not None:
            self.people.append(Invited(judged.row, role, city, cells.word("note")))
        return True

    def finish(self) -> tuple[Invited, ...]:
        return tuple(self.people)


def _new_id(judged: Judged, ground: Ground, wish: str, further: str | None) -> str | None:
    """An id that is free: the one told, or one made of the name."""
    told = judged.cells.word("id")
    if told and not is_id(told):
        judged.reject("id", "id", f"read {quoted(told)}", "write small letters, digits and hyphens")
        return None
    if told and told in ground.names.taken:
        judged.reject("id", "id-taken", f"there is an entry {told} already", "give it another id")
        return None
    tries = (wish, *([f"{wish}-{further}"] if further else []), *(f"{wish[:56]}-{n}" for n in range(2, 1000)))
    return told or next(each for each in tries if each not in ground.names.taken)


def _check_topics(judged: Judged, ground: Ground, keys: Sequence[str]) -> None:
    for key in keys:
        for topic in split(judged.cells[key]):
            if topic not in ground.shelf.library.topics:
                message = f"read {quoted(topic)}, but topics.yaml has no such topic"
                judged.reject(key, "unknown-topic", message, "write an id of topics.yaml, or add it there first")


def _is_sound(judged: Judged, file: ContentFile) -> bool:
    """Whether the content checks find no error in the file; the row is rejected where they do."""
    _, kind, name = file.path.split("/")
    entry_id = name.removesuffix(".md")
    place = FilePlace(f"{kind}/{name}", FileRole.ENTRY, kind, entry_id)
    parsed = parse(file.text.encode(), place, file.path)
    for problem in parsed.problems:
        if problem.level is Level.ERROR:
            key = problem.message.split("`")[1].split("[")[0] if "`" in problem.message else None
            judged.reject(key if key is not None and judged.cells[key] else None, problem.code, problem.message, problem.cure)
    return not judged.is_rejected
