"""Pilot projects: what was tried once, and how far it has come."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.content.fields import Code, Localised, Years, one_of
from bot.content.schema import EntryFile, Outcome


class Pilot(EntryFile):
    kind = "pilots"

    years: Years | None = Field(None, description="a year, or the first and the last", examples=["2004-2008"])
    stage: Annotated[Code, one_of("done", "running", "announced", "study")] | None = Field(
        None, description="how far it is: done, running, announced or study", examples=["running"]
    )
    by_whom: Localised | None = Field(None, description="who does it")
    method: tuple[Localised, ...] = Field((), description="what was done, step by step")
    results: tuple[Outcome, ...] = Field(
        (),
        description="what came of it: indicator, change or value, at_least, year or period, target, "
        "value_kind (measured, projected, expected), text, place, source",
        examples=['\n  - value: "55 %"\n    year: 2007\n    text: "More than half was composted."'],
    )
    success_factors: tuple[Localised, ...] = Field((), description="why it worked")
