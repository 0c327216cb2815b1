"""Samples of the views: what will go out, holding it, pauses and reminders by hand."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import views as v
from bot.domain.entries import Library


def samples(library: Library) -> Iterator[v.View]:
    yield from ()
