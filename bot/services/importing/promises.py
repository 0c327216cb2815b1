"""The judges of promises, and of the results that came of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Context, Decimal
from hashlib import sha256
from itertools import islice

from bot.content.folder import INDICATORS
from bot.domain.commitments import Commitment
from bot.domain.imports.cities import LONGEST_ID, NewCity, slug
from bot.domain.imports.commitments import judge_commitment, judge_result
from bot.domain.imports.judging import Judged
from bot.domain.imports.why import Why
from bot.domain.imports.writing import (
    as_row,
    city_file,
    commitment_file,
    promise_of,
    result_lines,
    result_of,
    told_by,
    told_by_result,
    with_indicators,
    with_results,
    with_unit,
)
from bot.domain.proposals import ContentFile, free_letters
from bot.services.importing.ground import Ground, Invited, Judge, check_language, is_sound

MOST_TARGETS, MOST_BYTES = 100, 500_000
"""In one file, so that it stays one that content checks accept and people can read."""
OTHER = "Other"
NUMBERS = frozenset({"value", "value_to", "baseline", "result", "result_to"})
EXACT = Context(prec=200)
"""Enough for every number that a cell may have."""


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
        _check_texts(judged, row)
        if judged.is_rejected:
            return True
        cells = judged.cells
        if not is_sound(judged, _alone(row)):
            return True
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
            new = found[1]
            judged.note("city", Why.NEW_CITY, name=new.name, country=new.country, id=new.id)
            self.ground.write(city_file(new))
        known_as = self.ground.cities.name_of(row["city"], self.ground.shelf.library)
        if known_as != cells.word("city") and row["city"] != cells.word("city"):
            judged.note("city", Why.KNOWN_AS, read=cells["city"], name=known_as)
        self.ground.keep(f"{row['city']}.{row['made']}", with_unit(row, row.get("unit")))
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
        found = next(
            i for i in (wish, *(f"{wish[:55]}-{n}" for n in range(2, len(taken) + 3))) if i not in taken
        )
        self.indicators[name.casefold()] = self.new_indicators[found] = found
        self.new_indicators[found] = name
        return found

    def finish(self) -> tuple[Invited, ...]:
        ground, library = self.ground, self.ground.shelf.library
        for _, rows in ground.groups():
            while chunk := _chunk(rows):
                city, made = chunk[0]["city"], chunk[0]["made"]
                wish = f"{city[:LONGEST_ID].rstrip('-')}-{made}"
                entry_id = ground.names.new(wish)
                number = int(entry_id.removeprefix(wish).lstrip("-") or 1)
                own = (c for c in library.commitments.values() if c.city == city and c.made == int(made))
                taken = {target.id for commitment in own for target in commitment.targets}
                used = self.letters.setdefault(f"{city}-{made}", set())
                letters = list(islice(free_letters(taken | used), len(chunk)))
                used.update(letters)
                name = ground.cities.name_of(city, library)
                ground.write(commitment_file(entry_id, name, chunk, letters, number))
        if self.new_indicators:
            text = with_indicators(ground.shelf.read(INDICATORS) or "", self.new_indicators)
            ground.write(ContentFile(INDICATORS, text))
        return ()


class ResultJudge(Judge):
    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.open: dict[str, str | None] = {}

    def judge(self, judged: Judged) -> bool:
        cells = judged.cells
        row: dict[str, str] = {}
        judge_result(judged, row)
        _check_texts(judged, row)
        if not row and not judged.is_rejected:
            judged.reject("result", Why.NO_RESULT)
        if not cells.word("source"):
            judged.reject("source", Why.NO_SOURCE)
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
            judged.reject("city", Why.UNUSUAL_FILE, file=f"commitments/{entry_id}.md")
            return True
        of_target = next(each.unit for each in commitment.targets if each.id == target)
        self.ground.keep(entry_id, {**with_unit(row, of_target), "target": target})
        return True

    def _commitment(self, judged: Judged) -> tuple[str, Commitment] | None:
        cells, library = judged.cells, self.ground.shelf.library
        if not cells.word("city"):
            judged.reject("city", Why.CITY_MISSING)
            return None
        told = self.ground.mapping.countries.get(cells.word("country"), cells.word("country"))
        cities = self.ground.cities
        city = judged.trying(lambda: (cities.known(cells["city"], cities.code(told)),))
        own = {i: c for i, c in library.commitments.items() if city is not None and c.city == city[0]}
        if city is not None and city[0] is None:
            judged.reject("city", Why.CITY_UNKNOWN, read=cells["city"])
        elif city is not None and not own:
            judged.reject("city", Why.NO_COMMITMENT)
        wanted = cells.word("commitment")
        if not own or judged.is_rejected:
            return None
        if wanted in own or (not wanted and len(own) == 1):
            entry_id = wanted or next(iter(own))
            return entry_id, own[entry_id]
        if wanted:
            judged.reject("commitment", Why.COMMITMENT_UNKNOWN, read=wanted, choices=tuple(own))
        else:
            judged.reject("commitment", Why.COMMITMENT_UNCLEAR, count=len(own), choices=tuple(own))
        return None

    def _target(self, judged: Judged, commitment: Commitment) -> str | None:
        wanted, ids = judged.cells.word("target"), [target.id for target in commitment.targets]
        if wanted in ids or (not wanted and len(ids) == 1):
            return wanted or ids[0]
        if wanted:
            judged.reject("target", Why.TARGET_UNKNOWN, read=wanted, choices=tuple(ids))
        else:
            judged.reject("target", Why.TARGET_UNCLEAR, choices=tuple(ids))
        return None

    def finish(self) -> tuple[Invited, ...]:
        for entry_id, rows in self.ground.groups():
            lines = [line for row in rows for line in result_lines(row["target"], row)]
            text = self.open[entry_id]
            changed = with_results(text, lines) if text is not None else None
            assert changed is not None
            self.ground.write(ContentFile(f"commitments/{entry_id}.md", changed))
        return ()


def _alone(row: Mapping[str, str]) -> ContentFile:
    """A file of this row alone, to be checked: its city and indicator are looked up later."""
    told = {**row, "city": "city", "indicator": "indicator"}
    told["text"] = promise_of({**told, "indicator_name": row.get("indicator", OTHER)})
    return commitment_file(f"city-{row['made']}", "City", (told,), ("a",), 1)


def _check_texts(judged: Judged, row: Mapping[str, str]) -> None:
    """Rejects what no content file may have."""
    check_language(judged)
    if sum(len(text.encode()) for text in row.values()) > MOST_BYTES:
        judged.reject("note", Why.TOO_LONG, most=MOST_BYTES)


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


def _bare(key: str, value: str) -> str:
    """Excel keeps no zeros at the end: 20.50 comes back as 20.5."""
    return f"{Decimal(value).normalize(EXACT):f}" if key in NUMBERS else value


def _digest(row: Mapping[str, str]) -> bytes:
    """By what a row is known again: all that it says but where it stands."""
    told = {key: _bare(key, value) for key, value in row.items() if key != "source"}
    return sha256(json.dumps(told, sort_keys=True).encode()).digest()[:16]
