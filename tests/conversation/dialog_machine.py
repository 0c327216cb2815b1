"""What a draft must hold after whatever people do with it: a plain model, apart from the rules of the product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.domain import buttons as b
from bot.domain.answers import Amount, Answer, AnswerState, Codes, Value, Words
from bot.domain.drafts import Draft, Pending
from bot.domain.people import Expecting, Purpose
from bot.services.desk import LOOK_UP_ONCE

ALL_AT_ONCE = "waste per person 0.95 kg, recycling 58 %"
"""A whole report in one message."""
FIGURES: Mapping[tuple[str, str], Value] = {
    ("2007a", "0.95"): Amount(Decimal("0.95"), "kg/cap/day"),
    ("2007a", "0,97kg"): Amount(Decimal("0.97"), "kg/cap/day"),
    ("2007b", "58 %"): Amount(Decimal(58), "%"),
}
"""The figures that are clear and likely, by target; everything else that is said to a number is not kept."""
CHOICES: Mapping[str, Mapping[str, str]] = {
    "state": {"A measured figure": "measured", "Nothing yet": "none", "Rien encore": "none"},
    "help": {"Money": "money", "Formation": "training"},
}
OFFERS = {"state": ("measured", "none"), "help": ("money", "training")}
"""What the buttons of a question offer, in their order."""
WORDS = ("0.95", "0,97kg", "58 %", "1,234", "970", "a herd of elephants", "Rien encore", "Money", ALL_AT_ONCE)
TYPED_BUTTONS = ("skip", "Retour", "All answers", "Keep", "I don't know yet", "help")


@dataclass(frozen=True)
class Kept:
    """An answer as it must be kept. `message`: the one that it was typed in."""

    state: AnswerState
    value: Value | None = None
    raw: str = ""
    message: int | None = None


SKIPPED, UNKNOWN = Kept(AnswerState.SKIPPED), Kept(AnswerState.UNKNOWN)


def as_kept(answer: Answer) -> Kept:
    return Kept(answer.state, answer.value, answer.raw, answer.message_id)


def given(value: Value, raw: str = "", message: int | None = None) -> Kept:
    return Kept(AnswerState.GIVEN, value, raw, message)


@dataclass(frozen=True)
class Place:
    """Where a draft is right now. `open`: the key that is asked; `kinds`: what each key asks for (`state`, `result`,
    `evidence`, `help`, `text`); `needed`: keys that cannot be skipped."""

    draft: Draft
    asked: str | None
    kinds: Mapping[str, str]
    needed: frozenset[str]
    path: tuple[str, ...]
    changed: bool
    """The questionnaire is another than when the dialog last met it."""

    @property
    def pending(self) -> Pending | None:
        waits = self.draft.pending
        return waits if waits is not None and waits.key in self.kinds else None

    def is_fresh(self, version: int) -> bool:
        return not self.changed and version == self.draft.version


Change = Mapping[str, Kept | None]
"""Answers by key that are new, or gone (None)."""
NOTHING: Change = {}


def understood(place: Place, key: str, words: str) -> Value | None:
    """What words say as the answer to a question; None where they are asked back or not understood."""
    kind, ref = place.kinds[key], key.partition("@")[2]
    if kind == "text":
        return Words(words)
    if kind == "result":
        return FIGURES.get((ref, words))
    code = CHOICES.get(kind, {}).get(words)
    return None if code is None else Codes((code,))


def heard(place: Place, expecting: Expecting, words: str, message: int) -> Change:
    """What plain words of somebody change who may answer now."""
    if expecting.purpose is Purpose.BECAUSE:
        asked_for = expecting.key
        is_open = asked_for == place.asked and words not in TYPED_BUTTONS
        return {asked_for: UNKNOWN} if is_open and asked_for is not None else NOTHING
    if expecting.purpose is not Purpose.REPORT or expecting.more == LOOK_UP_ONCE:
        return NOTHING
    if expecting.more is not None and words not in TYPED_BUTTONS:
        return NOTHING  # the whole report in one message is shown first
    return answered(place, words, message)


def answered(place: Place, words: str, message: int) -> Change:
    """What words change as the answer to what is open, or as the button whose label they are."""
    asked, waits = place.asked, place.pending
    if words == "skip" and asked is not None:
        return NOTHING if asked in place.needed else {asked: SKIPPED}
    if words == "Keep" and asked is not None and asked in place.draft.answers:
        return NOTHING
    if words in ("Retour", "All answers", "help") or (words == "I don't know yet" and asked is not None):
        return NOTHING
    if waits is not None and waits.wants_reason:
        return {waits.key: given(waits.readings[0], waits.raw, waits.message_id)}
    key = waits.key if waits is not None else asked
    value = understood(place, key, words) if key is not None else None
    return {key: given(value, words, message)} if key is not None and value is not None else NOTHING


def edited(place: Place, person: int, words: str, message: int) -> Change:
    """What an edited message changes: the answer that stands in it, or that waits for a word about it."""
    waits = place.pending
    mine = [k for k, a in place.draft.answers.items() if (a.message_id, a.by) == (message, person)]
    if waits is not None and waits.message_id == message and place.draft.holder == person:
        mine.insert(0, waits.key)
    if not mine or mine[0] not in place.kinds:
        return NOTHING
    value = understood(place, mine[0], words)
    return NOTHING if value is None else {mine[0]: given(value, words, message)}


def pressed(place: Place, button: b.Button, told: str | None) -> Change:
    """What a button changes for somebody who may answer now. `told` are the words that its screen has shown."""
    if isinstance(button, b.Tap):
        return _tapped(place, button) if place.is_fresh(button.version) else NOTHING
    if isinstance(button, b.PickReading):
        return _picked(place, button) if place.is_fresh(button.version) else NOTHING
    if isinstance(button, b.Move) and place.is_fresh(button.version):
        return _moved(place, button, told)
    return NOTHING


def _tapped(place: Place, button: b.Tap) -> Change:
    key = button.key
    if key != place.asked or place.kinds[key] not in OFFERS:
        return NOTHING
    code = OFFERS[place.kinds[key]][button.place]
    if place.kinds[key] != "help":
        return {key: given(Codes((code,)))}
    have = place.draft.answers.get(key)
    chosen = have.value.codes if have is not None and isinstance(have.value, Codes) else ()
    after = tuple(c for c in chosen if c != code) if code in chosen else (*chosen, code)
    return {key: given(Codes(after)) if after else None}


def _picked(place: Place, button: b.PickReading) -> Change:
    waits = place.pending
    if waits is None:
        return NOTHING
    if waits.doubts:
        expected = list(dict.fromkeys(doubt.expected for doubt in waits.doubts if doubt.expected is not None))
        told = waits.readings[0]
        assert isinstance(told, Amount)
        if button.place >= len(expected):
            return NOTHING
        return {waits.key: given(Amount(expected[button.place], told.unit), waits.raw, waits.message_id)}
    if button.place >= len(waits.readings):
        return NOTHING
    return {waits.key: given(waits.readings[button.place], waits.raw, waits.message_id)}


def _moved(place: Place, button: b.Move, told: str | None) -> Change:
    key, waits = button.key, place.pending
    is_open = bool(key) and key == place.asked
    match button.move:
        case b.Step.SKIP if is_open and key not in place.needed:
            return {key: SKIPPED}
        case b.Step.EMPTY if is_open:
            return {key: UNKNOWN}
        case b.Step.CLEAR if is_open and key in place.draft.answers:
            return {key: None}
        case b.Step.SURE if waits is not None and waits.doubts:
            return {waits.key: given(waits.readings[0], waits.raw, waits.message_id)}
        case b.Step.FILL if told == ALL_AT_ONCE:
            return _filled(place)
    return NOTHING


def _filled(place: Place) -> Change:
    """Everything that `ALL_AT_ONCE` says, each with its own words."""
    told = {"2007a": ("0.95", "waste per person 0.95 kg"), "2007b": ("58 %", "recycling 58 %")}
    change: dict[str, Kept | None] = {}
    for key, kind in place.kinds.items():
        ref = key.partition("@")[2]
        if kind == "state":
            change[key] = given(Codes(("measured",)), told[ref][1])
        elif kind == "result":
            change[key] = given(FIGURES[ref, told[ref][0]], told[ref][1])
    return change


FIRST_READING = Amount(Decimal("1.234"), "kg/cap/day")
"""What `1,234` is likely to mean in a city that promised 0.90 kg."""


def as_codes(*codes: str) -> Codes:
    return Codes(codes)
