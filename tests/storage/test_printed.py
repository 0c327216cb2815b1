"""What was published stays as it was: bytes by hash, states of the content, editions; and long work goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Thread

import pytest
from sqlalchemy import Connection, bindparam, event, text
from sqlalchemy.exc import DBAPIError

from bot.delivery import tidying
from bot.domain.errors import ConflictError
from bot.domain.long_work import LongWork, WorkKind, WorkState
from bot.domain.outgoing import WHEN_IT_LEAVES, OutgoingMessage
from bot.domain.ports import UnitOfWork
from bot.domain.publication import Edition, EditionDocument, Format, Scope
from bot.storage.columns import Moment
from bot.storage.database import Database

DAY = timedelta(days=1)
FILES = {"knowledge/topics.yaml": b"waste: Waste\n", "knowledge/cities/sibu.md": "名: 诗巫".encode()}
SARI, BUDI = 5_000_000_777, 5_000_000_888
BIG = bytes(range(256)) * 40_000
"""Ten megabytes."""


def edition(number: str, now: datetime, *documents: EditionDocument) -> Edition:
    scope = Scope(first=2024, last=2026, cities=("sibu", "ulsan"), topics=("waste",))
    return Edition(0, number, scope, now - DAY, "c0ffee", now, "0a1b2c3d4e5f", documents)


def put_document(work: UnitOfWork, content: bytes, now: datetime) -> EditionDocument:
    return EditionDocument(Format.PDF, "zh", work.blobs.put(content, now), len(content))


def asked(now: datetime, person: int = SARI, kind: WorkKind = WorkKind.REPORT, **params: str) -> LongWork:
    return LongWork(0, kind, person, person, 2**40, now, params)


def alter(database: Database, statement: str, **values: object) -> None:
    with database._engine.begin() as connection:
        connection.execute(text(statement), values)


@pytest.mark.parametrize("content", [b"", b"# Report\n", "报告".encode(), BIG])
def test_bytes_come_back_as_they_were_put(database: Database, now: datetime, content: bytes) -> None:
    digest = database.run_now(lambda work: work.blobs.put(content, now))
    assert digest == sha256(content).hexdigest()
    assert database.run_now(lambda work: work.blobs.get(digest)) == content
    assert database.run_now(lambda work: work.blobs.get("0" * 64)) is None


def test_the_same_bytes_are_kept_once_and_for_good_if_anybody_asks_for_that(
    database: Database, now: datetime
) -> None:
    for for_good in (False, True, False):
        database.run_now(lambda work, f=for_good: work.blobs.put(b"a", now, for_good=f))
    with database._engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM blobs")).scalar() == 1
    assert database.run_now(lambda work: work.blobs.forget(now + 400 * DAY)) == 0


@pytest.mark.parametrize("packed", [b"", b"not zlib at all"])
def test_bytes_that_were_changed_in_the_database_are_told(
    database: Database, now: datetime, packed: bytes
) -> None:
    digest = database.run_now(lambda work: work.blobs.put(b"the report", now))
    alter(database, "UPDATE blobs SET packed = :packed", packed=packed)
    with pytest.raises(ValueError, match=digest):
        database.run_now(lambda work: work.blobs.get(digest))


def test_bytes_that_were_exchanged_for_others_are_told(database: Database, now: datetime) -> None:
    digest, other = (
        database.run_now(lambda work, c=content: work.blobs.put(c, now)) for content in (b"95 %", b"59 %")
    )
    alter(
        database,
        "UPDATE blobs SET packed = (SELECT packed FROM blobs WHERE digest = :other) WHERE digest = :digest",
        other=other,
        digest=digest,
    )
    with pytest.raises(ValueError, match=digest):
        database.run_now(lambda work: work.blobs.get(digest))


def test_temporary_bytes_go_when_they_are_old_and_what_is_put_again_stays_longer(
    database: Database, now: datetime
) -> None:
    old, again, good = (
        database.run_now(lambda work, c=content: work.blobs.put(c, now, for_good=c == b"good"))
        for content in (b"old", b"again", b"good")
    )
    database.run_now(lambda work: work.blobs.put(b"again", now + DAY))
    assert database.run_now(lambda work: work.blobs.forget(now)) == 0
    assert database.run_now(lambda work: work.blobs.forget(now + DAY)) == 1
    left = database.run_now(lambda work: [work.blobs.get(one) for one in (old, again, good)])
    assert left == [None, b"again", b"good"]


def test_what_another_program_keeps_for_good_meanwhile_is_not_forgotten(
    database: Database, now: datetime
) -> None:
    """Between the look at what is old and its end."""
    kept, again, old = (
        database.run_now(lambda work, c=content: work.blobs.put(c, now)) for content in (b"a", b"b", b"c")
    )

    def meanwhile(connection: Connection, _: object, statement: str, *more: object) -> None:
        if statement.startswith("DELETE FROM blobs"):
            connection.execute(text("UPDATE blobs SET for_good = true WHERE digest = :one"), {"one": kept})
            moment = bindparam("at", now + 9 * DAY, Moment)
            put_again = text("UPDATE blobs SET put_at = :at WHERE digest = :one").bindparams(moment)
            connection.execute(put_again, {"one": again})

    event.listen(database._engine, "before_cursor_execute", meanwhile)
    assert database.run_now(lambda work: work.blobs.forget(now + DAY)) == 1
    assert database.run_now(lambda work: [work.blobs.get(one) for one in (kept, again, old)]) == [
        b"a",
        b"b",
        None,
    ]


def test_temporary_bytes_stay_as_long_as_something_waits_for_them(database: Database, now: datetime) -> None:
    """A table that was sent for work that has not begun yet, and a file that has not left yet."""

    def waits(work: UnitOfWork) -> None:
        sent, made = work.blobs.put(b"table", now), work.blobs.put(b"export", now)
        work.blobs.put(b"nobody's", now)
        work.long_works.add(asked(now, kind=WorkKind.IMPORT_TRIAL, digest=sent))
        params = {"document": {"name": "x.csv", "digest": made}}
        work.outbox.add(OutgoingMessage("file:1:1", SARI, WHEN_IT_LEAVES, params), now)

    database.run_now(waits)
    assert database.run_now(lambda work: work.blobs.forget(now + 30 * DAY)) == 1
    (work,) = database.run_now(lambda work: work.long_works.unfinished())
    database.run_now(lambda unit: unit.long_works.save(replace(work, state=WorkState.DONE), work))
    (message,) = database.run_now(lambda unit: unit.outbox.claim(9, now, frozenset()))
    assert database.run_now(lambda unit: unit.blobs.forget(now + 30 * DAY)) == 1
    database.run_now(lambda unit: unit.outbox.mark_wired(message.id or 0, now))
    assert database.run_now(lambda unit: unit.blobs.get(sha256(b"export").hexdigest())) == b"export"


def test_a_state_of_the_content_is_kept_once_whatever_the_order_of_its_files(
    database: Database, now: datetime
) -> None:
    assert database.run_now(lambda work: (work.snapshots.since(), work.snapshots.at(now))) == (None, None)
    state = database.run_now(lambda work: work.snapshots.keep(FILES, now))
    backwards = dict(reversed(FILES.items()))
    assert database.run_now(lambda work: work.snapshots.keep(backwards, now + DAY)) == state
    with database._engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM snapshots")).scalar() == 1
    assert database.run_now(lambda work: work.snapshots.since()) == now
    assert database.run_now(lambda work: work.snapshots.files(state)) == FILES
    assert database.run_now(lambda work: work.snapshots.files("0" * 64)) is None
    assert database.run_now(lambda work: work.blobs.forget(now + 400 * DAY)) == 0


def test_another_name_or_another_byte_is_another_state(database: Database, now: datetime) -> None:
    (name, content), rest = ("knowledge/topics.yaml", b"waste: Waste\n"), FILES["knowledge/cities/sibu.md"]
    states = [
        database.run_now(lambda work, f=files: work.snapshots.keep(f, now))
        for files in (
            {},
            {name: content},
            {name: content + b" "},
            {name: content, "knowledge/cities/sibu.md": rest},
            {name: rest, "knowledge/cities/sibu.md": content},
        )
    ]
    assert len(set(states)) == 5


def test_what_was_served_at_a_moment_is_found(database: Database, now: datetime) -> None:
    """Served: the first state, another one a day later, and the first one again."""
    changed = {**FILES, "knowledge/topics.yaml": b"waste: Rubbish\n"}
    first, second, third = (
        database.run_now(lambda work, d=days, f=files: work.snapshots.keep(f, now + d * DAY))
        for days, files in enumerate((FILES, changed, FILES))
    )
    assert first == third != second
    moments = {-9.0: first, 0.0: first, 0.9: first, 1.0: second, 1.9: second, 2.0: third, 9.0: third}
    for days, state in moments.items():
        assert database.run_now(lambda work, d=days: work.snapshots.at(now + d * DAY)) == state
    assert database.run_now(lambda work: work.snapshots.since()) == now


def test_a_clock_that_was_put_back_does_not_bring_back_what_was_served_before(
    database: Database, now: datetime
) -> None:
    database.run_now(lambda work: work.snapshots.keep(FILES, now))
    newer = database.run_now(lambda work: work.snapshots.keep({}, now - DAY))
    assert database.run_now(lambda work: work.snapshots.at(now)) == newer


def test_a_clock_that_was_ahead_once_spoils_no_later_day(database: Database, now: datetime) -> None:
    """Whoever asks for a day after it was put right gets what was served on that day, also where it was the same."""
    ahead, changed = now + 3650 * DAY, {"knowledge/topics.yaml": b"waste: Rubbish\n"}
    first, wrong, same, later = (
        database.run_now(lambda work, f=files, at=moment: work.snapshots.keep(f, at))
        for files, moment in ((FILES, now), ({}, ahead), ({}, now + DAY), (changed, now + 9 * DAY))
    )
    assert wrong == same
    for days, state in {0: first, 1: same, 8: same, 9: later, 300: later}.items():
        assert database.run_now(lambda work, d=days: work.snapshots.at(now + d * DAY)) == state
    assert database.run_now(lambda work: work.snapshots.newest()) == (later, now + 9 * DAY)
    assert database.run_now(lambda work: work.snapshots.since()) == now


def test_the_newest_state_is_the_one_that_was_kept_last_whatever_the_clock_says(
    database: Database, now: datetime
) -> None:
    assert database.run_now(lambda work: work.snapshots.newest()) is None
    database.run_now(lambda work: work.snapshots.keep(FILES, now))
    newer = database.run_now(lambda work: work.snapshots.keep({}, now - DAY))
    assert database.run_now(lambda work: work.snapshots.newest()) == (newer, now - DAY)


def test_a_state_whose_file_was_changed_or_lost_in_the_database_is_told(
    database: Database, now: datetime
) -> None:
    state = database.run_now(lambda work: work.snapshots.keep(FILES, now))
    one = sha256(FILES["knowledge/topics.yaml"]).hexdigest()
    alter(database, "UPDATE blobs SET packed = :packed WHERE digest = :one", packed=b"x", one=one)
    with pytest.raises(ValueError, match=one):
        database.run_now(lambda work: work.snapshots.files(state))
    alter(database, "DELETE FROM blobs WHERE digest = :one", one=one)
    with pytest.raises(ValueError, match="gone"):
        database.run_now(lambda work: work.snapshots.files(state))


def test_programs_that_start_together_keep_one_state_once(database: Database, now: datetime) -> None:
    threads = [
        Thread(target=database.run_now, args=(lambda work: work.snapshots.keep(FILES, now),))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database._engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM snapshots")).scalar() == 1


def test_many_files_are_kept_and_found(database: Database, now: datetime) -> None:
    files = {f"knowledge/cities/c{number}.md": str(number).encode() for number in range(3_000)}
    state = database.run_now(lambda work: work.snapshots.keep(files, now))
    assert database.run_now(lambda work: work.snapshots.files(state)) == files


def test_a_published_report_is_found_with_all_that_was_said_of_it(database: Database, now: datetime) -> None:
    def publish(work: UnitOfWork) -> Edition:
        page = EditionDocument(Format.HTML, "en", work.blobs.put(b"<p>", now), 3)
        return work.editions.add(edition("2026-1", now, put_document(work, b"%PDF", now), page))

    first = database.run_now(publish)
    assert first.id > 0
    second = database.run_now(lambda work: work.editions.add(edition("2026-2", now)))
    assert database.run_now(lambda work: work.editions.all()) == [second, first]
    assert database.run_now(lambda work: work.editions.get(first.id)) == first
    assert database.run_now(lambda work: work.editions.by_number("2026-2")) == second
    assert database.run_now(lambda work: (work.editions.get(99), work.editions.by_number("x"))) == (
        None,
        None,
    )
    assert (first.document(Format.HTML, "en"), first.document(Format.HTML, "zh")) == (
        first.documents[1],
        None,
    )


def test_two_reports_never_get_one_number(database: Database, now: datetime) -> None:
    kept = database.run_now(lambda work: work.editions.add(edition("2026-1", now)))
    with pytest.raises(ConflictError):
        database.run_now(lambda work: work.editions.add(edition("2026-1", now + DAY)))
    assert database.run_now(lambda work: work.editions.all()) == [kept]


def test_what_an_edition_names_is_kept_for_good(database: Database, now: datetime) -> None:
    """Also where it was put for some days only."""

    def publish(work: UnitOfWork) -> EditionDocument:
        document = put_document(work, b"%PDF", now)
        work.editions.add(edition("2026-1", now, document))
        return document

    document = database.run_now(publish)
    assert database.run_now(lambda work: work.blobs.forget(now + 4000 * DAY)) == 0
    assert database.run_now(lambda work: work.blobs.get(document.digest)) == b"%PDF"
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        alter(database, "DELETE FROM blobs")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE editions SET number = '2026-9'",
        "UPDATE editions SET published_by = 'somebody'",
        "UPDATE edition_documents SET size = 1",
        "DELETE FROM edition_documents",
        "DELETE FROM editions",
    ],
)
def test_the_database_refuses_every_change_of_what_was_published(
    database: Database, now: datetime, statement: str
) -> None:
    kept = database.run_now(
        lambda work: work.editions.add(edition("2026-1", now, put_document(work, b"%PDF", now)))
    )
    with pytest.raises(DBAPIError, match="what was published stays as it is"):
        alter(database, statement)
    assert database.run_now(lambda work: work.editions.all()) == [kept]


@pytest.mark.parametrize("table", ["editions CASCADE", "edition_documents"])
def test_postgresql_refuses_to_empty_what_was_published(
    database: Database, now: datetime, table: str
) -> None:
    if database._engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    kept = database.run_now(lambda work: work.editions.add(edition("2026-1", now)))
    with pytest.raises(DBAPIError, match="what was published stays as it is"):
        alter(database, f"TRUNCATE {table}")
    assert database.run_now(lambda work: work.editions.all()) == [kept]


def test_whoever_published_can_change_their_account_and_be_forgotten(
    database: Database, now: datetime
) -> None:
    """The edition stays as it is: it names them by their handle."""

    def publish(work: UnitOfWork) -> Edition:
        sari, _ = (work.people.seen(person, "en", now) for person in (SARI, BUDI))
        document = put_document(work, b"%PDF", now)
        return work.editions.add(replace(edition("2026-1", now, document), by=sari.handle))

    kept = database.run_now(publish)
    database.run_now(lambda work: work.people.move(SARI, BUDI))
    budi = database.run_now(lambda work: work.people.get(BUDI))
    assert budi is not None
    assert budi.handle == kept.by
    database.run_now(lambda work: work.people.forget(BUDI))
    assert database.run_now(lambda work: work.people.get(BUDI)) is None
    assert database.run_now(lambda work: work.editions.all()) == [kept]


def test_long_work_is_kept_with_how_far_it_is(database: Database, now: datetime) -> None:
    work = database.run_now(lambda unit: unit.long_works.add(asked(now, format="pdf", language="zh")))
    assert work == replace(asked(now, format="pdf", language="zh"), id=work.id)
    running = replace(work, state=WorkState.RUNNING, done=3, of=12, said=2)
    assert database.run_now(lambda unit: unit.long_works.save(running, work))
    assert database.run_now(lambda unit: unit.long_works.get(work.id)) == running
    assert database.run_now(lambda unit: unit.long_works.get(work.id + 1)) is None


def test_work_that_was_stopped_is_not_written_over_by_who_does_it(database: Database, now: datetime) -> None:
    def both(unit: UnitOfWork) -> tuple[bool, bool, LongWork | None]:
        waiting = unit.long_works.add(asked(now))
        running = replace(waiting, state=WorkState.RUNNING)
        unit.long_works.save(running, waiting)
        stopped = unit.long_works.save(replace(running, state=WorkState.STOPPED), running)
        done = unit.long_works.save(replace(running, state=WorkState.DONE), running)
        return stopped, done, unit.long_works.get(waiting.id)

    stopped, done, kept = database.run_now(both)
    assert (stopped, done) == (True, False)
    assert kept is not None
    assert kept.state is WorkState.STOPPED


def test_what_is_not_finished_is_found_again_after_a_stop_and_what_is_finished_goes(
    database: Database, now: datetime
) -> None:
    def begin(unit: UnitOfWork) -> list[LongWork]:
        works = [
            unit.long_works.add(asked(now - DAY, person=person, kind=kind))
            for person, kind in (
                (SARI, WorkKind.REPORT),
                (BUDI, WorkKind.EXPORT),
                (SARI, WorkKind.EXPORT),
                (SARI, WorkKind.CHART),
            )
        ]
        for one, state in zip(works, (WorkState.RUNNING, WorkState.FAILED, WorkState.WAITING), strict=False):
            unit.long_works.save(replace(one, state=state, reason="templates"), one)
        return works

    report, failed, export, chart = database.run_now(begin)
    unfinished = database.run_now(lambda unit: unit.long_works.unfinished())
    assert [(one.id, one.state) for one in unfinished] == [
        (report.id, WorkState.RUNNING),
        (export.id, WorkState.WAITING),
        (chart.id, WorkState.WAITING),
    ]
    kinds = (WorkKind.EXPORT, WorkKind.CHART)
    found = database.run_now(lambda unit: unit.long_works.of_person(SARI, kinds))
    assert [one.id for one in found] == [export.id, chart.id]
    assert database.run_now(lambda unit: unit.long_works.of_person(BUDI, kinds)) == []
    assert database.run_now(lambda unit: unit.long_works.forget(now - 2 * DAY)) == 0
    assert database.run_now(lambda unit: unit.long_works.forget(now)) == 1
    assert database.run_now(lambda unit: unit.long_works.get(failed.id)) is None
    assert len(database.run_now(lambda unit: unit.long_works.unfinished())) == 3


def test_a_table_that_somebody_sent_goes_with_them_unless_others_work_with_it(
    database: Database, now: datetime
) -> None:
    def send(unit: UnitOfWork) -> list[str]:
        digests = [unit.blobs.put(content, now) for content in (b"Sari's own", b"the office's")]
        for person in (SARI, BUDI):
            unit.people.seen(person, "en", now)
        for person, digest in ((SARI, digests[0]), (SARI, digests[1]), (BUDI, digests[1])):
            unit.long_works.add(asked(now, person, WorkKind.IMPORT_TRIAL, digest=digest))
        unit.people.forget(SARI)
        return digests

    digests = database.run_now(send)
    left = database.run_now(lambda unit: [unit.blobs.get(one) for one in digests])
    assert left == [None, b"the office's"]
    assert [one.person for one in database.run_now(lambda unit: unit.long_works.unfinished())] == [BUDI]


def test_work_goes_on_for_the_new_account_of_somebody(database: Database, now: datetime) -> None:
    def move(unit: UnitOfWork) -> None:
        for person in (SARI, BUDI):
            unit.people.seen(person, "en", now)
        unit.long_works.add(asked(now))
        unit.people.move(SARI, BUDI)

    database.run_now(move)
    (work,) = database.run_now(lambda unit: unit.long_works.unfinished())
    assert (work.person, work.chat_id, work.message_id) == (BUDI, BUDI, None)


def test_what_was_made_for_one_reader_is_forgotten_after_a_week_and_what_was_published_is_not(
    database: Database, now: datetime
) -> None:
    def make(unit: UnitOfWork) -> None:
        work = unit.long_works.add(asked(now))
        unit.long_works.save(replace(work, state=WorkState.DONE), work)
        unit.blobs.put(b"export", now)
        unit.editions.add(edition("2026-1", now, put_document(unit, b"%PDF", now)))
        unit.snapshots.keep(FILES, now)

    database.run_now(make)
    for days, forgotten in ((6, (0, 0)), (8, (1, 1)), (4000, (0, 0))):
        found = database.run_now(lambda unit, d=days: tidying.forget(unit, now + d * DAY))
        assert (found["long works"], found["files"]) == forgotten
    state = database.run_now(lambda unit: unit.snapshots.at(now))
    assert state is not None
    assert database.run_now(lambda unit: unit.snapshots.files(state)) == FILES
    (kept,) = database.run_now(lambda unit: unit.editions.all())
    assert database.run_now(lambda unit: unit.blobs.get(kept.documents[0].digest)) == b"%PDF"
