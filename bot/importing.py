"""The program behind `focal import`: a table is judged as a whole, then all its files are put in place, or none."""

from __future__ import annotations

import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.content.geography import geography
from bot.content.loader import load
from bot.content.mapping_files import read_mapping
from bot.content.placing import digest, finish_left, place
from bot.documents.tables_in import TableError, rows_about, rows_of
from bot.domain.errors import OperatorError
from bot.domain.imports.columns import What
from bot.domain.imports.verdicts import Finding
from bot.outputs import note
from bot.services.importing.ground import Shelf, ids_in
from bot.services.importing.header import HeaderError
from bot.services.importing.run import Outcome, run
from bot.texts.import_phrases import operators_teller


@dataclass(frozen=True)
class Judged:
    """What a table would change, and the folder in which its files wait."""

    outcome: Outcome
    folder: Path
    knowledge: Path
    seen: Mapping[str, str | None]
    """Digests of the files that it was judged by."""

    def place(self) -> None:
        """Puts all files in place, or none. Raises OperatorError where that cannot be done."""
        place(self.folder, self.knowledge, self.outcome.files, self.seen)


def finished_before(knowledge: Path) -> None:
    """Finishes what an import left that was killed, so that a table is judged by whole content. Raises OperatorError
    where that cannot be done."""
    told = finish_left(knowledge)
    if told is not None:
        note(told)


@contextmanager
def judged(
    what: What,
    table: Path,
    mapping: Path | None,
    knowledge: Path,
    find: Callable[[Finding], None],
    say: Callable[[int, int], None],
    sheet: str | None = None,
) -> Iterator[Judged]:
    """Judges a table against what is in the knowledge folder; `find` gets the verdicts as they fall. What was made of
    it is gone afterwards. Raises OperatorError where the table or the mapping cannot be used."""
    read_by = None
    if mapping is not None:
        read_by, problems = read_mapping(mapping, what)
        if read_by is None:
            raise OperatorError("\n".join(str(problem) for problem in problems))
    library = load(knowledge, with_notes=False).library
    seen: dict[str, str | None] = {}
    shelf = Shelf(library, geography(), lambda path: _text_of(knowledge, path, seen), ids_in(knowledge))
    with tempfile.TemporaryDirectory(prefix="focal-import-") as scratch:
        try:
            of = rows_about(table)
            outcome = run(
                what,
                rows_of(table, sheet),
                read_by,
                shelf,
                Path(scratch),
                find,
                lambda row: say(min(row, of), of),
            )
        except (TableError, HeaderError) as error:
            raise OperatorError(f"{table}: {operators_teller().error(error)}") from None
        except OSError as error:
            raise OperatorError(f"{table} cannot be read ({error.strerror or error})") from None
        yield Judged(outcome, Path(scratch) / "out", knowledge, seen)


def _text_of(knowledge: Path, name: str, seen: dict[str, str | None]) -> str | None:
    path = knowledge / name
    try:
        content = path.read_bytes()
        seen.setdefault(name, digest(content))
        return content.decode("utf-8")
    except FileNotFoundError:
        seen.setdefault(name, None)
        return None
    except UnicodeDecodeError:
        raise OperatorError(f"{path} is no UTF-8: focal check tells more.") from None


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Where the system asks the program to end (SIGTERM, a closed terminal), it takes back what it was at, as with
    Ctrl+C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    wishes = [signal.SIGTERM] if sys.platform == "win32" else [signal.SIGTERM, signal.SIGHUP]
    before = {wish: signal.getsignal(wish) for wish in wishes}
    for wish, handler in before.items():
        if handler is not signal.SIG_IGN:  # as `nohup` has it
            signal.signal(wish, _end)
    try:
        yield
    finally:
        for wish, handler in before.items():
            signal.signal(wish, handler)


def _end(number: int, frame: object) -> None:
    sys.exit(128 + number)
