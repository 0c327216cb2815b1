"""The knowledge that travels with Focal is whole: every fact, every figure, every language, every doubt."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.content.loader import Loaded, load
from bot.domain.entries import Entry

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"

NETWORK_LANGUAGES = {"en", "zh"}
CITY_LANGUAGES = {"en", "zh", "fr", "ja", "ko", "th", "id"}
LONGEST_TITLE = 90
LONGEST_SUMMARY = 280

REGISTER = {
    "PR": [*range(1, 27)],
    "GD": [*range(1, 7)],
    "PJ": [*range(1, 5)],
    "EV": [*range(1, 20)],
    "CM": [*range(1, 13)],
    "PT": [*range(1, 14)],
    "FD": [*range(1, 17)],
    "OR": [*range(1, 36)],
    "PG": [*range(1, 11)],
    "PL": [*range(1, 6)],
    "LS": [*range(1, 35), *range(40, 57)],
}

PARAGRAPHS = [
    *(f"K§{number}" for number in range(1, 41)),
    *("K sum", "K box 1", "K table 1", "K fn1", "K fn2", "K fn3"),
    *(f"M§{number}" for number in range(1, 17)),
    "M hdr",
]


class Promise(NamedTuple):
    """A row of the fact sheet's part 7.1: its target (the ends of a range) and results as (value, when, kind)."""

    city: str
    target: str
    value: str
    far: str | None
    unit: str
    direction: str
    baseline: int | None
    results: tuple[tuple[str | None, str | None, str | None], ...]


PROMISES = [
    Promise("bago", "a", "-60", None, "%", "down", None, (("-49", None, "measured"),)),
    Promise("cebu", "a", "-50", None, "%", "down", None, ((None, None, None),)),
    Promise("cebu", "b", "-75", None, "%", "down", None, ((None, None, None),)),
    Promise(
        "san-fernando",
        "a",
        "28",
        None,
        "%",
        "up",
        None,
        (("20", None, "projected"), ("60", None, "expected")),
    ),
    Promise("puerto-princesa", "a", "68", None, "%", "up", None, (("55", None, "measured"),)),
    Promise("bangkok", "a", "-30", None, "%", "down", None, (("-32.4", None, "measured"),)),
    Promise(
        "nonthaburi",
        "a",
        "-30",
        None,
        "%",
        "down",
        None,
        (("-26", "2008", "measured"), ("-28", "2009", "measured"), ("-30", "2010", "expected")),
    ),
    Promise("sibu", "a", "-10", "-15", "%", "down", None, (("-2", "2006-2008", "measured"),)),
    Promise("weihai", "a", "-5", None, "%", "down", 2005, (("-9", "2008", "measured"),)),
    # The sentence gives no year of its own for the second result (FL-12).
    Promise("weihai", "b", "-15", None, "%", "down", 2005, (("-15", None, "measured"),)),
    Promise("kitakyushu", "b", "-20", None, "%", "down", None, (("-26", None, "measured"),)),
    Promise("kitakyushu", "c", "25", None, "%", "up", None, (("30.6", None, "measured"),)),
    Promise("kitakyushu", "d", "-10", None, "%", "down", None, ()),
    Promise(
        "surabaya",
        "a",
        "-40",
        None,
        "%",
        "down",
        None,
        (("-51.38", "2007", "measured"), ("-58.67", "2008", "measured")),
    ),
    Promise("ulsan", "a", "0.90", None, "kg/cap/day", "down", None, (("0.99", None, "measured"),)),
    Promise("ulsan", "b", "65", None, "%", "up", None, (("62.5", None, "measured"),)),
]

OTHER_MEASURES = [
    ("san-fernando", "a", "landfill-recovery-rate", "2", "4", None, "measured", False),
    ("kathmandu", "a", "sanitary-landfills", "2", None, None, "measured", False),
    ("kitakyushu", "a", "officials-trained", "494", None, "2007", "measured", False),
    ("kitakyushu", "a", "officials-trained", "434", None, "2008", "measured", False),
    ("kitakyushu", "a", "officials-trained", "400", None, "2009", "measured", True),
    ("kitakyushu", "d", "low-emission-vehicles", "751", None, "2007", "measured", False),
    ("kitakyushu", "d", "low-emission-vehicles", "860", None, "2009", "expected", False),
]

SAID = {
    ("puerto-princesa", "a"): "partly",
    ("cebu", "a"): "partly",
    ("bangkok", "a"): "exceeded",
    ("nonthaburi", "a"): "expected",
    ("surabaya", "a"): "exceeded",
    ("ulsan", "a"): "reached",
    ("ulsan", "b"): "reached",
}
"""What the source says of a target; of all others it says nothing."""

DOUBTS = [
    ("FL-01", "escap", "no symbol and no date"),
    ("FL-02", "bago", "Baguio"),
    ("FL-02", "bago-2007", "Baguio"),
    ("FL-02", "bago-household-composting", "Baguio"),
    ("FL-03", "wacap", "World Association of Children and Parents"),
    ("FL-03", "commission-wacap-training", "World Association of Children and Parents"),
    ("FL-04", "urban-solidarity-fund", "5 March 2001"),
    ("FL-05", "commitments-programme", "in many cases"),
    ("FL-05", "cities-saw-improvement", "in many cases"),
    ("FL-06", "surabaya-2007", "more than 20 per cent"),
    ("FL-06", "surabaya-community-composting", "more than 20 per cent"),
    ("FL-07", "puerto-princesa-2007", "80.9"),
    ("FL-08", "san-fernando-2007", "projected"),
    ("FL-09", "sibu-2007", "2 per cent a year"),
    ("FL-10", "cebu-2007", "Half of the target rate"),
    ("FL-11", "ulsan-2007", "0.99"),
    ("FL-12", "weihai-2007", "Compared with 2005"),
    ("FL-13", "kitakyushu-2007", "“by” or “to”"),
    ("FL-13", "kitakyushu-2007", "small displacement"),
    ("FL-14", "nonthaburi", "province"),
    ("FL-14", "nonthaburi-2007", "province"),
    ("FL-15", "fifth-network-meeting", "fifth and last point"),
    *(
        ("FL-16", f"{city}-2007", "baseline")
        for city in ("bago", "cebu", "san-fernando", "puerto-princesa", "bangkok", "kitakyushu", "ulsan")
    ),
    ("FL-17", "talisay", "more than one Talisay"),
    ("FL-17", "talisay-conference-2009", "more than one Talisay"),
    ("FL-18", "san-fernando", "San Fernando"),
    ("FL-18", "san-fernando-2007", "La Union"),
    ("FL-19", "mayors-associations-federation", "AIMF"),
    ("FL-19", "fmc", "could not be identified"),
    ("FL-19", "comval", "could not be identified"),
    ("FL-20", "mayors-meeting-outcomes", "one bracket"),
    ("FL-21", "wssd-2002", "garbled"),
    ("FL-22", "mayors-meeting-2001", "more than 200 people"),
    ("FL-23", "port-au-prince-madagascar", "Madagascar"),
    ("FL-23", "brussels-dakar", "and others"),
    ("FL-24", "communities-find-funds", "wholly or in part"),
    ("FL-25", "mayors-meeting-session-2", "competition"),
    ("FL-26", "governments-must-support", "slip"),
    ("FL-27", "mayors-declaration", "slip"),
    ("FL-28", "kitakyushu-initiative", "Slips in the Chinese text"),
    ("FL-29", "network-meetings", "biennial"),
    ("FL-30", "kitakyushu-initiative-network", "more than 170 cities"),
    ("FL-31", "puerto-princesa-2007", "waste conversion rate"),
    ("FL-31", "san-fernando-2007", "waste conversion rate"),
    ("FL-32", "five-cities-indonesia", "日本国际协力厅"),
    ("FL-33", "takakura-composting", "塔卡库鲁"),
    ("FL-34", "wssd-2002", "Type I initiative"),
    ("FL-35", "micro-enterprise-pilot", "city is not named"),
    ("FL-36", "bago-2007", "past tense"),
    ("FL-36", "puerto-princesa-2007", "past tense"),
    ("FL-37", "escap-energy-forum", "could not be"),
    ("FL-38", "cooperation-fair", "How many cities"),
    ("FL-39", "good-practice-database", "environment in general"),
]
"""Every ambiguity of the fact sheet's annex B, an entry that it touches, and words of the remark that tells it.

Loosely compared, without regard to capitals."""


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(KNOWLEDGE)


@pytest.fixture(scope="module")
def entries(loaded: Loaded) -> list[Entry]:
    return sorted(loaded.library.entries.values(), key=lambda entry: entry.id)


def test_nothing_is_wrong_with_the_shipped_content(loaded: Loaded) -> None:
    assert [str(problem) for problem in loaded.problems if problem.level != "note"] == []
    assert len(loaded.library.entries) >= 230


def test_every_item_of_the_fact_sheet_stands_in_an_entry(entries: list[Entry]) -> None:
    expected = {f"{letters}-{number:02}" for letters, numbers in REGISTER.items() for number in numbers}

    assert {item for entry in entries for item in entry.register} == expected


def test_every_paragraph_of_the_two_documents_is_cited(entries: list[Entry]) -> None:
    cited = {source for entry in entries for source in entry.sources}

    assert [p for p in PARAGRAPHS if not any(s == p or s.startswith((f"{p} ", f"{p}¶")) for s in cited)] == []


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: f"{promise.city}-{promise.target}")
def test_every_target_and_result_stands_as_in_the_source(loaded: Loaded, promise: Promise) -> None:
    commitment = loaded.library.commitments[f"{promise.city}-2007"]
    target = next(target for target in commitment.targets if target.id == promise.target)

    assert (commitment.city, commitment.made, commitment.due, target.due) == (promise.city, 2007, 2010, 2010)
    assert target.value == Decimal(promise.value)
    assert target.far == (Decimal(promise.far) if promise.far else None)
    assert (target.unit, target.direction) == (promise.unit, promise.direction)
    assert (target.baseline.year if target.baseline else None) == promise.baseline
    assert target.baseline is None or target.baseline.value is None
    results = [
        (str(result.value) if result.value is not None else None, result.when, result.value_kind)
        for result in commitment.published
        if result.target == promise.target and result.indicator in (None, target.indicator)
    ]
    assert results == list(promise.results)


def test_results_on_other_measures_are_kept_apart(loaded: Loaded) -> None:
    found = [
        (
            city.removesuffix("-2007"),
            r.target,
            r.indicator,
            str(r.value),
            _text(r.far),
            r.when,
            r.value_kind,
            r.at_least,
        )
        for city, commitment in sorted(loaded.library.commitments.items())
        for r in commitment.published
        if r.indicator is not None and r.value is not None
    ]

    assert sorted(found, key=str) == sorted(OTHER_MEASURES, key=str)


def _text(value: Decimal | None) -> str | None:
    return str(value) if value is not None else None


def test_what_the_source_says_of_a_target_is_kept_apart_from_the_figures(loaded: Loaded) -> None:
    for entry_id, commitment in loaded.library.commitments.items():
        said = {said.target: said.status.value for said in commitment.said}
        city = entry_id.removesuffix("-2007")
        assert said == {t.id: SAID.get((city, t.id), "not-stated") for t in commitment.targets}, entry_id


def test_every_entry_speaks_the_languages_of_its_readers(entries: list[Entry]) -> None:
    lacking = [
        (entry.id, key, sorted(missing))
        for entry in entries
        for key, text in (("title", entry.title), ("summary", entry.summary), ("body", entry.body))
        if (missing := _wanted(entry) - set(text.by_language if text is not None else ()))
    ]

    assert lacking == []


def _wanted(entry: Entry) -> set[str]:
    from_the_mayors = any(source.startswith("M") for source in entry.sources)
    return NETWORK_LANGUAGES | ({"fr"} if from_the_mayors else set())


def test_every_city_is_named_in_the_languages_of_the_region_and_its_own(loaded: Loaded) -> None:
    lacking = {
        entry_id: sorted(missing)
        for entry_id, city in loaded.library.cities.items()
        if (
            missing := (CITY_LANGUAGES | set(city.languages))
            - set(loaded.library.entries[entry_id].title.by_language)
        )
    }

    assert lacking == {}


@pytest.mark.parametrize(("doubt", "entry_id", "words"), DOUBTS)
def test_every_doubt_is_told_in_every_language(loaded: Loaded, doubt: str, entry_id: str, words: str) -> None:
    entry = loaded.library.entries[entry_id]

    told = [
        remark for remark in entry.remarks if words.casefold() in remark.by_language.get("en", "").casefold()
    ]

    assert told, f"{doubt} is not told in {entry_id}"
    assert all(_wanted(entry) <= set(remark.by_language) for remark in told)


def test_every_doubt_of_the_fact_sheet_is_on_the_list() -> None:
    assert {doubt for doubt, _, _ in DOUBTS} == {f"FL-{number:02}" for number in range(1, 40)}


def test_a_name_that_is_not_confirmed_has_a_remark(entries: list[Entry]) -> None:
    unconfirmed = [entry for entry in entries if entry.fact("name_confirmed") is not None]

    assert unconfirmed
    assert [entry.id for entry in unconfirmed if not entry.remarks] == []


def test_titles_and_summaries_fit_a_phone(entries: list[Entry]) -> None:
    too_long = [
        (entry.id, tag, len(text))
        for entry in entries
        for texts, most in ((entry.title, LONGEST_TITLE), (entry.summary, LONGEST_SUMMARY))
        if texts is not None
        for tag, text in texts.by_language.items()
        if len(text) > most * (1.25 if tag == "fr" else 1)
    ]

    assert too_long == []
