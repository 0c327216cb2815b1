"""Numbers and years in cells: what is surely one is read, everything else is explained."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.domain.imports.verdicts import WrongCellError
from bot.domain.imports.why import Why
from bot.domain.measures import Verdict, read
from bot.domain.measures.literals import MOST_DECIMALS, MOST_DIGITS
from bot.domain.published import SHARE_OF_TARGET

PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_PER_CENT = re.compile(r"\s*(?:%|％|percent|per cent|pour cent|por ciento|prozent)\s*$", re.IGNORECASE)
_SHARE_OF_TARGET = re.compile(r"(?:%|％|percent|per cent) of (?:the |its )?target", re.IGNORECASE)
_FIGURES_ALONE = re.compile(r"[+-]?[\d.,'’ \u00a0\u2009\u202f]+")
_YEAR = re.compile(r"1[89]\d\d|2[01]\d\d")
LONGEST = 60


def number(key: str, text: str) -> tuple[Decimal, bool]:
    """The number in a cell, and whether it was written as plainly as it comes out again. "20 percent" is 20.

    Raises WrongCellError for what is none, or could be two (1,234).
    """
    bare = text.strip().replace("\u2212", "-")
    figures = _PER_CENT.sub("", bare)
    if len(figures) > LONGEST or not _FIGURES_ALONE.fullmatch(figures):
        raise WrongCellError(key, Why.NUMBER, read=text)
    if PLAIN.fullmatch(figures):
        value = _of_usual_length(key, text, Decimal(figures))
        return value, f"{value:f}" == text
    found = read(figures, None, None)
    if found.verdict is Verdict.ACCEPT and found.value is not None and found.value_high is None:
        return _of_usual_length(key, text, found.value), False
    if found.readings:
        ways = tuple(f"{reading.value:f}" for reading in found.readings)
        raise WrongCellError(key, Why.NUMBER_UNCLEAR, read=text, ways=ways)
    raise WrongCellError(key, Why.NUMBER, read=text)


def _of_usual_length(key: str, text: str, value: Decimal) -> Decimal:
    """The number, where it has no more digits than content files take. Raises WrongCellError for others."""
    whole, _, decimals = f"{value.copy_abs():f}".partition(".")
    if len(whole) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        raise WrongCellError(key, Why.NUMBER_LONG, read=text, digits=MOST_DIGITS, decimals=MOST_DECIMALS)
    return value


def unit(text: str) -> str:
    """A unit as it is told everywhere: per cent, and the share of a target, have many spellings."""
    bare = text.strip()
    if _SHARE_OF_TARGET.fullmatch(bare):
        return SHARE_OF_TARGET
    return "%" if _PER_CENT.fullmatch(bare) else bare


def year(key: str, text: str) -> int:
    """A year, 1800 to 2199. Raises WrongCellError for everything else."""
    bare = text.strip()
    if _YEAR.fullmatch(bare):
        return int(bare)
    raise WrongCellError(key, Why.YEAR, read=text)
