"""Figures as the reader writes them: every digit of what was told, few of what was worked out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.texts.formats import Formats


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.0000001", "0.0000001"),
        ("1e-27", "0." + "0" * 26 + "1"),
        ("14.50", "14.50"),
        ("3.12345678", "3.12345678"),
        ("123456789.1234567890123456789012", "123,456,789.1234567890123456789012"),
        ("9" * 30, ",".join(["999"] * 10)),
        ("1E+30", "1," + ",".join(["000"] * 10)),
        ("1e250", "1" + "0" + ",000" * 83),
    ],
)
def test_a_figure_keeps_every_digit_that_was_told(value: str, shown: str) -> None:
    figure = Formats("en").told(Decimal(value), "t")
    assert figure.replace(",", "") == shown.replace(",", "") + "\u202ft"
    assert Formats("en").told(Decimal(value).copy_negate()).removeprefix("−") == figure.removesuffix(
        "\u202ft"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("-16.666666666666666666", "−16.67"),
        ("0.90", "0.90"),
        ("0.0033333333333", "0.003"),
        ("-0.00000004", "−0.00000004"),
        ("0E-20", "0"),
    ],
)
def test_the_long_tail_of_what_was_worked_out_is_cut_and_never_to_nothing(value: str, shown: str) -> None:
    assert Formats("en").computed(Decimal(value)) == shown
