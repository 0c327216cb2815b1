"""The unit of work: all repositories over one session, and so in one transaction."""

from __future__ import annotations

from sqlmodel import Session

from bot.storage.inbox import SqlInbox
from bot.storage.lookups import SqlLookups
from bot.storage.outbox import SqlOutbox
from bot.storage.people import SqlPeople
from bot.storage.questions import SqlQuestions


class SqlUnitOfWork:
    """Implements `bot.domain.ports.UnitOfWork`. Whoever runs it commits the session."""

    def __init__(self, session: Session) -> None:
        self.people = SqlPeople(session)
        self.lookups = SqlLookups(session)
        self.questions = SqlQuestions(session)
        self.inbox = SqlInbox(session)
        self.outbox = SqlOutbox(session)
