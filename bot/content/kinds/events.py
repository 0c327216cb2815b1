"""Events: conferences, meetings, seminars, study tours, and series of them."""

from __future__ import annotations

from pydantic import Field

from bot.content.fields import Date, EntryRef, Flag, Localised, wrong
from bot.content.schema import EntryFile


class Event(EntryFile):
    kind = "events"

    starts: Date | None = Field(
        None,
        description="the first day, month or year: 2000-08-31, 2000-08 or 2000",
        examples=['"2000-08-31"'],
    )
    ends: Date | None = Field(None, description="the last day, month or year", examples=['"2000-09-05"'])
    series: Flag = Field(False, description="true for a series of events", examples=["true"])
    part_of: EntryRef | None = Field(None, description="id of the event or series that it belongs to")
    organisers: tuple[Localised, ...] = Field((), description="who held it")
    participants: Localised | None = Field(None, description="who took part")
    outcomes: tuple[Localised, ...] = Field((), description="what came of it")

    def model_post_init(self, context: object) -> None:
        if self.starts and self.ends and self.ends < self.starts[: len(self.ends)]:
            message = f"read `{self.ends}`, but it starts on `{self.starts}`"
            raise wrong("dates", message, "correct one of the two dates", ("ends",))
