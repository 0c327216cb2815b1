"""Samples of the views about tables that are brought in."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.entries import Library
from bot.domain.imports.columns import What
from bot.domain.views import View
from bot.domain.views.importing import (
    BroughtFile,
    EmptyTable,
    ImportStart,
    LinksMade,
    RejectedRow,
    TableBrought,
    TableSent,
    TableTried,
    VerdictsFile,
)
from bot.services.importing.receiving import LETTERS

NASTY = "<b>Cities</b> & {{ 7*7 }} %(x)s 字😀.csv"


def samples(library: Library) -> Iterator[View]:
    yield TableSent(NASTY * 5, tuple(LETTERS.items()), "0a1b2c3d")
    yield LinksMade(NASTY * 5)
    yield ImportStart(tuple(LETTERS.items()))
    yield ImportStart(())
    rejected = tuple(RejectedRow(row, NASTY, NASTY * 8) for row in (2, 3, 60_000))
    for what in What:
        yield ImportStart(tuple(LETTERS.items()), what)
        yield EmptyTable(what)
        yield TableTried(what, 7, 60_000, 0, 60_000, 0, 812, rejected, NASTY * 5)
        yield TableTried(what, 7, 1_234, 1_000, 200, 34, 812)
        yield TableTried(what, 7, 1, 1, 0, 0, 1)
        yield TableTried(what, 7, 2, 0, 2, 0, 0)
        yield VerdictsFile(what, 12)
        yield TableBrought(what, 3, NASTY * 5)
        yield TableBrought(what, 1)
        yield BroughtFile(what, 3)
