"""The unit that the words around a number name."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.measures.lexicon import Role
from bot.domain.measures.tokens import Kind, Token
from bot.domain.measures.units import DENOMINATORS, Unit


def unit_of(cut: list[Token], taken: Collection[int]) -> tuple[Unit | None, set[int]]:
    """The unit named by these tokens and the places of those that name it; `taken` are the numbers' places.

    Two different units give none and use nothing, so that the words stay unknown.
    """
    tops: list[str] = []
    per: list[str] = []
    of: str | None = None
    used: set[int] = set()
    counting = False
    for at, token in enumerate(cut):
        if at in taken:
            counting = False
        elif token.has(Role.COUNTED_BY):
            per += token.senses[Role.COUNTED_BY].strip("/").split("/")
            used.add(at)
        elif token.has(Role.PER) and _names_unit(cut, at + 1, taken):
            counting = True
            used.add(at)
        elif token.has(Role.UNIT) and _is_unit_here(token, cut, at, taken, counting, tops):
            top, *rest = token.senses[Role.UNIT].split("/")
            top = top.removesuffix(" CO2e")
            if token.senses[Role.UNIT].endswith("CO2e"):
                of = "CO2e"
            (per if counting or (top in DENOMINATORS and tops) else tops).append(top)
            per += rest
            used.add(at)
        elif token.has(Role.CARBON):
            of = "CO2e"
            used.add(at)
        elif _percent(token):
            tops.append(_percent(token))
            used.add(at)
        elif counting and (token.text in "・·." or token.has(Role.AND)) and _names_unit(cut, at + 1, taken):
            used.add(at)
        else:
            counting = False
    tops, per = list(dict.fromkeys(tops)), list(dict.fromkeys(per))
    if tops == ["元", "CNY"] or tops == ["CNY", "元"]:
        tops = ["CNY"]
    if len(tops) > 1:
        return None, set()
    if not tops:
        return (Unit("", tuple(sorted(per, key=_order)), of), used) if per or of else (None, set())
    return Unit(tops[0], tuple(sorted(per, key=_order)), of), used


def _percent(token: Token) -> str:
    for role, unit in ((Role.POINTS, "pp"), (Role.PERCENT, "%"), (Role.PER_MILLE, "‰"), (Role.TENTHS, "%")):
        if token.has(role):
            return unit
    return ""


def _names_unit(cut: list[Token], at: int, taken: Collection[int]) -> bool:
    """Whether the next word is something to count by: per person, in a day, /l."""
    while at < len(cut) and at not in taken and cut[at].has(Role.PER, Role.AND, Role.FILLING):
        if cut[at].has(Role.UNIT):
            return True
        at += 1
    return at < len(cut) and at not in taken and cut[at].has(Role.UNIT, Role.CARBON)


def _is_unit_here(
    token: Token, cut: list[Token], at: int, taken: Collection[int], counting: bool, tops: list[str]
) -> bool:
    """Short words such as `a`, `d` and `an` are units after `per` only; a word that says more is that instead."""
    if counting or token.kind is not Kind.WORD:
        return counting
    others = token.senses.keys() - {Role.UNIT, Role.PER}
    if not others:
        return True
    beside = at - 1 in taken or at + 1 in taken
    return beside and not others & {
        Role.TO,
        Role.BETWEEN,
        Role.FILLING,
        Role.AND,
        Role.TIMES,
        Role.DATE,
        Role.MINUS,
    }


def _order(part: str) -> tuple[int, str]:
    return (DENOMINATORS.index(part) if part in DENOMINATORS else -1, part)
