"""What becomes of accepted figures when files change, and which years and reports a scope takes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from accepted import (
    IN_2026,
    NOW,
    PUBLISHED,
    REPORTED,
    assembled,
    changed,
    city_of,
    figure,
    given,
    line_of,
    nothing_yet,
    report,
    values,
    with_a_cycle_before,
)

from bot.content.loader import Loaded
from bot.documents.composition import compose
from bot.documents.printing import print_document
from bot.domain.answers import Codes, Words
from bot.domain.assessment import Status
from bot.domain.commitments import ValueKind
from bot.domain.cycles import Schedules
from bot.domain.entries import Library
from bot.domain.publication import CommitmentReport, Format, MissingWhat, Scope

FELL = figure("-12", 2026)
UNREAD, UNPLACED, RESULT = MissingWhat.UNREAD, MissingWhat.UNPLACED, MissingWhat.RESULT


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    return with_a_cycle_before()


def with_promise(library: Library, **more: Any) -> Library:
    """Sibu's promise, changed."""
    return changed(library, "sibu-2007", record=replace(library.commitments["sibu-2007"], **more))


def with_targets(library: Library, **more: Any) -> Library:
    """Each target of Sibu, changed."""
    targets = library.commitments["sibu-2007"].targets
    return with_promise(library, targets=tuple(replace(target, **more) for target in targets))


def with_questions(schedules: Schedules, question: str, **more: Any) -> Schedules:
    """One question, changed."""
    asks = schedules.questionnaires["progress"]
    questions = tuple(replace(q, **more) if q.id == question else q for q in asks.questions)
    return replace(schedules, questionnaires={"progress": replace(asks, questions=questions)})


def missing(found: CommitmentReport, city: str = "sibu") -> list[tuple[MissingWhat, str]]:
    wanted = (UNREAD, UNPLACED, RESULT)
    return [(one.what, one.ref) for one in city_of(found, city).missing if one.what in wanted]


# --- other names


def test_a_figure_stays_where_its_question_has_another_name_now(shipped: Loaded) -> None:
    schedules = with_questions(shipped.schedules, "result", id="figure", formerly=("result",))
    found = assembled(shipped, [report("sibu", FELL)], schedules=schedules)
    line = line_of(found, "sibu")
    assert values(line)[-1] == ("-12", REPORTED, True, True)
    assert line.assessed.status is Status.REACHED
    assert line.counting is not None
    assert [quote.words for quote in line.counting.provenance.words] == ["-12 %", "2026"]


def test_what_worked_stays_where_its_question_has_another_name_now(shipped: Loaded) -> None:
    schedules = with_questions(shipped.schedules, "worked", id="tell", formerly=("worked",))
    answers = {**FELL, "worked": given(Words("Bins"), "Bins")}
    found = assembled(shipped, [report("sibu", answers)], schedules=schedules)
    assert [quote.words for quote in city_of(found, "sibu").worked] == ["Bins"]


def renamed(library: Library) -> Library:
    """Sibu is `sibu-city` now."""
    entries = {name: entry for name, entry in library.entries.items() if name != "sibu"}
    entries["sibu-city"] = replace(library.entries["sibu"], id="sibu-city", formerly=("sibu",))
    return with_promise(replace(library, entries=entries), city="sibu-city")


def test_a_renamed_city_keeps_its_accepted_report(shipped: Loaded) -> None:
    reports = [report("sibu", FELL), report("cebu", {"learnt": given(Codes(("sibu",)), "Sibu")})]
    for scope in (IN_2026, replace(IN_2026, cities=("sibu", "cebu"))):
        found = assembled(shipped, reports, scope, library=renamed(shipped.library))
        part = city_of(found, "sibu-city")
        assert [one.number for one in part.reports] == ["sibu-2026"]
        assert values(line_of(found, "sibu-city"))[-1] == ("-12", REPORTED, True, True)
        assert (MissingWhat.REPORT, "") not in [(one.what, one.ref) for one in part.missing]
        assert [text.within("zh").text for text in city_of(found, "cebu").learnt] == [
            "泗水市".replace("泗水", "诗巫")
        ]
    seen = assembled(shipped, reports, library=renamed(shipped.library), may_see="sibu-city".__eq__)
    assert (seen.reporting, [part.id for part in seen.cities]) == (1, ["sibu-city"])


# --- gone from the files


def test_a_report_whose_questions_are_gone_is_not_left_out_unseen(shipped: Loaded) -> None:
    gone = replace(shipped.schedules, questionnaires={})
    found = assembled(shipped, [report("sibu", FELL)], schedules=gone)
    line = line_of(found, "sibu")
    assert values(line) == [("-2", PUBLISHED, True, True)], "nobody has reported that there is nothing"
    assert missing(found) == [(UNREAD, ""), (UNPLACED, "2007a"), (RESULT, "2007b")]
    assert found.reporting == 1


def test_a_report_whose_cycle_is_gone_is_not_left_out_unseen(shipped: Loaded) -> None:
    gone = replace(shipped.schedules, cycles={})
    found = assembled(shipped, [report("sibu", FELL)], Scope(), schedules=gone)
    assert missing(found)[:2] == [(UNREAD, ""), (UNPLACED, "2007a")]


def test_a_target_that_is_gone_is_named(shipped: Loaded) -> None:
    target = shipped.library.commitments["sibu-2007"].targets[1]
    found = assembled(
        shipped, [report("sibu", FELL)], library=with_promise(shipped.library, targets=(target,))
    )
    assert missing(found) == [(UNPLACED, "2007a"), (RESULT, "2007b")]
    document = compose(found, "en")
    page = next(page for page in document.cities if page.id == "sibu")
    words = "An accepted report tells something of this target that has no place in the files any more."
    assert page.missing == (f"2007a: {words}",)
    assert f"Sibu, 2007a: {words}" in document.missing


def test_after_the_year_of_a_promise_is_corrected_its_figures_are_missed(shipped: Loaded) -> None:
    found = assembled(shipped, [report("sibu", FELL)], library=with_promise(shipped.library, made=2006))
    assert missing(found) == [(UNPLACED, "2007a"), (RESULT, "2006b")]
    assert values(line_of(found, "sibu", "2006a")) == [("-2", PUBLISHED, True, True)]


def test_a_figure_that_fits_its_question_no_more_is_missed(shipped: Loaded) -> None:
    of_words = next(q for q in shipped.schedules.questionnaires["progress"].questions if q.id == "anything")
    for more in ({"id": "other"}, {"kind": of_words.kind}):
        schedules = with_questions(shipped.schedules, "result", **more)
        library = with_promise(shipped.library, published=(), said=())
        found = assembled(shipped, [report("sibu", FELL)], schedules=schedules, library=library)
        assert (UNPLACED, "2007a") in missing(found)
        assert (RESULT, "2007a") not in missing(found)
        row = next(row for row in compose(found, "en").table if (row.city_id, row.ref) == ("sibu", "2007a"))
        assert "has no place in the files any more" in row.results[0].text


def test_what_is_asked_no_more_of_a_hidden_promise_stays_hidden(shipped: Loaded) -> None:
    cycle = replace(shipped.schedules.cycles["2026"], commitments=frozenset({"sibu-2007"}))
    other = replace(shipped.library.entries["sibu-2007"], id="sibu-2012", draft=True)
    record = replace(shipped.library.commitments["sibu-2007"], made=2012)
    entries = {**shipped.library.entries, "sibu-2012": replace(other, record=record)}
    found = assembled(
        shipped,
        [report("sibu", {**FELL, **figure("-50", 2026, ref="2012a")})],
        schedules=replace(shipped.schedules, cycles={"2026": cycle}),
        library=replace(shipped.library, entries=entries),
    )
    assert "2012a" not in repr(found)


@pytest.mark.parametrize("format", Format)
def test_a_city_without_any_promise_is_there_for_what_it_reported(shipped: Loaded, format: Format) -> None:
    gone = {"sibu", "sibu-2007"}
    entries = {name: entry for name, entry in shipped.library.entries.items() if name not in gone}
    library = replace(shipped.library, entries=entries)
    found = assembled(shipped, [report("sibu", FELL)], library=library)
    assert missing(found) == [(UNREAD, ""), (UNPLACED, "2007a")]
    assert [part.id for part in found.cities] == sorted(part.id for part in found.cities)
    assert print_document(compose(found, "en"), format)
    other = assembled(shipped, [report("sibu", FELL, cycle="2025")], library=library)
    assert "sibu" not in {part.id for part in other.cities}
    one_topic = assembled(shipped, [report("sibu", FELL)], Scope(topics=("air",)), library=library)
    assert "sibu" not in {part.id for part in one_topic.cities}


def test_of_what_stands_in_the_files_nothing_is_missed(shipped: Loaded) -> None:
    found = assembled(shipped, [report("sibu", {**FELL, **nothing_yet("Later", "2007b")})])
    assert missing(found) == [(RESULT, "2007b")]


# --- years


def test_a_promise_runs_until_its_last_target_is_due(shipped: Loaded) -> None:
    span = Scope(first=2020, last=2030)
    later = with_targets(shipped.library, due=2030)
    assert [part.id for part in assembled(shipped, [], span, library=later).cities] == ["sibu"]
    ended = with_targets(with_promise(shipped.library, due=None, published=(), said=()), due=2010)
    assert assembled(shipped, [], span, library=ended).cities == ()
    endless = with_targets(with_promise(shipped.library, due=None), due=None)
    assert [part.id for part in assembled(shipped, [], span, library=endless).cities] == ["sibu"]
    no_year = [report("sibu", figure("-12", None))]
    assert values(line_of(assembled(shipped, no_year, span, library=later), "sibu"))[-1][2:] == (True, True)


def published_in(library: Library, when: str, **more: Any) -> Library:
    record = library.commitments["sibu-2007"]
    told = replace(
        record.published[0], target="a", indicator=None, unit="%", value=Decimal(-90), when=when, **more
    )
    return with_promise(library, published=(*record.published, told))


def test_a_cycle_takes_in_nothing_that_was_measured_after_it(shipped: Loaded) -> None:
    later = published_in(shipped.library, "2029", value_kind=ValueKind.MEASURED)
    assert values(line_of(assembled(shipped, [], library=later), "sibu")) == [("-2", PUBLISHED, True, True)]
    everything = assembled(shipped, [], Scope(), library=later)
    assert values(line_of(everything, "sibu"))[-1] == ("-90", PUBLISHED, True, True)
    foreseen = published_in(shipped.library, "2029", value_kind=ValueKind.EXPECTED)
    assert len(line_of(assembled(shipped, [], library=foreseen), "sibu").told) == 2, "it was known before"


def test_a_later_cycle_changes_nothing_of_an_earlier_one(shipped: Loaded) -> None:
    old = report("sibu", figure("-4", 2025), cycle="2025")
    new = report("sibu", FELL, decided_at=NOW + timedelta(days=365), id=5)
    before = assembled(shipped, [old], Scope(cycle="2025"))
    assert assembled(shipped, [old, new], Scope(cycle="2025")) == before
    assert assembled(shipped, [old, new]).as_of == new.decided_at


# --- which report counts


def test_without_a_cycle_the_newest_figure_counts_whichever_report_tells_it(shipped: Loaded) -> None:
    def counting(first: Mapping[str, Any], last: Mapping[str, Any]) -> str:
        reports = [report("sibu", first, cycle="2025"), report("sibu", last, id=9)]
        found = line_of(assembled(shipped, reports, Scope()), "sibu").counting
        assert found is not None
        return str(found.result.value)

    assert counting(figure("-14", 2025), figure("-3", 2008)) == "-14"
    assert counting(figure("-14", 2025), figure("-3", 2026)) == "-3"
    assert counting(figure("-14", 2025), figure("-3", 2025)) == "-3", "of one year what was sent last"
    forecast = {**figure("-15", 2030), "state@2007a": given(Codes(("projected",)))}
    assert counting(figure("-14", 2025), forecast) == "-14", "a forecast does not stand before a measurement"
    in_words = {"state@2007a": given(Codes(("words",))), "words@2007a": given(Words("Less"), "Less")}
    assert counting(figure("-14", 2025), in_words) == "-14"
    assert counting(figure("-14", None), figure("-3", 2026)) == "-3"


def test_an_old_word_of_a_publication_is_no_status_of_a_reported_figure(shipped: Loaded) -> None:
    def said(*reports: Any) -> str:
        table = compose(assembled(shipped, reports), "en").table
        return next(row.status_said for row in table if row.city_id == "bangkok" and row.ref == "2007a")

    assert said() == "exceeded"
    assert said(report("bangkok", figure("3", 2026))) == "not stated"
    own = {**figure("3", 2026), "said@2007a": given(Codes(("partly",)))}
    assert said(report("bangkok", own)) == "partly reached"


# --- the cover


def test_the_cover_says_of_how_many_cities_these_were_chosen(shipped: Loaded) -> None:
    def cover(scope: Scope, language: str = "en", **more: Any) -> str:
        return compose(assembled(shipped, [], scope, **more), language).scope[-1]

    everybody = tuple(shipped.library.commitments_by_city)
    assert cover(IN_2026) == "Cities: 12"
    assert cover(replace(IN_2026, cities=("sibu", "cebu"))) == "Cities: Cebu, Sibu"
    assert assembled(shipped, [], replace(IN_2026, cities=("sibu",))).in_all == 12
    span = Scope(first=2025, last=2026, cities=("cebu",))
    assert assembled(shipped, [report("sibu", FELL)], span).in_all == 1, (
        "only Sibu has something of these years"
    )
    more = dict.fromkeys(f"town-{n}" for n in range(28))
    entries = {
        **shipped.library.entries,
        **{
            f"{town}-2007": replace(
                shipped.library.entries["sibu-2007"],
                id=f"{town}-2007",
                record=replace(shipped.library.commitments["sibu-2007"], city=town),
            )
            for town in more
        },
    }
    large = replace(shipped.library, entries=entries)
    thirteen = (*everybody, "town-1")
    assert cover(replace(IN_2026, cities=thirteen), library=large) == "Cities: 13 chosen of 40"
    assert cover(IN_2026, library=large, may_see=thirteen.__contains__) == "Cities: 13 chosen of 40"
    assert cover(replace(IN_2026, cities=thirteen), "zh", library=large) == "城市：已选13个，共40个"
    assert cover(IN_2026, library=large) == "Cities: 40"
