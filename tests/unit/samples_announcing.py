"""Samples of the views: an announcement on its way: progress, report, correction, withdrawal, team groups."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import views as v
from bot.domain.entries import Library


def samples(library: Library) -> Iterator[v.View]:
    yield from ()
