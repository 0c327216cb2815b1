"""The words of a commitment report: chosen once, in three languages, with every figure as it was told."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
import samples_documents as s

from bot.documents.composition import compose
from bot.documents.document import Document, TableRow
from bot.documents.printing import print_document
from bot.domain.assessment import assess
from bot.domain.publication import CommitmentReport, Format, Scope
from bot.texts.catalogues import catalogue, languages


def row(document: Document, city: str, ref: str) -> TableRow:
    return next(row for row in document.table if (row.city_id, row.ref) == (city, ref))


def told(row: TableRow) -> list[str]:
    return [
        f"{line.mark.sign} {line.text}" if line.mark else line.text for line in row.results if not line.quoted
    ]


@pytest.mark.parametrize("language", languages())
def test_it_is_whole_in_every_language(language: str) -> None:
    document = s.document(language)
    for text in s.texts_of(document):
        assert "%(" not in text
        assert "None" not in text
        assert text.strip() == text, "no spaces at the ends"
    assert all(document.labels.values())
    assert compose(s.report(), language) == document, "the same report gives the same words"


@pytest.mark.parametrize("language", ["fr", "zh"])
def test_no_heading_is_left_in_english(language: str) -> None:
    english, other = s.document("en"), s.document(language)
    same = {code for code, words in other.labels.items() if words == english.labels[code]}
    assert same <= {"ref"}
    assert not set(other.method) & set(english.method)
    assert other.title != english.title


def test_figures_keep_every_digit() -> None:
    document = s.document("en")
    assert told(row(document, "kitakyushu", "2025b")) == ["● −32.4\u202f%, year not stated"]
    assert told(row(document, "kitakyushu", "2025c")) == ["● 14.50\u202f%, 2026"]
    assert told(row(document, "ulsan", "2025b")) == ["◐ 66 to 70\u202f%, 2030"]
    assert row(document, "ulsan", "2025a").target_value == Decimal("0.90")
    assert "0.90\u202fkg" in row(document, "ulsan", "2025a").formula


def test_figures_are_written_as_the_reader_writes_them() -> None:
    french, chinese = s.document("fr"), s.document("zh")
    assert told(row(french, "kitakyushu", "2025b")) == ["● −32,4\u202f%, année non indiquée"]
    assert told(row(chinese, "kitakyushu", "2025b")) == ["● −32.4%（年份未说明）"]
    assert told(row(chinese, "sibu", "2025a"))[0] == "● −2%（2006–2008年）"
    assert told(row(chinese, "ulsan", "2025b")) == ["◐ 66%至70%（2030年）"]


def test_what_was_told_before_the_scope_is_in_the_series_and_not_in_the_table() -> None:
    document = s.document("en")
    sibu = next(city for city in document.cities if city.id == "sibu")
    chart = sibu.targets[0].chart
    assert chart is not None
    assert [point.shown for point in chart.points] == ["−2\u202f%", "−6.5\u202f%", "−10.5\u202f%"]
    assert [point.published for point in chart.points] == [True, False, False]
    assert (chart.target, chart.target_far, chart.target_shown) == (-10, -15, "−10 to −15\u202f%")
    assert not any("−6.5" in text for text in told(row(document, "sibu", "2025a")))
    assert "Sibu, Waste generation: −2\u202f% (2006–2008, measured)" in chart.alt


def test_a_change_told_as_an_amount_stands_on_the_scale_of_the_amounts() -> None:
    city = s.sibu()
    made = city.commitments[0]
    target = replace(made.lines[0].target, baseline=s.Baseline(2020, Decimal(200)))
    said = s.told(target, s.of_report("sibu"), counts=True, value="170", unit="t/day", year=2026)
    line = replace(made.lines[0], target=target, told=(said,), assessed=assess(target, said.result, 2025))
    changed = replace(city, commitments=(replace(made, lines=(line,)),))
    chart = compose(s.report(changed), "en").cities[0].targets[0].chart
    assert chart is not None
    assert (chart.baseline, chart.target, chart.target_far) == (200, 180, 170)
    assert chart.target_shown == "180 to 170\u202ftonnes a day"


def test_the_status_that_is_stated_stands_beside_the_one_that_is_computed() -> None:
    ulsan = row(s.document("en"), "ulsan", "2025a")
    assert (ulsan.status_said, ulsan.status) == ("reached (90\u202f%)", "Not reached yet")
    assert ulsan.differs
    assert ulsan.formula.endswith("The figures say otherwise.")
    nonthaburi = row(s.document("en"), "nonthaburi", "2025a")
    assert (nonthaburi.status_said, nonthaburi.status) == ("expected to be reached", "Not reached yet")
    assert not nonthaburi.differs


def test_missing_is_printed_as_missing() -> None:
    document = s.document("en")
    assert told(row(document, "nonthaburi", "2025b")) == ["No result was reported."]
    nonthaburi = next(city for city in document.cities if city.id == "nonthaburi")
    assert nonthaburi.missing == ("There is no accepted report in this cycle.",)
    assert nonthaburi.targets[1].missing == (
        "No result was reported for this target. The city says: “ยังไม่มีข้อมูล”",
    )
    assert len(document.missing) == sum(len(city.missing) for city in s.report().cities)
    assert document.missing[0] == (
        "Kathmandu, Sanitary landfills: The result was told in words, without a figure."
    )


def test_cities_stand_in_the_readers_language_with_their_own_name_beside() -> None:
    names = {city.id: (city.name, city.own_name, city.own_language) for city in s.document("en").cities}
    assert names["kathmandu"] == ("Kathmandu", "काठमाडौं", "ne")
    assert names["nonthaburi"] == ("Nonthaburi", "นนทบุรี", "th")
    assert names["ulsan"] == ("Ulsan", "울산시", "ko")
    assert names["sibu"] == ("Sibu", "", ""), "its own name is the same"
    chinese = {city.id: (city.name, city.own_name) for city in s.document("zh").cities}
    assert chinese["sibu"] == ("诗巫市", "Sibu")
    assert chinese["kitakyushu"] == ("北九州市", ""), "the Japanese name is the same"


def test_every_figure_says_where_it_comes_from() -> None:
    sibu = next(city for city in s.document("en").cities if city.id == "sibu")
    published, before, now = sibu.targets[0].sources
    assert published.heading == "Published record (Kitakyushu review 2010: table 1)"
    assert before.heading == "Report sibu-2025, version 1"
    assert now.heading == "Report sibu-2026, version 2"
    facts = dict(now.lines)
    assert facts["Result"] == "● −10.5\u202f%, 2026"
    assert facts["Source"] == "questionnaire, filled in by the city"
    assert facts["Sent"] == "Dec 1, 2026 02:00 UTC, focal point [p-7f3a]"
    assert facts["Accepted"] == "Dec 5, 2026 12:30 UTC, secretariat [p-09bc]"
    assert [quote.words for quote in now.quotes] == [
        "lebih kurang -10.5 % pada 2026",
        "Kompos komuniti di 14 kampung.",
    ]


def test_results_of_one_source_stand_below_it_once() -> None:
    nonthaburi = next(city for city in s.document("en").cities if city.id == "nonthaburi")
    (source,) = nonthaburi.targets[0].sources
    assert [words for _, words in source.lines] == [
        "● −26\u202f%, 2027",
        "● −28\u202f%, 2028",
        "○ −30\u202f%, 2030",
    ]


def test_where_a_file_has_no_words_in_the_readers_language_the_promise_is_made_of_its_fields() -> None:
    french = s.document("fr")
    assert row(french, "nonthaburi", "2025a").target == (
        "D’ici à 2030, Nonthaburi réduira sa production de déchets de 30\u202f%."
    )
    assert row(french, "nonthaburi", "2025b").target == "Développer l’emploi."


def test_a_measure_of_something_else_is_no_result_of_the_target() -> None:
    kathmandu = next(city for city in s.document("en").cities if city.id == "kathmandu")
    assert told(kathmandu.targets[1].row) == ["? 2, year not stated", "● 751 households compost at home."]
    chart = kathmandu.targets[1].chart
    assert chart is not None
    assert [point.shown for point in chart.points] == ["2"]


def test_the_rows_of_a_city_know_each_other() -> None:
    table = s.document("en").table
    assert [(r.city_id, r.first, r.of_city) for r in table][:3] == [
        ("kathmandu", True, 2),
        ("kathmandu", False, 2),
        ("kitakyushu", True, 2),
    ]


def test_key_figures_and_the_board_count_what_the_table_shows() -> None:
    document = s.document("en")
    assert [figure.value for figure in document.figures] == ["4 of 5", "2 of 10", "1 of 10", "1 of 10"]
    assert len(document.board.rows) == len(document.table)
    assert document.board.alt == (
        "10 targets. Exceeded: 1; Reached: 1; Expected to be reached: 1; On the way: 1; Not reached yet: 2; "
        "Not reached: 1; Worse than at the start: 1; Told in words: 1; No result yet: 1."
    )
    shares = {row.shown for row in document.board.rows if row.share is not None}
    assert shares == {"162\u202f%", "−5\u202f%", "93.3\u202f%", "105\u202f%", "47.1\u202f%"}


def test_the_cover_says_what_it_is_about_and_what_it_rests_on() -> None:
    document = s.document("en")
    assert (document.title, document.subtitle) == ("Commitment report", "Report 2026")
    assert document.scope == ("Period: 2026", "Cities: 5")
    assert document.state == (
        "Draft, not published",
        "As of: Dec 5, 2026 12:30 UTC",
        "State of the content: 3f1c9a7be2d0",
    )
    assert document.as_of == "2026-12-05T12:30:00+00:00"
    assert "4 accepted reports of the cycle “Report 2026”" in document.method[0]
    span = s.report(s.sibu(), scope=Scope(first=2007, last=2010, cities=("sibu",)), cycle=None)
    document = compose(span, "zh")
    assert (document.subtitle, document.scope) == ("2007–2010年", ("时期：2007–2010年", "城市：诗巫市"))


def test_what_is_published_says_under_which_number_and_everything_else_that_it_is_a_draft() -> None:
    published = compose(s.report(), "en", "commitments-2026-1")
    assert published.state[0] == published.edition == "Edition: commitments-2026-1"
    for format in Format:
        if format not in (Format.DOCX, Format.XLSX, Format.PDF):  # those are read back in their own tests
            assert "commitments-2026-1" in print_document(published, format).decode()
            assert "Draft, not published" in print_document(s.document(), format).decode()


def test_a_report_of_nothing_is_a_document_too() -> None:
    document = compose(replace(s.report(), cities=(), as_of=None, content="", cycle=None), "en")
    assert document.table == ()
    assert document.as_of == ""
    assert "no report of a city is in it" in document.method[0]


@pytest.mark.parametrize("language", languages())
def test_words_of_people_stand_as_they_were_typed(language: str) -> None:
    texts = "\0".join(s.texts_of(s.nasty(language)))
    for words in s.INJECTIONS:
        assert words in texts


@pytest.mark.parametrize("language", languages())
def test_statuses_are_counted_by_the_words_that_the_rows_show(language: str) -> None:
    document = s.document(language)
    shown = Counter(row.status for row in document.table)
    assert {words: look for look, words in document.board.legend} == {
        row.status: row.look for row in document.table
    }, "one sign for one word"
    for words, count in shown.items():
        assert words + catalogue(language).gettext(": ") + str(count) in document.board.alt
    for city in document.cities:
        for words, count in Counter(block.row.status for block in city.targets).items():
            assert words + catalogue(language).gettext(": ") + str(count) in city.summary


def test_who_is_on_the_way_is_not_told_to_have_failed() -> None:
    document = s.document("en")
    jobs = row(document, "sibu", "2025b")
    assert (jobs.status, jobs.status_code, jobs.look) == ("On the way", "not-reached", "on-the-way")
    sibu = next(city for city in document.cities if city.id == "sibu")
    assert "On the way: 1" in sibu.summary
    assert "Not reached" not in sibu.summary


def changed(**result: object) -> CommitmentReport:
    """The report on a city that told this of a change that was promised."""
    city = s.sibu()
    made = city.commitments[0]
    target = made.lines[0].target
    said = s.told(target, s.PUBLISHED, counts=True, **result)
    return s.report(replace(city, commitments=(replace(made, lines=(s.line("2025a", target, said),)),)))


@pytest.mark.parametrize("language", languages())
def test_an_amount_beside_a_change_is_never_told_in_per_cent(language: str) -> None:
    (amount,) = compose(changed(value="1200", year=2026), language).table[0].results
    assert "%" not in amount.text
    assert catalogue(language).gettext("(unit not stated)") in amount.text
    assert "kg" in compose(changed(value="1200", unit="kg"), language).table[0].results[0].text


def test_an_amount_without_a_unit_has_that_of_the_baseline() -> None:
    report = changed(value="170", year=2026)
    (made,) = report.cities[0].commitments
    target = replace(made.lines[0].target, baseline=s.Baseline(2020, Decimal(200), "t/day"))
    line = replace(made.lines[0], target=target)
    city = replace(report.cities[0], commitments=(replace(made, lines=(line,)),))
    assert told(compose(s.report(city), "en").table[0]) == ["? 170\u202ftonnes a day, 2026"]


def test_a_share_that_is_claimed_is_a_status_that_is_stated() -> None:
    assert compose(changed(said_share="100"), "en").table[0].status_said == "100\u202f% of what was promised"
    line = changed(value="-3", unit="%").cities[0].commitments[0].lines[0]
    claim = s.told(line.target, s.PUBLISHED, said_share="80")
    city = s.sibu()
    made = replace(city.commitments[0], lines=(replace(line, told=(claim, *line.told)),))
    both = compose(s.report(replace(city, commitments=(made,))), "en").table[0]
    assert both.status_said == "80\u202f% of what was promised"


def test_markdown_has_the_punctuation_of_the_reader() -> None:
    text = print_document(s.document("zh"), Format.MD).decode()
    ours = [line for line in text.splitlines() if line.startswith(("- 结果", "- 标明", "- 来源", "| 目标"))]
    assert ours
    assert not [line for line in ours if re.search(r"[\u4e00-\u9fff](: | \()", line)]
    assert "| 2030年目标 |" in text
    assert "（Kitakyushu" in text or "（北九州" in text
    assert "Résultats\u00a0: " in print_document(s.document("fr"), Format.MD).decode()
