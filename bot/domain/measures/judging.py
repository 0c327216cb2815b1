"""The judgement on one typed text: store it, ask it back with its readings, or explain why it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from bot.domain.measures import patterns
from bot.domain.measures.amounts import EXACT, Amount, Unreadable, amounts, scaled, shortest
from bot.domain.measures.characters import fold, tidy
from bot.domain.measures.field import Field, field_of
from bot.domain.measures.lexicon import EITHER_UNIT, lexicon
from bot.domain.measures.locales import Locale, locale_of
from bot.domain.measures.phrase import Phrase, phrase_of
from bot.domain.measures.reading import Measure, Reading, Reason, Verdict
from bot.domain.measures.tokens import Token, tokens
from bot.domain.measures.units import DENOMINATORS, Unit, are_kin, factor, is_within

LONGEST = 200
"""More characters than any answer with one number has."""


_SHORT_THOUSANDS = frozenset({"da", "fi", "sv"})
"""Languages that write a thousand as t or tn."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """The values still possible, with why they are more than one or need a look."""

    values: tuple[Decimal, ...]
    reasons: tuple[Reason, ...] = ()


def read(text: str, field_unit: str | None, locale_hint: str | None) -> Reading:
    """What a text typed into a field says.

    `field_unit` is the unit of the target (`t`, `kg/cap/day`, `USD`, `%`, `% change`, `% rate 0-100`) or None;
    `locale_hint` a language or locale (`de_CH`). Never raises: a text that is no number is a REJECT with its reason.
    """
    try:
        return _read(text, field_of(field_unit), locale_of(locale_hint))
    except Unreadable as unreadable:
        return Reading(Verdict.REJECT, reasons=(unreadable.reason,))


def _read(text: str, field: Field, locale: Locale) -> Reading:
    if len(text) > LONGEST:
        raise Unreadable(Reason.TOO_LONG)
    tidied = tidy(text)
    if len(tidied.scripts) > 1:
        raise Unreadable(Reason.MIXED_DIGITS)
    body, noted = patterns.trimmed(patterns.plain_units(tidied.text.strip()))
    reasons: tuple[Reason, ...] = (Reason.NOTE,) if noted else ()
    persian = patterns.with_persian_decimal(body, tidied.scripts)
    if persian:
        body, reasons = persian, (*reasons, Reason.TWO_SEPARATORS)
    other = patterns.no_number(body)
    if other:
        raise Unreadable(other)
    body, is_round = patterns.round_sum(body)
    cut = tokens(replace(tidied, text=body, folded=fold(body)), lexicon())
    found = amounts(cut, locale)
    if not found:
        raise Unreadable(Reason.NO_NUMBER)
    phrase = phrase_of(cut, found, field)
    if is_round:
        found = [replace(each, values=tuple(map(shortest, each.values))) for each in found]
    reasons += phrase.reasons
    if len(found) == 2:
        return _range(found, cut, phrase, field, reasons)
    return _single(found[0], phrase, field, locale, reasons)


def _single(
    amount: Amount, phrase: Phrase, field: Field, locale: Locale, reasons: tuple[Reason, ...]
) -> Reading:
    values = tuple(value + phrase.half for value in amount.values)
    signed = _signed(values, phrase, field)
    shares = _shares(signed.values, phrase, field)
    measured, unit_reasons = _measured(shares.values, phrase, field, locale)
    every = (*amount.reasons, *signed.reasons, *shares.reasons, *unit_reasons, *reasons)
    readings = tuple(dict.fromkeys(measured))
    if not every and len(readings) == 1:
        return Reading(
            Verdict.ACCEPT,
            readings[0].value,
            unit=readings[0].unit,
            readings=readings,
            approximate=phrase.approximate,
        )
    only = readings[0] if len(readings) == 1 else None
    return Reading(
        Verdict.AMBIGUOUS,
        only.value if only else None,
        unit=only.unit if only else None,
        readings=readings,
        reasons=tuple(dict.fromkeys(every)),
        approximate=phrase.approximate,
    )


def _range(
    found: list[Amount], cut: list[Token], phrase: Phrase, field: Field, reasons: tuple[Reason, ...]
) -> Reading:
    near, far = found
    first = near.values[0]
    if near.exponents == (0,) and far.exponents != (0,):
        first = scaled(first, far.exponents[0])  # 1.2-1.5 million
    ends = (first, far.values[0])
    if phrase.falls and field.is_percent and not field.is_share:
        ends = (-abs(ends[0]), -abs(ends[1]))
    else:
        ends = (-ends[0] if phrase.dash else ends[0], -ends[1] if phrase.far_dash else ends[1])
    unit = field.name_of(phrase.unit)
    every = (Reason.RANGE, *near.reasons, *far.reasons, *reasons)
    return Reading(
        Verdict.AMBIGUOUS,
        ends[0],
        ends[1],
        unit,
        tuple(Measure(end, unit) for end in ends),
        tuple(dict.fromkeys(every)),
        phrase.approximate,
    )


def _signed(values: tuple[Decimal, ...], phrase: Phrase, field: Field) -> _Choice:
    """With the sign that was typed or told; told in words it is shown back before it is stored."""
    fallen = tuple(-abs(value) if value else value for value in values)
    if phrase.falls and phrase.rises:
        return _Choice((*fallen, *values), (Reason.SIGN_IN_WORDS,))
    if phrase.falls or phrase.minus_word:
        if field.is_share and not phrase.minus_word:
            return _Choice(values, (Reason.SIGN_IN_WORDS,))
        both = (*fallen, *values) if not field.is_change and not phrase.minus_word else fallen
        return _Choice(both, (Reason.SIGN_IN_WORDS,))
    if phrase.rises:
        return _Choice(values, (Reason.SIGN_IN_WORDS,))
    if phrase.dash:
        if field.takes_negative(phrase.unit) and phrase.dash_is_sign(field.is_change):
            return _Choice(fallen)
        if field.is_share:
            return _Choice(fallen, (Reason.OUTSIDE_SHARE,))
        both = (*values, *fallen) if not field.is_change else (*fallen, *values)
        return _Choice(both, (Reason.SIGN_UNCLEAR,))
    if Reason.SIGN_UNCLEAR in phrase.reasons or (field.is_change and Reason.UNKNOWN_WORDS in phrase.reasons):
        return _Choice((*values, *fallen))  # the words that were not understood may say that it fell
    return _Choice(values)


def _shares(values: tuple[Decimal, ...], phrase: Phrase, field: Field) -> _Choice:
    if field.is_share and any(not 0 <= value <= 100 for value in values):
        return _Choice(values, (Reason.OUTSIDE_SHARE,))
    if field.is_percent and phrase.unit is None and any(0 < abs(value) < 1 for value in values):
        hundredfold = tuple(shortest(value * 100) for value in values)
        return _Choice((*values, *hundredfold), (Reason.FRACTION_OR_PERCENT,))
    return _Choice(values)


def _measured(
    values: tuple[Decimal, ...], phrase: Phrase, field: Field, locale: Locale
) -> tuple[tuple[Measure, ...], tuple[Reason, ...]]:
    typed, wanted = phrase.unit, field.unit
    if typed is None:
        return tuple(Measure(value, field.name) for value in values), ()
    if field.name is not None and wanted is None:
        return tuple(Measure(value, str(typed)) for value in values), (Reason.OTHER_UNIT,)
    if not typed.top and wanted is not None:
        typed = replace(typed, top=wanted.top)  # "5 per day"
    possible = EITHER_UNIT.get(typed.top, (typed.top,))
    if phrase.says_tons and locale.territory == "us":
        possible = ("t", "short ton")
    measured: list[Measure] = []
    for top in possible:
        unit = replace(typed, top=top)
        if wanted is None or is_within(unit, wanted):
            measured += [Measure(value, field.name_of(unit)) for value in values]
        elif not are_kin(unit, wanted):
            raise Unreadable(Reason.UNIT_DOES_NOT_FIT)
        else:
            measured += _converted(values, unit, wanted, field)
    thousand = typed.top == "t" and locale.language in _SHORT_THOUSANDS
    if wanted is None and (typed.top in DENOMINATORS[2:] or phrase.unit_is_letter or thousand):
        return tuple(measured), (Reason.OTHER_UNIT,)
    certain = len(possible) == 1 and (wanted is None or is_within(typed, wanted) or _is_same(typed, wanted))
    return tuple(measured), () if certain else (Reason.OTHER_UNIT,)


def _is_same(typed: Unit, wanted: Unit) -> bool:
    """g/m³ and mg/l; but not t/year for t, which only looks like it."""
    return len(typed.per) == len(wanted.per) and factor(typed, wanted) == 1


def _converted(values: tuple[Decimal, ...], unit: Unit, wanted: Unit, field: Field) -> list[Measure]:
    """Each value in the field's unit where there is an exact figure, then as it was typed."""
    by = factor(unit, wanted)
    typed = [Measure(value, str(unit)) for value in values]
    if by is None:
        return typed
    if by == 1:
        return [Measure(value, field.name) for value in values]
    in_field = [
        shortest(EXACT.divide(EXACT.multiply(value, Decimal(by.numerator)), Decimal(by.denominator)))
        for value in values
    ]
    kept = [value for value in in_field if len(value.as_tuple().digits) <= 40]
    return [*(Measure(value, field.name) for value in kept), *typed]
