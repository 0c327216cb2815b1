"""Partnerships between cities."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.content.fields import Code, Date, Localised, PlaceRef, one_of
from bot.content.schema import EntryFile


class Partnership(EntryFile):
    kind = "partnerships"

    partners: tuple[PlaceRef, ...] = Field(
        description="ids of cities of the network, or free names", examples=['["One city", "Another city"]']
    )
    state: Annotated[Code, one_of("existing", "announced", "contact", "listed")] = Field(
        description="existing, announced, contact or listed", examples=["announced"]
    )
    as_of: Date | None = Field(None, description="when this was so", examples=['"2001-05"'])
    contents: tuple[Localised, ...] = Field((), description="what the partners do together")
