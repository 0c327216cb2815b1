"""Answers, typed and tapped: what is taken, what is asked back, and what is never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.loader import load
from bot.domain.answers import Amount, Codes, Day, Files, Value, Words
from bot.domain.commitments import Direction, Target, TargetKind
from bot.domain.question_types import (
    AskBack,
    NotUnderstood,
    Surroundings,
    Trouble,
    Understood,
    field_unit,
    fits,
    limits,
    offers,
    picked,
    read,
)
from bot.domain.questionnaires import Choice, Meaning, Question, QuestionKind, Step
from bot.domain.words import LocalText
from bot.services.dialog.interface_words import spoken_phrases

AROUND = Surroundings(
    locale="en",
    today=date(2026, 11, 21),
    period="2026",
    cities={
        "surabaya": ("Surabaya", "泗水", "スラバヤ", "ซูราบายา"),
        "cebu": ("Cebu City", "宿务市"),
        "san-fernando": ("City of San Fernando", "圣费尔南多"),
    },
    phrases=spoken_phrases(),
)
STATES = (
    Choice("measured", LocalText({"en": "Yes, measured", "zh": "有，实测", "fr": "Oui, mesuré"})),
    Choice("projected", LocalText({"en": "Only projected", "zh": "只有预测", "fr": "Seulement projeté"})),
    Choice(
        "words",
        LocalText({"en": "No figure, but something to tell", "zh": "没有数字，但有情况", "fr": "Des mots"}),
    ),
    Choice("none", LocalText({"en": "Nothing yet", "zh": "还没有", "fr": "Rien encore"})),
)
HELP = (
    Choice("advice", LocalText({"en": "Technical advice", "zh": "技术咨询", "fr": "Conseil technique"})),
    Choice("money", LocalText({"en": "Money", "zh": "资金", "fr": "Financement"})),
    Choice("tools", LocalText({"en": "Machines and tools", "zh": "机器和工具", "fr": "Machines et outils"})),
    Choice("none", LocalText({"en": "None", "zh": "不需要", "fr": "Aucun"})),
)


def step(kind: str, target: Target | None = None, **rest: Any) -> Step:
    question = Question("q", QuestionKind(kind), LocalText.plain("?"), **rest)
    return Step(question, target, "2007a" if target else "")


def target(kind: str, unit: str | None = None, direction: str = "down") -> Target:
    return Target("a", TargetKind(kind), "waste", LocalText.plain("Less."), Direction(direction), unit=unit)


CHANGE = target("change", "%")
TONNES = target("level", "t/year")


def value(heard: object) -> Value:
    assert isinstance(heard, Understood), heard
    return heard.value


def around(locale: str) -> Surroundings:
    return Surroundings(locale, AROUND.today, AROUND.period, AROUND.cities, AROUND.phrases)


# --- numbers


def test_a_number_is_kept_with_its_unit_and_its_words() -> None:
    heard = read(step("number", TONNES, means=Meaning.RESULT), "45.5 t/year", AROUND)
    assert heard == Understood(Amount(Decimal("45.5"), "t/year"), "45.5 t/year")


def test_a_number_with_two_readings_is_asked_back_with_both() -> None:
    heard = read(step("number", TONNES), "1,234", AROUND)
    assert isinstance(heard, AskBack)
    assert [each.value for each in heard.readings] == [Decimal(1234), Decimal("1.234")]  # type: ignore[union-attr]
    assert heard.reasons == ("two-separators",)


def test_a_range_is_offered_whole_and_by_its_ends() -> None:
    heard = read(step("number", TONNES), "100-120 t/year", AROUND)
    assert isinstance(heard, AskBack)
    assert heard.readings == (
        Amount(Decimal(100), "t/year", high=Decimal(120)),
        Amount(Decimal(100), "t/year"),
        Amount(Decimal(120), "t/year"),
    )


def test_an_amount_where_a_change_was_promised_is_offered_as_an_amount() -> None:
    asked = step("number", CHANGE, means=Meaning.RESULT)
    heard = read(asked, "45 000 t", AROUND)
    assert isinstance(heard, AskBack)
    assert heard.readings == (Amount(Decimal(45000), "t"),)
    assert heard.reasons[0] is Trouble.AMOUNT_NOT_CHANGE
    assert value(read(asked, "-32.4 %", AROUND)) == Amount(Decimal("-32.4"), "%")


def test_a_change_where_an_amount_was_promised_is_offered_as_a_change() -> None:
    heard = read(step("number", TONNES, means=Meaning.RESULT), "-12 %", AROUND)
    assert isinstance(heard, AskBack)
    assert heard.readings == (Amount(Decimal(-12), "%"),)
    assert isinstance(read(step("number", TONNES, means=Meaning.RESULT), "12 km", AROUND), NotUnderstood)


def test_a_promise_to_go_down_is_shown_with_its_minus_before_it_is_kept() -> None:
    asked = step("number", CHANGE, means=Meaning.VALUE)
    heard = read(asked, "60 %", AROUND)
    assert isinstance(heard, AskBack)
    assert heard.readings == (Amount(Decimal(-60), "%"),)
    assert value(read(asked, "-60", AROUND)) == Amount(Decimal(-60), "%")


def test_the_limits_of_a_question_are_kept_and_told() -> None:
    asked = step("number", unit="t", minimum=Decimal(1), maximum=Decimal(100))
    assert read(asked, "0.5", AROUND) == NotUnderstood((Trouble.BELOW_MINIMUM,))
    assert read(asked, "101", AROUND) == NotUnderstood((Trouble.ABOVE_MAXIMUM,))
    assert limits(asked).maximum == 100
    two = read(asked, "1,234", AROUND)
    assert isinstance(two, AskBack), "of two readings only one is possible, yet it is asked"
    assert two.readings == (Amount(Decimal("1.234"), "t"),)


def test_words_where_a_number_is_asked_are_explained() -> None:
    heard = read(step("number", TONNES), "we do not count that", AROUND)
    assert heard == NotUnderstood(("no-number",))


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        (step("number", CHANGE, means=Meaning.RESULT), "% change"),
        (step("number", CHANGE, means=Meaning.BASELINE), None),
        (step("number", TONNES, means=Meaning.BASELINE), "t/year"),
        (step("number", target("level", "%", "up")), "% rate 0-100"),
        (step("number", target("count", "vehicles", "up")), "vehicles"),
        (step("number", CHANGE, unit="USD"), "USD"),
        (step("percentage"), "% rate 0-100"),
        (step("percentage", unit="%"), "% rate 0-100"),
        (step("percentage", CHANGE), "% change"),
        (step("number"), None),
    ],
)
def test_a_number_is_read_in_the_unit_of_its_field(asked: Step, unit: str | None) -> None:
    assert field_unit(asked) == unit


# --- choices


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Only projected", "projected"),
        ("only projected.", "projected"),
        ("2", "projected"),
        ("２", "projected"),
        ("٢", "projected"),
        ("2️⃣", "projected"),
        ("seulement projete", "projected"),
        ("只有预测", "projected"),
        ("only proj", "projected"),
        ("onyl projected", "projected"),
        ("projected", "projected"),
        ("rien encore", "none"),
        ("还没有", "none"),
        ("oui mesuré", "measured"),
        ("nothng yet", "none"),
    ],
)
def test_a_choice_is_typed_in_any_language_by_number_or_beginning_and_with_a_slip(
    typed: str, code: str
) -> None:
    assert value(read(step("choice", choices=STATES), typed, AROUND)) == Codes((code,))


@pytest.mark.parametrize(
    "typed", ["5", "0", "what?", "n", "not measured", "没", "12", "👍", "measured 12", "-2", "2.5", "1-2"]
)
def test_what_is_no_choice_is_never_taken_for_one(typed: str) -> None:
    assert isinstance(read(step("choice", choices=STATES), typed, AROUND), NotUnderstood)


def test_words_that_fit_two_choices_name_both() -> None:
    said = tuple(Choice(code, LocalText.plain(code)) for code in ("exceeded", "expected", "reached"))
    heard = read(step("choice", choices=said), "ex", AROUND)
    assert heard == NotUnderstood((Trouble.SEVERAL_CHOICES,), ("exceeded", "expected"))
    assert read(step("choice", choices=said), "not reached", AROUND) == NotUnderstood(
        (Trouble.NO_CHOICE,), ("reached",)
    )
    assert isinstance(read(step("choice", choices=said), "unreached", AROUND), NotUnderstood)
    figures = (
        Choice("measured", LocalText.plain("A measured figure")),
        Choice("other", LocalText.plain("A figure on something else")),
    )
    heard = read(step("choice", choices=figures), "a figure", AROUND)
    assert heard == NotUnderstood((Trouble.SEVERAL_CHOICES,), ("other", "measured")), (
        "a beginning, but of both"
    )


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("1, 3", ("advice", "tools")),
        ("3 1", ("advice", "tools")),
        ("money and technical advice", ("advice", "money")),
        ("资金、技术咨询", ("advice", "money")),
        ("资金和技术咨询", ("advice", "money")),
        ("machines and tools", ("tools",)),
        ("machines and tools, money", ("money", "tools")),
        ("机器和工具", ("tools",)),
        ("Financement et conseil technique", ("advice", "money")),
        ("none", ("none",)),
    ],
)
def test_several_choices_are_typed_side_by_side(typed: str, codes: tuple[str, ...]) -> None:
    assert value(read(step("choices", choices=HELP), typed, AROUND)) == Codes(codes)


def test_of_several_choices_one_that_is_not_known_keeps_none() -> None:
    asked = step("choices", choices=HELP)
    assert isinstance(read(asked, "money, gold", AROUND), NotUnderstood)
    assert isinstance(read(asked, "none, money", AROUND), NotUnderstood)
    assert read(step("choices", choices=HELP, most=1), "1, 2", AROUND) == NotUnderstood((Trouble.TOO_MANY,))


def test_taps_add_and_take_away_and_none_stands_alone() -> None:
    asked = step("choices", choices=HELP)
    one = picked(asked, 0, AROUND)
    both = picked(asked, 1, AROUND, one)
    assert both == Codes(("advice", "money"))
    assert picked(asked, 0, AROUND, both) == Codes(("money",))
    assert picked(asked, 3, AROUND, both) == Codes(("none",))
    assert picked(asked, 1, AROUND, Codes(("none",))) == Codes(("money",))
    assert picked(asked, 9, AROUND, both) is None
    assert picked(step("choices", choices=HELP, most=1), 1, AROUND, one) == one


# --- yes and no, scale


@pytest.mark.parametrize(
    "typed",
    [
        *("yes", "Y", "Yes!", "oui", "是", "是的", "はい", "네", "ใช่", "ใช่ครับ", "हो"),
        *("हाँ", "ya", "sí", "sim", "ja", "да", "так", "نعم", "بله", "হ্যাঁ", "có"),
        *("oo", "evet", "ano", "ndiyo", "👍", "👍🏽", "✅", "1", "Тийм", "ஆம்"),
    ],
)
def test_yes_is_understood_in_many_languages(typed: str) -> None:
    assert value(read(step("yes-no"), typed, AROUND)) == Codes(("yes",))


@pytest.mark.parametrize(
    "typed",
    [
        *("no", "NO", "non", "否", "不是", "没有", "いいえ", "아니요", "ไม่", "ไม่ใช่", "होइन"),
        *("नहीं", "tidak", "belum", "não", "nein", "нет", "ні", "لا", "না", "không", "hindi"),
        *("hayır", "hapana", "👎", "❌", "2", "үгүй", "இல்லை"),
    ],
)
def test_no_is_understood_in_many_languages(typed: str) -> None:
    assert value(read(step("yes-no"), typed, AROUND)) == Codes(("no",))


@pytest.mark.parametrize(
    "typed", ["maybe", "yes and no", "3", "0", "👍👎", "yesterday", "not yet sure", "tak", "ne"]
)
def test_neither_yes_nor_no_is_guessed(typed: str) -> None:
    heard = read(step("yes-no"), typed, AROUND)
    assert heard == NotUnderstood((Trouble.YES_OR_NO,), ("yes", "no"))


@pytest.mark.parametrize(
    ("locale", "typed", "said"),
    [
        ("pl", "tak", "yes"),
        ("ms", "tak", "no"),
        ("id-ID", "tak", "no"),
        ("cs", "ne", "no"),
        ("ko", "ne", "yes"),
    ],
)
def test_a_word_that_means_both_is_read_in_the_readers_language(locale: str, typed: str, said: str) -> None:
    assert value(read(step("yes-no"), typed, around(locale))) == Codes((said,))


@pytest.mark.parametrize(
    ("typed", "level"), [("3", "3"), ("٣", "3"), ("0", "0"), ("carried out", "3"), ("3 · carried out", "3")]
)
def test_a_level_of_the_scale_is_its_number_or_its_name(typed: str, level: str) -> None:
    assert value(read(step("scale"), typed, AROUND)) == Codes((level,))


def test_the_scale_is_typed_in_every_language_of_the_interface() -> None:
    for level in range(5):
        for words in spoken_phrases()[f"scale-{level}"]:
            assert value(read(step("scale"), words, AROUND)) == Codes((str(level),))


@pytest.mark.parametrize("typed", ["5", "2-3", "33", "3 begun", "very good", "-1", "2.5"])
def test_what_is_no_level_is_not_taken(typed: str) -> None:
    assert isinstance(read(step("scale"), typed, AROUND), NotUnderstood)


# --- dates


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ("2025", "2025"),
        (" 2025. ", "2025"),
        ("in 2025", "2025"),
        ("٢٠٢٥", "2025"),
        ("२०२५", "2025"),
        ("２０２５年", "2025"),
        ("二〇二五年", "2025"),
        ("2025년", "2025"),
        ("2025 г.", "2025"),
        ("en 2025", "2025"),
        ("l'année 2025", "2025"),
        ("tahun 2025", "2025"),
        ("năm 2025", "2025"),
        ("ปี 2025", "2025"),
        ("ค.ศ. 2025", "2025"),
        ("last year", "2025"),
        ("去年", "2025"),
        ("l’année dernière", "2025"),
        ("ปีที่แล้ว", "2025"),
        ("this year", "2026"),
        ("今年", "2026"),
        ("작년", "2025"),
        ("next year", "2027"),
        ("2025-06", "2025-06"),
        ("06/2025", "2025-06"),
        ("2025/6", "2025-06"),
        ("June 2025", "2025-06"),
        ("juin 2025", "2025-06"),
        ("août 2025", "2025-08"),
        ("junio de 2025", "2025-06"),
        ("März 2025", "2025-03"),
        ("июнь 2025 года", "2025-06"),
        ("2025年6月", "2025-06"),
        ("2025년 6월", "2025-06"),
        ("二〇二五年十二月", "2025-12"),
        ("tháng 6 năm 2025", "2025-06"),
        ("มิถุนายน 2025", "2025-06"),
        ("มิ.ย. 2025", "2025-06"),
        ("يونيو ٢٠٢٥", "2025-06"),
        ("जून 2025", "2025-06"),
        ("জুন ২০২৫", "2025-06"),
        ("Hunyo 2025", "2025-06"),
        ("Disember 2025", "2025-12"),
        ("2025-06-30", "2025-06-30"),
        ("2025.6.30", "2025-06-30"),
        ("30/06/2025", "2025-06-30"),
        ("06/30/2025", "2025-06-30"),
        ("05/05/2025", "2025-05-05"),
        ("30 June 2025", "2025-06-30"),
        ("June 30th, 2025", "2025-06-30"),
        ("1er janvier 2025", "2025-01-01"),
        ("2025年6月30日", "2025-06-30"),
        ("二〇二五年六月三十日", "2025-06-30"),
        ("ngày 30 tháng 6 năm 2025", "2025-06-30"),
        ("30 de junio de 2025", "2025-06-30"),
        ("30 июня 2025 г.", "2025-06-30"),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, when: str) -> None:
    assert value(read(step("date"), typed, AROUND)) == Day(when)


@pytest.mark.parametrize(
    ("locale", "typed", "readings", "reason"),
    [
        ("en", "05/06/2025", ("2025-06-05", "2025-05-06"), Trouble.DAY_OR_MONTH),
        ("en", "2024/25", ("2025", "2024"), Trouble.TWO_YEARS),
        ("en", "2024-2025", ("2025", "2024"), Trouble.TWO_YEARS),
        ("en", "2011/12", ("2012", "2011", "2011-12"), Trouble.TWO_YEARS),
        ("th", "2569", ("2026",), Trouble.OTHER_CALENDAR),
        ("th", "พ.ศ. ๒๕๖๙", ("2026",), Trouble.OTHER_CALENDAR),
        ("en", "2569", ("2026",), Trouble.OTHER_CALENDAR),
        ("ne", "२०८२", ("2025", "2026", "2082"), Trouble.OTHER_CALENDAR),
        ("en", "2082 BS", ("2025", "2026"), Trouble.OTHER_CALENDAR),
        ("ne", "वि.सं. २०८२", ("2025", "2026"), Trouble.OTHER_CALENDAR),
        ("zh", "民國114年", ("2025",), Trouble.OTHER_CALENDAR),
        ("ja", "令和7年", ("2025",), Trouble.OTHER_CALENDAR),
        ("en", "end of 2024", ("2024",), Trouble.DATE_IN_WORDS),
        ("en", "fiscal year 2024", ("2024",), Trouble.DATE_IN_WORDS),
        ("en", "not before 2030", ("2030",), Trouble.DATE_IN_WORDS),
        ("en", "Q3 2025", ("2025",), Trouble.DATE_IN_WORDS),
        ("en", ">2025", ("2025",), Trouble.DATE_IN_WORDS),
        ("en", "-2025", ("2025",), Trouble.DATE_IN_WORDS),
        ("en", "2025%", ("2025",), Trouble.DATE_IN_WORDS),
        ("en", "2025?", ("2025",), Trouble.DATE_IN_WORDS),
    ],
)
def test_a_date_that_is_not_certain_is_asked_back(
    locale: str, typed: str, readings: tuple[str, ...], reason: str
) -> None:
    heard = read(step("date"), typed, around(locale))
    assert heard == AskBack(tuple(Day(when) for when in readings), (reason,))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("25", Trouble.TWO_DIGIT_YEAR),
        ("'25", Trouble.TWO_DIGIT_YEAR),
        ("30/06/25", Trouble.TWO_DIGIT_YEAR),
        ("June", Trouble.NO_DATE),
        ("soon", Trouble.NO_DATE),
        ("2025-02-30", Trouble.NO_DATE),
        ("31 June 2025", Trouble.NO_DATE),
        ("13/13/2025", Trouble.NO_DATE),
        ("1446", Trouble.OTHER_CALENDAR),
        ("1850", Trouble.YEAR_OUT_OF_RANGE),
        ("20255", Trouble.NO_DATE),
        ("1,234 t", Trouble.NO_DATE),
        ("", Trouble.NO_DATE),
        ("2025 " * 50, Trouble.NO_DATE),
    ],
)
def test_a_date_that_cannot_be_read_is_explained(typed: str, reason: str) -> None:
    assert read(step("date"), typed, AROUND) == NotUnderstood((reason,))


def test_the_likely_years_are_offered_and_none_to_come_for_a_result() -> None:
    assert [offer.code for offer in offers(step("date", means=Meaning.YEAR), AROUND)] == [
        "2026",
        "2025",
        "2024",
        "2023",
    ]
    later = Surroundings("en", date(2026, 1, 5), "2026-2027")
    assert offers(step("date"), later)[0].code == "2026"
    assert picked(step("date"), 1, AROUND) == Day("2025")
    due = step("date", means=Meaning.DUE)
    assert [offer.code for offer in offers(due, AROUND)] == ["2027", "2028", "2030", "2035"]


# --- texts, files, cities


def test_a_text_is_kept_without_what_is_not_seen() -> None:
    typed = "  We\u202e did\x00 it\u200b.\r\n\n\n\nमी\u200dल می\u200cروم 👨\u200d👩\u200d👧 \n"
    assert value(read(step("text"), typed, AROUND)) == Words(
        "We did it.\n\nमी\u200dल می\u200cروم 👨\u200d👩\u200d👧"
    )
    assert read(step("text"), " \u200b\u200d ", AROUND) == NotUnderstood((Trouble.EMPTY,))
    assert read(step("text", most=10), "x" * 11, AROUND) == NotUnderstood((Trouble.LONG_TEXT,))
    assert limits(step("text")).most == 1500


def test_a_link_is_evidence_and_other_words_are_not() -> None:
    heard = read(step("file"), "see https://city.example.org/a_(1).pdf, and HTTP://x.example/b.", AROUND)
    assert value(heard) == Files(links=("https://city.example.org/a_(1).pdf", "HTTP://x.example/b"))
    for typed in ("report.pdf", "https://", "https://localhost/x", "ftp://x.example", "http://[bad"):
        assert read(step("file"), typed, AROUND) == NotUnderstood((Trouble.NO_LINK,))


@pytest.mark.parametrize("typed", ["Surabaya", "surabaya", "泗水", "スラバヤ", "SURABAYA ", "ซูราบายา"])
def test_a_city_is_found_in_every_script(typed: str) -> None:
    assert value(read(step("city"), typed, AROUND)) == Codes(("surabaya",))


def test_a_city_with_a_slip_is_asked_back_and_one_elsewhere_is_kept_by_name() -> None:
    heard = read(step("city"), "Surabya", AROUND)
    assert heard == AskBack((Codes(("surabaya",)), Codes(("Surabya",))), (Trouble.LIKE_A_CITY,))
    assert value(read(step("city"), "Porto  Alegre", AROUND)) == Codes(("Porto Alegre",))
    assert isinstance(read(step("city"), "12", AROUND), NotUnderstood)
    assert isinstance(read(step("city"), "x" * 90, AROUND), NotUnderstood)


# --- for all of them


KINDS = st.sampled_from(list(QuestionKind))


def of_kind(kind: QuestionKind) -> Step:
    choices = STATES if kind in (QuestionKind.CHOICE, QuestionKind.CHOICES) else ()
    return step(kind, choices=choices)


@given(
    KINDS,
    st.text(max_size=60) | st.from_regex(r"[0-9 ./,年月%a-z-]{1,20}"),
    st.sampled_from(["en", "ne", "th"]),
)
def test_nothing_that_is_typed_breaks_a_question_and_what_is_kept_fits_it(
    kind: QuestionKind, typed: str, locale: str
) -> None:
    asked = of_kind(kind)
    heard = read(asked, typed, around(locale))
    if isinstance(heard, Understood):
        assert fits(asked, heard.value)
        assert heard.raw == typed
    elif isinstance(heard, AskBack):
        assert heard.readings
        assert heard.reasons
        assert all(fits(asked, reading) for reading in heard.readings)
    else:
        assert heard.reasons


@given(KINDS, st.integers(-2, 12))
def test_every_button_gives_an_answer_that_fits_and_a_stale_one_gives_none(
    kind: QuestionKind, place: int
) -> None:
    asked = of_kind(kind)
    answer = picked(asked, place, AROUND)
    assert (answer is not None) == (0 <= place < len(offers(asked, AROUND)))
    assert answer is None or fits(asked, answer)


def test_an_answer_of_another_type_no_longer_fits() -> None:
    values: list[Value] = [Amount(Decimal(1)), Words("x"), Day("2025"), Files((1,))]
    for kind in QuestionKind:
        fitting = [each for each in values if fits(of_kind(kind), each)]
        assert len(fitting) <= 1
    assert not fits(step("choice", choices=STATES), Codes(("gone",)))
    assert not fits(step("yes-no"), Codes(("maybe",)))


def test_every_offer_is_understood_when_it_is_typed_instead() -> None:
    for kind in QuestionKind:
        asked = of_kind(kind)
        for place, offer in enumerate(offers(asked, AROUND)):
            labels = (
                offer.label.by_language.values()
                if offer.label
                else AROUND.phrases.get(offer.phrase or "", (offer.code,))
            )
            for label in labels:
                assert value(read(asked, label, AROUND)) == picked(asked, place, AROUND)


@pytest.fixture(scope="module")
def shipped(knowledge: Path) -> list[Step]:
    """Every question with choices that ships."""
    schedules = load(knowledge, schedules=knowledge.parent / "schedules").schedules
    asked = [question for each in schedules.questionnaires.values() for question in each.questions]
    return [Step(question) for question in asked if question.choices]


def test_every_shipped_choice_is_understood_by_its_label_in_every_language(shipped: list[Step]) -> None:
    assert shipped
    for asked in shipped:
        for choice in asked.question.choices:
            for label in (choice.id, *choice.label.by_language.values()):
                for typed in (label, label.upper(), f" {label}. "):
                    assert value(read(asked, typed, AROUND)) == Codes((choice.id,))


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_a_slip_of_the_hand_never_makes_another_choice_of_it(
    shipped: list[Step], data: st.DataObject
) -> None:
    asked = data.draw(st.sampled_from(shipped))
    choice = data.draw(st.sampled_from(asked.question.choices))
    label = data.draw(st.sampled_from(list(choice.label.by_language.values())))
    at = data.draw(st.integers(0, len(label) - 1))
    letter = data.draw(st.sampled_from("aeinorst少多不没x "))
    slips = (
        label[:at] + label[at + 1 :],
        label[:at] + letter + label[at:],
        label[:at] + letter + label[at + 1 :],
    )
    heard = read(asked, data.draw(st.sampled_from(slips)), AROUND)
    assert isinstance(heard, NotUnderstood) or value(heard) == Codes((choice.id,))
