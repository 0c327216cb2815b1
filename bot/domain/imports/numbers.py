"""Numbers and years in cells: what is surely one is read, everything else is explained."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.domain.imports.verdicts import WrongCellError
from bot.domain.measures import Verdict, read

PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_PER_CENT = re.compile(r"\s*(?:%|％|percent|per cent|pour cent|por ciento|prozent)\s*$", re.IGNORECASE)
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
        raise _none(key, text)
    if PLAIN.fullmatch(figures):
        return Decimal(figures), figures == text
    found = read(figures, None, None)
    if found.verdict is Verdict.ACCEPT and found.value is not None and found.value_high is None:
        return found.value, False
    if found.readings:
        ways = " or ".join(f"{reading.value:f}" for reading in found.readings)
        message = f"read {quoted(text)}, which could be {ways}"
        raise WrongCellError(key, "number", message, "write digits, with a point before decimals only")
    raise _none(key, text)


def year(key: str, text: str) -> int:
    """A year, 1800 to 2199. Raises WrongCellError for everything else."""
    bare = text.strip()
    if _YEAR.fullmatch(bare):
        return int(bare)
    raise WrongCellError(
        key, "number", f"read {quoted(text)}, expected a year such as 2030", "write one year, in four digits"
    )


def quoted(text: str) -> str:
    """What was read, short and on one line."""
    line = " ".join(text.split())
    return f"“{line[:59]}…”" if len(line) > 60 else f"“{line}”"


def _none(key: str, text: str) -> WrongCellError:
    return WrongCellError(
        key,
        "number",
        f"read {quoted(text)}, expected a number",
        "write digits with a point, such as 51.38, and words in another column",
    )
