"""What a command does, asked for in plain words."""

from __future__ import annotations

import time

import pytest

from bot.domain.small_talk import AROUND_A_WISH, MOST_OF_A_WISH, Wish, wish


@pytest.mark.parametrize(
    ("words", "wished"),
    [
        ("How do I publish the report?", Wish.PUBLISH),
        ("comment publier le rapport", Wish.PUBLISH),
        ("怎么发布报告？", Wish.PUBLISH),
        ("公布2026年报告", Wish.PUBLISH),
        ("导出", Wish.EXPORT),
        ("Export", Wish.EXPORT),
        ("Comment exporter les résultats en Excel ?", Wish.EXPORT),
        ("how can I import a table of cities", Wish.IMPORT),
        ("bring in a spreadsheet", Wish.IMPORT),
        ("导入城市名单", Wish.IMPORT),
    ],
)
def test_a_message_about_one_command_is_a_wish(words: str, wished: Wish) -> None:
    assert wish(words) is wished


@pytest.mark.parametrize(
    "words",
    [
        "publish a compost manual",
        "import ban on plastic waste",
        "e-waste export",
        "the report",
        "results of cities",
        "export and import",
        "出口塑料垃圾",
        "",
        "?",
    ],
)
def test_everything_else_is_a_question_to_the_library(words: str) -> None:
    assert wish(words) is None


def test_no_message_takes_long_to_read() -> None:
    began = time.perf_counter()
    for piece in AROUND_A_WISH:
        assert wish((piece * MOST_OF_A_WISH)[: MOST_OF_A_WISH - 1] + "x") is None
    assert time.perf_counter() - began < 5
