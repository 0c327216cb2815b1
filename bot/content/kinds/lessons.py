"""Lessons: what was learnt, said, recommended or declared."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.content.fields import Code, EntryRef, Localised, one_of
from bot.content.schema import EntryFile


class Lesson(EntryFile):
    kind = "lessons"

    form: Annotated[Code, one_of("lesson", "message", "recommendation", "declaration", "outcome")] = Field(
        description="lesson, message, recommendation, declaration or outcome", examples=["lesson"]
    )
    said_at: EntryRef | None = Field(None, description="id of the event at which it was said")
    points: tuple[Localised, ...] = Field((), description="its points, one by one")
