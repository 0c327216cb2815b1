"""Accepted rows as the files that an admin would have written, with keys in the order of the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from bot.domain.commitments import (
    UNIT_NOT_STATED,
    Baseline,
    Commitment,
    Direction,
    PublishedResult,
    Target,
    TargetKind,
)
from bot.domain.imports.cities import NewCity, distinct, split
from bot.domain.proposals import TITLES, ContentFile, baseline_lines, figure_lines, quoted, unit_line
from bot.domain.published import SHARE_OF_TARGET
from bot.domain.tables import Cell
from bot.domain.words import DEFAULT_LANGUAGE

Row = Mapping[str, str]

LONGEST_SUMMARY = 300
_UNTOLD_SOURCE = "Imported table"


def city_file(city: NewCity) -> ContentFile:
    """The file of a city that a row of another table brought in."""
    row = {"name": city.name, "country": city.country, "time_zone": city.time_zone}
    return full_city_file(city.id, row)


def full_city_file(city_id: str, row: Row) -> ContentFile:
    """The file of a city from its row; `country` and `time_zone` are codes."""
    return ContentFile(f"knowledge/cities/{city_id}.md", _whole(_city_lines(row)))


def _city_lines(row: Row) -> Iterator[str]:
    language = row.get("language", DEFAULT_LANGUAGE)
    names = {DEFAULT_LANGUAGE: row["name"], "zh": row.get("name_zh"), "fr": row.get("name_fr")}
    yield "title:"
    yield from (f"  {tag}: {quoted(name)}" for tag, name in names.items() if name)
    yield from _localised("summary", language, row.get("summary"))
    yield from _listed("aliases", row, is_quoted=True)
    yield from _listed("topics", row)
    yield f"country: {row['country']}"
    yield f"time_zone: {row['time_zone']}"
    for key in ("languages", "weekend", "offers", "seeks"):
        yield from _listed(key, row)
    yield from _listed("sources", row, is_quoted=True)


def entry_file(entry_id: str, row: Row) -> ContentFile:
    """The file of an entry of any other kind; its text is the body."""
    language = row.get("language", DEFAULT_LANGUAGE)
    lines = [f"title:\n  {language}: {quoted(row['title'])}"]
    lines += _localised("summary", language, row.get("summary"))
    lines += _listed("aliases", row, is_quoted=True)
    lines += _listed("topics", row)
    lines += _listed("places", row, is_quoted=True)
    lines += _listed("sources", row, is_quoted=True)
    lines += _listed("related", row)
    body = row.get("text", "").strip()
    text = _whole(iter(lines)) + (f"\n{body}\n" if body else "")
    return ContentFile(f"knowledge/{row['kind']}/{entry_id}.md", text)


def commitment_file(
    entry_id: str, city_name: str, rows: Sequence[Row], target_ids: Sequence[str], number: int
) -> ContentFile:
    """The file of one promise, a target a row. Indicators and cities of the rows are ids; `number` tells apart the
    files of a city and year, from 1 on."""
    lines = _commitment_lines(city_name, rows, target_ids, number)
    return ContentFile(f"knowledge/commitments/{entry_id}.md", _whole(lines))


def _commitment_lines(
    city_name: str, rows: Sequence[Row], target_ids: Sequence[str], number: int
) -> Iterator[str]:
    city, made = rows[0]["city"], rows[0]["made"]
    title = TITLES[DEFAULT_LANGUAGE].format(city=city_name, year=made) + (
        f" ({number})" if number > 1 else ""
    )
    yield from ("title:", f"  {DEFAULT_LANGUAGE}: {quoted(title)}")
    yield from _localised("summary", rows[0].get("language", DEFAULT_LANGUAGE), _summary(rows))
    yield from ("places:", f"  - {city}", f"city: {city}", f"made: {made}")
    dues = {row.get("due") for row in rows}
    if len(dues) == 1 and None not in dues:
        yield f"due: {rows[0]['due']}"
    yield "targets:"
    for target_id, row in zip(target_ids, rows, strict=True):
        yield from _target_lines(target_id, row)
    results = [
        (i, row) for i, row in zip(target_ids, rows, strict=True) if "result" in row or "result_text" in row
    ]
    if results:
        yield "published:"
        for target_id, row in results:
            yield from result_lines(target_id, row)
    yield from _listed_items(
        "sources", distinct(row["source"] for row in rows if "source" in row), is_quoted=True
    )
    yield from ("related:", f"  - {city}")


def _summary(rows: Sequence[Row]) -> str:
    texts = "; ".join(" ".join(promise_of(row).split()).rstrip(".") for row in rows) + "."
    return texts if len(texts) <= LONGEST_SUMMARY else texts[: LONGEST_SUMMARY - 1].rstrip() + "…"


def _target_lines(target_id: str, row: Row) -> Iterator[str]:
    yield f"  - id: {target_id}"
    yield f"    kind: {row['kind']}"
    yield f"    indicator: {row['indicator']}"
    if "direction" in row:
        yield f"    direction: {row['direction']}"
    near, far = signed(row)
    start = Baseline(
        int(row["baseline_year"]) if "baseline_year" in row else None,
        Decimal(row["baseline"]) if "baseline" in row else None,
        row.get("baseline_unit"),
    )
    lines = (*figure_lines(near, far), *unit_line(row.get("unit")))
    if start != Baseline():
        lines += baseline_lines(start)
    yield from (f"    {line}" for line in lines)
    if "due" in row:
        yield f"    due: {row['due']}"
    yield from ("    text:", f"      {row.get('language', DEFAULT_LANGUAGE)}: {quoted(promise_of(row))}")
    for key in ("sector", "note", "source", "ref"):
        if key in row:
            yield f"    {key}: {quoted(row[key])}"


def result_lines(target_id: str | None, row: Row) -> Iterator[str]:
    """One item of the list `published`."""
    keys = [f"target: {target_id}"] if target_id is not None else []
    near = Decimal(row["result"]) if "result" in row else None
    far = Decimal(row["result_to"]) if "result_to" in row else None
    keys += [*figure_lines(near, far), *unit_line(row.get("result_unit"))]
    if "result_year" in row:
        keys.append(f"{'period' if '-' in row['result_year'] else 'year'}: {row['result_year']}")
    if "result_kind" in row:
        keys.append(f"value_kind: {row['result_kind']}")
    keys += ["text:", f"  {row.get('language', DEFAULT_LANGUAGE)}: {quoted(result_of(row))}"]
    keys.append(f"source: {quoted(row.get('source', _UNTOLD_SOURCE))}")
    for first, line in enumerate(keys):
        yield ("    " if first else "  - ") + line


def signed(row: Row) -> tuple[Decimal | None, Decimal | None]:
    """The ends of the figure promised as content files have them: a fall is negative."""
    ends = [Decimal(row[key]) if key in row else None for key in ("value", "value_to")]
    if row.get("kind") == TargetKind.CHANGE and row.get("direction") == Direction.DOWN:
        ends = [end.copy_negate() if end else end for end in ends]
    return ends[0], ends[1]


def promise_of(row: Row) -> str:
    """The promise in words; in plain English from its figures where the row has none."""
    if row.get("text"):
        return row["text"]
    measured = row.get("indicator_name", row["indicator"])
    figure = " to ".join(row[key] for key in ("value", "value_to") if key in row)
    figure = f"{figure} {row['unit']}".strip() if "unit" in row else figure
    is_down = row.get("direction") == Direction.DOWN
    if row["kind"] == TargetKind.CHANGE:
        compared = f" compared with {row['baseline_year']}" if "baseline_year" in row else ""
        return f"{measured}: {'cut' if is_down else 'raise'} by {figure}{compared}."
    if row["kind"] == TargetKind.LEVEL:
        return f"{measured}: {'at most' if is_down else 'at least'} {figure}."
    return f"{measured}: {figure}."


def result_of(row: Row) -> str:
    """The result in words; in plain English from its figure where the row has none."""
    if row.get("result_text"):
        return row["result_text"]
    figure = " to ".join(row[key] for key in ("result", "result_to") if key in row)
    unit = row.get("result_unit", "")
    if unit == SHARE_OF_TARGET:
        return f"{figure} % of the target is done, by the city’s own account."
    return f"Published: {figure} {unit if unit != UNIT_NOT_STATED else ''}".rstrip() + "."


def with_unit(row: Row, of_target: str | None) -> dict[str, str]:
    """The row of a result. Where it does not tell the unit of its figure it is told that nobody knows it, as it would
    be taken for that of its target."""
    is_unknown = "result" in row and "result_unit" not in row and of_target is not None
    return {**row, "result_unit": UNIT_NOT_STATED} if is_unknown else dict(row)


def told_by(commitment: Commitment, target: Target, result: PublishedResult | None) -> dict[str, Cell]:
    """What a target of the library says, by the names of the columns that it comes in by. City and indicator are ids;
    figures are unsigned, their direction beside them."""
    start = target.baseline or Baseline()
    language = next(iter(target.text.by_language), DEFAULT_LANGUAGE)
    is_fall = target.kind is TargetKind.CHANGE and target.direction is Direction.DOWN
    near, far = (end.copy_abs() if end is not None and is_fall else end for end in (target.value, target.far))
    told: dict[str, Cell] = {
        "city": commitment.city,
        "made": commitment.made,
        "due": target.due,
        "kind": target.kind.value,
        "indicator": target.indicator,
        "direction": target.direction.value if target.direction is not None else None,
        "value": near,
        "value_to": far,
        "unit": target.unit,
        "baseline_year": start.year,
        "baseline": start.value,
        "baseline_unit": start.unit,
        "text": target.text.within(language).text,
        "sector": target.sector,
        "note": target.note,
        "source": target.source,
        "ref": target.ref,
        "language": language if language != DEFAULT_LANGUAGE else None,
    }
    return told if result is None else told | told_by_result(result)


def told_by_result(result: PublishedResult) -> dict[str, Cell]:
    """The columns of a published result."""
    return {
        "result": result.value,
        "result_to": result.far,
        "result_year": result.when,
        "result_unit": result.unit if result.unit != UNIT_NOT_STATED else None,
        "result_kind": result.value_kind.value if result.value_kind is not None else None,
        "result_text": result.text.within(DEFAULT_LANGUAGE).text,
    }


def as_row(told: Mapping[str, Cell]) -> dict[str, str]:
    """What is told, as the texts of the row that it would come from."""
    return {
        key: f"{value:f}" if isinstance(value, Decimal) else str(value)
        for key, value in told.items()
        if value is not None
    }


def with_results(text: str, items: Sequence[str]) -> str | None:
    """The text of a commitment's file with further items in its list `published`, every other byte as it was; None
    where the lines are written in an unusual way. `items` are lines as `result_lines` gives them."""
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(ending)
    marks = [number for number, line in enumerate(lines) if line.lstrip("\ufeff").rstrip() == "---"]
    if len(marks) < 2:
        return None
    heads = {
        found[1]: number
        for number in range(marks[0] + 1, marks[1])
        if (found := re.match(r"([a-z_]+):\s*(?:#.*)?$", lines[number]))
        or (found := re.match(r"([a-z_]+):", lines[number]))
    }
    if "published" in heads:
        head = heads["published"]
        if not re.fullmatch(r"published:\s*(#.*)?", lines[head]):
            return None
        at = head + 1
        while at < marks[1] and not re.match(r"[^\s#-]", lines[at]):
            at += 1
        while not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#"):
            at -= 1
        first = next((line for line in lines[head + 1 : at] if line.lstrip().startswith("-")), None)
        indent = len(first) - len(first.lstrip()) if first is not None else 2
        return ending.join((*lines[:at], *_moved(items, indent), *lines[at:]))
    after = [heads[key] for key in ("said", "remarks", "sources", "related", "register") if key in heads]
    at = min(after, default=marks[1])
    return ending.join((*lines[:at], "published:", *items, *lines[at:]))


def _moved(items: Sequence[str], indent: int) -> list[str]:
    return [" " * indent + line[2:] for line in items]


def with_indicators(text: str, new: Mapping[str, str]) -> str:
    """indicators.yaml with further ones at its end. `new`: name by id."""
    ending = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith("\n"):
        text += ending
    for indicator_id, name in new.items():
        text += ending.join((f"{indicator_id}:", "  label:", f"    {DEFAULT_LANGUAGE}: {quoted(name)}", ""))
    return text


def _whole(lines: Iterator[str]) -> str:
    return "\n".join(("---", *lines, "---", ""))


def _localised(key: str, language: str, text: str | None) -> Iterator[str]:
    if text:
        yield from (f"{key}:", f"  {language}: {quoted(text)}")


def _listed(key: str, row: Row, *, is_quoted: bool = False) -> Iterator[str]:
    yield from _listed_items(key, split(row.get(key, "")), is_quoted=is_quoted)


def _listed_items(key: str, items: Collection[str], *, is_quoted: bool = False) -> Iterator[str]:
    if items:
        yield f"{key}:"
        yield from (f"  - {quoted(item) if is_quoted else item}" for item in items)
