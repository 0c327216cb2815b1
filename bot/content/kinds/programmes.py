"""Programmes and their parts."""

from __future__ import annotations

from pydantic import Field

from bot.content.fields import EntryRef, Localised, Years
from bot.content.schema import EntryFile


class Programme(EntryFile):
    kind = "programmes"

    years: Years | None = Field(None, description="a year, or the first and the last", examples=["2000-2010"])
    part_of: EntryRef | None = Field(None, description="id of the programme that it belongs to")
    contents: tuple[Localised, ...] = Field((), description="what it does")
    outcomes: tuple[Localised, ...] = Field((), description="what came of it")
