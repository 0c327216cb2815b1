"""The checker says of every call what Telegram would refuse, and agrees with the validator we were given."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from bot.rehearsal.checker import Checker, Upload
from bot.rehearsal.telegram_html import FormatError, Formatted, parse, plain, with_detected

ROOT = Path(__file__).resolve().parents[2]
VALIDATOR = ROOT.parent / "shared" / "botapi" / "validate.py"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.load()


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def key(label: str = "Read more", data: str = "m") -> dict[str, Any]:
    return {"text": label, "callback_data": data}


def html(text: str) -> dict[str, Any]:
    return {"chat_id": 1, "text": text, "parse_mode": "HTML"}


def article(text: str, **more: Any) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": "a", "title": "A", "input_message_content": content} | more


GOOD = [
    ("getMe", {}),
    ("sendMessage", {"chat_id": "1", "text": "hi"}),
    ("SENDMESSAGE", {"chat_id": "@channel", "text": "hi", "disable_notification": "true"}),
    ("sendMessage", html('<b>a <i>b</i></b> &lt;&amp; <a href="https://x.org">l</a>')),
    (
        "sendMessage",
        html('<pre><code class="language-py">x</code></pre><blockquote expandable>q</blockquote>'),
    ),
    ("sendMessage", html("<b>" + "x" * 4096 + "</b>")),
    ("sendMessage", {"chat_id": 1, "text": "a", "reply_markup": json.dumps(keyboard(*[[key()] * 8] * 12))}),
    ("sendMessage", {"chat_id": 1, "text": "a", "reply_markup": keyboard([key("ü", "é" * 32)])}),
    ("sendMessage", {"chat_id": 1, "text": "a", "reply_markup": {"remove_keyboard": True}}),
    ("editMessageText", {"chat_id": 1, "message_id": 2, "text": "n"}),
    ("editMessageReplyMarkup", {"inline_message_id": "x"}),
    ("sendDocument", {"chat_id": 1, "document": Upload("a.csv", b"a,b"), "caption": "c"}),
    ("sendDocument", {"chat_id": 1, "document": "attach://f0", "f0": Upload("a.csv", b"a,b")}),
    ("setMyCommands", {"commands": [{"command": "start", "description": "Begin"}], "language_code": "fr"}),
    ("getUpdates", {"offset": 5, "timeout": 10, "allowed_updates": ["message", "my_chat_member"]}),
    ("setWebhook", {"url": "https://x.org/h", "secret_token": "A-b_9"}),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "t" * 200}),
    ("answerInlineQuery", {"inline_query_id": "1", "results": [article("<b>x</b>")]}),
    ("sendChatAction", {"chat_id": 1, "action": "typing"}),
]
BAD = [
    ("sendMesage", {}, "unknown method"),
    ("sendMessage", {"chat_id": 1}, "text: required"),
    ("sendMessage", {"chat_id": 1, "text": "a", "txt": 1}, "there is no txt"),
    ("sendMessage", {"chat_id": 1, "text": "a", "reply_markup": None}, "null is sent"),
    ("sendMessage", {"chat_id": 1, "text": 5.5}, "expected String"),
    ("sendMessage", {"chat_id": 1, "text": "a", "disable_notification": "yes"}, "expected Boolean"),
    ("sendMessage", {"chat_id": 1, "text": "x" * 4097}, "at most 4096"),
    ("sendMessage", {"chat_id": 1, "text": "😀" * 2049}, "at most 4096"),
    ("sendMessage", {"chat_id": 1, "text": " \n"}, "empty"),
    ("sendMessage", html("<b></b>"), "empty"),
    ("sendMessage", html("<b>a"), "end tag"),
    ("sendMessage", html("<b><i>a</b></i>"), "Unmatched end tag"),
    ("sendMessage", html("a<br>b"), 'Unsupported start tag "br"'),
    ("sendMessage", html("1 < 2"), "Unsupported start tag"),
    ("sendMessage", html('<b class="x">a</b>'), "attribute class"),
    ("sendMessage", html("<a>a</a>"), "without href"),
    ("sendMessage", html("<code><b>a</b></code>"), "inside <code>"),
    ("sendMessage", html("<blockquote>a<blockquote>b</blockquote></blockquote>"), "nested"),
    ("sendMessage", html("<b>a</b>" * 101), "only 100 are kept"),
    ("sendMessage", {"chat_id": 1, "text": "a", "parse_mode": "htm"}, "parse_mode"),
    ("sendMessage", {"chat_id": 1, "text": "a", "reply_markup": keyboard([key("x", "é" * 33)])}, "66 bytes"),
    (
        "sendMessage",
        {"chat_id": 1, "text": "a", "reply_markup": keyboard([{"text": "x"}])},
        "exactly one action",
    ),
    (
        "sendMessage",
        {"chat_id": 1, "text": "a", "reply_markup": keyboard([key() | {"url": "https://x.org"}])},
        "one",
    ),
    ("sendMessage", {"chat_id": 1, "text": "a", "reply_markup": keyboard(*[[key()]] * 101)}, "101 buttons"),
    ("sendMessage", {"chat_id": 1, "text": "a", "reply_markup": keyboard([key()] * 9)}, "in a row"),
    ("sendMessage", {"chat_id": 1, "text": "a", "reply_markup": "{not json"}, "reply_markup"),
    ("editMessageText", {"text": "n"}, "message_id"),
    ("editMessageText", {"chat_id": 1, "message_id": 1}, "text: required"),
    ("sendDocument", {"chat_id": 1, "document": Upload("a", b"")}, "0 bytes"),
    ("sendPhoto", {"chat_id": 1, "photo": Upload("a", b"x" * (10 * 2**20 + 1))}, "allowed 1-"),
    ("sendPhoto", {"chat_id": 1, "photo": "id", "caption": "c" * 1025}, "at most 1024"),
    ("sendMediaGroup", {"chat_id": 1, "media": [{"type": "photo", "media": "x"}]}, "allowed 2-10"),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "a-z"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 2}, "twice"),
    ("setMyCommands", {"commands": [], "scope": {"type": "galaxy"}}, "scope"),
    ("setMyCommands", {"commands": [], "language_code": "fra"}, "language_code"),
    ("setMyShortDescription", {"short_description": "d" * 121}, "allowed 0-120"),
    ("getUpdates", {"allowed_updates": ["mesage"]}, "unknown 'mesage'"),
    ("getUpdates", {"limit": 101}, "allowed 1-100"),
    ("setWebhook", {"url": "u", "secret_token": "a b"}, "secret_token"),
    ("sendChatAction", {"chat_id": 1, "action": "dancing"}, "not a chat action"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "t" * 201}, "allowed 0-200"),
]
OURS_ALONE = [
    ("answerInlineQuery", {"inline_query_id": "1", "results": [article("<b>x")]}, "end tag"),
    ("answerInlineQuery", {"inline_query_id": "1", "results": [article("x", id="i" * 65)]}, "1-64 bytes"),
    ("answerInlineQuery", {"inline_query_id": "1", "results": [article("x")] * 2}, "twice"),
]


@pytest.mark.parametrize(("method", "params"), GOOD)
def test_calls_that_telegram_takes_are_left_alone(
    checker: Checker, method: str, params: dict[str, Any]
) -> None:
    assert checker.check(method, params) == []


@pytest.mark.parametrize(("method", "params", "said"), BAD + OURS_ALONE)
def test_mistakes_are_named(checker: Checker, method: str, params: dict[str, Any], said: str) -> None:
    assert said in " | ".join(checker.check(method, params))


def test_inline_text_is_counted_as_a_reader_sees_it(checker: Checker) -> None:
    results = [article("<b>" + "x" * 4096 + "</b>")]
    assert checker.check("answerInlineQuery", {"inline_query_id": "1", "results": results}) == []


def test_our_verdict_is_the_given_validators_verdict(checker: Checker) -> None:
    if not VALIDATOR.exists():
        pytest.skip(f"no {VALIDATOR.relative_to(ROOT.parent)} beside the project")
    module_spec = importlib.util.spec_from_file_location("given_validator", VALIDATOR)
    assert module_spec is not None
    assert module_spec.loader is not None
    module = importlib.util.module_from_spec(module_spec)
    module_spec.loader.exec_module(module)
    validator = module.Validator.load(VALIDATOR.with_name("botapi.min.json"))

    def as_it_wants(value: Any) -> Any:
        return value.content if isinstance(value, Upload) else value

    for method, params, *_ in [*GOOD, *BAD]:
        theirs = validator.check(method, {name: as_it_wants(value) for name, value in params.items()})
        ours = checker.check(method, params)
        assert bool(ours) == bool(theirs), (method, str(params)[:200], ours, theirs)


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("<b></b></b>", "Unexpected end tag at byte offset 7"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        ("🏟 🏟&lt;<i>a</em   >", 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("&#xDFDF;", "Text contains invalid Unicode characters after decoding HTML entities"),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(markup: str, said: str) -> None:
    with pytest.raises(FormatError) as refused:
        parse(markup)
    assert str(refused.value) == said


def test_html_becomes_text_and_entities_in_utf16_units() -> None:
    read = parse('🏟 <b>two <i>words</i></b> &lt;3 &copy; <a href="telegram.org">link</a>')
    assert read.text == "🏟 two words <3 &copy; link"
    assert [(e["type"], e["offset"], e["length"]) for e in read.entities] == [
        ("bold", 3, 9),
        ("italic", 7, 5),
        ("text_link", 23, 4),
    ]
    assert read.entities[2]["url"] == "http://telegram.org/"


def test_text_is_trimmed_and_its_entities_move_along() -> None:
    read = parse("\n  <i> hello </i>\n")
    assert read == Formatted("hello", ({"type": "italic", "offset": 0, "length": 5},))


def test_a_link_that_leads_nowhere_is_dropped_and_its_words_stay() -> None:
    assert parse('<a href="javascript:alert(1)">press</a>') == Formatted("press")


def test_code_with_a_language_is_one_block() -> None:
    read = parse('<pre><code class="language-py">x = 1</code></pre>')
    assert read.entities == ({"type": "pre", "offset": 0, "length": 5, "language": "py"},)


def test_commands_and_addresses_are_found_but_not_inside_code() -> None:
    read = with_detected(parse("Try /help, https://a.org/b. or <code>/start</code>, a@b.org, 1/2"))
    found = [read.text[e["offset"] : e["offset"] + e["length"]] for e in read.entities if e["type"] != "code"]
    assert found == ["/help", "https://a.org/b", "a@b.org"]


def test_plain_text_keeps_link_targets_and_quotations() -> None:
    read = parse('🏟 <a href="https://a.org/x">here</a>\n<blockquote>one\ntwo</blockquote>\nend')
    assert plain(read) == "🏟 here (https://a.org/x)\n| one\n| two\nend"
