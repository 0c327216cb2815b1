"""Words with formatting, as clients send them, become HTML that Telegram takes back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.chat.formatted import as_html
from bot.rehearsal.telegram_html import parse, trimmed

TEXT = "a<b>&\"'😀 字\nx"
ENTITIES = st.builds(
    lambda kind, offset, length: MessageEntity(
        kind, offset, length, url='https://example.org/?a="1"&b=<2>' if kind == "text_link" else None
    ),
    st.sampled_from([*MessageEntity.ALL_TYPES, "from_the_future"]),
    st.integers(0, 14),
    st.integers(0, 20),
)


@given(st.lists(ENTITIES, max_size=6))
def test_whatever_is_marked_however_the_words_stay_and_telegram_takes_it(
    entities: list[MessageEntity],
) -> None:
    html = as_html(TEXT, entities)
    assert parse(html).text == trimmed(TEXT, []).text


def test_marks_stand_where_they_stood_in_units_of_telegram() -> None:
    entities = [MessageEntity("bold", 0, 5), MessageEntity("italic", 3, 2), MessageEntity("spoiler", 6, 1)]
    assert as_html("😀 ab c", entities) == '<b>😀 <i>ab</i></b> <span class="tg-spoiler">c</span>'


def test_only_links_into_the_web_are_kept() -> None:
    for url, kept in (
        ("https://a.org", True),
        ("http://a.org", True),
        ("tg://user?id=1", False),
        ("javascript:x", False),
        ("http://[", False),
    ):
        assert ("<a href" in as_html("word", [MessageEntity("text_link", 0, 4, url=url)])) == kept
