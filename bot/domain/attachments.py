"""Files that people send as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_BYTES = 20 * 1024 * 1024
"""What a bot may fetch from Telegram."""


class AttachmentState(StrEnum):
    PENDING = "pending"
    """Telegram has it; our copy is still to be fetched."""
    STORED = "stored"
    FAILED = "failed"
    """It could not be fetched, however often it was tried."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A photo or document as it came with a message; `size` in bytes, `media_type` as its sender's app says."""

    file_id: str
    unique_id: str
    name: str | None
    kind: str
    """`photo` or `document`."""
    size: int | None = None
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or document. `file_id` is Telegram's and bound to this bot, so a copy is kept under `path` (a name of
    ours below the data folder); `name` is what its sender called it, and nothing but data. `size` is in bytes."""

    id: int
    draft_id: int
    by: int
    at: datetime
    file_id: str
    unique_id: str
    name: str | None
    kind: str
    """`photo` or `document`."""
    size: int | None = None
    media_type: str | None = None
    state: AttachmentState = AttachmentState.PENDING
    path: str | None = None
    digest: str | None = None
    tries: int = 0


PICTURES = frozenset({"jpg", "jpeg", "png", "heic", "webp", "gif", "tif", "tiff"})
DOCUMENTS = frozenset(
    {"pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "odp", "csv", "tsv", "txt"}
)
"""How the names of documents end that are taken as evidence."""
MEDIA_TYPES = ("image/", "text/plain", "text/csv", "application/pdf")


def is_welcome(sent: SentFile) -> bool:
    """Whether the secretariat can open it without harm: pictures, office files, PDF, tables."""
    if sent.kind == "photo":
        return True
    ending = (sent.name or "").rpartition(".")[2].lower()
    if "." in (sent.name or ""):
        return ending in DOCUMENTS | PICTURES
    return (sent.media_type or "").startswith(MEDIA_TYPES)
