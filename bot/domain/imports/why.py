"""What can be said of a table and of its rows: codes, and what fills the blanks of their sentences."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | Decimal | tuple[str, ...]
"""What fills a blank: words as they were read, a figure, or the items of a list."""


class Why(StrEnum):
    """One sentence each. What stands behind a dot tells sentences apart that have one code."""

    ACCEPTED = "accepted"
    THERE_ALREADY = "there-already"

    # notes about what is accepted
    NOT_TAKEN_OVER = "not-taken-over"
    READ_AS = "read-as"
    BELOW_ONE = "below-one"
    BASELINE_NOT_POSITIVE = "baseline-not-positive"
    NO_FIGURE = "no-figure"
    MADE_AFTER_DUE = "made-after-due"
    YEAR_WITHOUT_RESULT = "no-result.year"
    LEFT_OUT = "left-out"
    REMARKS = "remarks"
    NEW_CITY = "new-city"
    KNOWN_AS = "known-as"

    # why a row is rejected
    TOO_MANY_CELLS = "too-many-cells"
    TOO_LONG = "too-long"
    NUMBER = "number"
    NUMBER_UNCLEAR = "number.unclear"
    NUMBER_LONG = "number.long"
    END_ALONE = "number.end"
    YEAR = "number.year"
    CHOICE = "choice"
    LANGUAGE = "language"
    SHARE_OF_REDUCTION = "share.reduction"
    SHARE_OF_TARGET = "share.target"
    UNIT_OF_CHANGE = "unit"
    CITY_MISSING = "no-city"
    CITY_OF_ROLE = "no-city.role"
    CITY_UNKNOWN = "unknown-city"
    CITY_UNCLEAR = "which-city"
    COUNTRY = "country"
    COUNTRY_MISSING = "no-country"
    COUNTRY_OF_NEW = "no-country.new"
    TIME_ZONE = "time-zone"
    TIME_ZONE_UNCLEAR = "time-zone.unclear"
    NO_TARGET = "no-target"
    NO_TARGET_SAID = "no-target.said"
    KIND_OF_TARGET = "no-kind"
    SIGN = "sign"
    NO_DIRECTION = "no-direction"
    NO_YEAR = "no-year"
    DUE_NOT_AFTER_BASELINE = "due-not-after-baseline"
    NO_RESULT = "no-result"
    NO_SOURCE = "no-source"
    NO_COMMITMENT = "no-commitment"
    COMMITMENT_UNKNOWN = "which-commitment"
    COMMITMENT_UNCLEAR = "which-commitment.several"
    TARGET_UNKNOWN = "which-target"
    TARGET_UNCLEAR = "which-target.several"
    UNUSUAL_FILE = "unusual-file"
    NO_NAME = "no-name"
    NO_TITLE = "no-title"
    KIND_OF_ENTRY = "no-kind.entry"
    ID = "id"
    ID_TAKEN = "id-taken"
    UNKNOWN_ENTRY = "unknown-entry"
    UNKNOWN_TOPIC = "unknown-topic"
    CONTENT = "content"
    """What content checks find besides: their words are those of whoever looks after the content."""
    NO_ROLE = "no-role"
    NOT_ALLOWED = "not-allowed"
    NO_CITY_ROLE = "no-city-role"

    # why the columns of a table do not fit
    NO_HEADER = "no-header"
    COLUMN_TWICE = "column-twice"
    COLUMN_MISSING = "no-column"
    MAPPED_COLUMN = "mapped-column"
    MAPPED_COLUMN_LIKE = "mapped-column.like"

    # why a file cannot be read as a table
    TOO_LARGE = "too-large"
    EMPTY = "empty"
    NO_SHEETS = "empty.sheets"
    OLD_EXCEL = "old-excel"
    PDF = "no-table.pdf"
    PICTURE = "no-table.picture"
    WORD = "no-table.word"
    NO_TABLE = "no-table"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_COLUMNS = "too-many-columns"
    CELL_TOO_LONG = "cell-too-long"
    CELL_WITHOUT_END = "cell-too-long.quote"
    LINE_TOO_LONG = "line-too-long"
    ENCODING = "encoding"
    ENCODING_OF_FIRST = "encoding.first"
    ENCODING_OF_ALL = "encoding.all"
    QUOTES = "quotes"
    BROKEN_EXCEL = "broken-excel"
    NOT_OF_EXCEL = "broken-excel.foreign"
    BOMB = "bomb"
    NO_SHEET = "no-sheet"
    FORMULA = "formula"

    @property
    def code(self) -> str:
        """As programs know it."""
        return self.value.partition(".")[0]


class ToldError(Exception):
    """What is told to whoever sent a table: the sentence, and what fills its blanks."""

    def __init__(self, why: Why, **values: Value) -> None:
        super().__init__(why.value)
        self.why, self.values = why, values
