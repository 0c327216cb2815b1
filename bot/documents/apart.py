"""Typesetting in a process of its own: it takes megabytes a city and gives none back, and a bot lives for months."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from signal import Signals
from tempfile import TemporaryFile
from threading import Thread
from traceback import extract_tb
from typing import IO

from bot.documents.document import Document
from bot.domain.errors import OperatorError

FIRST_TO_GO = "1000"
"""Where memory runs out, Linux ends this process and not the bot."""
LONGEST = 600.0
"""Seconds after which it is given up."""
LOOK_EVERY = 0.1
"""Seconds after which is asked again whether it is wanted."""
BEGINNING = f"import sys; sys.path.append(sys.argv[1]); from {__name__} import main; main()"
OURS = Path(__file__).parents[2]
"""Where our package is, wherever the program was started."""
FEWER = "print fewer cities at a time, or another format."


def to_pdf_apart(
    document: Document, is_wanted: Callable[[], None] = lambda: None, longest: float = LONGEST
) -> bytes:
    """As `typesetting.to_pdf`. `is_wanted` is called several times a second; what it raises ends the process, and so
    does the end of this program. Raises OperatorError where the process came to nothing, such as for want of memory,
    or after `longest` seconds."""
    # Without -P a typst.py in the folder where somebody stands would be run. In a group of its own it leaves Ctrl+C
    # to us.
    command = [sys.executable, "-P", "-c", BEGINNING, str(OURS)]
    until = time.monotonic() + longest
    with TemporaryFile() as out, TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=out, stderr=said, process_group=0
        )
        assert process.stdin is not None
        telling = Thread(target=_tell, args=(document, process.stdin), daemon=True)
        telling.start()
        try:
            while process.poll() is None:
                is_wanted()
                if time.monotonic() > until:
                    raise OperatorError(f"The PDF was not set within {longest / 60:.0f} minutes: {FEWER}")
                with suppress(subprocess.TimeoutExpired):
                    process.wait(LOOK_EVERY)
        finally:
            process.kill()
            process.wait()
            telling.join()
            with suppress(OSError):
                process.stdin.close()
        pdf, lines = _all_of(out), _all_of(said).decode(errors="replace").split("\n")
    if process.returncode < 0:
        signal = Signals(-process.returncode).name
        raise OperatorError(
            f"The PDF could not be set: {signal} ended the process. Where memory is short, {FEWER}"
        )
    if process.returncode or not pdf:
        last = next((line for line in reversed(lines) if line.strip()), f"it ended with {process.returncode}")
        raise OperatorError(f"The PDF could not be set: {last}")
    return pdf


def _tell(document: Document, to: IO[bytes]) -> None:
    """The pipe stays open: that it closes tells the process that we are gone."""
    with suppress(OSError):  # it has ended: its code says so
        to.write(pickle.dumps(document))
        to.flush()


def _all_of(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


# --- in the process


def main() -> None:
    """Reads a document from the standard input, and writes the PDF to the standard output. Ends with whoever asked:
    they keep the standard input open. What goes wrong is one line on standard error."""
    with suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO)
    try:
        from bot.documents.typesetting import to_pdf

        document = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by ourselves, a moment ago
        Thread(target=_end_with_asker, daemon=True).start()
        pdf = to_pdf(document)
        with os.fdopen(sys.stdout.fileno(), "wb", closefd=False) as out:
            out.write(pdf)
    except BaseException as error:  # typst's own panics are no Exception
        sys.exit(_without_what_people_wrote(error))


def _end_with_asker() -> None:
    os.read(sys.stdin.fileno(), 1)  # nothing more is written: it returns when the pipe closes
    os._exit(1)


def _without_what_people_wrote(error: BaseException) -> str:
    """The error with its text where that is of the machine, else with its place: the text may have theirs."""
    if isinstance(error, ImportError | OSError):
        return f"{type(error).__name__}: {error}"
    place = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
