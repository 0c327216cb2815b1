"""Greetings, thanks and cries for help, in the languages of the network."""

from __future__ import annotations

import pytest

from bot.domain.small_talk import PHRASES, Talk, talk


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Hello!", Talk.GREETING),
        ("hi there 👋", Talk.GREETING),
        ("BONJOUR", Talk.GREETING),
        ("你好！", Talk.GREETING),
        ("สวัสดีครับ", Talk.GREETING),
        ("안녕하세요?", Talk.GREETING),
        ("नमस्ते", Talk.GREETING),
        ("ok, thanks a lot", Talk.THANKS),
        ("Merci beaucoup !", Talk.THANKS),
        ("謝謝", Talk.THANKS),
        ("terima kasih…", Talk.THANKS),
        ("hello, help me", Talk.HELP),
        ("怎么用？", Talk.HELP),
        ("Who are you?", Talk.ABOUT),
        ("qui etes-vous", Talk.ABOUT),
        ("je veux parler au secretariat", Talk.SECRETARIAT),
        ("我要联系秘书处", Talk.SECRETARIAT),
    ],
)
def test_small_talk_is_heard_as_what_it_is(words: str, kind: Talk) -> None:
    assert talk(words) is kind


@pytest.mark.parametrize(
    "words",
    [
        "hello, who composts?",
        "help for cities",
        "thank you for the compost kit",
        "what is the kitakyushu initiative",
        "menu of measures against plastics",
        "Surabaya",
        "",
        "😀",
    ],
)
def test_a_question_is_a_question_however_politely_it_begins(words: str) -> None:
    assert talk(words) is None


def test_no_phrase_means_two_things() -> None:
    said = [phrase for phrases in PHRASES.values() for phrase in phrases]
    for kind, phrases in PHRASES.items():
        assert [phrase for phrase in phrases if talk(phrase) is not kind] == []
    assert len(said) == len(set(said))
