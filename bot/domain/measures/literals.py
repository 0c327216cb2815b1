"""One number in digits: which values its separators allow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.measures.locales import Locale
from bot.domain.measures.reading import Reason

LITERAL = re.compile(r"[0-9]+(?:[.,'_٫٬،][0-9]+|·(?!10\^)[0-9]+| [0-9]{3}(?![0-9]))*")
_SPLIT = re.compile(r"([^0-9])")
_DECIMAL_SIGNS = frozenset(".,·٫،")
_EITHER = frozenset(".,·،")
MOST_DIGITS, MOST_DECIMALS = 15, 12


@dataclass(frozen=True, slots=True)
class Literal:
    """The values that a row of digits may have, the likeliest first; none with the reason why."""

    values: tuple[Decimal, ...]
    reason: Reason | None = None


def read_literal(written: str, locale: Locale) -> Literal:
    """Reads what `LITERAL` matches. A grouping is checked before it is taken away, so `3,2` is never 32."""
    parts = _SPLIT.split(written)
    groups, signs = parts[0::2], parts[1::2]
    if sum(map(len, groups)) > MOST_DIGITS + MOST_DECIMALS or len(groups[0]) > MOST_DIGITS:
        return Literal((), Reason.TOO_LONG)
    kinds = list(dict.fromkeys(signs))
    if not signs:
        return _whole(written)
    if len(signs) == 1:
        return _one_sign(groups[0], signs[0], groups[1], locale)
    if len(kinds) == 1:
        return _grouped(groups, kinds[0])
    if (
        len(kinds) == 2
        and signs.count(kinds[1]) == 1
        and signs[-1] == kinds[1]
        and kinds[1] in _DECIMAL_SIGNS
    ):
        if kinds[0] == "٫" or not is_grouping(groups[:-1], kinds[0]):
            return Literal((), Reason.BAD_GROUPING)
        return Literal((Decimal("".join(groups[:-1]) + "." + groups[-1]),))
    return Literal((), Reason.BAD_GROUPING)


def is_grouping(groups: list[str], sign: str) -> bool:
    """Whether these groups are thousands (1 234 567) or, with commas, lakhs and crores (12,34,567)."""
    first, rest = groups[0], groups[1:]
    if not rest or first.startswith("0"):
        return False
    if len(first) <= 3 and all(len(group) == 3 for group in rest):
        return True
    return (
        sign in ",٬،"
        and len(first) <= 2
        and len(rest[-1]) == 3
        and all(len(group) == 2 for group in rest[:-1])
    )


def _whole(digits: str) -> Literal:
    if len(digits) > 1 and digits.startswith("0"):
        return Literal((Decimal(digits),), Reason.LEADING_ZERO)
    return Literal((Decimal(digits),))


def _grouped(groups: list[str], sign: str) -> Literal:
    if sign != "٫" and is_grouping(groups, sign):
        return Literal((Decimal("".join(groups)),))
    return Literal((), Reason.BAD_GROUPING)


def _one_sign(before: str, sign: str, after: str, locale: Locale) -> Literal:
    grouped = Decimal(before + after)
    thousands = is_grouping([before, after], sign)
    if sign not in _DECIMAL_SIGNS:
        return Literal((grouped,)) if thousands else Literal((), Reason.BAD_GROUPING)
    decimal = Decimal(f"{before}.{after}")
    if len(before) > 1 and before.startswith("0"):
        return Literal((decimal,), Reason.LEADING_ZERO)
    if sign not in _EITHER:
        return Literal((decimal,))
    usual = {".": ".", "·": ".", ",": ",", "،": ","}[sign] == locale.decimal
    if thousands:
        # No hint settles this: the phone's language and the table that was copied from often differ, and a tap
        # costs less than a figure that is wrong a thousandfold. The hint decides which reading is offered first.
        both = (decimal, grouped) if usual else (grouped, decimal)
        return Literal(both, Reason.TWO_SEPARATORS)
    by_myriads = locale.groups_by_myriads and len(after) == 4
    slipped = not usual and locale.decimal is not None and len(after) > 3
    if sign == "," and not before.startswith("0") and len(before) <= 4 and (by_myriads or slipped):
        return Literal((decimal, grouped), Reason.TWO_SEPARATORS)
    return Literal((decimal,))
