"""The life of somebody of whom everything is kept that can be kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

from archive_samples import NOW, WATER, answer, draft, invitation, report

from bot.domain.announcements import Announcement
from bot.domain.answers import Amount, Files
from bot.domain.attachments import Attachment
from bot.domain.audit import Event
from bot.domain.extensions import Extension
from bot.domain.groups import TeamGroup
from bot.domain.handing import HandedQuestion
from bot.domain.long_work import LongWork, WorkKind
from bot.domain.outgoing import DeliveryState, OutgoingMessage
from bot.domain.people import Expecting, MembershipState, Purpose, Role
from bot.domain.ports import StoredUpdate, UnitOfWork
from bot.domain.publication import Edition, EditionDocument, Format, Scope
from bot.domain.questions import Author, LookupOutcome
from bot.domain.reminder_rules import Step
from bot.domain.reminders import Debt, Promise, Reminder
from bot.domain.reports import Comment, ReportState

TODAY = NOW.date()
SARI, BUDI, NEW = 5_000_000_777, 5_000_000_888, 5_000_000_999
NAME = "Sari Canary-4471"
ACTIVE, ENDED = MembershipState.ACTIVE, MembershipState.ENDED


def debt(person: int, rule: str, day: date = TODAY) -> Debt:
    return Debt("2026", "sibu", rule, person, day, NOW, Step.FOCAL_POINTS)


def reminder(person: int, rule: str, day: date = TODAY) -> Reminder:
    return Reminder(person, "Asia/Kuching", day, NOW, "id", (debt(person, rule, day),))


def a_life(work: UnitOfWork) -> None:
    """Sari was a focal point and a reviewer, asked, answered, was invited and invites; Budi is her colleague."""
    for person, name in ((SARI, NAME), (BUDI, "Budi")):
        work.people.seen(person, "id", NOW)
        work.people.introduce(person, name, "Head of section", NOW)
    work.people.choose_language(SARI, "id")
    sari = work.people.join(SARI, Role.FOCAL_POINT, "sibu", ACTIVE, NOW)
    work.people.join(BUDI, Role.DEPUTY, "sibu", ACTIVE, NOW)
    kept = work.drafts.add(
        draft(
            holder=SARI,
            answers={
                WATER: answer(Amount(Decimal("0.95")), by=SARI, raw="0,95 kg"),
                "told@2007a": answer(Amount(Decimal(3)), by=BUDI, told_by=NAME),
                "handed": answer(Amount(Decimal(4)), by=BUDI, told_by="Ibu S."),
                "proof": answer(Files((1,)), by=BUDI, told_by="Budi's brother"),
            },
        )
    )
    for unique_id in ("in-the-report", "replaced"):
        work.attachments.add(
            Attachment(
                0, kept.id, SARI, NOW, f"F-{unique_id}", unique_id, "scan.pdf", "document", path=unique_id
            )
        )
    sent = work.reports.add(report(kept.id, answers=kept.answers, submitted_by=SARI))
    work.reports.save(
        replace(sent, state=ReportState.RETURNED, reviewer=BUDI, comments=(Comment(SARI, NOW, "Thank you"),)),
        sent,
    )
    reviewed = work.reports.add(report(kept.id, 2, version=2, submitted_by=BUDI))
    accepted = replace(
        reviewed, state=ReportState.ACCEPTED, reviewer=SARI, decided_at=NOW, judged={"2007b": "3"}
    )
    work.reports.save(accepted, reviewed)
    work.people.expect(SARI, Expecting(Purpose.REPORT, object_id=kept.id, text=f"for {NAME}"))
    handed = HandedQuestion(0, kept.id, "handed", BUDI, NOW, NOW + timedelta(days=7))
    work.handed.open(work.handed.add(handed, "h1").id, SARI)
    work.handed.add(replace(handed, handed_by=SARI), "h2")
    work.invitations.use(work.invitations.add(invitation(invited_by=BUDI), "i1").id, SARI, NOW)
    work.invitations.add(invitation(invited_by=SARI, replaces=sari.id), "i2")
    work.invitations.add(invitation(joins=SARI), "i3")
    work.invitations.wrong_try(SARI, NOW)
    asked = work.questions.add(SARI, "id", "How do we weigh it?", NOW)
    work.questions.write(asked.id, Author.SECRETARIAT, "By lorry.", NOW)
    work.questions.take(work.questions.add(BUDI, "id", "And I?", NOW).id, SARI, NOW)
    work.lookups.add("compost", "id", LookupOutcome.NOTHING, [], NOW)
    said = {"message": {"from": {"id": SARI, "first_name": NAME}, "text": "hello"}}
    work.inbox.receive([StoredUpdate(n, SARI, said) for n in (1, 2)] + [StoredUpdate(3, -100, said)], NOW)
    work.inbox.done(1, NOW)
    for number in (2, 3):
        for _ in range(3):
            work.inbox.failed(number, f"ValueError about {NAME}" if number == 2 else "ValueError", NOW)
    work.outbox.add(OutgoingMessage("a", SARI, "sendMessage", {"chat_id": SARI, "text": "hello"}), NOW)
    told = OutgoingMessage("b", BUDI, "sendMessage", {"chat_id": BUDI, "text": f"{NAME} has sent it."})
    work.outbox.add(told, NOW)
    claimed = next(one for one in work.outbox.claim(9, NOW, frozenset()) if one.key == "b")
    work.outbox.settle(replace(claimed, state=DeliveryState.UNKNOWN), NOW)
    reminded_and_told(work)
    person = work.people.get(SARI)
    assert person is not None
    work.audit.write(Event.SUBMITTED, NOW, actor=person, subject="sibu-2026 v1", city="sibu")
    printed(work, person.handle)


def reminded_and_told(work: UnitOfWork) -> None:
    """Sari was reminded and chose times, got an announcement and a correction of it, and wrote one; so did Budi."""
    for person in (SARI, BUDI):
        work.reminders.write(reminder(person, "opening", TODAY - timedelta(days=1)), NOW)
        work.reminders.settle(f"rem:{person}:2026-11-20", "sent", None, NOW)
        work.reminders.write(reminder(person, "last"), NOW)
        work.reminders.promise(Promise(person, "sibu", "2026", TODAY, time(14, 30), NOW))
        work.reminders.set_quiet(person, "2026", True, NOW)
        work.reminders.hold(debt(person, "overdue").key, person, NOW)
        work.reminders.nudge("2026", person, NOW)
        asked = Extension(0, "sibu", "2026", TODAY, "The scales broke", person, NOW)
        work.extensions.add(replace(asked, decided_by=person))
        work.groups.link(TeamGroup(-1000 - person % 10, "sibu", "id", person, NOW))
        announced = work.announcements.add(Announcement(0, person, NOW, texts={"en": "Hello"}, board=7)).id
        work.announcements.send_to(announced, {SARI: None, BUDI: None}, NOW)
        work.announcements.read(announced, person, NOW)
    work.reminders.pause("2025", SARI, NOW)
    for one in work.outbox.claim(9, NOW, frozenset()):
        if one.announcement is not None:
            work.outbox.settle(replace(one, state=DeliveryState.SENT, message_id=5, language="en"), NOW)
        else:
            work.outbox.settle(replace(one, state=DeliveryState.READY), NOW)
    work.announcements.edit_sent(1, 1, NOW)


def printed(work: UnitOfWork, handle: str) -> None:
    """Sari published a report, and sent a table with people to invite; Budi asked for an export."""
    content = work.snapshots.keep({"knowledge/topics.yaml": b"a: A"}, NOW)
    document = EditionDocument(Format.MD, "en", work.blobs.put(b"# Report", NOW, for_good=True), 8)
    work.editions.add(Edition(0, "commitments-2026-1", Scope("2026"), NOW, content, NOW, handle, (document,)))
    sent = work.blobs.put(f"name\n{NAME}".encode(), NOW)
    work.long_works.add(LongWork(0, WorkKind.IMPORT_TRIAL, SARI, SARI, 3, NOW, {"digest": sent}))
    work.long_works.add(LongWork(0, WorkKind.EXPORT, BUDI, BUDI, 4, NOW))
