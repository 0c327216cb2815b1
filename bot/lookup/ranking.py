"""The order of the entries for a query, and how sure each is the answer."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from bot.lookup.candidates import candidates
from bot.lookup.fit import Fit, Sought, fit
from bot.lookup.query import Query
from bot.lookup.shelf import Shelf

KIND_STEP = 0.004
"""Between equals the kind that people meet first wins: practices, then guides, pilots and so on."""
ONLY_THE_PLACE = 0.85
"""A query of which a place's own name covers less than this asks for something that was done there."""
PLACE_STEP = 0.5
"""How much lower the place itself then ranks."""


class Ranked(NamedTuple):
    """An entry (its number), its rank, how likely it is the answer (0..1), and how it fits."""

    entry: int
    rank: float
    score: float
    fit: Fit


def rank(
    query: Query,
    shelf: Shelf,
    language: str | None = None,
    *,
    hidden: frozenset[int] = frozenset(),
    orders: Sequence[int] = (),
    places: frozenset[int] = frozenset(),
) -> list[Ranked]:
    """The best entries that are not hidden, best first. `orders` (a number for each entry) decide between
    equals; `places` are the entries that are places themselves."""
    sought = Sought.of(query, language)
    found = []
    for entry in candidates(query, shelf, hidden):
        fitting = fit(sought, entry, shelf)
        value = _rank(fitting) - (KIND_STEP * orders[entry] if orders else 0.0)
        if entry in places and fitting.row.covers < ONLY_THE_PLACE:
            value -= PLACE_STEP
        found.append(Ranked(entry, value, _certainty(value, fitting), fitting))
    found.sort(key=lambda ranked: (-ranked.rank, ranked.entry))
    score = 1.0
    best_first = []
    for ranked in found:
        score = min(score, ranked.score)  # a later rank is never surer than an earlier one
        best_first.append(ranked._replace(score=score))
    return best_first


def _rank(fitting: Fit) -> float:
    return fitting.covered + 0.85 * fitting.named + fitting.row.value


def _certainty(value: float, fitting: Fit) -> float:
    """How likely a first rank is the answer. The weights (here and in `fit`) were learnt from made-up queries;
    the first one is set so that 0.5 parts what is shown from what is not. The town or topic in one row and the
    whole rest in another are as good as a title."""
    split = fitting.there * fitting.weakest
    return 1 / (1 + exp(7.9 - 2.7 * value - 2.7 * fitting.row.matter - 2.5 * fitting.row.covered - 3 * split))
