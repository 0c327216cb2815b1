"""The unit of work: all repositories over one session, and so in one transaction."""

from __future__ import annotations

from sqlmodel import Session

from bot.storage.announcements import SqlAnnouncements
from bot.storage.audit import SqlAuditLog
from bot.storage.blobs import SqlBlobs
from bot.storage.drafts import SqlAttachments, SqlDrafts
from bot.storage.editions import SqlEditions
from bot.storage.extensions import SqlExtensions
from bot.storage.facts import SqlFacts
from bot.storage.groups import SqlGroups
from bot.storage.inbox import SqlInbox
from bot.storage.leases import SqlLeases
from bot.storage.links import SqlHandedQuestions, SqlInvitations
from bot.storage.long_works import SqlLongWorks
from bot.storage.lookups import SqlLookups
from bot.storage.outbox import SqlOutbox
from bot.storage.people import SqlPeople
from bot.storage.questions import SqlQuestions
from bot.storage.reminders import SqlReminders
from bot.storage.reports import SqlReports
from bot.storage.snapshots import SqlSnapshots


class SqlUnitOfWork:
    """Implements `bot.domain.ports.UnitOfWork`. Whoever runs it commits the session."""

    def __init__(self, session: Session) -> None:
        self.people = SqlPeople(session)
        self.lookups = SqlLookups(session)
        self.questions = SqlQuestions(session)
        self.invitations = SqlInvitations(session)
        self.drafts = SqlDrafts(session)
        self.reports = SqlReports(session)
        self.attachments = SqlAttachments(session)
        self.handed = SqlHandedQuestions(session)
        self.audit = SqlAuditLog(session)
        self.facts = SqlFacts(session)
        self.reminders = SqlReminders(session)
        self.extensions = SqlExtensions(session)
        self.announcements = SqlAnnouncements(session)
        self.groups = SqlGroups(session)
        self.leases = SqlLeases(session)
        self.inbox = SqlInbox(session)
        self.outbox = SqlOutbox(session)
        self.blobs = SqlBlobs(session)
        self.snapshots = SqlSnapshots(session)
        self.editions = SqlEditions(session)
        self.long_works = SqlLongWorks(session)
