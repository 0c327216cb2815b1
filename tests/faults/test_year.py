"""The simulated year of `tests/conversation/test_a_year.py` with a look every ten minutes, day and night."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from conversation.year_checks import assert_all_is_well
from conversation.year_life import year_in
from conversation.year_story import timeline

from .conftest import FULL

ROOT = Path(__file__).parent.parent.parent
EVERY = timedelta(minutes=int(os.environ.get("FOCAL_YEAR_MINUTES", "10")))


@pytest.mark.faults
@pytest.mark.skipif(not FULL, reason="the long form runs with `make faults`")
async def test_a_year_of_ticks_says_what_is_expected_and_nothing_else(tmp_path: Path) -> None:
    async with year_in(tmp_path, ROOT) as lived:
        for deed in timeline(lived.year, EVERY):
            await lived.do(deed)
        assert_all_is_well(lived)
        assert lived.looks > timedelta(days=365) // EVERY
