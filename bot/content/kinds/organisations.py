"""Organisations and networks."""

from __future__ import annotations

from pydantic import Field

from bot.content.fields import Localised, Text
from bot.content.schema import EntryFile


class Organisation(EntryFile):
    kind = "organisations"

    abbreviation: Text | None = Field(None, description="its short name", examples=['"ESCAP"'])
    roles: tuple[Localised, ...] = Field((), description="what it does for cities")
