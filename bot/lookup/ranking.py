"""Candidates for a query and how well each fits, told in a few comparable features."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from heapq import nlargest
from math import exp
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.lookup.query import Query
from bot.lookup.rows import Field
from bot.lookup.shelf import Shelf

CANDIDATES = 32
ABOUT_SHARE = 0.75
BODY_SHARE = 0.5
KIND_STEP = 0.004
"""Between equals the kind that people meet first wins: practices, then guides, pilots and so on."""
ONLY_THE_PLACE = 0.85
PLACE_STEP = 0.5
_BUDGET = 8_000
"""Postings looked through for candidates; what is left then are the commonest terms."""
_HOPELESS = 0.35
"""Entries with less than this share of the best candidate's sum are not looked at."""


class Fit(NamedTuple):
    """How an entry fits a query; all features 0..1."""

    covered: float
    """Share of the query that stands anywhere in the entry."""
    named: float
    """Share of the query that stands in its names."""
    row_covers: float
    """Share of the query that the best row covers, with the entry's places."""
    row_covered: float
    """Share of the best row that the query covers."""
    agrees: float
    """Harmonic mean of these two."""
    alike: float
    """Likeness of query and row, letter by letter."""
    begins: float
    """Whether the row begins with the query."""
    spoken: float
    """Whether the row is in the reader's language."""
    weakest: float
    """How well the worst covered of the strong parts is covered."""
    matter: float
    """How much the covered part of the row says."""
    there: float
    """How fully one of the entry's places is named in the query."""


class Ranked(NamedTuple):
    """An entry (its number) with its rank, the probability that it is the answer, and how it fits."""

    entry: int
    rank: float
    score: float
    covered: float
    alike: float


def rank(
    query: Query,
    shelf: Shelf,
    language: str | None = None,
    hidden: frozenset[int] = frozenset(),
    orders: Sequence[int] = (),
    places: frozenset[int] = frozenset(),
) -> list[Ranked]:
    """The best entries that are not hidden, best first. `orders` decide between equals; `places` are the
    entries that are places themselves: who names one and something more asks for what was done there."""
    found = candidates(query, shelf, hidden)
    ranked = []
    for entry, fit in zip(found, fits(query, found, shelf, language), strict=True):
        place = _rank(fit) - (KIND_STEP * orders[entry] if orders else 0.0)
        if entry in places and fit.row_covers < ONLY_THE_PLACE:
            place -= PLACE_STEP
        ranked.append((place, _certainty(place, fit), entry, fit))
    ranked.sort(key=lambda item: (-item[0], item[2]))
    score = 1.0
    best_first = []
    for place, certainty, entry, fit in ranked:
        score = min(score, certainty)  # a later rank is never surer than an earlier one
        best_first.append(Ranked(entry, place, score, fit.covered, fit.alike))
    return best_first


def _rank(fit: Fit) -> float:
    return (
        fit.covered
        + 0.85 * fit.named
        + 0.7 * fit.agrees
        + 0.85 * fit.alike
        + 0.6 * fit.begins
        + 0.2 * fit.spoken
    )


def _certainty(place: float, fit: Fit) -> float:
    """How likely a first rank is the answer. The weights were learnt from made-up queries; the first one is
    set so that 0.5 parts what is shown from what is not. The town in one row and the whole rest in another
    are as good as a title."""
    split = fit.there * fit.weakest
    return 1 / (1 + exp(7.9 - 2.7 * place - 2.7 * fit.matter - 2.5 * fit.row_covered - 1.5 * split))


def candidates(query: Query, shelf: Shelf, hidden: frozenset[int]) -> list[int]:
    """The entries in which the most of the query stands."""
    sums: dict[int, float] = defaultdict(float)
    spent = 0
    for part in sorted(query.parts, key=lambda part: -part.weight):
        places = []
        for term, likeness in part.meanings.items():
            for where, share in ((shelf.in_names, 1.0), (shelf.in_about, ABOUT_SHARE), (shelf.in_body, BODY_SHARE)):
                if term in where:
                    places.append((likeness * share, where[term]))
        places.sort(key=lambda place: place[0])
        best: dict[int, float] = {}
        for likeness, entries in places:
            best.update(dict.fromkeys(entries, likeness * part.weight))  # the better overwrites
        for entry, gain in best.items():
            sums[entry] += gain
        spent += len(best)
        if spent > _BUDGET and len(sums) >= CANDIDATES:
            break
    for entry in hidden:
        sums.pop(entry, None)
    floor = _HOPELESS * max(sums.values(), default=0.0)
    hopeful = [entry for entry, summed in sums.items() if summed >= floor]
    return nlargest(CANDIDATES, hopeful, key=sums.__getitem__)


def fits(query: Query, entries: list[int], shelf: Shelf, language: str | None) -> list[Fit]:
    meant: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for number, part in enumerate(query.parts):
        for term, likeness in part.meanings.items():
            meant[term].append((number, likeness))
    total = sum(part.weight for part in query.parts) or 1.0
    heaviest = max((part.weight for part in query.parts if not part.carries), default=0.0)
    return [_fit(query, entry, shelf, language, meant, total, heaviest) for entry in entries]


def _fit(
    query: Query,
    entry: int,
    shelf: Shelf,
    language: str | None,
    meant: dict[int, list[tuple[int, float]]],
    total: float,
    heaviest: float,
) -> Fit:
    parts = query.parts
    weights = shelf.weights
    named: dict[int, float] = {}
    placed: dict[int, float] = {}
    rows = []
    there = 0.0
    for name in shelf.names[entry]:
        touched = [term for term in name.terms if term in meant]
        if not touched:
            continue
        covered = 0.0
        hit: dict[int, float] = {}
        for term in touched:
            best = 0.0
            for part, likeness in meant[term]:
                if likeness > best:
                    best = likeness
                if likeness > hit.get(part, 0.0):
                    hit[part] = likeness
            covered += weights[term] * best
        for part, likeness in hit.items():
            if likeness > named.get(part, 0.0):
                named[part] = likeness
            if name.field is Field.PLACE and likeness > placed.get(part, 0.0):
                placed[part] = likeness
        if name.field is Field.PLACE:
            there = max(there, covered / sum([weights[term] for term in name.terms]))
        else:
            rows.append((name, hit, covered))
    everywhere = dict(named)
    for terms, share in ((shelf.about[entry], ABOUT_SHARE), (shelf.body[entry], BODY_SHARE)):
        for term in terms:
            if term in meant:
                for part, likeness in meant[term]:
                    if likeness * share > everywhere.get(part, 0.0):
                        everywhere[part] = likeness * share
    covered_weight = sum(parts[part].weight * likeness for part, likeness in everywhere.items())
    best_row = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    best_sum = 0.0
    for name, hit, covered in rows:
        together = {**placed, **hit}
        row_covers = sum(parts[part].weight * likeness for part, likeness in together.items()) / total
        row_covered = covered / sum([weights[term] for term in name.terms])
        agrees = 2 * row_covers * row_covered / (row_covers + row_covered)
        if 0.7 * agrees + 1.65 <= best_sum:
            continue  # even letter by letter the same it would not be the best row
        alike = fuzz.ratio(query.core, name.text) / 100
        if query.core != query.text:
            alike = max(alike, fuzz.ratio(query.text, name.text) / 100)
        begins = 1.0 if name.text.startswith((query.core, query.text)) else 0.0
        spoken = 1.0 if name.language == language else 0.0
        summed = 0.7 * agrees + 0.85 * alike + 0.6 * begins + 0.2 * spoken
        if summed > best_sum:
            best_sum = summed
            best_row = (row_covers, row_covered, agrees, alike, begins, spoken, min(1.0, covered / 4))
    row_covers, row_covered, agrees, alike, begins, spoken, matter = best_row
    weakest = min(
        (everywhere.get(i, 0.0) for i, p in enumerate(parts) if not p.carries and p.weight >= 0.5 * heaviest), default=0.0
    )
    return Fit(
        covered_weight / total,
        sum(parts[part].weight * likeness for part, likeness in named.items()) / total,
        row_covers,
        row_covered,
        agrees,
        alike,
        begins,
        spoken,
        weakest,
        matter,
        there,
    )
