"""Typesetting in a process of its own: it takes megabytes a city and gives none back, and a bot lives for months."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from bot.documents.document import Document
from bot.domain.errors import OperatorError

FIRST_TO_GO = "1000"
"""Where memory runs out, Linux ends this process and not the bot."""


def to_pdf_apart(document: Document) -> bytes:
    """As `typesetting.to_pdf`. Raises OperatorError where the process came to nothing, such as for want of memory."""
    command = [sys.executable, "-m", __name__]
    done = subprocess.run(command, input=pickle.dumps(document), capture_output=True, check=False)  # noqa: S603 - our own module
    if done.returncode != 0 or not done.stdout:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0]
        raise OperatorError(
            f"The PDF could not be set ({last or f'the process ended with {done.returncode}'}). "
            "Where memory is short, print fewer cities at a time, or another format."
        )
    return done.stdout


def main() -> None:
    """Reads a document from the standard input, and writes the PDF to the standard output."""
    from bot.documents.typesetting import to_pdf

    with suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO)
    document = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - written by ourselves, a moment ago
    with os.fdopen(sys.stdout.fileno(), "wb") as out:
        out.write(to_pdf(document))


if __name__ == "__main__":
    main()
