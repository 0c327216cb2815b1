"""Whatever an import can say is said in every language, and every blank of it is filled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import bot
from bot.domain.imports.verdicts import Finding, Verdict
from bot.domain.imports.why import Value, Why
from bot.texts.catalogues import languages
from bot.texts.import_phrases import OF_TABLES, SENTENCES, Teller, operators_teller

CODE = Path(bot.__file__).parent
IMPORTER = (
    *(CODE / "domain" / "imports").glob("*.py"),
    *(CODE / "services" / "importing").glob("*.py"),
    CODE / "documents" / "tables_in.py",
)
BLANK = re.compile(r"%\((\w+)\)s")


def told() -> Iterator[tuple[Why, frozenset[str], str]]:
    """Every place of the importer that says something: which sentence, what it fills in, and where it is."""
    for path in IMPORTER:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            for each in call.args:
                if (
                    isinstance(each, ast.Attribute)
                    and isinstance(each.value, ast.Name)
                    and each.value.id == "Why"
                ):
                    given = frozenset(keyword.arg or "**" for keyword in call.keywords)
                    yield Why[each.attr], given, f"{path.name}:{call.lineno}"


def blanks(why: Why) -> frozenset[str]:
    sentence = SENTENCES[why]
    parts = (sentence.message, sentence.cure, sentence.for_operators)
    return frozenset(name for part in parts if part for name in BLANK.findall(part))


def test_everything_that_an_import_can_say_has_a_sentence_and_is_said_somewhere() -> None:
    assert set(SENTENCES) == set(Why)
    assert {why for why, _, _ in told()} == set(Why)
    assert all(SENTENCES[why].cure for why, _, where in told() if where.startswith("numbers.py"))


def test_whoever_says_something_fills_in_each_of_its_blanks_and_nothing_else() -> None:
    assert [(where, why, given) for why, given, where in told() if given != blanks(why)] == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("why", list(Why))
def test_every_sentence_is_whole_in_every_language(language: str, why: Why) -> None:
    values: dict[str, Value] = {name: f"<{name}>" for name in blanks(why)}
    message, cure = Teller(language).words(why, values)
    english, english_cure = Teller("en").words(why, values)
    assert "%(" not in f"{message}{cure}"
    assert (cure is None) == (english_cure is None)
    assert (message, cure) != (english, english_cure) or language == "en"
    shown = [name for name in blanks(why) if f"<{name}>" in f"{message}{cure}"]
    operators = BLANK.findall(SENTENCES[why].for_operators or "")
    assert set(shown) | set(operators) == blanks(why)
    assert "mapping" not in f"{english}{english_cure}" or why.code == "mapped-column", (
        "only operators have one"
    )


def test_what_was_read_stands_between_the_quotation_marks_of_the_reader() -> None:
    values = {"read": "ab\n12"}
    assert "“ab 12”" in Teller("en").words(Why.NUMBER, values)[0]
    assert "«\u00a0ab 12\u00a0»" in Teller("fr-CA").words(Why.NUMBER, values)[0]
    assert "“ab 12”，" in Teller("zh-hans").words(Why.NUMBER, values)[0]


def test_what_was_read_is_told_short_lists_and_figures_as_they_are_written() -> None:
    say = Teller("zh").words
    assert "9" * 59 + "…”" in say(Why.NUMBER, {"read": "9" * 100_000})[0]
    assert "1234、1.234" in say(Why.NUMBER_UNCLEAR, {"read": "1,234", "ways": ("1234", "1.234")})[0]
    assert "0.10" in say(Why.BELOW_ONE, {"value": Decimal("0.10")})[0]
    assert "2030" in Teller("fr").words(Why.YEAR_WITHOUT_RESULT, {"when": 2030})[0]
    assert "1\u202f000\u202f000 lignes" in Teller("fr").words(Why.TOO_MANY_ROWS, {"most": 1_000_000})[0]
    hostile: dict[str, Value] = {"read": "%(x)s %s <b>", "choices": ("a",)}
    assert "%(x)s %s <b>" in say(Why.CHOICE, hostile)[0]


def test_the_file_of_verdicts_keeps_its_columns_and_codes_in_every_language() -> None:
    finding = Finding(3, "Ville", Verdict.REJECTED, Why.YEAR, {"read": "hier"})
    rows = [Teller(language).row(finding) for language in ("en", "fr", "zh")]
    assert all(list(row) == ["row", "column", "verdict", "code", "message", "cure"] for row in rows)
    assert {(row["row"], row["column"], row["verdict"], row["code"]) for row in rows} == {
        (3, "Ville", "rejected", "number")
    }
    assert len({row["message"] for row in rows}) == len({row["cure"] for row in rows}) == 3


def test_only_the_command_line_speaks_of_mappings() -> None:
    values: dict[str, Value] = {"read": "decrease", "choices": ("down", "up")}
    assert Teller("en").words(Why.CHOICE, values)[1] == "write one of these: down, up"
    spoken = operators_teller().words(Why.CHOICE, values)[1]
    assert spoken == "write one of these: down, up, or translate it in the mapping"


def test_what_is_said_of_a_row_goes_on_after_its_place_and_the_rest_are_sentences() -> None:
    for why, sentence in SENTENCES.items():
        for part in filter(None, (sentence.message, sentence.cure)):
            assert part.endswith(".") == (why in OF_TABLES) or part.endswith("?")
            assert part[:1].isupper() == (why in OF_TABLES)
