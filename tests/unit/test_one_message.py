"""A report in one message: each field understood or shown as not understood, and none ever filled wrongly."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_message_texts import FIELDS, MESSAGES

from bot.domain.measures import Verdict
from bot.domain.one_message import Part, Wanted, Why, take_apart


def told(part: Part) -> str:
    """A part as `one_message_texts` writes it."""
    year = f"@{part.year}" if part.year else ""
    if part.why is not None:
        return f"{part.key or ''}!{part.why}{year}"
    assert part.reading is not None
    if part.reading.verdict is Verdict.ACCEPT:
        return f"{part.key}={part.reading.value}{year}"
    return f"{part.key}?{'|'.join(str(each.value) for each in part.reading.readings)}{year}"


@pytest.mark.parametrize(("text", "locale", "expected"), MESSAGES, ids=lambda each: ascii(each)[:60])
def test_a_message_is_taken_apart_as_it_was_meant(text: str, locale: str | None, expected: str) -> None:
    assert [told(part) for part in take_apart(text, FIELDS, locale)] == expected.split()


def test_the_list_is_as_wide_as_it_claims() -> None:
    assert len(MESSAGES) >= 50
    assert len({locale for _, locale, _ in MESSAGES}) >= 14
    fields = [word for _, _, expected in MESSAGES for word in expected.split()]
    assert sum("!" not in word for word in fields) >= 90


def test_nothing_is_understood_when_no_field_is_asked() -> None:
    parts = take_apart("waste 0.95 kg in 2025, recycling 58 %", (), "en")
    assert [(part.text, part.why, part.year) for part in parts] == [
        ("waste 0.95 kg in 2025", Why.NO_FIELD, 2025),
        ("recycling 58 %", Why.NO_FIELD, None),
    ]


def test_a_message_without_numbers_and_names_has_no_parts() -> None:
    assert take_apart("Good morning, how are you?", FIELDS, "en") == ()
    assert take_apart("", FIELDS, None) == ()


def test_the_unit_chooses_between_fields_of_one_name() -> None:
    fields = (
        Wanted("per-person", ("Waste per person",), "kg/cap/day"),
        Wanted("all", ("Waste total",), "t/year"),
    )
    assert [told(part) for part in take_apart("waste 0.95 kg/person/day; waste 43800 t", fields, "en")] == [
        "per-person=0.95",
        "all=43800",
    ]
    assert [told(part) for part in take_apart("waste 12", fields, "en")] == ["!several-fields"]


def test_digits_of_a_word_do_not_swallow_the_number_after_it() -> None:
    fields = (
        Wanted("so2", ("SO2 emissions", "SO2", "二氧化硫排放量"), "t"),
        Wanted("co2", ("CO2 emissions", "CO2"), "t CO2e"),
    )
    assert [part.text for part in take_apart("SO2 12 t, CO2 340 t", fields, "en")] == [
        "SO2 12 t",
        "CO2 340 t",
    ]


def test_a_longer_name_is_not_taken_for_the_shorter_one_in_it() -> None:
    fields = (Wanted("waste", ("Waste",), "t"), Wanted("household", ("Household waste",), "t"))
    assert [told(part) for part in take_apart("household waste 12 t, waste 40 t", fields, "en")] == [
        "household=12",
        "waste=40",
    ]


SENTENCES = (
    Wanted(
        "change",
        ("Waste generation", "Reduce waste generation by 30 per cent.", "把废物生成量降低60%。"),
        "% change",
    ),
    Wanted(
        "rate", ("Recycling rate", "Recycle 70 per cent, 1.2 million kg.", "循环率提高到70%"), "% rate 0-100"
    ),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("waste generation reduced by 28 per cent", "change?-28"),
        ("waste generation -28%", "change=-28"),
        ("废物生成量降低30%，循环率50%", "change?-30 rate=50"),
        ("废物生成量-10%，循环率提高到58%", "change=-10 rate?58"),
        ("recycling 58 per cent", "rate=58"),
        ("把废物生成量降低60%", "change?-60"),
    ],
)
def test_a_name_that_is_a_sentence_takes_nothing_from_the_figure(text: str, expected: str) -> None:
    assert [told(part) for part in take_apart(text, SENTENCES, "en")] == expected.split()


def test_a_dash_before_a_change_may_be_its_sign_and_is_asked_back() -> None:
    (part,) = take_apart("waste generation - 28 %", FIELDS, "en")
    assert told(part) == "change?28|-28"
    (bullet,) = take_apart("- 28 % waste generation", FIELDS, "en")
    assert told(bullet) != "change=28"


def test_a_text_longer_than_one_answer_is_read_piece_by_piece() -> None:
    text = (
        "We write to tell you how our city went on with its work. " * 10
        + "Recycling reached 58 %. Waste was 0.95 kg."
    )
    assert [told(part) for part in take_apart(text, FIELDS, "en")] == ["recycling=58", "waste=0.95"]


def test_the_longest_message_is_taken_apart_while_the_reader_waits() -> None:
    text = ("waste 0.95 kg in 2025, recycling 58 % and 12 low-emission vehicles; 回收率58%\n" * 60)[:4096]
    begun = perf_counter()
    assert take_apart(text, FIELDS, "en")
    assert perf_counter() - begun < 5


WORDS = st.sampled_from(
    (
        "waste",
        "recycling",
        "0.95",
        "58",
        "%",
        "kg",
        ",",
        ";",
        "and",
        "in 2025",
        "2019",
        "\n",
        "|",
        "(",
        ")",
        "to",
        "٥٨",
    )
)


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=80), st.sampled_from(["en", "fr", None]))
@settings(max_examples=150, deadline=None)
def test_no_number_is_dropped_unseen(text: str, locale: str | None) -> None:
    parts = take_apart(text, FIELDS, locale)
    shown = "".join(part.text for part in parts)
    for digits in re.findall(r"(?<![A-Za-z0-9])[1-9][0-9]*(?![A-Za-z0-9.)])", text):
        assert digits in shown
    for part in parts:
        if part.why is None:
            assert part.key is not None
            assert part.reading is not None
            assert part.reading.verdict is not Verdict.REJECT
