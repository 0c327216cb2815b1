"""Samples of the views: pictures."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.entries import Library
from bot.domain.views import View
from bot.domain.views import pictures as v

NASTY = "<b>Costs</b> & 100 % {{ 7*7 }} %(x)s 字😀"


def samples(library: Library) -> Iterator[View]:
    yield v.PictureCaption("Sibu, waste generation: −2 % (2008, measured). Target: −10 to −15 % by 2030.")
    yield v.PictureCaption(NASTY * 60)
    yield v.PictureCaption("", tuple((f"{NASTY} {n}", "82 %") for n in range(14)))
