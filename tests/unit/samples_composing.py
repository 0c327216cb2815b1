"""Samples of the views: writing an announcement and choosing its audience."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import views as v
from bot.domain.entries import Library


def samples(library: Library) -> Iterator[v.View]:
    yield from ()
