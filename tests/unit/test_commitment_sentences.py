"""Promises as sentences that a mayor would sign, and what came of them in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.content.loader import load
from bot.domain.assessment import SCALE_REACHED, Status, TargetResult, Why, assess
from bot.domain.commitments import Baseline, Direction, SaidStatus, Target, TargetKind, ValueKind
from bot.domain.entries import Library
from bot.domain.views import Page
from bot.domain.words import LocalText
from bot.rehearsal.telegram_html import parse
from bot.texts import phrases
from bot.texts.renderer import Renderer

D = Decimal
RENDERER = Renderer("focal_rehearsal_bot")
PROMISE = (
    '{% from "_commitment_sentence.html" import promise with context %}'
    "{{ promise(city(commitment.city, library), commitment, target, library) }}"
)
ASSESSMENT = '{% from "_assessment.html" import assessment with context %}{{ assessment(target, assessed) }}'

SENTENCES = Path(__file__).with_name("promises_in_sentences.txt")


@pytest.fixture(scope="module")
def library(knowledge: Path) -> Library:
    return load(knowledge).library


def reviewed() -> list[tuple[str, str, str]]:
    """The table as (target, language, sentence). Blanks that do not break are written as plain ones."""
    rows, where = [], ""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            where = line.removeprefix("# ")
        else:
            language, _, sentence = line.partition(": ")
            rows.append((where, language, sentence))
    return rows


def plain_blanks(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")


def target_of(library: Library, where: str) -> Target:
    city, target_id = where.split()
    return next(target for target in library.commitments[f"{city}-2007"].targets if target.id == target_id)


def promise(library: Library, where: str, language: str, target: Target | None = None) -> str:
    commitment = library.commitments[f"{where.split()[0]}-2007"]
    target = target or target_of(library, where)
    values = {"library": library, "commitment": commitment, "target": target}
    return plain_blanks(RENDERER.fragment(PROMISE, language, **values))


@pytest.mark.parametrize(("where", "language", "sentence"), reviewed())
def test_a_promise_reads_as_its_mayor_would_sign_it(
    library: Library, where: str, language: str, sentence: str
) -> None:
    assert promise(library, where, language) == sentence


def test_every_promise_of_the_twelve_cities_was_read(library: Library) -> None:
    known = {
        (f"{commitment.city} {target.id}", language)
        for commitment in library.commitments.values()
        for target in commitment.targets
        for language in ("en", "fr", "zh")
    }
    assert {(where, language) for where, language, _ in reviewed()} == known


def test_the_full_page_of_a_commitment_says_its_promises(library: Library) -> None:
    for where, language, sentence in reviewed():
        entry = library.entries[f"{where.split()[0]}-2007"]
        pages = (RENDERER.plain(Page(entry, library, page), language) for page in range(1, 6))
        assert any(f"🎯 {sentence}" in plain_blanks(page) for page in pages), sentence


# --- promises that cities may yet make


def ulsan(library: Library, target_id: str, **changes: object) -> Target:
    return replace(target_of(library, f"ulsan {target_id}"), **changes)  # type: ignore[arg-type]


OTHERS = [
    (
        "a",
        {"baseline": Baseline(2005, D("1.10"))},
        "By 2010, Ulsan will bring its waste per person down to at most 0.90 kg per person per day, "
        "starting from 1.10 kg per person per day in 2005.",
        "到2010年，蔚山市将以2005年的1.10千克/人/天为起点，把人均城市废物生成量降至不超过0.90千克/人/天。",
        "D’ici à 2010, Ulsan ramènera ses déchets par habitant à 0,90 kg par habitant et par jour au plus, "
        "en partant de 1,10 kg par habitant et par jour en 2005.",
    ),
    (
        "b",
        {"baseline": Baseline(None, D(50))},
        "By 2010, Ulsan will raise its recycling rate to at least 65 per cent, starting from 50 per cent.",
        "到2010年，蔚山市将以50%为起点，把循环率提高到至少65%。",
        "D’ici à 2010, Ulsan portera son taux de recyclage à 65 % au moins, en partant de 50 %.",
    ),
    (
        "b",
        {"value": D(60), "far": D(65)},
        "By 2010, Ulsan will bring its recycling rate into the range of 60 to 65 per cent.",
        "到2010年，蔚山市将使循环率进入60%至65%的区间。",
        "D’ici à 2010, Ulsan amènera son taux de recyclage dans la fourchette de 60 à 65 %.",
    ),
    (
        "a",
        {"value": D("0.9"), "far": D("0.8"), "baseline": Baseline(2005)},
        "By 2010, Ulsan will bring its waste per person into the range of 0.8 to 0.9 kg per person per day, "
        "starting from 2005.",
        "到2010年，蔚山市将以2005年为起点，使人均城市废物生成量进入0.8至0.9千克/人/天的区间。",
        "D’ici à 2010, Ulsan amènera ses déchets par habitant dans la fourchette de 0,8 à 0,9 kg par habitant "
        "et par jour, en partant de 2005.",
    ),
    (
        "b",
        {"kind": TargetKind.CHANGE, "value": D(30)},
        "By 2010, Ulsan will raise its recycling rate by 30 per cent.",
        "到2010年，蔚山市将把循环率提高30%。",
        "D’ici à 2010, Ulsan augmentera son taux de recyclage de 30 %.",
    ),
    (
        "b",
        {"kind": TargetKind.CHANGE, "value": D(30), "baseline": Baseline(2005, D(1200))},
        "By 2010, Ulsan will raise its recycling rate by 30 per cent compared with 1,200 in 2005.",
        "到2010年，蔚山市将使循环率较2005年的1,200提高30%。",
        "D’ici à 2010, Ulsan augmentera son taux de recyclage de 30 % par rapport à 1 200 en 2005.",
    ),
    (
        "b",
        {"kind": TargetKind.COUNT, "indicator": "sanitary-landfills", "unit": None, "value": D(3)},
        "By 2010, Ulsan will come to at least 3 sanitary landfills.",
        "到2010年，蔚山市将使环卫废物填埋场至少达到3。",
        "D’ici à 2010, Ulsan comptera au moins 3 décharges contrôlées.",
    ),
    (
        "a",
        {
            "kind": TargetKind.COUNT,
            "indicator": "sanitary-landfills",
            "unit": None,
            "value": D(2),
            "baseline": Baseline(2005, D(4)),
        },
        "By 2010, Ulsan will come down to at most 2 sanitary landfills, starting from 4 in 2005.",
        "到2010年，蔚山市将以2005年的4为起点，使环卫废物填埋场降至不超过2。",
        "D’ici à 2010, Ulsan comptera au plus 2 décharges contrôlées, en partant de 4 en 2005.",
    ),
    (
        "b",
        {"indicator": "co2-recycling"},
        "By 2010, Ulsan will raise its co2-recycling to at least 65 per cent.",
        "到2010年，蔚山市将把co2-recycling提高到至少65%。",
        "D’ici à 2010, Ulsan portera l’indicateur « co2-recycling » à 65 % au moins.",
    ),
    (
        "a",
        {"kind": TargetKind.COMPLIANCE, "text": LocalText.plain("Keep SO2 within the limits of the state.")},
        "By 2010, Ulsan will keep SO2 within the limits of the state.",
        "到2010年，蔚山市承诺：“Keep SO2 within the limits of the state.”",
        "D’ici à 2010, Ulsan s’engage à ceci : « Keep SO2 within the limits of the state. »",
    ),
]


@pytest.mark.parametrize(("target_id", "changes", "en", "zh", "fr"), OTHERS)
def test_other_kinds_of_promises_read_well_too(
    library: Library, target_id: str, changes: dict[str, object], en: str, zh: str, fr: str
) -> None:
    target = ulsan(library, target_id, **changes)
    for language, sentence in (("en", en), ("zh", zh), ("fr", fr)):
        assert promise(library, f"ulsan {target_id}", language, target) == sentence


# --- what came of it, in words


def in_words(target: Target, result: TargetResult | None, language: str = "en") -> str:
    assessed = assess(target, result, 2007)
    text = RENDERER.fragment(ASSESSMENT, language, target=target, assessed=assessed)
    return plain_blanks(parse(text).text)


def test_the_formula_is_said_with_its_numbers(library: Library) -> None:
    bangkok, weihai = target_of(library, "bangkok a"), target_of(library, "weihai a")
    exceeded = TargetResult("a", D("-32.4"), unit="%", as_change=True, said=SaidStatus.EXCEEDED)
    assert in_words(bangkok, exceeded) == (
        "🌟 Exceeded: 108 % of what was promised\n"
        "−32.4 % of the promised −30 % is 108 %.\n"
        "The city itself says: exceeded."
    )
    assert in_words(weihai, replace(exceeded, value=D(-9), year=2008, said=None), "zh") == (
        "🌟 超额实现：相当于承诺的180%\n承诺−5%，结果−9%，即承诺的180%。当时时间已过去60%。"
    )
    amount = in_words(replace(bangkok, baseline=Baseline(2005, D(1200))), TargetResult("a", D(1000)))
    assert "From 1,200 to 1,000 is a change of −16.67 %; of the promised −30 % that is 55.6 %." in amount
    level = in_words(
        ulsan(library, "a", baseline=Baseline(2005, D("1.10"))), TargetResult("a", D("1.15"), year=2008)
    )
    fallen = TargetResult("a", D(-10), as_change=True)
    by_change = in_words(ulsan(library, "a", baseline=Baseline(2005, D("1.10"))), fallen)
    assert by_change.startswith(
        "🔸 Not reached: 55 % of what was promised\n"
        "A change of −10 % from 1.10 kg per person per day makes 0.99 kg per person per day. The way from 1.10 kg"
    )
    assert level.startswith("🔻 Worse than at the start: −25 % of what was promised\nThe way from 1.10 kg")


def test_a_level_without_a_baseline_says_its_distance_and_where_words_and_figures_part(
    library: Library,
) -> None:
    told = TargetResult("a", D("0.99"), unit="kg/cap/day", said=SaidStatus.REACHED)
    assert in_words(target_of(library, "ulsan a"), told) == (
        "🔸 Not reached: 0.09 kg per person per day to go\n"
        "0.99 kg per person per day, where at most 0.90 kg per person per day was promised. "
        "Once the baseline is known, the share of the way can be computed.\n"
        "⚠️ The city itself says: reached. The figures say otherwise."
    )
    told = TargetResult("a", D(55), unit="%", said=SaidStatus.PARTLY, said_share=D(90))
    assert in_words(target_of(library, "puerto-princesa a"), told).endswith(
        "⚠️ The city itself says: partly reached (90 %). The figures say otherwise: 55 % is 80.9 % of 68 %."
    )
    better = in_words(target_of(library, "ulsan a"), TargetResult("a", D("0.85")))
    assert better.startswith("🌟 Exceeded: 0.05 kg per person per day better than the target")
    assert "baseline" not in better


def test_what_is_not_there_yet_is_said_kindly(library: Library) -> None:
    nonthaburi = target_of(library, "nonthaburi a")
    early = TargetResult("a", D(-28), as_change=True, year=2009)
    assert in_words(nonthaburi, early).startswith("🔸 Not reached yet: 93.3 %")
    expected = replace(early, value=D(-30), year=2010, value_kind=ValueKind.EXPECTED)
    assert "forecast" in in_words(nonthaburi, expected)
    assert in_words(nonthaburi, None) == "▫️ No result yet"
    scale = target_of(library, "bago b")
    assert (
        in_words(scale, TargetResult("b", scale=3))
        .splitlines()[1]
        .startswith("Level 3 of 4 on the scale of evidence: carried out.")
    )


def test_every_status_and_reason_has_its_words() -> None:
    assert set(phrases.STATUS) == set(phrases.STATUS_SIGN) == set(Status)
    in_the_template = {Why.CHANGE_OF_CHANGE, Why.BASELINE_TO_TARGET, Why.LEVEL_DISTANCE, Why.AT_LEAST}
    assert set(phrases.WHY) == set(Why) - in_the_template
    assert len(phrases.EVIDENCE) == SCALE_REACHED + 1


def test_or_more_is_said_of_a_lower_bound(library: Library) -> None:
    told = TargetResult("b", D(70), unit="%", at_least=True)
    assert "70 % or more, where at least 65 % was promised." in in_words(target_of(library, "ulsan b"), told)
    assert target_of(library, "ulsan b").direction is Direction.UP


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_a_promise_without_a_due_year_says_the_same_without_one(library: Library, language: str) -> None:
    for entry_id, dated in library.commitments.items():
        commitment = replace(dated, due=None)
        for target in dated.targets:
            context = {"library": library, "target": target, "commitment": dated}
            with_year = plain_blanks(RENDERER.fragment(PROMISE, language, **context))
            context |= {"target": replace(target, due=None), "commitment": commitment}
            without = plain_blanks(RENDERER.fragment(PROMISE, language, **context))
            begin = {"en": f"By {target.due}, ", "fr": f"D’ici à {target.due}, ", "zh": f"到{target.due}年，"}
            assert with_year == begin[language] + without, entry_id
