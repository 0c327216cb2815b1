"""Drafts, reports and files in the archive: nothing lost, nothing doubled, nothing overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from archive_samples import NOW, WATER, answer, draft, full_draft, report
from sqlalchemy.exc import IntegrityError

from bot.domain.attachments import Attachment, AttachmentState
from bot.domain.drafts import Draft, DraftState, Heard
from bot.domain.errors import ConflictError
from bot.domain.questionnaires import Form
from bot.domain.reports import Comment, Report, ReportState, SourceKind
from bot.storage.database import Database


def add(database: Database, one: Draft) -> Draft:
    return database.run_now(lambda work: work.drafts.add(one))


def got(database: Database, draft_id: int) -> Draft:
    found = database.run_now(lambda work: work.drafts.get(draft_id))
    assert found is not None
    return found


def sent(database: Database, *reports: Report) -> list[Report]:
    return [database.run_now(lambda work, one=one: work.reports.add(one)) for one in reports]


def test_a_draft_comes_back_with_everything_in_it(database: Database) -> None:
    kept = add(database, full_draft())
    assert kept == full_draft(id=kept.id)
    assert got(database, kept.id) == kept
    entered = add(database, full_draft(source=SourceKind.INTERVIEW, source_note="Ms Lim, by telephone"))
    assert got(database, entered.id).source_note == "Ms Lim, by telephone"


def test_everything_in_a_draft_can_be_changed_and_emptied(database: Database) -> None:
    kept = add(database, draft())
    changed = full_draft(
        id=kept.id, version=2, state=DraftState.SUBMITTED, touched_at=NOW + timedelta(days=9)
    )
    saved = database.run_now(lambda work: work.drafts.save(changed, kept))
    assert got(database, kept.id) == saved == changed
    emptied = draft(id=kept.id, version=3)
    database.run_now(lambda work: work.drafts.save(emptied, saved))
    assert got(database, kept.id) == emptied


def test_of_two_changes_of_one_draft_the_second_is_told_and_overwrites_nothing(database: Database) -> None:
    kept = add(database, draft())
    mine = replace(kept, version=2, answers={WATER: answer(by=1)})
    theirs = replace(kept, version=2, answers={WATER: answer(by=2)})
    database.run_now(lambda work: work.drafts.save(mine, kept))
    with pytest.raises(ConflictError):
        database.run_now(lambda work: work.drafts.save(theirs, kept))
    assert got(database, kept.id) == mine


def test_two_changes_that_leave_every_button_valid_do_not_overwrite_each_other_either(
    database: Database,
) -> None:
    kept = add(database, draft(holder=1))
    paused, noted = replace(kept, holder=None), replace(kept, heard=(Heard("0.97", WATER),))
    saved = database.run_now(lambda work: work.drafts.save(noted, kept))
    with pytest.raises(ConflictError):
        database.run_now(lambda work: work.drafts.save(paused, kept))
    database.run_now(lambda work: work.drafts.save(replace(saved, holder=None), saved))
    assert got(database, kept.id) == replace(noted, holder=None)
    assert got(database, kept.id).version == kept.version


def test_what_was_saved_is_seen_at_once_in_the_same_request(database: Database) -> None:
    kept = add(database, draft())

    def save_and_look(work: Any) -> Draft:
        was = work.drafts.get(kept.id)
        work.drafts.save(replace(was, version=2, at=WATER), was)
        return work.drafts.get(kept.id)  # type: ignore[no-any-return]

    assert database.run_now(save_and_look) == replace(kept, version=2, at=WATER)


def test_there_is_one_draft_for_each_thing_that_is_asked(database: Database) -> None:
    own = add(database, draft())
    with pytest.raises(IntegrityError):
        add(database, draft())
    entered = add(database, draft(source=SourceKind.PUBLISHED))
    visited = add(database, draft(source=SourceKind.SITE_VISIT))
    baseline = add(database, draft(cycle="", form=Form.BASELINE, subject="sibu-2007"))
    find = {
        own.id: (Form.PROGRESS, "sibu", "2026", "", SourceKind.QUESTIONNAIRE),
        entered.id: (Form.PROGRESS, "sibu", "2026", "", SourceKind.PUBLISHED),
        visited.id: (Form.PROGRESS, "sibu", "2026", "", SourceKind.SITE_VISIT),
        baseline.id: (Form.BASELINE, "sibu", "", "sibu-2007", SourceKind.QUESTIONNAIRE),
    }
    for number, (form, city, cycle, subject, source) in find.items():
        found = database.run_now(
            lambda work, f=form, c=city, y=cycle, s=subject, e=source: work.drafts.find(f, c, y, s, source=e)
        )
        assert found is not None
        assert found.id == number
    assert (
        database.run_now(
            lambda w: w.drafts.find(Form.PROGRESS, "cebu", "2026", "", source=SourceKind.QUESTIONNAIRE)
        )
        is None
    )


def test_drafts_are_listed_by_city_cycle_and_questionnaire(database: Database) -> None:
    sibu, cebu = add(database, draft()), add(database, draft("cebu"))
    closed = add(database, draft("bago", state=DraftState.SUBMITTED))
    proposal = add(database, draft(cycle="", form=Form.COMMITMENT, questionnaire="first"))

    def ids(found: Any) -> list[int]:
        return [one.id for one in database.run_now(found)]

    assert ids(lambda work: work.drafts.of_cycle("2026")) == [sibu.id, cebu.id, closed.id]
    assert ids(lambda work: work.drafts.of_city("sibu")) == [sibu.id, proposal.id]
    assert ids(lambda work: work.drafts.open_ones("yearly")) == [sibu.id, cebu.id]


def test_a_report_comes_back_with_everything_in_it(database: Database) -> None:
    kept = add(database, draft())
    full = report(
        kept.id,
        source=SourceKind.SITE_VISIT,
        source_note="visited in May",
        late=True,
        reason="the scales were wrong",
        reviewer=5,
        review_began_at=NOW,
        decided_at=NOW + timedelta(hours=1),
        state=ReportState.RETURNED,
        returned={WATER: "Is it per day?"},
        comments=(Comment(5, NOW, "Thank you 👍"), Comment(6, NOW, "See here", WATER)),
        judged={"2007c": "3", "2007d": "no"},
    )
    (added,) = sent(database, full)
    assert added == replace(full, id=added.id)
    assert database.run_now(lambda work: work.reports.get(added.id)) == added


def test_the_same_draft_sent_twice_is_one_report(database: Database) -> None:
    """IN-10: a double tap, or the same request done again."""
    kept = add(database, draft())
    first, again = sent(database, report(kept.id, 12), report(kept.id, 12, version=2, submitted_by=7))
    assert again == first
    (second,) = sent(database, report(kept.id, 15, version=2))
    assert [one.version for one in database.run_now(lambda work: work.reports.of_draft(kept.id))] == [1, 2]
    assert second.id != first.id


def test_of_two_drafts_of_one_number_the_second_with_the_same_version_is_told(database: Database) -> None:
    own, entered = add(database, draft()), add(database, draft(source=SourceKind.INTERVIEW))
    (first,) = sent(database, report(own.id))
    with pytest.raises(ConflictError):
        sent(database, report(entered.id))
    assert [one.version for one in sent(database, report(entered.id, version=2))] == [2]
    assert database.run_now(lambda work: work.reports.get(first.id)) == first


def test_of_two_reviewers_who_decide_at_once_the_second_is_told(database: Database) -> None:
    kept = add(database, draft())
    (was,) = sent(database, report(kept.id))
    accepted = replace(was, state=ReportState.ACCEPTED, reviewer=5, decided_at=NOW)
    database.run_now(lambda work: work.reports.save(accepted, was))
    for late in (
        replace(was, state=ReportState.RETURNED, reviewer=6, returned={WATER: "no"}),
        replace(was, state=ReportState.WITHDRAWN),
        replace(was, comments=(Comment(6, NOW, "well"),)),
        replace(was, judged={"2007c": "4"}),
    ):
        with pytest.raises(ConflictError):
            database.run_now(lambda work, late=late: work.reports.save(late, was))
    assert database.run_now(lambda work: work.reports.get(was.id)) == accepted


def test_of_two_comments_at_once_none_is_overwritten(database: Database) -> None:
    kept = add(database, draft())
    (was,) = sent(database, report(kept.id))
    mine = replace(was, comments=(Comment(5, NOW, "mine"),))
    database.run_now(lambda work: work.reports.save(mine, was))
    with pytest.raises(ConflictError):
        database.run_now(
            lambda work: work.reports.save(replace(was, comments=(Comment(6, NOW, "hers"),)), was)
        )
    assert database.run_now(lambda work: work.reports.get(was.id)) == mine


def test_what_was_sent_never_changes(database: Database) -> None:
    kept = add(database, draft())
    (was,) = sent(database, report(kept.id))
    database.run_now(
        lambda work: work.reports.save(replace(was, answers={}, submitted_by=8, reviewer=5), was)
    )
    assert database.run_now(lambda work: work.reports.get(was.id)) == replace(was, reviewer=5)


def test_reports_are_listed_as_people_look_for_them(database: Database) -> None:
    one, two = add(database, draft()), add(database, draft("cebu"))
    first, second = sent(database, report(one.id, state=ReportState.RETURNED), report(one.id, 2, version=2))
    (third,) = sent(database, report(two.id, city="cebu", state=ReportState.IN_REVIEW))

    def ids(found: Any) -> list[int]:
        return [one.id for one in database.run_now(found)]

    assert ids(lambda work: work.reports.of_draft(one.id)) == [first.id, second.id]
    assert ids(lambda work: work.reports.of_city("sibu")) == [second.id, first.id]
    assert ids(lambda work: work.reports.of_cycle("2026")) == [first.id, second.id, third.id]
    assert database.run_now(lambda work: work.reports.cities()) == ["cebu", "sibu"]
    assert ids(lambda work: work.reports.waiting()) == [second.id, third.id]


def test_what_was_accepted_is_listed_up_to_a_moment(database: Database) -> None:
    """Every accepted version counts for its time; what is returned, waits or proposes something does not."""
    one, two = add(database, draft()), add(database, draft("cebu"))
    proposal = add(database, draft(cycle="", form=Form.COMMITMENT))

    def accepted(draft_id: int, version: int, days: int, **more: Any) -> Report:
        decided = NOW + timedelta(days=days)
        return report(
            draft_id, version, version=version, state=ReportState.ACCEPTED, decided_at=decided, **more
        )

    first, amended, _, _ = sent(
        database,
        accepted(one.id, 1, 0),
        accepted(one.id, 2, 9),
        report(one.id, 3, version=3, state=ReportState.RETURNED, decided_at=NOW),
        accepted(proposal.id, 1, 0, form=Form.COMMITMENT, number="sibu-commitment-3"),
    )
    (other,) = sent(database, accepted(two.id, 1, 3, city="cebu"))

    def found(days: int | None) -> list[int]:
        until = None if days is None else NOW + timedelta(days=days)
        return [one.id for one in database.run_now(lambda work: work.reports.accepted(until))]

    assert found(None) == [first.id, amended.id, other.id]
    assert found(0) == [first.id], "what is decided at the very moment counts"
    assert found(3) == [first.id, other.id]
    assert found(-1) == []


def evidence(draft_id: int, unique_id: str, **more: Any) -> Attachment:
    values = {"id": 0, "draft_id": draft_id, "by": 1, "at": NOW, "file_id": f"F-{unique_id}", "kind": "photo"}
    return Attachment(**{**values, "unique_id": unique_id, "name": "../e\u202evil.jpg", **more})


def test_the_same_file_in_one_draft_is_kept_once(database: Database) -> None:
    """IN-14: of an album that is partly done, the done part is not doubled."""
    one, two = add(database, draft()), add(database, draft("cebu"))
    first = database.run_now(lambda work: work.attachments.add(evidence(one.id, "u1", size=2**33)))
    assert first == evidence(one.id, "u1", id=first.id, size=2**33)
    assert database.run_now(lambda work: work.attachments.add(evidence(one.id, "u1", by=2))) == first
    assert database.run_now(lambda work: work.attachments.add(evidence(two.id, "u1"))).id != first.id


def test_files_are_fetched_the_least_tried_first_until_they_are_stored(database: Database) -> None:
    kept = add(database, draft())
    a, b, c = (
        database.run_now(lambda work, u=u: work.attachments.add(evidence(kept.id, u)))
        for u in ("a", "b", "c")
    )
    stored = replace(
        c, state=AttachmentState.STORED, path="ab12", digest="sha", size=5, media_type="image/jpeg"
    )
    database.run_now(lambda work: work.attachments.save(replace(a, tries=1)))
    database.run_now(lambda work: work.attachments.save(stored))
    assert [one.id for one in database.run_now(lambda work: work.attachments.pending(9))] == [b.id, a.id]
    assert [one.id for one in database.run_now(lambda work: work.attachments.pending(1))] == [b.id]
    assert database.run_now(lambda work: work.attachments.get(c.id)) == stored
