"""Numbers with the words that multiply them: 1.2 million, 2.5 lakh, 1億2,345万, 3万5千."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Context, Decimal

from bot.domain.measures.characters import is_unspaced
from bot.domain.measures.lexicon import Role, exponents
from bot.domain.measures.literals import read_literal
from bot.domain.measures.locales import Locale
from bot.domain.measures.reading import Reason
from bot.domain.measures.tokens import Kind, Token

EXACT = Context(prec=120)
_MOST_EXPONENT = 18


@dataclass(frozen=True, slots=True)
class Amount:
    """One number of a text: the values it may have, the likeliest first, and why it is not certain."""

    first: int
    """Place of its first token, and of the one after its last."""
    after: int
    values: tuple[Decimal, ...]
    reasons: tuple[Reason, ...] = ()
    exponents: tuple[int, ...] = field(default=(0,))
    """The powers of ten already in `values`, for the other end of a range."""


class Unreadable(Exception):  # noqa: N818  a signal inside this package, never seen outside it
    """The text has no reading, for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def amounts(cut: list[Token], locale: Locale) -> list[Amount]:
    """All amounts of a text in order. Raises Unreadable where digits are no number."""
    found: list[Amount] = []
    at = 0
    while at < len(cut):
        if not cut[at].is_number:
            at += 1
            continue
        amount = _amount(cut, at, locale)
        before = found[-1] if found else None
        joined = _joined(before, amount, cut) if before else None
        if joined:
            found[-1] = joined
        else:
            found.append(amount)
        at = amount.after
    return found


def scaled(value: Decimal, exponent: int) -> Decimal:
    """The value times a power of ten, without zeros after the point that nobody typed."""
    if exponent == 0:
        return value
    moved = value.scaleb(exponent, EXACT)
    return shortest(moved)


def shortest(value: Decimal) -> Decimal:
    """Without zeros at the end of its decimals, and without an exponent."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1), context=EXACT) if value == whole else value.normalize(EXACT)


def _amount(cut: list[Token], first: int, locale: Locale) -> Amount:
    token, at = cut[first], first + 1
    values, reasons = _values(token, locale)
    if (
        at < len(cut)
        and cut[at].kind is Kind.VULGAR
        and token.kind is Kind.NUMBER
        and cut[at].text[0] not in ".٫"
    ):
        if len(values) > 1 or values[0] != values[0].to_integral_value():
            raise Unreadable(Reason.FRACTION)
        values = (values[0] + (cut[at].value or 0),)
        at += 1
    powers: tuple[int, ...] = (0,)
    while at < len(cut) and cut[at].has(Role.TIMES):
        times, certain = exponents(cut[at].text, cut[at].senses, locale)
        powers = tuple(power + more for power in powers for more in times)
        if not certain:
            reasons = (*reasons, Reason.SCALE_UNCLEAR)
        at += 1
    if powers == (0,) and first > 0 and cut[first - 1].has(Role.TIMES):
        # Swahili says "milioni 2.5"; elsewhere the order is a slip.
        first -= 1
        powers, certain = exponents(cut[first].text, cut[first].senses, locale)
        if not certain or locale.language != "sw":
            reasons = (*reasons, Reason.SCALE_UNCLEAR)
    tenths = at < len(cut) and cut[at].has(Role.TENTHS)  # 三成 is 30 %
    powers = tuple(power + token.exponent + tenths for power in powers)
    if any(abs(power) > _MOST_EXPONENT for power in powers):
        raise Unreadable(Reason.TOO_LONG)
    every = tuple(scaled(value, power) for power in powers for value in values)
    return Amount(first, at, every, tuple(dict.fromkeys(reasons)), powers)


def _values(token: Token, locale: Locale) -> tuple[tuple[Decimal, ...], tuple[Reason, ...]]:
    if token.value is not None:
        return (token.value,), () if token.certain else (Reason.SCALE_UNCLEAR,)
    literal = read_literal(token.text, locale)
    if not literal.values:
        raise Unreadable(literal.reason or Reason.NOT_A_NUMBER)
    return literal.values, (literal.reason,) if literal.reason else ()


def _joined(before: Amount, amount: Amount, cut: list[Token]) -> Amount | None:
    """Both as one number where the second goes on with the smaller part of the first, as in 1億2,345万."""
    if before.after != amount.first or before.exponents == (0,) or len(before.values) != 1:
        return None
    myriads = is_unspaced(cut[before.after - 1].text[0])
    if not myriads and amount.exponents == (0,):
        return None
    smallest = Decimal(10) ** before.exponents[0]
    rest = max(amount.values)  # in the middle of a number a comma can only group
    if before.values[0] % smallest or rest >= smallest or rest != rest.to_integral_value():
        return None
    short = amount.exponents == (0,) and rest < 10
    reasons = tuple(reason for reason in amount.reasons if reason is not Reason.TWO_SEPARATORS)
    if short:
        # 3万5 is 35,000 in speech and 30,005 to the letter.
        spoken = before.values[0] + rest * smallest / 10
        values = (shortest(spoken), before.values[0] + rest)
        return Amount(
            before.first, amount.after, values, (*before.reasons, Reason.SCALE_UNCLEAR), amount.exponents
        )
    return Amount(
        before.first, amount.after, (before.values[0] + rest,), (*before.reasons, *reasons), amount.exponents
    )
