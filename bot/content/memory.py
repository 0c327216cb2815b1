"""What was parsed before, kept between commands, so that `focal lookup` does not parse everything anew."""

from __future__ import annotations

import copyreg
import os
import pickle
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.content.last_good import write_whole
from bot.content.loader import Loaded, Memory, load

# A file changed this short a time ago may change again without its time of change showing it.
SETTLED_NS = 2_000_000_000
PACKAGE = Path(__file__).resolve().parent
ALLOWED = {("builtins", "frozenset"), ("decimal", "Decimal")}
OURS = ("bot.content.", "bot.domain.")


def load_remembered(knowledge: Path, cache: Path | None = None, *, with_notes: bool = True) -> Loaded:
    """As `load` without last good copies, but parses only files that changed since the last time.

    `cache` is a folder for what is remembered, by default one of this user's; where it cannot be used,
    everything is parsed.
    """
    kept = _file(cache or default_cache(), knowledge)
    memory = _recall(kept)
    before = dict(memory)
    loaded = load(knowledge, memory=memory, with_notes=with_notes)
    if memory != before and loaded.stamps:
        _remember(kept, memory)
    return loaded


def default_cache() -> Path:
    """The folder of this user for things that can be made again."""
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        if os.environ.get(variable):
            return Path(os.environ[variable]) / "focal"
    try:
        return Path.home() / ".cache" / "focal"
    except RuntimeError:
        return Path(os.devnull)


def _file(cache: Path, knowledge: Path) -> Path:
    return cache / f"content-{sha256(str(knowledge.resolve()).encode()).hexdigest()[:16]}.bin"


def _program() -> str:
    """Changes with the code that parses: what an older version understood of a file is not believed."""
    code = sha256(sys.version.encode())
    for folder in (PACKAGE, PACKAGE / "kinds", PACKAGE.parent / "domain"):
        for item in _python_files(folder):
            status = item.stat()
            code.update(f"{item.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return code.hexdigest()


def _python_files(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        yield from sorted((item for item in found if item.name.endswith(".py")), key=lambda item: item.name)


def _recall(kept: Path) -> Memory:
    try:
        program, memory = _Reader(BytesIO(kept.read_bytes())).load()
    except Exception:  # whatever is wrong with it: it can be made again
        return {}
    return memory if program == _program() and isinstance(memory, dict) else {}


def _remember(kept: Path, memory: Memory) -> None:
    latest = time.time_ns() - SETTLED_NS
    settled = {path: record for path, record in memory.items() if record.stamp.changed_ns < latest}
    target = BytesIO()
    _Writer(target, protocol=pickle.HIGHEST_PROTOCOL).dump((_program(), settled))
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
