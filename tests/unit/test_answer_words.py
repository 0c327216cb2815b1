"""Answers in words: short, with sign and unit, in the reader's language, and nothing of ours left in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.content.loader import load
from bot.domain.answers import Amount, Answer, AnswerState, Codes, Day, Files, Value, Words
from bot.domain.attachments import Attachment
from bot.domain.commitments import Direction, Target, TargetKind
from bot.domain.entries import Library
from bot.domain.measures import Reason
from bot.domain.question_types import Limits, Offer, Trouble
from bot.domain.questionnaires import Choice, Meaning, Question, QuestionKind, Step
from bot.domain.suspicions import Against, Doubt, Suspicion
from bot.domain.words import LocalText
from bot.texts.answer_phrases import DOUBT, OFFERED, REASON
from bot.texts.catalogues import languages
from bot.texts.renderer import Renderer

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CHANGE = Target("a", TargetKind.CHANGE, "waste-generation", LocalText({"en": "Cut waste.", "zh": "减少废物。"}),
                Direction.DOWN, Decimal(-20), unit="%")  # fmt: skip
LEVEL = replace(CHANGE, kind=TargetKind.LEVEL, unit="kg/cap/day")
CHOICES = (
    Choice("measured", LocalText({"en": "A measured figure", "zh": "实测数字", "fr": "Un chiffre mesuré"})),
    Choice("none", LocalText({"en": "Nothing yet", "zh": "暂无", "fr": "Rien pour l’instant"})),
)
RENDERER = Renderer("focal_rehearsal_bot")
NARROW = "\N{NARROW NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def library(knowledge: Path) -> Library:
    return load(knowledge).library


def step(kind: str = "number", target: Target | None = CHANGE, **rest: Any) -> Step:
    return Step(
        Question("q", QuestionKind(kind), LocalText.plain("?"), **rest), target, "2007a" if target else ""
    )


def say(macro: str, language: str, **values: object) -> str:
    source = '{% from "_answers.html" import ' + macro.split("(")[0] + " with context %}{{ " + macro + " }}"
    return RENDERER.fragment(source, language, **values).replace(NARROW, " ")


def given(value: Value, **rest: Any) -> Answer:
    return Answer(AnswerState.GIVEN, 1, AT, value, "raw", **rest)


PHOTO = Attachment(7, 1, 1, AT, "f", "u", None, "photo")
PAPER = replace(PHOTO, id=8, name="A & B <1>.pdf", kind="document")


@pytest.mark.parametrize(
    ("asked", "answer", "en", "fr", "zh"),
    [
        (step(), given(Amount(Decimal("-32.4"), "%")), "−32.4 %", "−32,4 %", "−32.4%"),
        (step(means=Meaning.RESULT), given(Amount(Decimal(5), "%")), "+5 %", "+5 %", "+5%"),
        (step(), given(Amount(Decimal(5), "%")), "5 %", "5 %", "5%"),
        (step(), given(Amount(Decimal(45000), "t")), "45,000 tonnes", "45 000 tonnes", "45,000吨"),
        (step(target=LEVEL), given(Amount(Decimal("0.90"), "kg/cap/day", approximate=True)),
         "about 0.90 kg per person per day", "environ 0,90 kg par habitant et par jour", "约0.90千克/人/天"),
        (step(), given(Amount(Decimal(-10), "%", Decimal(-15))), "−10 … −15 %", "−10 … −15 %", "−10 … −15%"),
        (step(means=Meaning.RESULT), given(Amount(Decimal(5), "%"), same_as_last=True),
         "+5 % (as last time)", "+5 % (comme la dernière fois)", "+5%（与上次相同）"),
        (step("choice", choices=CHOICES), given(Codes(("measured",))),
         "A measured figure", "Un chiffre mesuré", "实测数字"),
        (step("choices", choices=CHOICES), given(Codes(("measured", "none"))),
         "A measured figure, Nothing yet", "Un chiffre mesuré, Rien pour l’instant", "实测数字、暂无"),
        (step("choices", choices=CHOICES), given(Codes(())), "none chosen", "aucun choix", "未选择"),
        (step("yes-no"), given(Codes(("no",))), "No", "Non", "否"),
        (step("scale"), given(Codes(("3",))), "3 · carried out", "3 · réalisé", "3 · 已实施"),
        (step("city"), given(Codes(("surabaya",))), "Surabaya", "Surabaya", "泗水市"),
        (step("city"), given(Codes(("Porto <Alegre>",))),
         "Porto &lt;Alegre&gt;", "Porto &lt;Alegre&gt;", "Porto &lt;Alegre&gt;"),
        (step("date"), given(Day("2025-06")), "June 2025", "juin 2025", "2025年6月"),
        (step("file"), given(Files((7, 8), ("https://x.example/a",))),
         "📎 2 (photo, A &amp; B &lt;1&gt;.pdf) 🔗 x.example/a",
         "📎 2 (photo, A &amp; B &lt;1&gt;.pdf) 🔗 x.example/a",
         "📎 2 (照片、A &amp; B &lt;1&gt;.pdf) 🔗 x.example/a"),
        (step("text"), given(Words("1 < 2")), "1 &lt; 2", "1 &lt; 2", "1 &lt; 2"),
        (step(), Answer(AnswerState.SKIPPED, 1, AT), "skipped", "passé", "已跳过"),
        (step(), Answer(AnswerState.UNKNOWN, 1, AT), "not known yet", "pas encore connu", "尚不清楚"),
        (step(), Answer(AnswerState.UNKNOWN, 1, AT, because="audit"),
         "not known yet (audit)", "pas encore connu (audit)", "尚不清楚（audit）"),
        (step(), None, "not answered yet", "sans réponse pour l’instant", "尚未回答"),
    ],
)  # fmt: skip
def test_an_answer_is_told_in_the_readers_words(
    library: Library, asked: Step, answer: Answer | None, en: str, fr: str, zh: str
) -> None:
    told = [
        say("value_of(answer, step, library, files)", language, answer=answer, step=asked, library=library,
            files=[PHOTO, PAPER])
        for language in ("en", "fr", "zh")
    ]  # fmt: skip
    assert told == [en, fr, zh]


def test_a_long_answer_is_cut_in_lists_only(library: Library) -> None:
    answer = given(Words("word " * 100))
    values = {"answer": answer, "step": step("text"), "library": library}
    assert len(say("value_of(answer, step, library)", "en", **values)) <= 81
    assert len(say("value_of(answer, step, library, none, 1000)", "en", **values)) > 400


def test_a_question_has_its_placeholders_filled(library: Library) -> None:
    asked = LocalText({"en": "{city}, {period}/{year}: {indicator} ({unit})? {target}!"})
    values = {"text": asked, "step": step(target=LEVEL), "library": library}
    told = say('filled(text, step, "A<b>", "2025-2026", library)', "en", **values)
    assert told == "A&lt;b&gt;, 2025–2026/2026: Waste generation (kg per person per day)? cut waste!"
    values = {"step": Step(Question("q", QuestionKind.TEXT, asked)), "library": library}
    assert say('question_of(step, "Sibu", "", library)', "en", **values) == "Sibu, /:  ()? !"


def test_a_step_has_a_short_name(library: Library) -> None:
    named = step(short=LocalText({"en": "Result", "zh": "结果", "fr": "Résultat"}))
    told = [say("short_of(step, library)", each, step=named, library=library) for each in ("en", "fr", "zh")]
    assert told == ["Waste generation: result", "Production de déchets\xa0: résultat", "废物生成量：结果"]
    alone = replace(named, target=None, ref="")
    assert say("short_of(step, library)", "en", step=alone, library=library) == "Result"


def test_what_a_button_offers_has_a_label() -> None:
    offers = (
        (Offer("measured", CHOICES[0].label), "Un chiffre mesuré"),
        (Offer("yes", phrase="yes"), "Oui"),
        (Offer("0", phrase="scale-0"), "0 · rien encore"),
        (Offer("2025"), "2025"),
    )
    assert [
        say("offer_label(offer, step, none)", "fr", offer=offer, step=step("choice")) for offer, _ in offers
    ] == [label for _, label in offers]


def test_every_reason_has_a_sentence_and_every_doubt_and_offer() -> None:
    assert set(REASON) == {str(reason) for reason in (*Reason, *Trouble)}
    assert set(DOUBT) == {str(doubt) for doubt in Doubt}
    assert set(OFFERED) == {"yes", "no", *(f"scale-{level}" for level in range(5))}


@pytest.mark.parametrize("language", languages())
def test_every_sentence_can_be_said_in_every_language(language: str) -> None:
    limits = Limits(Decimal(1), Decimal(1000), 3)
    for reason in REASON:
        told = say("reason_line(reason, limits)", language, reason=reason, limits=limits)
        assert told.rstrip("。")
        assert "%(" not in told
    for kind in QuestionKind:
        assert say("expected_of(step, unit_of)", language, step=step(kind), unit_of="t/year")
    for doubt in Doubt:
        for against in Against:
            odd = Suspicion(
                doubt, Decimal(4500), Decimal(450), against, Decimal(440), 2024, Decimal(10), "kg"
            )
            for suspicion in (odd, replace(odd, expected=None, compared=None, year=None, typed_unit=None)):
                told = say("doubt_line(suspicion, unit_of)", language, suspicion=suspicion, unit_of="t/year")
                assert "None" not in told
                assert "%(" not in told


def test_a_doubt_says_what_was_written_what_it_was_before_and_what_may_be_meant() -> None:
    odd = Suspicion(
        Doubt.FACTOR_10, Decimal(4500), Decimal(450), Against.EARLIER, Decimal(440), 2024, Decimal(10)
    )
    assert say("doubt_line(odd, unit_of)", "en", odd=odd, unit_of="t") == (
        "You wrote 4,500 tonnes; in 2024 it was 440 tonnes. Perhaps a factor of 10 slipped in. "
        "Did you mean 450 tonnes?"
    )
    assert say("doubt_line(odd, unit_of)", "zh", odd=odd, unit_of="t") == (
        "您写的是4,500吨，2024年是440吨。也许差了10倍。您是想说450吨吗？"
    )
    share = Suspicion(Doubt.RATE_OVER_100, Decimal(580), Decimal(58))
    assert say("doubt_line(share, unit_of)", "fr", share=share, unit_of="% rate 0-100") == (
        "Vous avez écrit 580 %. C’est plus que la totalité. Vouliez-vous dire 58 %\xa0?"
    )
