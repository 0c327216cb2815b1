"""What belongs to one person: told to them whole, moved with them, and forgotten without a trace."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from archive_samples import NOW, WATER
from life_samples import ACTIVE, BUDI, ENDED, NAME, NEW, SARI, a_life, debt
from sqlalchemy import inspect

from bot.domain.announcements import Fate
from bot.domain.answers import Amount
from bot.domain.errors import ConflictError
from bot.domain.outgoing import DeliveryState, MessageClass, OutgoingMessage
from bot.domain.people import MembershipState, Person, Role
from bot.domain.ports import StoredUpdate, UnitOfWork
from bot.domain.reports import Comment
from bot.storage.database import Database
from bot.storage.tables import Row

TELLS_OF_NOBODY = {"lookups", "facts", "leases", "blobs", "snapshots", "edition_documents"}
"""Tables without anybody in them. The log of changes has handles only, which are nobody's once they are forgotten."""


@pytest.fixture
def lived(database: Database) -> Person:
    database.run_now(a_life)
    return known(database, SARI)


def known(database: Database, person: int) -> Person:
    found = database.run_now(lambda work: work.people.get(person))
    assert found is not None
    return found


def everything(database: Database) -> dict[str, list[str]]:
    """All rows of all tables as text, JSON read."""
    with database._engine.connect() as connection:
        return {
            name: [readable(tuple(row)) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
            for name in inspect(connection).get_table_names()
        }


def readable(row: tuple[Any, ...]) -> str:
    return " ".join(json.dumps(_read(cell), ensure_ascii=False, default=str) for cell in row)


def _read(cell: Any) -> Any:
    try:
        return json.loads(cell) if isinstance(cell, str) else cell
    except ValueError:
        return cell


def tables_with(database: Database, *traces: str) -> set[str]:
    return {
        name
        for name, rows in everything(database).items()
        if any(trace in row for row in rows for trace in traces)
    }


def test_forgotten_is_forgotten_in_every_table(database: Database, lived: Person) -> None:
    before = tables_with(database, str(SARI), NAME, lived.handle)
    tables = {table.name for table in Row.metadata.sorted_tables}
    assert before == tables - TELLS_OF_NOBODY - {"remarks"}, (
        "a new table: who is in it, and is that forgotten?"
    )
    database.run_now(lambda work: work.people.forget(SARI))
    assert tables_with(database, str(SARI), NAME) == set()
    assert tables_with(database, lived.handle) == {"audit", "editions"}
    assert tables_with(database, "How do we weigh it?", "By lorry.") == set()
    assert database.run_now(lambda work: work.people.get(SARI)) is None
    assert database.run_now(lambda work: work.people.data_of(SARI)) == {}


def test_what_was_sent_for_the_city_stays_without_them(database: Database, lived: Person) -> None:
    database.run_now(lambda work: work.people.forget(SARI))
    first, second = database.run_now(lambda work: work.reports.of_draft(1))
    kept = database.run_now(lambda work: work.drafts.get(1))
    assert kept is not None
    assert kept.holder is None
    assert (first.submitted_by, first.reviewer, second.submitted_by, second.reviewer) == (0, BUDI, BUDI, None)
    assert first.comments == (Comment(0, NOW, "Thank you"),)
    for answers in (kept.answers, first.answers):
        assert [(one.by, one.told_by) for one in answers.values()] == [
            (0, None),
            (BUDI, None),
            (BUDI, None),
            (BUDI, "Budi's brother"),
        ]
        assert (answers[WATER].value, answers[WATER].raw) == (Amount(Decimal("0.95")), "0,95 kg")
    proof = database.run_now(lambda work: work.attachments.get(1))
    assert proof is not None
    assert (proof.by, proof.path) == (0, "in-the-report")
    assert database.run_now(lambda work: work.attachments.get(2)) is None, "it stands in no answer"


def test_the_links_of_somebody_forgotten_open_nothing_new(database: Database, lived: Person) -> None:
    database.run_now(lambda work: work.people.forget(SARI))
    tokens = ("i1", "i2", "i3")
    used, written, joins = (database.run_now(lambda work, t=t: work.invitations.by_token(t)) for t in tokens)
    assert used is not None
    assert used.used_by == 0
    assert not used.is_open(NOW)
    assert written is not None
    assert (written.invited_by, written.is_open(NOW)) == (0, True)
    assert joins is None, "it would give Sari's role to anybody"
    opened, handed = (database.run_now(lambda work, t=t: work.handed.by_token(t)) for t in ("h1", "h2"))
    assert opened is not None
    assert handed is not None
    assert (opened.opened_by, handed.handed_by) == (0, 0)
    assert not database.run_now(lambda work: work.handed.open(opened.id, BUDI))


def test_others_lose_nothing_when_somebody_is_forgotten(database: Database, lived: Person) -> None:
    budi = known(database, BUDI)
    database.run_now(lambda work: work.people.forget(SARI))
    assert known(database, BUDI) == budi
    (question,) = database.run_now(lambda work: work.questions.waiting())
    assert (question.asker, question.text, question.taken_by) == (BUDI, "And I?", None)
    assert database.run_now(lambda work: work.inbox.counts()) == {"done": 1, "dead": 2}
    assert database.run_now(lambda work: work.inbox.is_done(1)), "a repeat of it is still known as one"
    kept = database.run_now(lambda work: work.outbox.counts())
    assert {one: count for one, count in kept.items() if one[0] is MessageClass.ANSWER} == {
        (MessageClass.ANSWER, "unknown"): 1
    }
    assert {one.person for one, _, _ in database.run_now(lambda work: work.reminders.of_cycle("2026"))} == {
        BUDI
    }
    assert database.run_now(lambda work: work.audit.is_whole())


@pytest.mark.parametrize("deed", ["forget", "move"])
def test_an_answer_that_is_being_written_meanwhile_does_not_bring_them_back(
    database: Database, lived: Person, deed: str
) -> None:
    """Another replica has read the draft already; its save conflicts and is done again."""
    in_hand = database.run_now(lambda work: work.drafts.get(1))
    assert in_hand is not None

    def acts(work: UnitOfWork) -> None:
        work.people.seen(NEW, "en", NOW)
        work.people.forget(SARI) if deed == "forget" else work.people.move(SARI, NEW)

    database.run_now(acts)
    with pytest.raises(ConflictError):
        database.run_now(
            lambda work: work.drafts.save(replace(in_hand, version=in_hand.version + 1), in_hand)
        )


def test_an_announcement_still_adds_up_when_a_recipient_is_forgotten(
    database: Database, lived: Person
) -> None:
    """The first has arrived at both (but for what waits behind other messages), the second waits."""
    before = database.run_now(lambda work: work.announcements.fates(2))
    assert before[Fate.WAITING] == 2
    database.run_now(lambda work: work.people.forget(SARI))
    for number in (1, 2):
        fates = database.run_now(lambda work, n=number: work.announcements.fates(n))
        assert sum(fates.values()) == 2
        who = database.run_now(lambda work, n=number: work.announcements.deliveries(n))
        assert [one.chat_id for one in who] == [BUDI]
    assert database.run_now(lambda work: work.announcements.fates(2))[Fate.SKIPPED] == 1
    assert database.run_now(lambda work: work.announcements.resend(2, Fate.SKIPPED, NOW)) == 0
    own, other = database.run_now(lambda work: (work.announcements.get(1), work.announcements.get(2)))
    assert own is not None
    assert other is not None
    assert (own.author, own.board, other.author, other.board) == (0, None, BUDI, 7)


def test_what_is_on_the_wire_to_somebody_forgotten_does_not_bring_them_back(
    database: Database, lived: Person
) -> None:
    def wires(work: UnitOfWork) -> OutgoingMessage:
        work.outbox.add(
            OutgoingMessage("ann:9:1", NEW, "", {}, MessageClass.ANNOUNCEMENT, announcement=9), NOW
        )
        (one,) = (one for one in work.outbox.claim(9, NOW, frozenset()) if one.chat_id == NEW)
        work.outbox.mark_wired(one.id or 0, NOW)
        work.people.seen(NEW, "en", NOW)
        return one

    wired = database.run_now(wires)
    database.run_now(lambda work: work.people.forget(NEW))
    database.run_now(
        lambda work: work.outbox.settle(replace(wired, state=DeliveryState.SENT, message_id=3), NOW)
    )
    assert tables_with(database, str(NEW)) == set()
    assert database.run_now(lambda work: work.announcements.fates(9))[Fate.UNKNOWN] == 1


def test_who_comes_back_after_being_forgotten_is_a_stranger(database: Database, lived: Person) -> None:
    database.run_now(lambda work: work.people.forget(SARI))
    again = database.run_now(lambda work: work.people.seen(SARI, "en", NOW))
    assert again == Person(SARI, "en", handle=again.handle)
    assert again.handle != lived.handle
    database.run_now(lambda work: work.people.forget(SARI + 5))


def test_a_message_that_waits_to_be_handled_is_not_lost(database: Database) -> None:
    later = StoredUpdate(9, SARI, {"message": {"text": "hello again"}})
    database.run_now(a_life)
    database.run_now(lambda work: work.inbox.receive([later], NOW))
    database.run_now(lambda work: work.people.forget(SARI))
    assert database.run_now(lambda work: work.inbox.waiting(9, frozenset())) == [later]


def test_people_are_told_everything_that_is_kept_about_them(database: Database, lived: Person) -> None:
    data = database.run_now(lambda work: work.people.data_of(SARI))
    assert [name for name, found in data.items() if not found] == [], "every part has something in this life"
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    assert (data["person"]["name"], data["person"]["consented_at"]) == (NAME, NOW.isoformat())
    assert data["roles"][0]["city"] == "sibu"
    assert data["next_text_is_for"]["text"] == f"for {NAME}"
    said = {(one["question"], one["raw"]) for one in data["answers"]}
    assert said == {(WATER, "0,95 kg"), ("told@2007a", "")}
    assert [one["text"] for one in data["questions"][0]["messages"]] == ["How do we weigh it?", "By lorry."]
    assert [one["text"] for one in data["comments"]] == ["Thank you"]
    assert [one["judged"] for one in data["reports_reviewed"]] == [{"2007b": "3"}]
    assert [(one["event"], one["subject"]) for one in data["log_of_changes"]] == [
        ("submitted", "sibu-2026 v1")
    ]
    assert [one["opened_by_you"] for one in data["questions_handed"]] == [True, False]
    text = json.dumps(data)
    assert str(BUDI) not in text, "nothing about others"
    assert not {"h1", "h2", "i1", "i2", "i3"} & set(text.split('"')), "no hashes of links"


def test_nobody_unknown_has_data(database: Database) -> None:
    assert database.run_now(lambda work: work.people.data_of(SARI)) == {}


def test_a_new_account_takes_over_everything_of_the_old_one(database: Database, lived: Person) -> None:
    def moves(work: UnitOfWork) -> None:
        work.people.seen(NEW, "en", NOW)
        work.people.move(SARI, NEW)

    database.run_now(moves)
    old, new = known(database, SARI), known(database, NEW)
    assert (new.name, new.title, new.consented_at, new.handle) == (NAME, "Head of section", NOW, lived.handle)
    assert (new.language, new.language_chosen, new.expecting) == ("id", True, lived.expecting)
    assert new.memberships == tuple(replace(one, person=NEW) for one in lived.memberships)
    assert old == Person(SARI, "id", language_chosen=True, handle=old.handle)
    assert old.handle not in (lived.handle, "")
    kept = database.run_now(lambda work: work.drafts.get(1))
    assert kept is not None
    assert (kept.holder, kept.answers[WATER].by, kept.answers["told@2007a"].by) == (NEW, NEW, BUDI)
    first, second = database.run_now(lambda work: work.reports.of_draft(1))
    assert (first.submitted_by, first.comments[0].by, second.reviewer) == (NEW, NEW, NEW)
    assert [one.asker for one in database.run_now(lambda work: work.questions.waiting())] == [NEW, BUDI]
    promised, quiet, held, said, granted = database.run_now(
        lambda work: (
            work.reminders.promises("2026"),
            work.reminders.quiet("2026"),
            work.reminders.held(),
            work.reminders.of_cycle("2026"),
            work.extensions.of_city("sibu", "2026"),
        )
    )
    assert {one.person for one in promised} == set(quiet) == {NEW, BUDI}
    assert debt(NEW, "overdue").key in held
    assert {(one.rule, state) for one, state, _ in said if one.person == NEW} == {("opening", "sent")}, (
        "what was to be said is said anew, to the new account"
    )
    assert {one.asked_by for one in granted} == {NEW, BUDI}
    # What was on its way from and to the old account goes on there, and what arrived there was read there.
    assert tables_with(database, str(SARI)) == {"people", "inbox", "outbox", "readings"}


@pytest.mark.parametrize(
    ("old_state", "new_state", "kept"),
    [(ACTIVE, ENDED, ACTIVE), (ENDED, ACTIVE, ACTIVE), (ENDED, ENDED, ENDED)],
)
def test_a_role_that_both_accounts_had_is_one_role(
    database: Database, old_state: MembershipState, new_state: MembershipState, kept: MembershipState
) -> None:
    def moves(work: UnitOfWork) -> None:
        for person, state in ((SARI, old_state), (NEW, new_state)):
            work.people.seen(person, "en", NOW)
            work.people.join(person, Role.FOCAL_POINT, "sibu", state, NOW)
        work.people.move(SARI, NEW)

    database.run_now(moves)
    assert [one.state for one in known(database, NEW).memberships] == [kept]
    assert known(database, SARI).memberships == ()


@pytest.mark.parametrize(("old", "new"), [(SARI, NEW), (NEW, SARI), (SARI, SARI)])
def test_only_two_known_accounts_can_be_joined(database: Database, lived: Person, old: int, new: int) -> None:
    with pytest.raises(LookupError):
        database.run_now(lambda work: work.people.move(old, new))
    assert known(database, SARI) == lived
