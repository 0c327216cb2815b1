"""Funds and other ways to pay for things."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.content.fields import Code, Date, Localised, one_of
from bot.content.schema import EntryFile


class Fund(EntryFile):
    kind = "funds"

    giver: Localised | None = Field(None, alias="from", description="who gives the money")
    for_whom: Localised | None = Field(None, description="who can have it")
    state: Annotated[Code, one_of("existing", "announced", "recommended", "listed")] = Field(
        description="existing, announced, recommended or listed", examples=["existing"]
    )
    as_of: Date | None = Field(None, description="when this was so", examples=['"2001-05"'])
    conditions: tuple[Localised, ...] = Field((), description="what is asked of those who want it")
    amount: Localised | None = Field(None, description="how much, where a source says it")
