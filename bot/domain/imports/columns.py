"""The columns of the tables that come in, by what they hold; an export has the same, so that it can come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.entries import KINDS


class What(StrEnum):
    """What a table holds."""

    CITIES = "cities"
    COMMITMENTS = "commitments"
    PEOPLE = "people"
    RESULTS = "results"
    ENTRIES = "entries"


@dataclass(frozen=True)
class Field:
    """One column of ours. `example` stands in the template."""

    key: str
    meaning: str
    example: str = ""
    needed: bool = False


_CITY = Field("city", "name or id of the city", "Sample City", needed=True)
_COUNTRY = Field(
    "country", "two letters of ISO 3166, or its English name; needed for a city that is new", "ID"
)
_LANGUAGE = Field("language", "language of the texts of this row; en where it is empty", "en")

_RESULT = (
    Field(
        "result_year",
        "the year that the result is about, or the first and the last, such as 2004-2008",
        "2025",
    ),
    Field("result", "the figure, as the source has it", "-12.5"),
    Field("result_to", "the other end, where the result is a range"),
    Field(
        "result_unit", 'unit of the result; "% of target" is a share of its target that a city claims', "%"
    ),
    Field("result_kind", "measured, projected or expected", "measured"),
    Field("result_text", "the result in words; made from the figure where it is empty"),
)

FIELDS: Mapping[What, tuple[Field, ...]] = {
    What.CITIES: (
        Field("name", "the city's name in English, or as it is written", "Sample City", needed=True),
        Field("country", "two letters of ISO 3166, or its English name", "ID", needed=True),
        Field("id", "the name of its file; made from the name where it is empty", "sample-city"),
        Field("time_zone", "a zone of the IANA list; needed where the country has several", "Asia/Jakarta"),
        Field("languages", "languages spoken there, the most important first, with ; between them", "id; en"),
        Field("weekend", "days of rest, such as sat; sun", "sat; sun"),
        Field("name_fr", "its name in French"),
        Field("name_zh", "its name in Chinese"),
        Field("summary", "one or two sentences about it", "Joined the network in 2026."),
        Field("aliases", "other names, with ; between them"),
        Field("topics", "ids of topics.yaml, with ; between them"),
        Field("offers", "topics on which it can help others"),
        Field("seeks", "topics on which it looks for help"),
        Field("sources", "where this stands, with ; between them"),
        _LANGUAGE,
    ),
    What.COMMITMENTS: (
        _CITY,
        _COUNTRY,
        Field("time_zone", "for a new city in a country of several zones", "Asia/Jakarta"),
        Field("made", "the year of the promise", "2024", needed=True),
        Field("due", "the year by which it is due", "2030"),
        Field("kind", "change, level, count, milestone, compliance or scale; none: no target", "change"),
        Field("indicator", "id or name of what is measured", "Waste generation"),
        Field("direction", "down or up; without it the sign of a change tells", "down"),
        Field("value", "the figure promised", "20"),
        Field("value_to", "the other end, where a range was promised"),
        Field("unit", "unit of the value", "%"),
        Field("baseline_year", "the year that it starts from", "2020"),
        Field("baseline", "the value that it starts from", "1250.50"),
        Field("baseline_unit", "unit of the baseline, where it is another than that of the value", "t"),
        Field("text", "the promise in words; made from the figures where it is empty"),
        Field("sector", "what it covers, in the city's words"),
        Field("note", "what the city says besides, kept to the letter"),
        Field("source", "where it stands"),
        Field("ref", "its number there, by which the row is known again"),
        *_RESULT,
        _LANGUAGE,
    ),
    What.PEOPLE: (
        Field("role", "focal_point, deputy, secretariat or admin", "focal_point", needed=True),
        Field("city", "name or id of the city; not for the secretariat and admins", "Sample City"),
        Field("country", "where several cities have this name", "ID"),
        Field("note", "for whom the link is, in your words; it stands beside the link, nowhere else", "Row 1"),
    ),
    What.RESULTS: (
        _CITY,
        _COUNTRY,
        Field("commitment", "id of its file; needed where the city has several promises", "sample-city-2024"),
        Field("target", "id of the target; needed where the promise has several", "a"),
        *_RESULT,
        Field("source", "where it stands", "Yearly report 2025", needed=True),
        _LANGUAGE,
    ),
    What.ENTRIES: (
        Field("kind", f"one of {', '.join(k for k in KINDS if k not in ('cities', 'commitments'))}",
              "practices", needed=True),
        Field("title", "its name", "Compost in every backyard", needed=True),
        Field("id", "the name of its file; made from the title where it is empty"),
        Field("summary", "one or two sentences, with the most important figure", "Less waste by half."),
        Field("aliases", "other words that people type for it, with ; between them"),
        Field("topics", "ids of topics.yaml, with ; between them", "composting"),
        Field("places", "ids of cities, or free names, with ; between them", "Sample City"),
        Field("sources", "where the facts stand, with ; between them", "Report of 2025, page 3"),
        Field("related", "ids of other entries, with ; between them"),
        Field("text", "the whole text, in Markdown"),
        _LANGUAGE,
    ),
}  # fmt: skip

REMARK = "# "
"""A row whose first cell begins so is a remark, as the template's example is: `#1` may be the number of a row."""


def fields(what: What) -> Mapping[str, Field]:
    """The columns of such a table, by key."""
    return {field.key: field for field in FIELDS[what]}
