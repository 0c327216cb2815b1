"""Guides, toolkits and databases: what to read and use."""

from __future__ import annotations

from pydantic import Field

from bot.content.fields import Localised, Year
from bot.content.schema import EntryFile


class Guide(EntryFile):
    kind = "guides"

    publisher: Localised | None = Field(None, description="who published it")
    year: Year | None = Field(None, description="the year in which it appeared", examples=["2007"])
    for_whom: Localised | None = Field(None, description="for whom it was made")
    contents: tuple[Localised, ...] = Field((), description="what is in it")
    availability: Localised | None = Field(None, description="how to get it")
