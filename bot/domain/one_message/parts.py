"""The judgement on each piece of a message: which field it fills, with what, or why it is not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.measures import Reading, Reason, Verdict, read
from bot.domain.one_message.names import Mention
from bot.domain.one_message.pieces import Piece, Wanted, pieces_of
from bot.domain.one_message.rest import known_only, rest_of


class Why(StrEnum):
    """Why a piece of a message is not understood; the translation room has the sentences."""

    NO_FIELD = "no-field"
    SEVERAL_FIELDS = "several-fields"
    NO_NUMBER = "no-number"
    SEVERAL_NUMBERS = "several-numbers"
    ONLY_A_YEAR = "only-a-year"
    """It counts for the pieces after it."""
    OTHER_WORDS = "other-words"
    """Words beside the name or the number may mean something else: "plastic waste", "recycling target"."""
    UNREADABLE = "unreadable"
    """The reading says why."""
    TOLD_TWICE = "told-twice"


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a message, in the writer's words.

    Understood is a piece without a `why`: its `reading` is then a value to accept or one to ask back. With a `why`
    the `key` is what was guessed or None, and nothing may be stored without a question.
    """

    text: str
    key: str | None = None
    reading: Reading | None = None
    year: int | None = None
    why: Why | None = None


_DASH = re.compile(r"^[\s:|]*[-–—−]\s+(?=[^\s])")


def take_apart(message: str, fields: Sequence[Wanted], locale_hint: str | None) -> tuple[Part, ...]:
    """The pieces of a message that have a number or name a field, in its order, understood or not.

    Pure and quick for any length a Telegram message has. A value is given to a field only where one field alone is
    named, its unit fits, and no other words stand beside; the rest comes back with the reason.
    """
    parts: list[Part] = []
    year: int | None = None
    for piece in pieces_of(message, fields):
        if piece.heads_what_follows:
            year = piece.years[0].value
        if piece.years or piece.numbers or piece.mentions:
            part = _part(piece, fields, locale_hint)
            parts.append(part if piece.years else replace(part, year=year))
    return _told_once(parts)


def _part(piece: Piece, fields: Sequence[Wanted], locale_hint: str | None) -> Part:
    told = {each.value for each in piece.years}
    part = Part(piece.text, year=told.pop() if len(told) == 1 else None)
    if not piece.numbers and not piece.mentions:
        return replace(part, why=Why.ONLY_A_YEAR)
    if not piece.numbers:
        found, _ = _best(piece.mentions)
        why = Why.ONLY_A_YEAR if piece.years else Why.NO_NUMBER
        return replace(part, key=found.key if found else None, why=why)
    by_key = {field.key: field for field in fields}
    read_as = {each.key: _read(piece, each, by_key[each.key], locale_hint) for each in piece.mentions}
    if not piece.mentions:
        read_as = _by_unit(piece, fields, locale_hint)
        if len(read_as) != 1:
            return replace(part, why=Why.SEVERAL_FIELDS if read_as else Why.NO_FIELD)
    fits = {key: _fit(reading) for key, (reading, _) in read_as.items()}
    best_fit = max(fits.values())
    fitting = tuple(each for each in piece.mentions if fits[each.key] == best_fit)
    found, several = _best(fitting)
    if several:
        return replace(part, why=Why.SEVERAL_FIELDS)
    key = found.key if found else next(iter(read_as))
    reading, are_other_words = read_as[key]
    part = replace(part, key=key, reading=reading)
    if Reason.SEVERAL_NUMBERS in reading.reasons:
        return replace(part, why=Why.SEVERAL_NUMBERS)
    if reading.verdict is Verdict.REJECT:
        return replace(part, why=Why.UNREADABLE)
    return replace(part, why=Why.OTHER_WORDS if are_other_words else None)


def _best(mentions: Sequence[Mention]) -> tuple[Mention | None, bool]:
    """The field that is named by more words than any other, or by the same in full; and whether there are several."""
    for each in mentions:
        others = [other for other in mentions if other is not each]
        if all(
            other.places < each.places or (other.places == each.places and each.is_full and not other.is_full)
            for other in others
        ):
            return each, False
    return None, bool(mentions)


def _fit(reading: Reading) -> int:
    if Reason.UNIT_DOES_NOT_FIT in reading.reasons:
        return 0
    return 1 if Reason.OTHER_UNIT in reading.reasons else 2


def _by_unit(
    piece: Piece, fields: Sequence[Wanted], locale_hint: str | None
) -> dict[str, tuple[Reading, bool]]:
    """The fields whose unit alone says what is meant: 0.95 kg/person/day, never a bare 58 % or 12 t."""
    found: dict[str, tuple[Reading, bool]] = {}
    for field in fields:
        rest = rest_of(piece, ())
        if "/" not in (field.unit or "") or "/" not in (read(rest, None, locale_hint).unit or ""):
            continue
        reading = read(rest, field.unit, locale_hint)
        if reading.verdict is Verdict.ACCEPT:
            found[field.key] = reading, False
    return found


def _read(piece: Piece, named: Mention, field: Wanted, locale_hint: str | None) -> tuple[Reading, bool]:
    """What the rest of a piece says without the field's name, and whether other words were left out for that."""
    rest = rest_of(piece, named.spans)
    dash = _DASH.match(rest)
    rest = _DASH.sub("", rest) if dash else rest
    reading = read(rest, field.unit, locale_hint)
    known = known_only(rest, field)
    if known != rest:
        return read(known, field.unit, locale_hint), True
    if dash and "change" in (field.unit or "") and reading.verdict is Verdict.ACCEPT:
        both = (*reading.readings, *(replace(each, value=-each.value) for each in reading.readings))
        reading = replace(
            reading, verdict=Verdict.AMBIGUOUS, value=None, readings=both, reasons=(Reason.SIGN_UNCLEAR,)
        )
    return reading, False


def _told_once(parts: Sequence[Part]) -> tuple[Part, ...]:
    """With a field that is told twice for the same year, and not the same, marked as not understood."""
    told: dict[tuple[str | None, int | None], set[object]] = {}
    for part in parts:
        if part.why is None and part.reading is not None:
            told.setdefault((part.key, part.year), set()).add(part.reading.readings)
    return tuple(
        replace(part, why=Why.TOLD_TWICE) if part.why is None and len(told[part.key, part.year]) > 1 else part
        for part in parts
    )
