"""What files have in common: fixed dates, fixed packing, and characters that XML and HTML cannot hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = datetime(1980, 1, 1, tzinfo=UTC)
"""The first day that a zip archive knows; the date of what is not dated."""
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML file may hold, not even escaped; a page and a text file are better without them, too."""


def storable(text: str) -> str:
    """The text with U+FFFD, the sign for "something stood here", for each character that XML forbids: nobody can say
    afterwards that words were dropped in silence. Every line break is one line feed."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def moment_of(as_of: str) -> datetime:
    """The date in a file's properties: that of what it rests on, else the first day of 1980. UTC, in seconds."""
    if not as_of:
        return FIRST_DAY
    found = datetime.fromisoformat(as_of)
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return found.replace(microsecond=0)


def packed(parts: list[tuple[str, bytes]]) -> bytes:
    """A zip archive of named parts in this order, with the same bytes each time."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(_entry(name), content)
    return target.getvalue()


def repacked(content: bytes) -> bytes:
    """The same archive without the moment and the machine at which it was packed."""
    with ZipFile(BytesIO(content)) as archive:
        return packed([(entry.filename, archive.read(entry)) for entry in archive.infolist()])


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, FIRST_DAY.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
