"""From bytes on the disk to clean text: sizes, links, half-written files, encodings, line ends."""

from __future__ import annotations

import os
import re
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from bot.content.problems import Report

LARGEST_FILE = 1024 * 1024
"""Bytes in one content file."""

ATTEMPTS = 4
PAUSE = 0.02

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Tab and line ends are fine; U+0085, U+2028 and U+2029 would silently count as lines in YAML.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a file looked when it was read: size in bytes, time of the last change in nanoseconds."""

    size: int
    changed_ns: int


def read_steady(path: Path) -> tuple[bytes, Stamp]:
    """The bytes of a file that did not change while it was read, and its stamp.

    Raises OSError where the file cannot be read or is no plain file, FileTooLargeError where it is larger
    than LARGEST_FILE. A file that goes on changing is given as last seen: the next look sees the rest.
    """
    raw = b""
    before = _stamp(path)
    for _ in range(ATTEMPTS):
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            raw = file.read(LARGEST_FILE + 1)
        after = _stamp(path)
        if before == after and len(raw) == after.size:
            break
        before = after
        time.sleep(PAUSE)
    return raw, before


def _stamp(path: Path) -> Stamp:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError("it is not a plain file")
    if status.st_size > LARGEST_FILE:
        raise FileTooLargeError(status.st_size)
    return Stamp(status.st_size, status.st_mtime_ns)


class FileTooLargeError(OSError):
    """A content file above LARGEST_FILE."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.size = size


def text_of(raw: bytes, report: Report) -> str | None:
    """The text with `\\n` as its only line end, without byte order mark; None where it is no clean UTF-8."""
    if raw.startswith(UTF16_MARKS) or (b"\x00" in raw[:4] and raw[:4].count(b"\x00") == 2):
        report.error(
            "encoding", "the file is UTF-16, expected UTF-8", "save it again with the encoding UTF-8"
        )
        return None
    if b"\x00" in raw:
        line = raw[: raw.index(b"\x00")].count(b"\n") + 1
        report.error(
            "binary",
            "the file has zero bytes, so it is not a text (a picture or an Office document?)",
            "write the entry in a plain text editor",
            (line, 1),
        )
        return None
    try:
        text = raw.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        _tell_bad_byte(raw.removeprefix(BYTE_ORDER_MARK), error.start, report)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = CONTROL.search(text)
    if control is not None:
        report.error(
            "control-character",
            f"an invisible control character (U+{ord(control[0]):04X}) stands here",
            "delete it and type the text around it again",
            position_in(text, control.start()),
        )
        return None
    return text


def _tell_bad_byte(raw: bytes, start: int, report: Report) -> None:
    before = raw[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8")) + 1
    report.error(
        "encoding",
        f"the byte 0x{raw[start]:02X} is no UTF-8 text (saved as Windows-1252, Latin-1 or GBK?)",
        "save the file again with the encoding UTF-8",
        (before.count(b"\n") + 1, column),
    )


def position_in(text: str, offset: int, first_line: int = 1) -> tuple[int, int]:
    """Line and column of a character, by its offset in the text; the text begins in `first_line`."""
    return first_line + text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1) + 1
