"""Numbers as people write them: nothing is stored wrongly, what is clear is understood, the rest is asked back."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal, format_percent
from babel.units import format_unit
from hypothesis import given, settings
from hypothesis import strategies as st
from numbers_people_write import ALL, HELD_OUT, SEEN, Line

from bot.domain.measures import Reading, Reason, Verdict, plain, read
from bot.domain.measures.characters import tidy

ROOT = Path(__file__).parent.parent.parent
REPORTS = ROOT.parent / "shared" / "data" / "progress_reports.csv"
FIELDS = (None, "t", "kg/cap/day", "mg/l", "USD", "%", "% change", "% rate 0-100", "vehicles", "t/year")
LOCALES = sorted({locale for _, _, locale, _, _ in ALL if locale})


def offered(reading: Reading) -> set[str]:
    return {plain(each.value) for each in reading.readings}


def told(reading: Reading) -> str:
    if reading.value is None:
        return ""
    return plain(reading.value) + (f"..{plain(reading.value_high)}" if reading.value_high is not None else "")


@pytest.mark.parametrize("line", ALL, ids=lambda line: f"{line[0]!a} in {line[2]}")
def test_a_number_is_read_as_it_was_meant(line: Line) -> None:
    text, unit, locale, verdict, value = line
    reading = read(text, unit, locale)
    assert reading.verdict == verdict, reading
    if verdict == "accept" or ".." in value:
        assert told(reading) == value
    elif verdict == "ambiguous":
        assert set(value.split("|")) <= offered(reading)
    else:
        assert reading.value is None
        assert reading.reasons, "what cannot be read is explained"


def test_the_list_is_as_wide_as_it_claims() -> None:
    assert len(set(ALL)) == len(HELD_OUT) + len(SEEN) >= 500
    assert len(LOCALES) >= 40
    assert len({zero for text, *_ in ALL for zero in tidy(text).scripts}) >= 12


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5 O", "t"),  # a letter beside the number may have been meant as a nought
        ("5/", "t"),
        ("5 per day", "t"),  # not five tonnes
        ("no 5 t", "t"),
        ("5 miles", "t"),  # not five thousand, as in Spanish
        ("5 bin", "t"),  # not five thousand, as in Turkish
        ("一半", "%"),  # a half, not one
        ("35 % %", "%"),
        ("5 MT", "t"),  # metric tons, or megatons
        ("5 kg", "vehicles"),
        ("120 t/a", "t"),
        ("between 5", "t"),
        ("5 kb", "t"),
        ("3 M", "USD"),  # a million, or the Indonesian milliard
        ("- 5", "t"),  # a fall, or the sign of a list
        ("5 %o", "%"),
        ("1.2 MtCO2e", "t CO2e"),
        ("0.9 kg/day", "kg/cap/day"),  # a city's, or a person's
        ("5~", "t"),
    ],
)
@pytest.mark.parametrize("locale", ["en", "id"])
def test_what_only_looks_like_a_number_is_never_stored(text: str, unit: str, locale: str) -> None:
    if (text, locale) == ("3 M", "en"):
        assert read(text, unit, locale).value == 3_000_000
        return
    assert read(text, unit, locale).verdict is not Verdict.ACCEPT


def test_the_likelier_reading_is_offered_first() -> None:
    assert [plain(each.value) for each in read("1,234", "t", "en").readings] == ["1234", "1.234"]
    assert [plain(each.value) for each in read("1,234", "t", "fr").readings] == ["1.234", "1234"]


def test_a_value_in_another_unit_is_offered_in_both() -> None:
    reading = read("120 t/day", "t/year", "en")
    assert [(plain(each.value), each.unit) for each in reading.readings] == [
        ("43800", "t/year"),
        ("120", "t/day"),
    ]
    assert reading.reasons == (Reason.OTHER_UNIT,)


def test_the_unit_of_the_field_is_the_unit_of_the_answer() -> None:
    assert read("0,97kg", "kg/cap/day", "de").unit == "kg/cap/day"
    assert read("35", "% rate 0-100", "en").unit == "%"
    assert read("35 %", None, "en").unit == "%"
    assert read("35", None, "en").unit is None


def test_an_approximate_number_is_kept_and_called_approximate() -> None:
    assert read("环境约35%", "%", "zh").verdict is Verdict.AMBIGUOUS
    assert read("约35%", "%", "zh").approximate
    assert not read("35%", "%", "zh").approximate


@given(
    value=st.decimals(min_value=-(10**9), max_value=10**9, places=3),
    places=st.integers(0, 3),
    locale=st.sampled_from(LOCALES),
    local_digits=st.booleans(),
    unit=st.sampled_from([None, "t", "% change", "USD"]),
)
@settings(max_examples=400, deadline=None)
def test_a_number_written_as_a_locale_writes_it_comes_back_or_is_asked(
    value: Decimal, places: int, locale: str, local_digits: bool, unit: str | None
) -> None:
    value = round(value, places)
    written = format_decimal(
        value,
        locale=locale,
        decimal_quantization=False,
        numbering_system="default" if local_digits else "latn",
    )
    reading = read(written, unit, locale)
    assert reading.verdict is not Verdict.REJECT, (written, reading)
    if reading.verdict is Verdict.ACCEPT:
        assert reading.value == value, written
    else:
        assert value in {each.value for each in reading.readings}, written


MISPRINTED = ("sw", "ne")
"""Babel prints "elfu 12" for 1,200, and its Nepali करोड for a million."""


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_that_the_locale_data_have_are_never_taken_for_another_value(locale: str) -> None:
    """An outside list: the words for thousands and millions, percentages and units of CLDR, which are not ours."""
    written: list[tuple[str, str | None, Decimal]] = []
    for kind in Locale.parse(locale).compact_decimal_formats if locale not in MISPRINTED else ():
        for number in (2000, 25_000, 350_000, 2_500_000, 12_000_000, 3_000_000_000):
            text = format_compact_decimal(number, locale=locale, format_type=kind, fraction_digits=1)
            written.append((text, "USD", Decimal(number)))
    for share in ("0.35", "-0.05"):
        text = format_percent(Decimal(share), locale=locale, decimal_quantization=False)
        written.append((text, "% change", Decimal(share) * 100))
    for name, unit in (("mass-kilogram", "kg"), ("mass-tonne", "t"), ("volume-liter", "l")):
        for size in (5, Decimal("12.5")):
            written.append((format_unit(size, name, locale=locale), unit, Decimal(size)))
    for text, field, meant in written:
        reading = read(text, field, locale)
        if reading.verdict is Verdict.ACCEPT:
            assert reading.value == meant, text


PIECES = st.one_of(
    st.text(max_size=6),
    st.sampled_from([text for text, *_ in ALL]),
    st.sampled_from(list("0123456789.,'-–−+%/()^x×· ٫٬،\u200b\u200e\u202f\n½百千万亿点")),
)


@given(
    text=st.lists(PIECES, max_size=12).map("".join),
    unit=st.one_of(st.sampled_from(FIELDS), st.text(max_size=8)),
    locale=st.one_of(st.none(), st.sampled_from(LOCALES), st.text(max_size=6)),
)
@settings(max_examples=1500, deadline=None)
def test_no_text_unit_or_locale_raises_and_every_answer_is_whole(
    text: str, unit: str | None, locale: str | None
) -> None:
    reading = read(text, unit, locale)
    if reading.verdict is Verdict.ACCEPT:
        assert reading.value is not None
        assert reading.value_high is None
        assert not reading.reasons
        assert any(char.isnumeric() for char in text)
        assert "E" not in plain(reading.value)
    elif reading.verdict is Verdict.AMBIGUOUS:
        assert reading.readings
        assert reading.reasons
    else:
        assert reading.value is None
        assert reading.reasons


@given(value=st.integers(0, 999_999), decimals=st.integers(0, 99), unit=st.sampled_from(["t", "% change"]))
@settings(deadline=None)
def test_both_decimal_signs_mean_the_same_where_only_one_reading_is_possible(
    value: int, decimals: int, unit: str
) -> None:
    meant = Decimal(f"{value}.{decimals:02}")
    if meant and meant < 1:
        unit = "t"
    for sign in ".,":
        reading = read(f"{value}{sign}{decimals:02}", unit, None)
        assert (reading.verdict, reading.value) == (Verdict.ACCEPT, meant)


@given(first=st.integers(1, 999), second=st.integers(0, 999), locale=st.sampled_from([None, *LOCALES]))
@settings(deadline=None)
def test_no_hint_settles_what_may_be_a_thousand_times_as_much(
    first: int, second: int, locale: str | None
) -> None:
    for sign in ".,":
        reading = read(f"{first}{sign}{second:03}", "t", locale)
        assert reading.verdict is Verdict.AMBIGUOUS
        assert {each.value for each in reading.readings} == {
            Decimal(first * 1000 + second),
            Decimal(f"{first}.{second:03}"),
        }


@given(st.integers(1, 99_999_999))
@settings(deadline=None)
def test_chinese_numerals_come_back(number: int) -> None:
    reading = read(in_chinese(number), "t", "zh")
    assert (reading.verdict, reading.value) == (Verdict.ACCEPT, number)


def in_chinese(number: int) -> str:
    """The full form, with 零 for the places left out."""
    high, low = divmod(number, 10_000)
    if high:
        gap = "零" if 0 < low < 1000 else ""
        return below_myriad(high) + "万" + gap + (below_myriad(low) if low else "")
    return below_myriad(low)


def below_myriad(number: int) -> str:
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + name
        gap = digit == 0
    return written


@pytest.mark.parametrize("size", [200, 4096])
@pytest.mark.parametrize(
    "piece", ["1", "1,", "1 ", "1.000", "１，", "(", "百", "kg ", "-", "% ", "\u200f", "1e1", "x10^", "per "]
)
def test_a_text_that_goes_on_and_on_is_turned_down(piece: str, size: int) -> None:
    reading = read((piece * size)[:size], "t", "en")
    assert reading.verdict is Verdict.REJECT
    assert size == 200 or reading.reasons == (Reason.TOO_LONG,)


def test_real_reports_are_read_as_they_stand() -> None:
    if not REPORTS.exists():
        pytest.skip("the shared data are not here")
    with REPORTS.open(encoding="utf-8", newline="") as rows:
        typed = [row["value_raw"] for row in csv.DictReader(rows) if row["value_raw"]]
    assert len(typed) > 100
    for text in typed:
        reading = read(text, "t CO2e", "en")
        if reading.verdict is Verdict.ACCEPT:
            assert reading.value == Decimal(text)
        elif reading.verdict is Verdict.AMBIGUOUS:
            assert Decimal(text) in {each.value for each in reading.readings}
        else:
            assert not text.replace(".", "").isdigit()


def test_the_command_line_answers_each_line_and_survives_what_is_none() -> None:
    lines = [
        {"input": "0.90", "field_unit": "kg/cap/day", "locale_hint": "en"},
        {"input": "10–15 %", "field_unit": "% change", "locale_hint": None},
        {"input": "soon", "field_unit": None, "locale_hint": None},
    ]
    typed = b"\n".join(
        [json.dumps(lines[0]).encode(), b"\xff\xfe", b'{"input": "\\ud800"}', b'{"input": 5}', b"[" * 9999]
    )
    typed += b"\n" + "\n".join(json.dumps(line, ensure_ascii=False) for line in lines[1:]).encode()
    done = subprocess.run(
        [sys.executable, "-m", "bot", "read-number", "--batch"],
        input=typed,
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert answers[0] == {
        "input": "0.90",
        "verdict": "accept",
        "value": "0.90",
        "value_high": None,
        "unit": "kg/cap/day",
        "readings": [{"value": "0.90", "unit": "kg/cap/day"}],
    }
    assert all(set(answer) == {"error"} for answer in answers[1:5])
    assert (answers[5]["verdict"], answers[5]["value"], answers[5]["value_high"]) == ("ambiguous", "10", "15")
    assert answers[6] == {
        "input": "soon",
        "verdict": "reject",
        "value": None,
        "value_high": None,
        "unit": None,
        "readings": [],
    }


def test_a_fall_can_be_typed_on_the_command_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "read-number", "--unit", "% change", "-5", "%"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.strip() == "accept: -5 %"
