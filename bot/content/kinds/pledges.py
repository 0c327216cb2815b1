"""Pledges: what somebody promised to give."""

from __future__ import annotations

from pydantic import Field

from bot.content.fields import Date, Localised, PlaceRef
from bot.content.schema import EntryFile


class Pledge(EntryFile):
    kind = "pledges"

    donor: Localised = Field(description="who promised it", examples=['"Name of the donor"'])
    purpose: Localised = Field(description="what it is for", examples=['"What it is for"'])
    beneficiaries: tuple[PlaceRef, ...] = Field((), description="ids of cities of the network, or free names")
    amount: Localised | None = Field(None, description="how much, or that no amount is stated")
    as_of: Date | None = Field(None, description="when this was so", examples=['"2001-05"'])
