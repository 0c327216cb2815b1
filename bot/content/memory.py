"""What was made of the files before, kept between commands, so that `focal lookup` does not begin from nothing."""

from __future__ import annotations

import copyreg
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from bot.content.folder import scan
from bot.content.last_good import write_whole
from bot.content.reading import Stamp

if TYPE_CHECKING:
    from bot.content.loader import Loaded

# A file changed this short a time ago may change again without its time of change showing it.
SETTLED_NS = 2_000_000_000
PACKAGE = Path(__file__).resolve().parent
BOT = PACKAGE.parent
ALLOWED = {
    ("builtins", "frozenset"),
    ("decimal", "Decimal"),
    ("datetime", "date"),
    ("datetime", "time"),
    ("collections", "defaultdict"),
}
OURS = ("bot.content.", "bot.domain.", "bot.lookup.")
CODE = (PACKAGE, PACKAGE / "kinds", BOT / "domain", BOT / "lookup")
LARGEST = 16 * 1024 * 1024
"""Bytes of what is kept; more than that is not read faster than it is made."""

T = TypeVar("T")


def load_remembered(
    knowledge: Path, cache: Path | None = None, *, schedules: Path | None = None, with_notes: bool = True
) -> Loaded:
    """As `load` without last good copies, but parses only files that changed since the last time.

    `cache` is a folder for what is remembered, by default one of this user's; where it cannot be used,
    everything is parsed.
    """
    from bot.content.loader import load  # late: what is remembered whole needs nothing of it

    kept = _file(cache or default_cache(), "content", knowledge)
    memory = _recall(kept)
    memory = memory if isinstance(memory, dict) else {}
    before = dict(memory)
    loaded = load(knowledge, schedules=schedules, memory=memory, with_notes=with_notes)
    if memory != before and loaded.stamps:
        _remember(kept, {path: record for path, record in memory.items() if _is_settled(record.stamp)})
    return loaded


def remembered(knowledge: Path, make: Callable[[Loaded], T], cache: Path | None = None) -> T:
    """What `make` makes of a folder's content, such as its card index: made anew only when a file changed."""
    kept = _file(cache or default_cache(), "made", knowledge)
    with suppress(OSError):
        stamps = {place.path: stamp for place, stamp in scan(knowledge).files.items()}
        recalled = _recall(kept)
        if isinstance(recalled, tuple) and len(recalled) == 2 and recalled[0] == stamps:
            return cast("T", recalled[1])
        made = make(load_remembered(knowledge, cache, with_notes=False))
        if stamps and all(map(_is_settled, stamps.values())):
            _remember(kept, (stamps, made))
        return made
    return make(load_remembered(knowledge, cache, with_notes=False))


def _is_settled(stamp: Stamp) -> bool:
    return stamp.changed_ns < time.time_ns() - SETTLED_NS


def default_cache() -> Path:
    """The folder of this user for things that can be made again."""
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        if os.environ.get(variable):
            return Path(os.environ[variable]) / "focal"
    try:
        return Path.home() / ".cache" / "focal"
    except RuntimeError:
        return Path(os.devnull)


def _file(cache: Path, what: str, knowledge: Path) -> Path:
    return cache / f"{what}-{sha256(str(knowledge.resolve()).encode()).hexdigest()[:16]}.bin"


def _program() -> str:
    """Changes with the code that makes it: what an older version understood of a file is not believed."""
    code = sha256(sys.version.encode())
    for folder in CODE:
        for item in _python_files(folder):
            status = item.stat()
            code.update(f"{item.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return code.hexdigest()


def _python_files(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        yield from sorted((item for item in found if item.name.endswith(".py")), key=lambda item: item.name)


def _recall(kept: Path) -> object:
    try:
        program, content = _Reader(BytesIO(kept.read_bytes())).load()
    except Exception:  # whatever is wrong with it: it can be made again
        return None
    return content if program == _program() else None


def _remember(kept: Path, content: object) -> None:
    target = BytesIO()
    _Writer(target, protocol=pickle.HIGHEST_PROTOCOL).dump((_program(), content))
    if target.tell() > LARGEST:
        return
    with suppress(OSError):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(kept, target.getvalue())


def _view(items: dict[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType(items)


class _Writer(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table.copy()
    dispatch_table[MappingProxyType] = lambda view: (_view, (dict(view),))


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module.startswith(OURS) or (module, name) in ALLOWED:
            found = super().find_class(module, name)
            if isinstance(found, type) or found is _view:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is nothing that content is made of")
