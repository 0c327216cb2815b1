"""What a city proposes, once the secretariat agrees, as the files that an admin puts in place."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import count, product
from string import ascii_lowercase

from bot.domain.answers import Amount, Answer, Day, Value, Words
from bot.domain.commitments import (
    Baseline,
    Commitment,
    Direction,
    Indicator,
    Target,
    TargetKind,
)
from bot.domain.question_types import fits
from bot.domain.questionnaires import Course, Meaning, code_of, meanings
from bot.domain.words import DEFAULT_LANGUAGE, LocalText

# What YAML takes for a line break, or does not take at all; it stands for itself where it is escaped.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
MEASURABLE = frozenset({TargetKind.CHANGE, TargetKind.LEVEL, TargetKind.COUNT})
OTHER_INDICATOR = "other"
TITLES = {
    "en": "{city}’s commitment of {year}",
    "fr": "Engagement de {city} ({year})",
    "zh": "{city}{year}年的承诺",
}


@dataclass(frozen=True)
class ContentFile:
    """`path` is where it belongs, below the folder that holds `knowledge`."""

    path: str
    text: str


@dataclass(frozen=True)
class Home:
    """Whose commitment it is, and what is there already. `language` is the one that the answers are written in."""

    city: str
    name: LocalText
    language: str
    indicators: Mapping[str, Indicator]
    commitments: Mapping[str, Commitment]
    """All that the network has, by entry id."""


def commitment_files(
    course: Course, answers: Mapping[str, Answer], home: Home, made: int
) -> tuple[ContentFile, ...]:
    """The files of a commitment that was agreed: the entry, and where it is not in English, how it will be known
    in a file of that language beside it. `made` is the year of the promise.

    A kind that is measured but has no figure is written as "promote", with a note for the admin.
    """
    told = told_by(course, answers)
    entry_id, target_id = _free_names(home, made)
    target = _target(told, target_id)
    text = "\n".join(("---", *_front_matter(told, target, home, made), "---", ""))
    how = told.get(Meaning.HOW_KNOWN)
    body = f"\n{how.text}\n" if isinstance(how, Words) else ""
    path = f"knowledge/commitments/{entry_id}"
    language = _language(home)
    if not body or language == DEFAULT_LANGUAGE:
        return (ContentFile(f"{path}.md", text + body),)
    return ContentFile(f"{path}.md", text), ContentFile(f"{path}.{language}.md", body.lstrip())


def told_by(course: Course, answers: Mapping[str, Answer]) -> Mapping[Meaning, Value]:
    """What the answers that count tell: those to questions that are asked, and that they fit."""
    asked = course.path(answers)
    fitting = {
        step.key: answers[step.key]
        for step in asked
        if step.key in answers and (value := answers[step.key].value) is not None and fits(step, value)
    }
    return meanings(asked, fitting)


def _free_names(home: Home, made: int) -> tuple[str, str]:
    """An id for the entry, and a letter that no target of this city and year has: both are names in answers."""
    name = f"{home.city}-{made}"
    ids = [name, *(f"{name}-{number}" for number in range(2, len(home.commitments) + 3))]
    own = [each for each in home.commitments.values() if each.city == home.city and each.made == made]
    taken = {target.id for commitment in own for target in commitment.targets}
    return next(each for each in ids if each not in home.commitments), next(free_letters(taken))


def free_letters(taken: Collection[str]) -> Iterator[str]:
    """Ids for targets, the shortest first: a, b, … z, aa, ab, …"""
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            if (target_id := "".join(letters)) not in taken:
                yield target_id


def _target(told: Mapping[Meaning, Value], target_id: str) -> Target:
    amount = told.get(Meaning.VALUE)
    figure = amount if isinstance(amount, Amount) else None
    kind = TargetKind(code_of(told.get(Meaning.KIND)) or TargetKind.SCALE)
    direction = _direction(code_of(told.get(Meaning.DIRECTION)), kind, figure)
    unit, promise = told.get(Meaning.UNIT), told.get(Meaning.PROMISE)
    if kind not in MEASURABLE or figure is None or direction is None:
        near = far = None
        kind = TargetKind.SCALE if kind in MEASURABLE else kind
    else:
        near, far = ends_of(figure, kind, direction)
    named = unit.text if isinstance(unit, Words) else code_of(unit) or (figure.unit if figure else None)
    return Target(
        id=target_id,
        kind=kind,
        indicator=code_of(told.get(Meaning.INDICATOR)) or OTHER_INDICATOR,
        text=LocalText.plain(promise.text if isinstance(promise, Words) else ""),
        direction=direction if near is not None else None,
        value=near,
        far=far,
        unit=None if near is None else "%" if kind is TargetKind.CHANGE else named,
        baseline=_baseline(told),
        due=year_of(told.get(Meaning.DUE)),
    )


def _direction(code: str | None, kind: TargetKind, figure: Amount | None) -> Direction | None:
    if code in set(Direction):
        return Direction(code)
    if kind is TargetKind.CHANGE and figure is not None:
        return Direction.DOWN if figure.value < 0 else Direction.UP
    return Direction.UP if kind is TargetKind.COUNT else None


def ends_of(figure: Amount, kind: TargetKind, direction: Direction) -> tuple[Decimal, Decimal | None]:
    """The near and the far end; a change down is negative, however it was told."""
    ends = [end for end in (figure.value, figure.high) if end is not None]
    if kind is TargetKind.CHANGE:
        ends = [-abs(end) if direction is Direction.DOWN and end else abs(end) for end in ends]
    ends.sort(reverse=direction is Direction.DOWN)
    return ends[0], ends[1] if len(ends) > 1 and ends[1] != ends[0] else None


def _baseline(told: Mapping[Meaning, Value]) -> Baseline | None:
    amount, year = told.get(Meaning.BASELINE), year_of(told.get(Meaning.BASE_YEAR))
    value = amount.value if isinstance(amount, Amount) else None
    return Baseline(year, value) if year is not None or value is not None else None


def year_of(value: Value | None) -> int | None:
    return int(value.when[:4]) if isinstance(value, Day) else None


# --- a new file


def _front_matter(told: Mapping[Meaning, Value], target: Target, home: Home, made: int) -> Iterator[str]:
    language = _language(home)
    promise = target.text.within(DEFAULT_LANGUAGE).text
    yield "title:"
    for tag, title in TITLES.items():
        if tag == DEFAULT_LANGUAGE or tag in home.name.by_language:
            yield f"  {tag}: {quoted(title.format(city=home.name.within(tag).text, year=made))}"
    yield "summary:"
    yield f"  {language}: {quoted(promise)}"
    yield from ("places:", f"  - {home.city}", f"city: {home.city}", f"made: {made}")
    if target.due is not None:
        yield f"due: {target.due}"
    yield "targets:"
    yield f"  - id: {target.id}"
    kind = code_of(told.get(Meaning.KIND))
    if kind != target.kind:
        yield f"    # Promised as `{kind}`, but without a figure."
    yield f"    kind: {target.kind}"
    if target.indicator not in home.indicators:
        measure = told.get(Meaning.WORDS)
        named = f" It measures: {quoted(measure.text)}." if isinstance(measure, Words) else ""
        yield f"    # Write an id of indicators.yaml, or add one there.{named}"
    yield f"    indicator: {target.indicator}"
    if target.direction is not None:
        yield f"    direction: {target.direction}"
    amount = told.get(Meaning.VALUE)
    if isinstance(amount, Amount) and target.value is not None and amount.unit not in (None, target.unit):
        yield f"    # The value was told in {amount.unit}."
    for line in (*figure_lines(target.value, target.far), *unit_line(target.unit)):
        yield f"    {line}"
    if target.baseline is not None:
        amount = told.get(Meaning.BASELINE)
        unit = amount.unit if isinstance(amount, Amount) and amount.unit != target.unit else None
        for line in baseline_lines(target.baseline, unit):
            yield f"    {line}"
    if target.due is not None:
        yield f"    due: {target.due}"
    yield from ("    text:", f"      {language}: {quoted(promise)}")
    yield from ("related:", f"  - {home.city}")


def _language(home: Home) -> str:
    return home.language.replace("_", "-").split("-")[0].lower() or DEFAULT_LANGUAGE


def figure_lines(near: Decimal | None, far: Decimal | None) -> tuple[str, ...]:
    if near is None:
        return ()
    if far is None:
        return (f"value: {quoted(f'{near:f}')}",)
    return "range:", *(f"  - {quoted(f'{end:f}')}" for end in (near, far))


def unit_line(unit: str | None) -> tuple[str, ...]:
    return (f"unit: {quoted(unit)}",) if unit else ()


def baseline_lines(baseline: Baseline, unit: str | None = None) -> tuple[str, ...]:
    year = (f"  year: {baseline.year}",) if baseline.year is not None else ()
    remark = f"  # in {unit}" if unit else ""
    value = (f"  value: {quoted(f'{baseline.value:f}')}{remark}",) if baseline.value is not None else ()
    own_unit = (f"  unit: {quoted(baseline.unit)}",) if baseline.unit else ()
    return "baseline:", *year, *value, *own_unit


def quoted(text: str) -> str:
    """A text as YAML reads it back to the letter, whatever is in it."""
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
