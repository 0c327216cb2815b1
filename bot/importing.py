"""The program behind `focal import`: a table is judged as a whole, then all its files are put in place, or none."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.content.geography import geography
from bot.content.loader import load
from bot.content.mapping_files import read_mapping
from bot.documents.tables_in import TableError, rows_about, rows_of
from bot.domain.errors import OperatorError
from bot.domain.imports.columns import What
from bot.domain.imports.verdicts import Finding
from bot.services.importing.ground import Shelf
from bot.services.importing.header import HeaderError
from bot.services.importing.run import Outcome, run
from bot.texts.import_phrases import operators_teller

SUFFIX = ".focal-import.tmp"


@dataclass(frozen=True)
class Judged:
    """What a table would change, and the folder in which its files wait."""

    outcome: Outcome
    folder: Path
    knowledge: Path

    def place(self) -> None:
        """Puts all files in place, or none. Raises OperatorError where that cannot be done."""
        place_all(self.folder, self.knowledge, self.outcome.files)


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
    shelf = Shelf(library, geography(), lambda path: _text_of(knowledge / path), _ids_in(knowledge))
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
        yield Judged(outcome, Path(scratch) / "out", knowledge)


def _ids_in(knowledge: Path) -> frozenset[str]:
    """The names of all files of entries, also of those that are set aside."""
    return frozenset(path.name.split(".", 1)[0] for path in knowledge.glob("*/*.md"))


def _text_of(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise OperatorError(f"{path} is no UTF-8: focal check tells more.") from None


def place_all(made: Path, knowledge: Path, files: Sequence[str]) -> None:
    """Copies files into the knowledge folder: first beside their places, then all at once into them. What was there
    already is replaced only where the import changed it (indicators, results); where anything fails, also by Ctrl+C,
    everything is as it was. Raises OperatorError."""
    undo: list[Callable[[], None]] = []
    staged: list[tuple[Path, Path]] = []
    try:
        for name in files:
            target = knowledge / name
            beside = target.with_name(f".{target.name}{SUFFIX}")
            if not target.parent.is_dir():
                target.parent.mkdir()
                undo.append(target.parent.rmdir)
            undo.append(partial(beside.unlink, missing_ok=True))
            beside.write_bytes((made / name).read_bytes())
            staged.append((beside, target))
        for beside, target in staged:
            before = target.read_bytes() if target.exists() else None
            undo.append(partial(_restore, target, before))
            beside.replace(target)
    except BaseException as error:
        for step in reversed(undo):
            step()
        if isinstance(error, OSError):
            raise OperatorError(
                f"{error.filename or knowledge} cannot be written ({error.strerror or error}): nothing was changed."
            ) from None
        raise


def _restore(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != before:
        path.write_bytes(before)
