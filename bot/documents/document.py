"""A document with all its words in the reader's language: what every format prints, each in its own way.

The words are chosen once (`composition`), so that Word, PDF, page, workbook, Markdown and JSON say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Figure:
    """A key figure: "10 of 12", "cities with an accepted report"."""

    value: str
    label: str


@dataclass(frozen=True)
class Mark:
    """How sure a figure is: measured, projected, expected or unknown. `sign` is one printable character that every
    format shows, `word` its meaning in the legend."""

    code: str
    sign: str
    word: str


@dataclass(frozen=True)
class ResultLine:
    """One line of the results of a target. `text` is the figure with unit and year, or words; `mark` its kind.
    `quoted`: words as somebody typed them, in whatever language. `origin` says where it stands (`sibu-2026
    v2`, "Kitakyushu review 2010: table 1"). The typed cells are for workbooks: None where there is no figure."""

    text: str
    mark: Mark | None = None
    quoted: bool = False
    counts: bool = False
    origin: str = ""
    origin_code: str = ""
    """`report` or `published`."""
    value: Decimal | None = None
    far: Decimal | None = None
    unit: str = ""
    year: str = ""
    """As files write it, the same in all languages: a year, a span (`2006-2008`) or a day; empty where unknown."""


@dataclass(frozen=True)
class TableRow:
    """One target of one city. `first`: the first of its city. `of_city`: how many rows its city has."""

    city_id: str
    city: str
    country: str
    ref: str
    indicator: str
    target: str
    results: tuple[ResultLine, ...]
    status_said: str
    status: str
    status_code: str
    look: str
    """Code of its sign and colour: that of the status, or `on-the-way` or `not-yet` where its words say so."""
    formula: str
    """How the status was computed, in a sentence, with its reasons."""
    differs: bool = False
    first: bool = False
    of_city: int = 1
    target_value: Decimal | None = None
    target_far: Decimal | None = None
    unit: str = ""
    share: Decimal | None = None
    due: int | None = None


@dataclass(frozen=True)
class ChartPoint:
    """`at` is the year, None where it is not known; `shown` the value as the reader writes it. Of a range, `value` is
    the end that counts and `far` the other one."""

    value: Decimal
    shown: str
    at: int | None
    label: str
    mark: Mark | None = None
    published: bool = False
    far: Decimal | None = None
    year: str = ""
    """As in a line of results."""


@dataclass(frozen=True)
class Chart:
    """The series of a target with its target line. `alt` says in a sentence what it shows.
    `target_far` is the far end of a range; `baseline` is drawn where it is known. `goal_label` is the label of the
    target with its year, `off_zero` the words below the title where the scale does not begin at zero."""

    title: str
    unit: str
    points: tuple[ChartPoint, ...]
    target: Decimal | None
    target_shown: str
    target_far: Decimal | None = None
    target_label: str = ""
    due: int | None = None
    due_shown: str = ""
    goal_label: str = ""
    off_zero: str = ""
    baseline: Decimal | None = None
    baseline_shown: str = ""
    baseline_label: str = ""
    alt: str = ""


@dataclass(frozen=True)
class BoardRow:
    """A city on the network's board, or one of its targets. `share` in per cent of the promise, None where it cannot
    be computed; `look` gives its colour and sign."""

    name: str
    label: str
    share: Decimal | None
    shown: str
    look: str
    status: str


@dataclass(frozen=True)
class Board:
    """All targets of a network, or of a city, against what was promised."""

    title: str
    subtitle: str
    rows: tuple[BoardRow, ...]
    legend: tuple[tuple[str, str], ...]
    """Looks of statuses with their words, in the order of the legend."""
    goal_label: str
    alt: str = ""


@dataclass(frozen=True)
class QuoteLine:
    asked: str
    words: str


@dataclass(frozen=True)
class Source:
    """Where the figures of a target come from: `lines` are labelled facts ("Report", "sibu-2026, version 2"),
    `quotes` the original words."""

    heading: str
    lines: tuple[tuple[str, str], ...]
    quotes: tuple[QuoteLine, ...] = ()


@dataclass(frozen=True)
class TargetBlock:
    """A target on the page of its city."""

    row: TableRow
    promise: str
    said_words: str
    """What a source says of the status, in its words; empty where none does."""
    chart: Chart | None
    sources: tuple[Source, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class CityPage:
    """`own_name` is the name in the city's own language, empty where it is the same."""

    id: str
    name: str
    own_name: str
    country: str
    summary: str
    commitments: tuple[str, ...]
    targets: tuple[TargetBlock, ...]
    remarks: tuple[str, ...] = ()
    worked: tuple[QuoteLine, ...] = ()
    wanted: tuple[str, ...] = ()
    learnt: tuple[str, ...] = ()
    practices: tuple[tuple[str, str], ...] = ()
    """Id and title."""
    missing: tuple[str, ...] = ()
    """Of the city as a whole; what is missing of a target stands with it."""
    own_language: str = ""


@dataclass(frozen=True)
class Document:
    """`labels` are the headings and small words of the layout, by code (`table`, `city`, `targets`, `results`, …), so
    that templates have no words of their own. `scope` and `state` are lines for the cover."""

    language: str
    title: str
    subtitle: str
    scope: tuple[str, ...]
    state: tuple[str, ...]
    method: tuple[str, ...]
    """How it was made, in paragraphs."""
    figures: tuple[Figure, ...]
    table_title: str
    table: tuple[TableRow, ...]
    legend: tuple[Mark, ...]
    board: Board
    cities: tuple[CityPage, ...]
    missing: tuple[str, ...]
    content: str
    edition: str
    """Under which number it is published, or that it is a draft: every page says so."""
    as_of: str
    """ISO 8601, empty where nothing is dated; also the dates in the properties of Word and PDF."""
    labels: Mapping[str, str] = field(default_factory=dict)
