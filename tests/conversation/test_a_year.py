"""A year of twelve cities: what arrives is what should arrive, whatever happens to the bot meanwhile."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

from .year_life import YearLived, year_in
from .year_reference import EVENING, MORNING, Line, Year
from .year_story import DEEDS, timeline
from .year_world import CITIES, PEOPLE

ROOT = Path(__file__).parent.parent.parent


async def test_the_log_of_a_year_is_the_expected_one(tmp_path: Path) -> None:
    async with year_in(tmp_path, ROOT) as lived:
        for deed in timeline(lived.year):
            await lived.do(deed)
        print("\n".join(map(str, lived.arrived)), lived.looks, lived.kills)
