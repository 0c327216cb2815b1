"""A number: read as people write it, in the unit of its question or target."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.domain.answers import Amount, Value
from bot.domain.commitments import Direction
from bot.domain.measures import Reading, Reason, Verdict
from bot.domain.measures import read as read_number
from bot.domain.question_types.base import (
    AskBack,
    Heard,
    NotUnderstood,
    Surroundings,
    Trouble,
    Understood,
    no_offers,
)
from bot.domain.question_types.field import CHANGE, field_unit
from bot.domain.questionnaires import Meaning, Question, Step

offers = no_offers


def read(step: Step, typed: str, around: Surroundings) -> Heard:
    return heard(step, typed, field_unit(step), around.locale)


def value_of(code: str, so_far: Value | None) -> Value:
    return Amount(Decimal(code))


def fits(step: Step, value: Value) -> bool:
    return isinstance(value, Amount)


def heard(step: Step, typed: str, unit: str | None, locale: str) -> Heard:
    """What a typed text says in a field of this unit, within the limits of its question."""
    reading = read_number(typed, unit, locale)
    reasons = tuple(str(reason) for reason in reading.reasons)
    if reading.verdict is Verdict.REJECT:
        return _told_otherwise(step, typed, unit, locale) or NotUnderstood(reasons)
    amounts = _amounts(reading)
    if unit == CHANGE and (turned := _with_sign_of_direction(step, amounts)):
        reasons = (*reasons, Trouble.SIGN_OF_DIRECTION)
        amounts = turned
    possible = tuple(amount for amount in amounts if _outside(amount, step.question) is None)
    if not possible:
        outside = _outside(amounts[0], step.question) if amounts else None
        return NotUnderstood((outside or Reason.NO_NUMBER,))
    if reading.verdict is Verdict.ACCEPT and not reasons:
        return Understood(possible[0], typed)
    return AskBack(possible, reasons)


def _amounts(reading: Reading) -> tuple[Amount, ...]:
    """What is offered: of a range both ends together first, then each of them."""
    single = tuple(
        Amount(each.value, each.unit, approximate=reading.approximate) for each in reading.readings
    )
    if reading.value is None or reading.value_high is None:
        return single
    return (Amount(reading.value, reading.unit, reading.value_high, reading.approximate), *single)


def _told_otherwise(step: Step, typed: str, unit: str | None, locale: str) -> AskBack | None:
    """An amount told where a change is asked, or a change where an amount is: fine, once they confirm it."""
    target = step.target
    if target is None or step.question.means is not Meaning.RESULT:
        return None
    to_change = unit != CHANGE
    reading = read_number(typed, CHANGE if to_change else None, locale)
    named = {each.unit for each in read_number(typed, None, locale).readings}
    if reading.verdict is Verdict.REJECT or None in named or (to_change and named != {"%"}):
        return None
    found = Trouble.CHANGE_NOT_AMOUNT if to_change else Trouble.AMOUNT_NOT_CHANGE
    return AskBack(_amounts(reading), (found, *(str(reason) for reason in reading.reasons)))


def _with_sign_of_direction(step: Step, amounts: tuple[Amount, ...]) -> tuple[Amount, ...] | None:
    """`60` for a promise of 60 per cent less, with its minus; None where nothing has to be turned.

    Only for what is promised: a result may well go the other way.
    """
    target = step.target
    if step.question.means is not Meaning.VALUE or target is None or target.direction is None:
        return None
    falls = target.direction is Direction.DOWN
    turned = tuple(
        dict.fromkeys(
            replace(
                each,
                value=_turned(each.value, falls),
                high=None if each.high is None else _turned(each.high, falls),
            )
            for each in amounts
        )
    )
    return turned if turned != amounts else None


def _turned(value: Decimal, falls: bool) -> Decimal:
    return -abs(value) if falls and value else abs(value)


def _outside(amount: Amount, question: Question) -> Trouble | None:
    ends = [end for end in (amount.value, amount.high) if end is not None]
    if question.minimum is not None and min(ends) < question.minimum:
        return Trouble.BELOW_MINIMUM
    if question.maximum is not None and max(ends) > question.maximum:
        return Trouble.ABOVE_MAXIMUM
    return None
