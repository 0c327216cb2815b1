"""Samples of the views: when to be reminded, and asking for more time."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import views as v
from bot.domain.entries import Library


def samples(library: Library) -> Iterator[v.View]:
    yield from ()
