"""The last good bytes of every content file: a restart with a bad file serves what was good before."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

INDEX = "index.json"


class LastGood:
    """Copies of accepted files: below `folder` (one for each knowledge folder), or in memory without one.

    What is wrong with the copies themselves is never an error: a copy that is missing or does not fit its
    hash is as good as none, and a folder that cannot be written to means that the next restart knows less.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._copies: dict[str, bytes] = {}
        self._digests = self._read_index(folder) if folder is not None else {}
        self._changed = False

    @staticmethod
    def _read_index(folder: Path) -> dict[str, str]:
        try:
            index = json.loads((folder / INDEX).read_bytes())
        except (OSError, ValueError):
            return {}
        if not isinstance(index, dict):
            return {}
        return {path: digest for path, digest in index.items() if isinstance(digest, str)}

    def paths(self) -> tuple[str, ...]:
        """Every file that has a copy, by its path below the knowledge folder."""
        return tuple(self._digests)

    def has(self, path: str, digest: str) -> bool:
        """Whether exactly these bytes are kept for the file."""
        return self._digests.get(path) == digest

    def bytes_of(self, path: str) -> bytes | None:
        """The bytes last accepted for the file; None where there are none."""
        digest = self._digests.get(path)
        if digest is None or self._folder is None:
            return self._copies.get(path)
        with suppress(OSError):
            raw = (self._folder / path).read_bytes()
            if sha256(raw).hexdigest() == digest:
                return raw
        return None

    def keep(self, path: str, raw: bytes, digest: str) -> None:
        """Takes these bytes as the last good ones of the file."""
        with suppress(OSError):
            if self._folder is None:
                self._copies[path] = raw
            else:
                write_whole(self._folder / path, raw)
            self._digests[path] = digest
            self._changed = True

    def forget_all_but(self, paths: Iterable[str]) -> None:
        """Drops the copies of files that are no longer there, and writes down what is kept."""
        for path in set(self._digests) - set(paths):
            del self._digests[path]
            self._copies.pop(path, None)
            self._changed = True
            if self._folder is not None:
                with suppress(OSError):
                    (self._folder / path).unlink()
        if self._changed and self._folder is not None:
            with suppress(OSError):
                write_whole(self._folder / INDEX, json.dumps(self._digests, sort_keys=True).encode())
                self._changed = False


def write_whole(path: Path, raw: bytes) -> None:
    """Writes a file in one step: whoever reads it sees the old bytes or the new ones. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".tmp", delete=False) as file:
        try:
            file.write(raw)
            file.flush()
            Path(file.name).replace(path)
        except OSError:
            with suppress(OSError):
                Path(file.name).unlink()
            raise
