"""What the words around the numbers of a text say: sign, unit, limits, approximation, and what is not understood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from bot.domain.measures.amounts import Amount, Unreadable
from bot.domain.measures.characters import is_unspaced
from bot.domain.measures.field import Field
from bot.domain.measures.lexicon import Role
from bot.domain.measures.reading import Reason
from bot.domain.measures.tokens import Kind, Token
from bot.domain.measures.unit_phrase import unit_of
from bot.domain.measures.units import Unit

_FILLING = (Role.FILLING, Role.AND, Role.PER, Role.BETWEEN)
_TONS = frozenset({"ton", "tons"})
_MOST_UNKNOWN = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    unit: Unit | None = None
    falls: bool = False
    rises: bool = False
    minus_word: bool = False
    approximate: bool = False
    says_tons: bool = False
    unit_is_letter: bool = False
    """One capital letter, as in `3 T` and `12L`, is short for a large number as often as for a unit."""
    far_dash: bool = False
    """Whether the far end of a range has a minus of its own."""
    dash: str = ""
    """The dash before the number, with a space where one follows it."""
    half: Decimal = Decimal(0)
    reasons: tuple[Reason, ...] = ()

    def dash_is_sign(self, is_change: bool) -> bool:
        """A hyphen or minus at the number is its sign; a long dash or one that stands apart may be a bullet."""
        if is_change:
            return self.dash in ("-", "−", "- ", "− ", "–")
        return self.dash in ("-", "−")


def phrase_of(cut: list[Token], found: list[Amount], field: Field) -> Phrase:
    """Raises Unreadable for several numbers that are no range, for dates, and for what is no answer at all."""
    taken = {at for amount in found for at in range(amount.first, amount.after)}
    rest = [at for at in range(len(cut)) if at not in taken]
    if any(cut[at].kind is Kind.BREAK for at in rest):
        raise Unreadable(Reason.SEVERAL_NUMBERS if len(found) > 1 else Reason.NOT_A_NUMBER)
    if any(cut[at].has(Role.PARTS) for at in rest):
        raise Unreadable(Reason.FRACTION)
    unit, used = unit_of(cut, taken)
    if any(_is_date(cut, at, found, used) for at in rest):
        raise Unreadable(Reason.DATE_OR_TIME)
    if len(found) > 2 or (len(found) == 2 and not _is_range(cut, found, used)):
        raise Unreadable(Reason.SEVERAL_NUMBERS)
    if len(found) == 2 and unit is None and all(_is_year(amount) for amount in found):
        raise Unreadable(Reason.DATE_OR_TIME)
    free = [at for at in rest if at not in used]
    phrase = _meaning(cut, free, found, replace(Phrase(), unit=unit))
    says_tons = any(cut[at].text.lower() in _TONS for at in used)
    is_letter = any(len(cut[at].text) == 1 and "A" <= cut[at].text <= "Z" for at in used)
    return replace(
        phrase,
        says_tons=says_tons,
        unit_is_letter=is_letter,
        reasons=_reasons(cut, free, found, phrase, field),
    )


def _meaning(cut: list[Token], free: list[int], found: list[Amount], phrase: Phrase) -> Phrase:
    has = {role for at in free for role in cut[at].senses}
    first = found[0].first
    dash = next((cut[at] for at in free if cut[at].kind is Kind.DASH and at < first), None)
    written = ""
    if dash is not None:
        following = next(token for token in cut if token.start >= dash.end)
        written = dash.text + (" " if following.start > dash.end else "")
    half = any(cut[at].has(Role.HALF) for at in free)
    if half and not any(cut[at].has(Role.HALF) and at > 0 and cut[at - 1].has(Role.UNIT) for at in free):
        raise Unreadable(Reason.FRACTION)
    return replace(
        phrase,
        falls=Role.FALL in has,
        rises=Role.RISE in has or Role.PLUS in has,
        minus_word=Role.MINUS in has,
        approximate=Role.APPROXIMATELY in has,
        dash=written,
        far_dash=len(found) == 2 and _has_own_minus(cut, found),
        half=Decimal("0.5") if half else Decimal(0),
    )


def _reasons(
    cut: list[Token], free: list[int], found: list[Amount], phrase: Phrase, field: Field
) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    unknown = 0
    first, last = found[0].first, found[-1].after
    dashes = 0
    for at in free:
        token = cut[at]
        before, after = at < first, at >= last
        if token.has(Role.LIMIT):
            reasons.append(Reason.BOUND)
        elif token.has(Role.FALL, Role.RISE, Role.MINUS, Role.PLUS, Role.HALF):
            continue
        elif token.has(Role.TO):
            if len(found) == 1 and (after or not token.has(Role.APPROXIMATELY)):  # ~5, but 5~
                reasons.append(Reason.BOUND)
        elif token.has(Role.APPROXIMATELY):
            unknown += after and len(token.text) <= 2 and token.text.isascii() and token.text.isalpha()
        elif token.has(*_FILLING):
            unknown += not _is_filling(cut, at, found)
        elif token.has(Role.TIMES):
            reasons.append(Reason.SCALE_UNCLEAR)
        elif token.kind is Kind.DASH:
            dashes += before
            if after:
                reasons.append(Reason.SIGN_UNCLEAR)
        elif token.text == "+":
            if not before:
                reasons.append(Reason.BOUND)
        elif token.text == "±":
            reasons.append(Reason.SIGN_UNCLEAR)
        else:
            unknown += _unknown(token, cut, at, field)
    if dashes > 1:
        raise Unreadable(Reason.NOT_A_NUMBER)
    if phrase.unit is not None and _percents(cut) > len(found):
        reasons.append(Reason.UNKNOWN_WORDS)  # 35 % %
    if unknown:
        understood = phrase.unit is not None or phrase.falls or phrase.rises or first == 0
        if not understood or unknown > _MOST_UNKNOWN:
            raise Unreadable(Reason.NOT_A_NUMBER)
        reasons.append(Reason.UNKNOWN_WORDS)
    return tuple(reasons)


def _is_filling(cut: list[Token], at: int, found: list[Amount]) -> bool:
    """Whether a small word joins others, as in "12 % of", or stands there for nothing and may be a slip: `5 O`."""
    token = cut[at]
    if len(found) == 2:
        return True
    if at >= found[0].after:
        return any(other.senses and not other.has(*_FILLING) for other in cut[at + 1 :])
    lone = len(token.text) == 1 and not is_unspaced(token.text) and token.text.isalpha()
    return token.has(Role.FILLING) and (not lone or any(other.senses for other in cut[:at]))


def _percents(cut: list[Token]) -> int:
    return sum(token.has(Role.PERCENT, Role.PER_MILLE, Role.POINTS) for token in cut)


def _unknown(token: Token, cut: list[Token], at: int, field: Field) -> int:
    """How many words of this token are not understood: none where it is what the field counts."""
    if field.words is not None and field.unit is None and token.text.lower() == field.words:
        return 0
    touches = (at > 0 and cut[at - 1].is_number and cut[at - 1].end == token.start) or (
        at + 1 < len(cut) and cut[at + 1].is_number and cut[at + 1].start == token.end
    )
    if touches and (token.text[0].isascii() or not token.text[0].isalpha()):
        raise Unreadable(Reason.NOT_A_NUMBER)
    if not any(char.isalpha() for char in token.text):
        raise Unreadable(Reason.NOT_A_NUMBER)
    return 1


def _is_range(cut: list[Token], found: list[Amount], used: set[int]) -> bool:
    between = [at for at in range(found[0].after, found[1].first) if at not in used]
    if any(cut[at].kind is Kind.UNKNOWN for at in between):
        return False
    dashes = sum(cut[at].kind is Kind.DASH for at in between)
    if dashes == 1 or (dashes == 2 and len(between) == 2) or any(cut[at].has(Role.TO) for at in between):
        return True
    opened = any(cut[at].has(Role.BETWEEN) for at in range(found[0].first))
    return opened and any(cut[at].has(Role.AND) for at in between)


def _has_own_minus(cut: list[Token], found: list[Amount]) -> bool:
    between = cut[found[0].after : found[1].first]
    if not between or between[-1].kind is not Kind.DASH:
        return False
    return any(token.kind is Kind.DASH or token.has(Role.TO, Role.AND) for token in between[:-1])


def _is_date(cut: list[Token], at: int, found: list[Amount], used: set[int]) -> bool:
    token = cut[at]
    before = next((amount for amount in found if amount.after == at), None)
    if token.has(Role.DATE_AFTER_NUMBER) and before is not None:
        return True
    if not token.has(Role.DATE) or (at in used and before is None):
        return False
    return len(token.senses) == 1 or (before is not None and _is_year(before))


def _is_year(amount: Amount) -> bool:
    value = amount.values[0]
    return len(amount.values) == 1 and value == value.to_integral_value() and 1900 <= value <= 2100
