"""The commitment report as data: what counts, what stands beside it, what is hidden, and where it comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from accepted import (
    IN_2026,
    NOW,
    PUBLISHED,
    REPORTED,
    act,
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
    without_record,
)

from bot.content.loader import Loaded
from bot.domain.answers import Codes, Words
from bot.domain.assessment import Status
from bot.domain.audit import Event
from bot.domain.commitments import SaidStatus
from bot.domain.cycles import ReportingCycle
from bot.domain.people import Role
from bot.domain.publication import MissingWhat, Scope
from bot.domain.questionnaires import Question, QuestionKind
from bot.domain.reports import ReportState, SourceKind
from bot.domain.words import LocalText
from bot.services.publishing.assemble import assemble


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    return with_a_cycle_before()


def test_in_a_cycle_its_accepted_report_counts_and_what_sources_publish_stands_beside_it(
    shipped: Loaded,
) -> None:
    found = assembled(shipped, [report("sibu", figure("-12", 2026))])
    line = line_of(found, "sibu")
    assert values(line) == [("-2", PUBLISHED, False, True), ("-12", REPORTED, True, True)]
    assert line.assessed.status is Status.REACHED
    assert line.said is not None
    assert line.said.status is SaidStatus.NOT_STATED
    assert [(facts.number, facts.version) for facts in city_of(found, "sibu").reports] == [("sibu-2026", 1)]
    assert MissingWhat.REPORT not in {missing.what for missing in city_of(found, "sibu").missing}


def test_where_a_city_has_not_reported_the_record_counts_and_the_report_is_missing(shipped: Loaded) -> None:
    found = assembled(shipped, [report("cebu", figure("-5", 2026))])
    assert values(line_of(found, "sibu")) == [("-2", PUBLISHED, True, True)]
    assert city_of(found, "sibu").missing[0].what is MissingWhat.REPORT
    assert (found.reporting, len(found.cities)) == (1, 12)


def test_who_reports_that_there_is_nothing_yet_is_believed(shipped: Loaded) -> None:
    found = assembled(shipped, [report("sibu", nothing_yet("The scales broke."))])
    line = line_of(found, "sibu")
    assert line.assessed.status is Status.NO_RESULT
    assert values(line) == [("-2", PUBLISHED, False, True), ("None", REPORTED, True, True)]
    missing = [one for one in city_of(found, "sibu").missing if one.ref == "2007a"]
    assert [(one.what, one.because) for one in missing] == [(MissingWhat.RESULT, "The scales broke.")]
    everything = assembled(shipped, [report("sibu", nothing_yet("The scales broke."))], Scope())
    assert values(line_of(everything, "sibu"))[0] == ("-2", PUBLISHED, True, True), "a report tells nothing"


def test_of_each_number_the_newest_version_accepted_by_then_counts(shipped: Loaded) -> None:
    versions = [
        report("sibu", figure("-12", 2026)),
        report("sibu", figure("-14", 2026), version=2, decided_at=NOW + timedelta(days=2)),
        report("sibu", figure("-99", 2026), version=3, state=ReportState.RETURNED, decided_at=NOW),
    ]
    now = assembled(shipped, versions)
    assert values(line_of(now, "sibu"))[-1] == ("-14", REPORTED, True, True)
    assert now.as_of == NOW + timedelta(days=2)
    before = assembled(shipped, versions, as_of=NOW + timedelta(days=1))
    assert values(line_of(before, "sibu"))[-1] == ("-12", REPORTED, True, True)
    assert before.as_of == NOW + timedelta(hours=1)
    earlier = assembled(shipped, versions, as_of=NOW)
    assert values(line_of(earlier, "sibu")) == [("-2", PUBLISHED, True, True)]
    assert earlier.as_of is None, "it rests on the files alone"


def test_other_cycles_are_there_for_the_series_only(shipped: Loaded) -> None:
    found = assembled(
        shipped, [report("sibu", figure("-4", 2025), cycle="2025"), report("sibu", figure("-12", 2026))]
    )
    line = line_of(found, "sibu")
    assert values(line) == [
        ("-2", PUBLISHED, False, True),
        ("-4", REPORTED, False, False),
        ("-12", REPORTED, True, True),
    ]
    assert [told.result.value for told in line.shown] == [Decimal("-2"), Decimal("-12")]
    assert [facts.number for facts in city_of(found, "sibu").reports] == ["sibu-2026"]


def test_a_span_takes_in_its_years_and_the_newest_counts(shipped: Loaded) -> None:
    reports = [report("sibu", figure("-4", 2025), cycle="2025"), report("sibu", figure("-12", 2026))]
    recent = assembled(shipped, reports, Scope(first=2025, last=2026))
    assert [part.id for part in recent.cities] == ["sibu"], "the promises of the others ended in 2010"
    assert values(line_of(recent, "sibu")) == [
        ("-2", PUBLISHED, False, False),
        ("-4", REPORTED, False, True),
        ("-12", REPORTED, True, True),
    ]
    assert line_of(recent, "sibu").said is None, "what was said of 2010 is not said of now"
    then = assembled(shipped, reports, Scope(first=2007, last=2010))
    assert values(line_of(then, "sibu"))[0] == ("-2", PUBLISHED, True, True)
    assert assembled(shipped, reports, Scope(first=2030)).cities == ()


def test_a_result_without_a_year_belongs_to_its_cycle_and_to_the_time_of_the_promise(shipped: Loaded) -> None:
    reports = [report("bago", figure("-49", None))]
    for scope in (Scope(first=2026), Scope(last=2010), Scope()):
        assert values(line_of(assembled(shipped, reports, scope), "bago"))[-1] == (
            "-49",
            REPORTED,
            True,
            True,
        )
    missing = [m for m in city_of(assembled(shipped, reports), "bago").missing if m.what is MissingWhat.YEAR]
    assert [(one.ref, one.because) for one in missing] == [("2007a", "The table gives no year.")]


def test_who_sent_and_who_accepted_stand_there_by_role_and_handle(shipped: Loaded) -> None:
    acts = [
        act(Event.SUBMITTED, "sibu-2026 v1", "ab12", Role.FOCAL_POINT),
        act(Event.ACCEPTED, "sibu-2026 v1", "cd34", Role.SECRETARIAT, NOW + timedelta(hours=1)),
        act(Event.SUBMITTED, "sibu-2026 v2", "zz99", Role.DEPUTY),
    ]
    one = report("sibu", figure("-12", 2026, raw="down by 12 %"), source=SourceKind.INTERVIEW, late=True)
    found = assembled(shipped, [one], acts=acts)
    counting = line_of(found, "sibu").counting
    assert counting is not None
    provenance = counting.provenance
    assert (provenance.number, provenance.version, provenance.kind) == ("sibu-2026", 1, SourceKind.INTERVIEW)
    assert provenance.sent is not None
    assert provenance.accepted is not None
    assert (provenance.sent.role, provenance.sent.handle) == (Role.FOCAL_POINT, "ab12")
    assert (provenance.accepted.role, provenance.accepted.handle) == (Role.SECRETARIAT, "cd34")
    assert (provenance.sent_at, provenance.accepted_at) == (NOW, NOW + timedelta(hours=1))
    quotes = [(quote.asked.within("en").text, quote.words) for quote in provenance.words]
    assert quotes == [("Result", "down by 12 %"), ("Year", "2026")]
    assert city_of(found, "sibu").reports[0].late


@pytest.mark.parametrize(
    ("kind", "printed"), [(SourceKind.INTERVIEW, ""), (SourceKind.PUBLISHED, "Ms Lim’s yearbook of 2026")]
)
def test_whom_the_secretariat_talked_to_is_not_published(
    shipped: Loaded, kind: SourceKind, printed: str
) -> None:
    note = "Ms Lim’s yearbook of 2026"
    found = assembled(shipped, [report("sibu", figure("-12", 2026), source=kind, source_note=note)])
    counting = line_of(found, "sibu").counting
    assert counting is not None
    assert counting.provenance.source_note == printed


def test_forgetting_people_changes_nothing_of_it(shipped: Loaded) -> None:
    known = report("sibu", {**figure("-12", 2026), "worked": given(Words("Bins"), told_by="Budi")})
    nobody = {key: replace(answer, by=0, told_by=None) for key, answer in known.answers.items()}
    forgotten = replace(known, answers=nobody, submitted_by=0, reviewer=None)
    assert assembled(shipped, [known]) == assembled(shipped, [forgotten])


def test_what_worked_is_wanted_and_was_learnt_is_told_and_what_is_for_the_secretariat_is_not(
    shipped: Loaded,
) -> None:
    answers = {
        "worked": given(Words("Ward leaders visit every household."), "Ward leaders visit every household."),
        "help": given(Codes(("partner", "money", "none"))),
        "learnt": given(Codes(("surabaya",)), "Surabaya"),
        "anything": given(Words("Our mayor must not read this."), "Our mayor must not read this."),
    }
    found = assembled(shipped, [report("sibu", {**figure("-12", 2026), **answers})])
    sibu = city_of(found, "sibu")
    assert [(q.asked.within("en").text, q.words) for q in sibu.worked] == [
        ("What worked", "Ward leaders visit every household.")
    ]
    assert [text.within("fr").text for text in sibu.wanted] == ["Une ville partenaire", "Un financement"]
    assert [text.within("zh").text for text in sibu.learnt] == ["泗水市"]
    assert "mayor" not in repr(found)
    free = assembled(shipped, [report("sibu", {"learnt": given(Codes(("Freetown",)), "Freetown")})])
    assert [text.within("zh").text for text in city_of(free, "sibu").learnt] == ["Freetown"]


def test_an_answer_without_a_meaning_is_for_the_secretariat(shipped: Loaded) -> None:
    questionnaire = shipped.schedules.questionnaires["progress"]
    asked = LocalText.plain("Whom may we call?")
    contact = Question("contact", QuestionKind.TEXT, asked, each_target=True)
    asks = replace(questionnaire, questions=(*questionnaire.questions, contact))
    schedules = replace(shipped.schedules, questionnaires={"progress": asks})
    answers = {**figure("-12", 2026), "contact@2007a": given(Words("Ms Lim, 555-0199"), "Ms Lim, 555-0199")}
    found = assemble(shipped.library, schedules, [report("sibu", answers)], (), IN_2026, "abc")
    counting = line_of(found, "sibu").counting
    assert counting is not None
    assert len(counting.provenance.words) == 2
    assert "555-0199" not in repr(found)


def test_nothing_hidden_is_published(shipped: Loaded) -> None:
    practice = "sibu-community-waste"
    open_one = assembled(shipped, [])
    assert city_of(open_one, "sibu").commitments[0].practices == (practice,)
    assert practice in open_one.entries
    hidden = changed(shipped.library, practice, visible_to=frozenset({Role.SECRETARIAT}))
    found = assembled(shipped, [], library=hidden)
    assert city_of(found, "sibu").commitments[0].practices == ()
    assert practice not in repr(found)
    for entry in ("sibu", "sibu-2007"):
        drafted = changed(shipped.library, entry, draft=True)
        assert "sibu" not in {part.id for part in assembled(shipped, [], library=drafted).cities}
    learnt = report("cebu", {"learnt": given(Codes(("sibu",)), "Sibu")})
    hidden_city = {"visible_to": frozenset({Role.ADMIN}), "title": LocalText.plain("Secret name")}
    found = assembled(shipped, [learnt], library=changed(shipped.library, "sibu", **hidden_city))
    assert [text.within("en").text for text in city_of(found, "cebu").learnt] == ["Sibu"]
    assert "Secret name" not in repr(found)


def test_a_topic_takes_in_those_below_it(shipped: Loaded) -> None:
    below = {topic.id for topic in shipped.library.topics_below("solid-waste")}
    own = set(shipped.library.entries["bangkok-2007"].topics)
    assert own & below
    assert "solid-waste" not in own
    found = assembled(shipped, [], Scope(topics=("solid-waste",)))
    assert "bangkok" in {part.id for part in found.cities}
    assert "solid-waste" in found.topics
    air = assembled(shipped, [], Scope(topics=("plastics",)))
    assert [part.id for part in air.cities] == ["cebu"]


def test_a_cycle_has_the_cities_that_it_asks(shipped: Loaded) -> None:
    deadline = NOW.date()
    some = ReportingCycle(
        "some", next(iter(shipped.schedules.cycles.values())).title, "2026", deadline, deadline, "progress",
        frozenset({"ulsan-2007"}),
    )  # fmt: skip
    schedules = replace(shipped.schedules, cycles={"some": some})
    found = assemble(shipped.library, schedules, (), (), Scope("some"), "abc")
    assert [part.id for part in found.cities] == ["ulsan"]
    assert found.cycle is some
    assert assemble(shipped.library, schedules, (), (), Scope("gone"), "abc").cities == ()


def test_who_may_see_some_cities_gets_these_and_the_scope_names_them(shipped: Loaded) -> None:
    reports = [report("sibu", figure("-12", 2026)), report("cebu", figure("-5", 2026))]
    found = assembled(shipped, reports, may_see=lambda city: city == "sibu")
    assert [part.id for part in found.cities] == ["sibu"]
    assert found.scope == Scope("2026", cities=("sibu",))
    assert "cebu" not in repr(found)
    nothing = assembled(shipped, reports, may_see=lambda city: False)
    assert (nothing.cities, nothing.as_of) == ((), None)
    assert assembled(shipped, reports).scope == IN_2026


def test_cities_come_by_name_with_their_ambiguities_and_everything_that_names_things(shipped: Loaded) -> None:
    found = assembled(shipped, [])
    assert [part.id for part in found.cities] == sorted(part.id for part in found.cities)
    ulsan = city_of(found, "ulsan")
    assert "Both figures miss their targets" in ulsan.commitments[0].remarks[0].within("en").text
    assert (ulsan.country, ulsan.languages) == ("KR", ("ko",))
    assert {line.target.indicator for line in found.lines} == set(found.indicators)
    assert found.content == "abc"
    assert sum(found.statuses.values()) == len(list(found.lines))


def test_reports_alone_tell_the_same(shipped: Loaded) -> None:
    library = without_record(shipped.library, "sibu-2007")
    found = assembled(shipped, [report("sibu", figure("-12", 2026))], library=library)
    assert values(line_of(found, "sibu")) == [("-12", REPORTED, True, True)]
    assert line_of(found, "sibu").said is None
    nothing = assembled(shipped, [], library=library)
    assert [m.what for m in city_of(nothing, "sibu").missing] == [
        MissingWhat.REPORT,
        MissingWhat.RESULT,
        MissingWhat.RESULT,
    ]
