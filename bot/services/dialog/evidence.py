"""Files that come in as evidence: which are taken, and what is kept of each."""

from __future__ import annotations

from bot.domain.answers import Answer, Files
from bot.domain.attachments import MOST_BYTES, Attachment, SentFile, is_welcome
from bot.domain.question_types import limits
from bot.domain.questionnaires import Step
from bot.domain.views.reporting import FileRefused
from bot.services.desk import Desk
from bot.services.dialog.sitting import attachments_of

MEGABYTE = 1024 * 1024
MOST_FILES = 10
"""Files of one answer, where the questionnaire names no limit."""


def refusal(sent: SentFile, draft_id: int, number: int) -> FileRefused | None:
    """Why a file is not taken; None where it is."""
    too_big = (sent.size or 0) > MOST_BYTES
    if not too_big and is_welcome(sent):
        return None
    return FileRefused(sent.name, too_big, MOST_BYTES // MEGABYTE, draft_id, number)


def is_there(desk: Desk, have: Answer | None, sent: SentFile) -> bool:
    """Whether an answer has this very file already."""
    files = attachments_of(desk, have).values() if have is not None else ()
    return any(attachment.unique_id == sent.unique_id for attachment in files)


def is_full(step: Step, have: Answer | None) -> bool:
    """Whether an answer can take no further file."""
    if have is None or not isinstance(have.value, Files):
        return False
    return len(have.value.attachments) + len(have.value.links) >= (limits(step).most or MOST_FILES)


def keep_file(desk: Desk, draft_id: int, sent: SentFile) -> Attachment:
    """Keeps it with the draft; from now on it is fetched."""
    return desk.work.attachments.add(
        Attachment(
            0,
            draft_id,
            desk.person.id,
            desk.now,
            sent.file_id,
            sent.unique_id,
            sent.name,
            sent.kind,
            sent.size,
            sent.media_type,
        )
    )
