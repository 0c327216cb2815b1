"""Editions: reports that were published, frozen with their hashes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from bot.domain.publication.model import Scope


class Format(StrEnum):
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    MD = "md"
    JSON = "json"


@dataclass(frozen=True)
class EditionDocument:
    """One frozen document. `digest` is the SHA-256 of its bytes, by which they are kept; `size` in bytes."""

    format: Format
    language: str
    digest: str
    size: int


@dataclass(frozen=True)
class Edition:
    """A published report. `number` is what people call it (`commitments-2026-1`); `content` the snapshot of the files
    it was made from, `as_of` the moment up to which reports count, `by` the handle of who published it."""

    id: int
    number: str
    scope: Scope
    as_of: datetime
    content: str
    published_at: datetime
    by: str
    documents: tuple[EditionDocument, ...] = ()

    @property
    def digest(self) -> str:
        """One hash for all of its documents: by it everybody can see that none was changed."""
        lines = sorted(f"{one.format} {one.language} {one.digest}" for one in self.documents)
        return sha256("\n".join(lines).encode()).hexdigest()

    def document(self, format: Format, language: str) -> EditionDocument | None:
        return next((d for d in self.documents if d.format is format and d.language == language), None)
