"""Practices: what works, where, and what came of it."""

from __future__ import annotations

from pydantic import Field

from bot.content.fields import Localised, Years
from bot.content.schema import EntryFile, Outcome, Replication


class Practice(EntryFile):
    kind = "practices"

    years: Years | None = Field(None, description="a year, or the first and the last", examples=["2004-2008"])
    by_whom: Localised | None = Field(None, description="who did it")
    method: tuple[Localised, ...] = Field((), description="what was done, step by step")
    results: tuple[Outcome, ...] = Field(
        (),
        description="what came of it: indicator, change or value, at_least, year or period, target, "
        "value_kind (measured, projected, expected), text, place, source",
        examples=['\n  - change: "-20 %"\n    period: "2004-2008"\n    text: "Less waste than before."'],
    )
    success_factors: tuple[Localised, ...] = Field((), description="why it worked")
    replicated_in: tuple[Replication, ...] = Field(
        (),
        description="places that took it over: place, text, source",
        examples=['\n  - place: "Name of the city"\n    text: "What they did."'],
    )
