"""The words: complete in every language, and cut only where a reader would take a breath."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rehearsal.telegram_html import parse
from bot.texts.catalogues import LOCALE, interface_language, languages
from bot.texts.telegram_html import from_markdown, plain, split, units

ROOT = Path(__file__).parent.parent.parent
TRANSLATED = [language for language in languages() if language != "en"]
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%|\{(\w*)\}|</?\w+>")


@cache
def in_use() -> dict[str, tuple[str, ...]]:
    """Every text of templates and code: the English words, with their plural where there is one."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, keywords={**DEFAULT_KEYWORDS, "N_": None})
    texts = {}
    for _, _, message, _, _ in found:
        forms = message if isinstance(message, tuple) else (message,)
        texts[forms[0]] = tuple(forms)
    return texts


@cache
def catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "focal.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def placeholders(text: str) -> list[str]:
    return sorted(match.group() for match in PLACEHOLDER.finditer(text))


def test_the_bot_speaks_the_languages_that_were_promised() -> None:
    assert {"en", "zh", "fr"} <= set(languages())
    assert len(in_use()) > 150, "the texts are found at all"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    known = catalogue(language)
    missing = [text for text in in_use() if not (known.get(text) and known.get(text).string)]  # type: ignore[union-attr]
    fuzzy = [message.id for message in known if message.id and message.fuzzy]
    assert missing == []
    assert fuzzy == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_same_blanks_to_fill(language: str) -> None:
    for text, forms in in_use().items():
        message = catalogue(language).get(text)
        if message is None or not message.string:
            continue  # told by the test above
        translated = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = [placeholders(form) for form in forms]
        for form in translated:
            assert placeholders(form) in allowed, f"{form!r} for {forms}"
        if len(forms) > 1:
            assert len(translated) == catalogue(language).num_plurals
            assert all(translated)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_nothing_that_nobody_says(language: str) -> None:
    said = set(in_use())
    kept = {m.id[0] if isinstance(m.id, tuple) else m.id for m in catalogue(language) if m.id}
    assert kept - said == set()


def translations(language: str) -> Iterator[str]:
    for message in catalogue(language):
        if message.id:
            yield from message.string if isinstance(message.string, tuple) else (message.string,)


def test_no_french_sign_stands_alone_at_the_start_of_a_line() -> None:
    assert [text for text in translations("fr") if re.search(r" [:;?!»]|« ", text)] == []


def test_chinese_has_full_width_signs_and_no_blanks_around_figures() -> None:
    narrow = re.compile(
        r"[\u4e00-\u9fff][,;:?!(]|[,;:?!)][\u4e00-\u9fff]|[\u4e00-\u9fff] \d|\d %|[。，：；？！] \S"
    )
    assert [text for text in translations("zh") if narrow.search(text)] == []


@pytest.mark.parametrize(
    ("tag", "spoken"),
    [
        ("en", "en"),
        ("zh-hans", "zh"),
        ("zh_TW", "zh"),
        ("FR", "fr"),
        ("fr-CA", "fr"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_a_reader_gets_the_nearest_language(tag: str, spoken: str) -> None:
    assert interface_language(tag) == spoken


WORDS = st.text(st.sampled_from("ab \n.。!<>&\"'字😀é\u0301#;"), max_size=60).map(lambda t: html.escape(t))


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(
        [
            ("<b>", "</b>"),
            ("<i>", "</i>"),
            ("<code>", "</code>"),
            ('<a href="http://x/?a=1&amp;b=2">', "</a>"),
        ]
    )
    return st.tuples(tags, inner).map(lambda both: f"{both[0][0]}{both[1]}{both[0][1]}")


MARKUP = st.recursive(
    WORDS, lambda inner: st.lists(st.one_of(inner, wrapped(inner)), max_size=6).map("".join), max_leaves=30
)


def squeezed(text: str) -> str:
    """The text without any blanks: at a cut, blanks may go."""
    return "".join(text.split())


@given(MARKUP, st.integers(2, 80))
@settings(max_examples=300, deadline=None)
def test_a_long_text_is_cut_without_losing_a_word_or_breaking_a_tag(markup: str, most: int) -> None:
    pieces = split(markup, most)
    assert squeezed("".join(plain(piece) for piece in pieces)) == squeezed(plain(markup))
    for piece in pieces:
        assert units(plain(piece)) <= most
        assert plain(piece).strip() or not plain(markup).strip(), "Telegram sends no empty message"
        parse(piece)  # raises where a tag is not closed or an entity is cut


def test_a_cut_comes_at_a_paragraph_before_a_line_before_a_sentence() -> None:
    paragraphs = "First line.\nSecond line.\n\n" * 3
    assert all(piece.endswith("Second line.") for piece in split(paragraphs, 60))
    sentences = "One is here. Two is here. Three is here."
    assert [piece[-1] for piece in split(sentences, 30)] == [".", "."]
    assert split("一句。" * 20, 31)[0].endswith("。")


def test_a_bold_passage_goes_on_in_the_next_piece() -> None:
    first, second = split("<b>" + "word " * 10 + "</b>", 30)
    assert first.startswith("<b>")
    assert first.endswith("</b>")
    assert second.startswith("<b>")
    assert second.endswith("</b>")


def links(target: str) -> str | None:
    return target if target.startswith("http") else None


@given(st.text(st.sampled_from("ab*_`[]()<>&!#-1. \n\\~|字"), max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_markdown_becomes_markup_that_telegram_takes(text: str) -> None:
    parse(from_markdown(text, links))


def markdown_samples() -> Iterator[tuple[str, str]]:
    yield "**bold** and *soft*", "<b>bold</b> and <i>soft</i>"
    yield "- one\n- two\n  - three", "• one\n• two\n   • three"
    yield "3. three\n4. four", "3. three\n4. four"
    yield "a < b & c", "a &lt; b &amp; c"
    yield "[x](ftp://e.org)", "x"
    yield "[x](javascript:alert(1))", "[x](javascript:alert(1))"
    yield "[x](http://e.org/?a=1&b=2)", '<a href="http://e.org/?a=1&amp;b=2">x</a>'
    yield "<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"
    yield "## Head\n\ntext", "<b>Head</b>\n\ntext"
    yield "![a picture](http://x/y.png)", "a picture"


@pytest.mark.parametrize(("written", "shown"), markdown_samples())
def test_markdown_is_shown_as_telegram_can(written: str, shown: str) -> None:
    assert from_markdown(written, links) == shown
