"""The document as JSON, for programs.

`schema` is `focal-commitment-report`, `version` the version of this description (1). Keys never change their meaning
within a version; new ones may come. Codes are those of Focal and the same in all languages; words are in
`language`. Numbers of cities are strings of decimals with every digit as it was told ("0.90"), beside their unit and
year; null where there is none. Texts stand as they were typed.

- `title`, `subtitle`, `scope`, `state`, `method`: lines of the cover; `as_of`: ISO 8601, the newest decision that it
  rests on, null where nothing is dated; `edition`: under which number it is published, or that it is a draft;
  `content`: hash of the files it was made from.
- `figures`: key figures, `label` and `value`. `marks`: what the codes of `kind` mean (`code`, `sign`, `word`).
- `targets`: one object a target, in the order of the table: `city` (`id`, `name`, `country`), `ref` (short name of
  the target), `indicator`, `target` (`text`, `value`, `far`, `unit`, `due`), `results` (`text`; `quoted`: words as
  somebody typed them; `kind`; `value`, `far`, `unit`; `year`, as files write it; `counts`: the status is computed
  from it; `origin`: `code` `report` or `published`, and `text`), `status` (`said`, `code`, `word`, `share` in per
  cent of what was promised, `formula`, `differs`: said and computed do not agree).
- `cities`: one object a city: `id`, `name`, `own_name` with `own_language`, `country`, `summary`, `commitments`,
  `targets` (`ref`, `promise`, `said_words`, `series`, `sources`, `missing`), `remarks`, `worked`, `wanted`, `learnt`,
  `practices` (`id`, `title`), `missing`. A `series` has `points` on one scale (`unit`): `value` (of a range the end
  that counts, the other one in `far`), `year`, `when` in words, `kind`, and whether it is of the `published` record;
  its `target` with `far` and `due`, and its `baseline`. A source has a `heading`, `facts` (`label`, `text`) and
  `quotes` (`asked`, `words`).
- `missing`: everything that is missing, in words.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, TypeAlias

from bot.documents.document import (
    Chart,
    CityPage,
    Document,
    QuoteLine,
    ResultLine,
    Source,
    TableRow,
    TargetBlock,
)

SCHEMA, VERSION = "focal-commitment-report", 1
Object: TypeAlias = dict[str, Any]


def to_json(document: Document) -> bytes:
    """The document as UTF-8, its keys in the order of the description."""
    return (json.dumps(_document(document), ensure_ascii=False, indent=2) + "\n").encode()


def _document(document: Document) -> Object:
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "language": document.language,
        "title": document.title,
        "subtitle": document.subtitle,
        "scope": document.scope,
        "state": document.state,
        "edition": document.edition,
        "as_of": document.as_of or None,
        "content": document.content or None,
        "method": document.method,
        "figures": [{"label": figure.label, "value": figure.value} for figure in document.figures],
        "marks": [{"code": mark.code, "sign": mark.sign, "word": mark.word} for mark in document.legend],
        "targets": [_target(row) for row in document.table],
        "cities": [_city(city) for city in document.cities],
        "missing": document.missing,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _target(row: TableRow) -> Object:
    return {
        "city": {"id": row.city_id, "name": row.city, "country": row.country},
        "ref": row.ref,
        "indicator": row.indicator,
        "target": {
            "text": row.target,
            "value": _number(row.target_value),
            "far": _number(row.target_far),
            "unit": row.unit or None,
            "due": row.due,
        },
        "results": [_result(line) for line in row.results if line.origin_code],
        "status": {
            "said": row.status_said,
            "code": row.status_code,
            "word": row.status,
            "share": _number(row.share),
            "formula": row.formula,
            "differs": row.differs,
        },
    }


def _result(line: ResultLine) -> Object:
    return {
        "text": line.text,
        "quoted": line.quoted,
        "kind": line.mark.code if line.mark else None,
        "value": _number(line.value),
        "far": _number(line.far),
        "unit": line.unit or None,
        "year": line.year or None,
        "counts": line.counts,
        "origin": {"code": line.origin_code, "text": line.origin},
    }


def _city(city: CityPage) -> Object:
    return {
        "id": city.id,
        "name": city.name,
        "own_name": city.own_name or None,
        "own_language": city.own_language or None,
        "country": city.country,
        "summary": city.summary,
        "commitments": city.commitments,
        "targets": [_block(block) for block in city.targets],
        "remarks": city.remarks,
        "worked": [_quote(quote) for quote in city.worked],
        "wanted": city.wanted,
        "learnt": city.learnt,
        "practices": [{"id": id, "title": title} for id, title in city.practices],
        "missing": city.missing,
    }


def _block(block: TargetBlock) -> Object:
    return {
        "ref": block.row.ref,
        "promise": block.promise,
        "said_words": block.said_words or None,
        "series": _series(block.chart) if block.chart else None,
        "sources": [_source(source) for source in block.sources],
        "missing": block.missing,
    }


def _series(chart: Chart) -> Object:
    return {
        "unit": chart.unit or None,
        "points": [
            {
                "value": _number(point.value),
                "far": _number(point.far),
                "year": point.at,
                "when": point.label,
                "kind": point.mark.code if point.mark else None,
                "published": point.published,
            }
            for point in chart.points
        ],
        "target": _number(chart.target),
        "far": _number(chart.target_far),
        "due": chart.due,
        "baseline": _number(chart.baseline),
    }


def _source(source: Source) -> Object:
    return {
        "heading": source.heading,
        "facts": [{"label": label, "text": text} for label, text in source.lines],
        "quotes": [_quote(quote) for quote in source.quotes],
    }


def _quote(quote: QuoteLine) -> Object:
    return {"asked": quote.asked, "words": quote.words}
