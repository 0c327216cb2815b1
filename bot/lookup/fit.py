"""How an entry fits a query, told in a few features that are comparable between queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.lookup.candidates import ABOUT_SHARE, BODY_SHARE
from bot.lookup.query import Query
from bot.lookup.rows import Field
from bot.lookup.shelf import Name, Shelf, Weights, base_language

MUCH_MATTER = 4.0
"""So many rare words in one row leave no doubt."""
FIELD_SHARES = {Field.TITLE: 1.0, Field.ALIAS: 1.0, Field.PLACE: 0.6, Field.TOPIC: 0.5}
"""An entry is not its place or topic: who fits these fits it less than who fits its own names."""


CORE_BEGINS = 0.8
"""A name that begins with what is left of a question begins less surely than with all that was typed."""
SAID_SHARE = 0.95
"""A name that is what was meant is a little less like it than one that is what was typed."""


class RowFit(NamedTuple):
    """How the best of an entry's names fits; all 0..1."""

    covers: float = 0.0
    """Share of the query that the row covers, with the entry's places."""
    covered: float = 0.0
    """Share of the row that the query covers."""
    agrees: float = 0.0
    """Harmonic mean of these two."""
    alike: float = 0.0
    """Likeness letter by letter."""
    begins: float = 0.0
    """Whether the row begins with the query."""
    spoken: float = 0.0
    """Whether the row is in the reader's language."""
    matter: float = 0.0
    """How much the covered part of the row says."""

    @property
    def value(self) -> float:
        """What the row adds to its entry's rank."""
        return 0.7 * self.agrees + 0.85 * self.alike + 0.6 * self.begins + 0.2 * self.spoken


_MOST_BESIDE_AGREEING = 0.85 + 0.6 + 0.2


class Fit(NamedTuple):
    """How an entry fits; all 0..1."""

    covered: float
    """Share of the query that stands anywhere in the entry."""
    named: float
    """Share of the query that stands in its names."""
    weakest: float
    """How well the worst covered of the strong parts of the query is covered."""
    there: float
    """How fully one of the entry's places or topics is named in the query."""
    told: float
    """How well its names or places tell of a town that the query names."""
    of_matter: float
    """Share of what the query says beside its towns that stands in its names, topics or summary."""
    of_rest: float
    """The same without the words that name a kind of entry."""
    row: RowFit


class Sought(NamedTuple):
    """A query, ready to be compared with many entries."""

    query: Query
    language: str | None
    meant: dict[int, list[tuple[int, float]]]
    """For each term the parts of the query that may mean it, with their likeness."""
    weights: tuple[float, ...]
    total: float
    strong: tuple[int, ...]
    """The parts that a fitting entry should cover."""
    judges_matter: bool
    """Whether it is worth knowing how well an entry fits what is said beside the towns."""

    @classmethod
    def of(cls, query: Query, language: str | None) -> Sought:
        meant: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for number, part in enumerate(query.parts):
            for term, likeness in part.meanings.items():
                meant[term].append((number, likeness))
        weights = tuple(part.weight for part in query.parts)
        said = [number for number, part in enumerate(query.parts) if not part.carries]
        heaviest = max((weights[number] for number in said), default=0.0)
        strong = tuple(number for number in said if weights[number] >= 0.5 * heaviest)
        judged = bool(query.towns) or (query.matter_known and bool(query.matter))
        return cls(query, base_language(language), dict(meant), weights, sum(weights) or 1.0, strong, judged)

    def share(self, likeness: dict[int, float]) -> float:
        """The share of the query that is covered where its parts are met with this likeness."""
        return sum([self.weights[part] * met for part, met in likeness.items()]) / self.total

    def share_of(self, parts: Sequence[int], likeness: dict[int, float]) -> float:
        """The same of these parts; 1 where there are none."""
        total = sum([self.weights[part] for part in parts])
        return sum([self.weights[part] * likeness.get(part, 0.0) for part in parts]) / total if total else 1.0


class _Touched(NamedTuple):
    """A name in which something of the query stands: the likeness by part, and the weight met."""

    name: Name
    met: dict[int, float]
    weight: float


def fit(sought: Sought, entry: int, shelf: Shelf) -> Fit:
    touched = _touched(sought, shelf.names[entry], shelf.weights)
    named: dict[int, float] = {}
    placed: dict[int, float] = {}
    there = 0.0
    for name, met, weight in touched:
        if name.field >= Field.PLACE:
            there = max(there, weight / _mass(name, shelf.weights))
        if name.field is Field.PLACE:
            _keep_best(placed, met, 1.0)
        if name.field is not Field.TOPIC:
            _keep_best(named, met, 1.0)
    everywhere = dict(named)
    about = dict(named) if sought.judges_matter else {}
    for terms, share in ((shelf.about[entry], ABOUT_SHARE), (shelf.body[entry], BODY_SHARE)):
        for term in [term for term in terms if term in sought.meant]:
            met = dict(sought.meant[term])
            _keep_best(everywhere, met, share)
            if sought.judges_matter and share == ABOUT_SHARE:
                _keep_best(about, met, 1.0)
    query = sought.query
    rest = [part for part in query.matter if part not in query.kind_parts]
    return Fit(
        covered=sought.share(everywhere),
        named=sought.share(named),
        weakest=min([everywhere.get(part, 0.0) for part in sought.strong], default=0.0),
        there=there,
        told=max([named.get(part, 0.0) for part in query.town_parts], default=0.0),
        of_matter=sought.share_of(query.matter, about) if sought.judges_matter else 0.0,
        of_rest=sought.share_of(rest, about) if sought.judges_matter else 0.0,
        row=_best_row(sought, touched, placed, shelf.weights),
    )


def _touched(sought: Sought, names: tuple[Name, ...], weights: Weights) -> list[_Touched]:
    found = []
    meant = sought.meant
    for name in names:
        terms = [term for term in name.terms if term in meant]
        if not terms:
            continue
        met: dict[int, float] = {}
        weight = 0.0
        for term in terms:
            best = 0.0
            for part, likeness in meant[term]:
                if likeness > best:
                    best = likeness
                if likeness > met.get(part, 0.0):
                    met[part] = likeness
            weight += weights[term] * best
        found.append(_Touched(name, met, weight))
    return found


def _begins(name: str, core: str, text: str) -> float:
    if name.startswith(text):
        return 1.0
    return CORE_BEGINS if name.startswith(core) else 0.0


def _keep_best(best: dict[int, float], met: dict[int, float], share: float) -> None:
    for part, likeness in met.items():
        if likeness * share > best.get(part, 0.0):
            best[part] = likeness * share


def _mass(name: Name, weights: Weights) -> float:
    return sum([weights[term] for term in name.terms])


def _best_row(sought: Sought, touched: list[_Touched], placed: dict[int, float], weights: Weights) -> RowFit:
    """The best name; the town may stand in another one than the matter."""
    best = RowFit()
    best_value = 0.0
    core, text, said = sought.query.core, sought.query.text, sought.query.said
    for name, met, weight in touched:
        share = FIELD_SHARES[name.field]
        covers = sought.share({**placed, **met})
        covered = weight / _mass(name, weights)
        agrees = 2 * covers * covered / (covers + covered)
        if share * (0.7 * agrees + _MOST_BESIDE_AGREEING) <= best_value:
            continue  # even the same letter by letter it would not be the best
        alike = fuzz.ratio(core, name.text)
        if core != text:
            alike = max(alike, fuzz.ratio(text, name.text))
        if said:
            alike = max(alike, SAID_SHARE * fuzz.ratio(said, name.text))
        row = RowFit(
            covers,
            share * covered,
            share * agrees,
            share * alike / 100,
            share * _begins(name.text, core, text),
            share if name.language == sought.language else 0.0,
            share * min(1.0, weight / MUCH_MATTER),
        )
        if row.value > best_value:
            best, best_value = row, row.value
    return best
