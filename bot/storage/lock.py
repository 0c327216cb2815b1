"""A lock that one program holds as long as it lives: the system lets it go, however the program ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.domain.errors import OperatorError


class ProgramLock:
    """Holds the lock of a file until `release`. Raises OperatorError where another program holds it."""

    def __init__(self, path: Path) -> None:
        try:
            self._file = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise OperatorError(f"{path} cannot be written ({error.strerror}).") from None
        try:
            _lock(self._file)
        except OSError:
            os.close(self._file)
            raise OperatorError(
                f"Another Focal is running with this data ({path.parent}). Stop it first, or give this one a "
                "FOCAL_DATA of its own."
            ) from None

    def release(self) -> None:
        """Lets go; the file stays, for whoever deletes it may delete it under the next one's lock."""
        os.close(self._file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
