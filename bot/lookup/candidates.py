"""Candidates: the few entries of a shelf that are worth comparing with a query letter by letter."""

from __future__ import annotations

from collections import defaultdict
from heapq import nlargest

from bot.lookup.query import Part, Query
from bot.lookup.shelf import Shelf

CANDIDATES = 32
ABOUT_SHARE = 0.75
"""What a word in the summary or in a topic's label counts beside one in a name."""
BODY_SHARE = 0.5
_BUDGET = 8_000
"""So many places are looked through, those of the rarest terms first."""
_HOPELESS = 0.35
"""Entries with less than this share of the best candidate's sum are not looked at."""


def candidates(query: Query, shelf: Shelf, hidden: frozenset[int]) -> list[int]:
    """At most `CANDIDATES` entries in which the most of the query stands, the hidden ones left out."""
    sums: dict[int, float] = defaultdict(float)
    spent = 0
    for part in sorted(query.parts, key=lambda part: -part.weight):
        gains = _gains(part, shelf)
        for entry, gain in gains.items():
            sums[entry] += gain
        spent += len(gains)
        if spent > _BUDGET and len(sums) >= CANDIDATES:
            break
    for entry in hidden:
        sums.pop(entry, None)
    floor = _HOPELESS * max(sums.values(), default=0.0)
    hopeful = [entry for entry, summed in sums.items() if summed >= floor]
    return nlargest(CANDIDATES, hopeful, key=sums.__getitem__)


def _gains(part: Part, shelf: Shelf) -> dict[int, float]:
    """What each entry gains by one part of the query: the best of the part's meanings."""
    places = []
    for term, likeness in part.meanings.items():
        for where, share in (
            (shelf.in_names, 1.0),
            (shelf.in_about, ABOUT_SHARE),
            (shelf.in_body, BODY_SHARE),
        ):
            if term in where:
                places.append((likeness * share, where[term]))
    places.sort(key=lambda place: place[0])
    gains: dict[int, float] = {}
    for likeness, entries in places:
        gains.update(dict.fromkeys(entries, likeness * part.weight))  # the better overwrites
    return gains
