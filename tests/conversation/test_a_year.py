"""A year of twelve cities in twelve zones, lived with the real bot: what arrives is what should arrive, whatever
happens meanwhile. What should arrive is worked out beside it by a plain reading of the rules (`year_reference.py`),
and compared after every look at the clock. The long form is `tests/faults/test_year.py`."""

from __future__ import annotations

from pathlib import Path

from .year_checks import assert_all_is_well
from .year_life import year_in
from .year_story import timeline

ROOT = Path(__file__).parent.parent.parent

BY_HAND = """
2027-01-18 09:00 Kathmandu Maya: kathmandu 2026 +72
2027-02-26 09:05 Seoul Jisoo: ulsan 2026 +33
2027-03-01 09:00 Kuching Mei: sibu 2026 +30, weihai 2026 +30
2027-03-05 09:00 Kathmandu Maya: kathmandu 2026 +26 (promise)
2027-03-16 09:00 Kathmandu Maya: kathmandu 2026 +15
2027-03-25 08:00 Berlin Ulla: berlin 2026 +6
2027-03-25 09:00 Berlin Jonas: berlin 2026 +6
2027-03-26 09:00 Toronto Tom: toronto 2026 +5 (promise)
2027-03-28 09:00 Cairo Amr: cairo 2026 +3
2027-03-31 09:00 Kolkata Isha: mumbai 2026 +0
2027-03-31 09:40 Seoul Jisoo: ulsan 2026 +14
2027-03-31 11:00 Toronto Tom: toronto 2026 +0
2027-04-05 09:00 Tokyo Aiko: adelaide 2026 -5, cairo 2026 -5, lome 2026 -5, weihai 2026 -5
2027-04-10 08:00 Cairo Amr: cairo 2026 -10 (nudge)
2027-06-15 09:00 Berlin Jonas: berlin 2027 +176
2027-06-16 09:00 Kuching Mei: sibu 2027 +175, weihai 2027 +175 (promise)
2027-08-17 08:00 Adelaide Abby: adelaide 2027 +113
2027-11-08 09:00 Berlin Ulla: berlin 2027 +30
2027-11-24 09:00 Toronto Tess: toronto 2027 +21
2027-12-09 08:00 Manila Nonoy: naga 2027 +6
2027-12-10 09:00 Jakarta Budi: surabaya 2027 +5
2027-12-11 09:00 Kathmandu Maya: kathmandu 2027 +30 (promise)
2027-12-13 16:00 Tokyo Aiko: adelaide 2027 +2, cairo 2027 +2, lome 2027 +2, ulsan 2027 +2
2027-12-15 08:30 Adelaide Abby: adelaide 2027 +0
2028-01-03 09:00 Kathmandu Maya: kathmandu 2027 +7
""".strip().splitlines()
"""Worked out with a calendar: after a crash; two cities in one message; a promise; the day before a holiday that was
declared in March; after a night of ours, with what Good Friday brought forward; a promise on that Friday; a Sunday
that is a working day; an answer that came back; a repeated one; two hours later, for he was at it; the office; a
nudge on a rest day; a deputy for somebody who blocked us; the end of a long rest of ours; a deadline that moved;
47 hours late; the office again, without a city that went on."""


async def test_the_log_of_a_year_is_the_expected_one(tmp_path: Path) -> None:
    async with year_in(tmp_path, ROOT) as lived:
        for deed in timeline(lived.year):
            await lived.do(deed)
        assert_all_is_well(lived)
        assert [line for line in BY_HAND if line not in set(map(str, lived.arrived))] == []
        assert lived.kills == 5
        assert any("one answer waits for your correction" in text.lower() for text in lived.texts)
