"""The log of changes: who changed which right or state, when. It is only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.people import Role


class Event(StrEnum):
    INVITED = "invited"
    JOINED = "joined"
    APPROVED = "approved"
    DECLINED = "declined"
    ROLE_CHANGED = "role-changed"
    REMOVED = "removed"
    RESTORED = "restored"
    HANDED_OVER = "handed-over"
    CONFIRMED = "confirmed"
    ACCOUNT_MOVED = "account-moved"
    FORGOTTEN = "forgotten"
    DRAFT_BEGUN = "draft-begun"
    DRAFT_TAKEN = "draft-taken"
    QUESTION_HANDED = "question-handed"
    QUESTION_ANSWERED = "question-answered"
    SUBMITTED = "submitted"
    TAKEN_BACK = "taken-back"
    REVIEW_BEGUN = "review-begun"
    RETURNED = "returned"
    COMMENTED = "commented"
    JUDGED = "judged"
    ACCEPTED = "accepted"
    AMENDED = "amended"
    EXTENSION_ASKED = "extension-asked"
    EXTENDED = "extended"
    EXTENSION_DECLINED = "extension-declined"
    PAUSED = "paused"
    WENT_ON = "went-on"
    NUDGED = "nudged"
    HELD = "held"
    RELEASED = "released"
    ANNOUNCED = "announced"
    ANNOUNCEMENT_STOPPED = "announcement-stopped"
    ANNOUNCEMENT_CORRECTED = "announcement-corrected"
    ANNOUNCEMENT_WITHDRAWN = "announcement-withdrawn"
    GROUP_LINKED = "group-linked"
    GROUP_UNLINKED = "group-unlinked"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `actor` is the handle of a person (their Telegram id and name stand in no log), None for the
    operator; `subject` the handle of whom it was done to, or what (`sibu-2026 v2`); `before` and `after` are codes
    and never words of people. `digest` is a hash of the entry and of the one before it, so that none can be changed
    or taken away unseen."""

    id: int
    at: datetime
    event: Event
    actor: str | None
    actor_role: Role | None
    city: str | None
    subject: str
    before: str = ""
    after: str = ""
    digest: str = ""
