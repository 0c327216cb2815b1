"""Names as people type them, paste them, and try to trick others with them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.names import clean_name
from bot.texts.formats import country_code


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Sari Dewi", "Sari Dewi"),
        ("  Sari \n\t Dewi ", "Sari Dewi"),
        ("ab\u202egpj.exe", "abgpj.exe"),
        ("Ana\u200b\u200d Ting\ufeff", "Ana Ting"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("Rene\u0301", "René"),
        ("<b>Ana</b>", "<b>Ana</b>"),
        ("诗巫 王", "诗巫 王"),
        ("42 !", ""),
        ("\u202e\u200d", ""),
    ],
)
def test_what_is_not_seen_goes_and_what_scripts_need_stays(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@given(st.text())
def test_a_cleaned_name_is_one_visible_line_and_stays_as_it_is(text: str) -> None:
    name = clean_name(text)
    assert clean_name(name) == name
    assert not {c for c in name if unicodedata.category(c)[0] == "C" and c not in "\u200c\u200d"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Malaysia", "MY"),
        ("malaisie", "MY"),
        ("马来西亚", "MY"),
        (" id ", "ID"),
        ("Atlantis", None),
        ("ZZZ", None),
    ],
)
def test_countries_are_known_by_their_names_in_our_languages_and_by_code(said: str, code: str | None) -> None:
    assert country_code(said) == code
