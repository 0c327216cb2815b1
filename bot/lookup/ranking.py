"""The order of the entries for a query, and how sure each is the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from types import MappingProxyType
from typing import NamedTuple

from bot.lookup.candidates import candidates
from bot.lookup.fit import Fit, Sought, fit
from bot.lookup.query import Query
from bot.lookup.shelf import Shelf

MATCH = 0.5
"""From this score on an entry answers the question; below it the bot says that nothing fits."""
KIND_STEP = 0.004
"""Between equals the kind that people meet first wins: practices, then guides, pilots and so on."""
ONLY_THE_PLACE = 0.85
"""A query of which a place's own name covers less than this asks for something that was done there."""
PLACE_STEP = 0.5
"""How much lower the place itself then ranks."""
ASKED_STEP = 0.3
"""How much higher an entry of the named town ranks that is of the kind that is asked for."""
ELSEWHERE_STEP = 1.0
"""How much lower what happened elsewhere ranks where a town is named, and how much lower what has no place."""
NO_PLACE_STEP = 0.5
TOLD = 0.5
"""From this likeness on a name tells of a town."""
FEW_TOWNS = 3
VERY_NAME = 0.9
"""An entry whose name is so like the query has the very name that was typed."""
ON_TOPIC = 0.35
"""From this share on, an entry is on the topic of a query of nothing but concepts."""
FITS = 0.6
"""From this share on, what is said beside the town fits an entry at least moderately."""


class Card(NamedTuple):
    """What the order must know of an entry beside its words."""

    order: int
    """The place of its kind in the order in which people meet them."""
    kind: str
    towns: frozenset[str]
    """Our towns that it is about; a town is about itself."""
    has_place: bool
    is_town: bool


class Ranked(NamedTuple):
    """An entry (its number), its rank, how likely it is the answer (0..1), and how it fits."""

    entry: int
    rank: float
    score: float
    fit: Fit
    is_asked: bool = False
    """Whether it is of the named town and of the kind that is asked for."""
    is_near: bool = False
    """Whether it may be offered, where nothing fits well, because it is of the named town or on the topic."""
    is_one_of_many: bool = False
    """Whether it tells of one town, or only touches a topic, where nothing but a topic is asked for."""


def rank(
    query: Query,
    shelf: Shelf,
    language: str | None = None,
    *,
    hidden: frozenset[int] = frozenset(),
    cards: Sequence[Card] = (),
    by_town: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> list[Ranked]:
    """The best entries that are not hidden, best first. `cards`: one for each entry of the shelf, or none.
    `by_town`: for each town the entries about it, which may be offered even if nothing else in them fits."""
    sought = Sought.of(query, language)
    kinds = _asked_kinds(query)
    found = []
    own = {entry for town in query.towns for entry in by_town.get(town, ())} if query.matter_known else set()
    for entry in own.difference(hidden).union(candidates(query, shelf, hidden)):
        fitting = fit(sought, entry, shelf)
        value = _rank(fitting)
        ranked = Ranked(entry, value, _certainty(value, fitting), fitting)
        found.append(_placed(ranked, query, kinds, cards[entry]) if cards else ranked)
    found.sort(key=lambda ranked: (-ranked.rank, ranked.entry))
    if found and found[0].score < MATCH:
        found = _near_first(found, kinds, cards)
    score = 1.0
    best_first = []
    for ranked in found:
        score = min(score, ranked.score)  # a later rank is never surer than an earlier one
        best_first.append(ranked._replace(score=score))
    return best_first


def _near_first(found: list[Ranked], kinds: frozenset[str], cards: Sequence[Card]) -> list[Ranked]:
    """What may be offered although nothing fits well, before the rest: the kind that is asked for first, and what
    tells of one town before what tells of many."""

    def order(near: Ranked) -> tuple[bool, bool]:
        card = cards[near.entry]
        return card.kind not in kinds and not card.is_town, len(card.towns) > FEW_TOWNS

    near = sorted((near for near in found if near.is_near), key=order)
    return [one._replace(score=MATCH) for one in near] + [other for other in found if not other.is_near]


def _asked_kinds(query: Query) -> frozenset[str]:
    """The kinds of entries of the named towns that the query asks for: practices, unless it says otherwise."""
    if query.kinds:
        return query.kinds
    if len(query.towns) > 1:
        return frozenset({"partnerships"})
    return frozenset({"practices" if query.matter else "cities"})


def _placed(ranked: Ranked, query: Query, kinds: frozenset[str], card: Card) -> Ranked:
    """The rank with regard to where the entry stands."""
    fitting = ranked.fit
    value = ranked.rank - KIND_STEP * card.order
    score = ranked.score
    if not query.towns:
        if card.is_town and fitting.row.covers < ONLY_THE_PLACE:
            value -= PLACE_STEP
        is_field = query.matter_known and bool(query.matter)
        return ranked._replace(
            rank=value,
            score=_certainty(value, fitting),
            is_near=is_field and fitting.of_matter >= ON_TOPIC,
            is_one_of_many=is_field
            and (fitting.row.alike if card.towns else fitting.row.covered) < VERY_NAME,
        )
    if card.is_town and query.matter:
        value -= PLACE_STEP
    fits = fitting.of_rest if card.kind in query.kinds else fitting.of_matter
    is_asked = query.towns <= card.towns and card.kind in kinds and fits >= FITS
    if is_asked:
        value += ASKED_STEP + fits - fitting.of_matter  # its kind itself is what was asked for
    if fitting.told < TOLD and not query.towns & card.towns:
        value -= ELSEWHERE_STEP if card.has_place else NO_PLACE_STEP
        score = min(_certainty(value, fitting), MATCH - 0.01 if card.has_place else 1.0)
    is_near = query.matter_known and bool(query.towns & card.towns)
    return Ranked(ranked.entry, value, score, fitting, is_asked, is_near)


def _rank(fitting: Fit) -> float:
    return fitting.covered + 0.85 * fitting.named + fitting.row.value


def _certainty(value: float, fitting: Fit) -> float:
    """How likely a first rank is the answer. The weights (here and in `fit`) were learnt from made-up queries;
    the first one is set so that 0.5 parts what is shown from what is not. The town or topic in one row and the
    whole rest in another are as good as a title."""
    split = fitting.there * fitting.weakest
    return 1 / (1 + exp(7.9 - 2.7 * value - 2.7 * fitting.row.matter - 2.5 * fitting.row.covered - 3 * split))
