"""Whole sets of files come into the knowledge folder, or none of them: whatever happens on the way."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.content import placing
from bot.content.placing import digest_of, finish_left, place
from bot.domain.errors import OperatorError

NAMES = ("commitments/a.md", "commitments/b.md", "cities/new.md", "indicators.yaml", "results/r.md")
OLD = {"commitments/a.md": "a was here\n", "indicators.yaml": "old\n"}


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return filled(tmp_path / "knowledge", OLD)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return filled(tmp_path / "made", {name: f"new {name}\n" for name in NAMES})


def filled(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def state_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }


def seen(knowledge: Path) -> dict[str, str | None]:
    return {name: digest_of(knowledge / name) for name in NAMES}


def test_all_files_come_into_their_places_and_nothing_else_is_left(knowledge: Path, made: Path) -> None:
    place(made, knowledge, NAMES, seen(knowledge))
    assert state_of(knowledge) == state_of(made)


def test_a_link_stays_a_link_and_a_file_keeps_who_may_read_it(
    knowledge: Path, made: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "shared.yaml"
    (knowledge / "indicators.yaml").rename(elsewhere)
    (knowledge / "indicators.yaml").symlink_to(elsewhere)
    (knowledge / "commitments/a.md").chmod(0o640)
    place(made, knowledge, NAMES, seen(knowledge))
    assert (knowledge / "indicators.yaml").is_symlink()
    assert elsewhere.read_text() == "new indicators.yaml\n"
    assert (knowledge / "commitments/a.md").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["commitments/a.md", "commitments/b.md"])
def test_what_somebody_wrote_meanwhile_is_not_overwritten(knowledge: Path, made: Path, name: str) -> None:
    judged_from = seen(knowledge)
    (knowledge / name).write_text("by hand\n")
    before = state_of(knowledge)
    with pytest.raises(OperatorError, match="was changed while the table was judged"):
        place(made, knowledge, NAMES, judged_from)
    assert state_of(knowledge) == before


def test_where_one_file_cannot_be_put_in_place_none_is(knowledge: Path, made: Path) -> None:
    judged_from = seen(knowledge)
    (knowledge / "commitments/b.md").mkdir()
    with pytest.raises(OperatorError, match="nothing was changed"):
        place(made, knowledge, NAMES, judged_from)
    assert state_of(knowledge) == OLD


def failing_at(monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException) -> None:
    """The disk is full from the given replacement on: nothing can be written any more, names can be changed."""
    count, replace = 0, Path.replace

    def replaced(self: Path, target: Path) -> Path:
        nonlocal count
        count += self.name.endswith(".tmp")
        if count == number and self.name.endswith(".tmp"):
            monkeypatch.setattr(Path, "write_bytes", full)
            raise error
        return replace(self, target)

    def full(self: Path, data: bytes) -> int:
        self.open("wb").close()
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    monkeypatch.setattr(Path, "replace", replaced)


@pytest.mark.parametrize("number", [1, 3, 5])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_on_a_full_disk_everything_is_put_back(
    knowledge: Path, made: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException
) -> None:
    failing_at(monkeypatch, number, error)
    with pytest.raises((OperatorError, KeyboardInterrupt)):
        place(made, knowledge, NAMES, seen(knowledge))
    assert state_of(knowledge) == OLD
    assert not (knowledge / "results").exists()


def test_one_file_that_cannot_be_put_back_does_not_keep_the_others_from_it(
    knowledge: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_at(monkeypatch, 5, OSError(errno.EIO, "Input/output error"))
    unlink = Path.unlink

    def stuck(self: Path, missing_ok: bool = False) -> None:
        if self == knowledge / "cities/new.md":
            raise PermissionError(errno.EPERM, "Operation not permitted", str(self))
        unlink(self, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", stuck)
        with pytest.raises(OperatorError, match=r"not as they were: cities/new\.md"):
            place(made, knowledge, NAMES, seen(knowledge))
    assert (knowledge / "indicators.yaml").read_text() == OLD["indicators.yaml"]
    finish_left(knowledge)
    assert state_of(knowledge) == OLD


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.content.placing import digest_of, place
knowledge, made, at = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
names = sys.argv[4:]
done, real = 0, (Path.replace, Path.write_bytes)
def counted(which):
    def call(self, *more):
        global done
        done += 1
        if done == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real[which](self, *more)
    return call
Path.replace, Path.write_bytes = counted(0), counted(1)
place(made, knowledge, names, {name: digest_of(knowledge / name) for name in names})
"""


def killed(knowledge: Path, made: Path, at: int) -> None:
    words = [sys.executable, "-c", KILLED, str(knowledge), str(made), str(at), *NAMES]
    root = Path(placing.__file__).parents[2]
    assert subprocess.run(words, cwd=root, check=False).returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("at", "is_done"), [(1, False), (5, False), (6, False), (7, True), (9, True), (11, True)]
)
def test_after_a_kill_the_next_one_finishes_or_clears(
    knowledge: Path, made: Path, at: int, is_done: bool
) -> None:
    killed(knowledge, made, at)
    assert finish_left(knowledge) is not None
    assert state_of(knowledge) == (state_of(made) if is_done else OLD)
    assert finish_left(knowledge) is None


def test_lists_and_cities_are_in_place_before_what_speaks_of_them(knowledge: Path, made: Path) -> None:
    killed(knowledge, made, 9)
    there = state_of(knowledge)
    assert (there["indicators.yaml"], there["cities/new.md"]) == (
        "new indicators.yaml\n",
        "new cities/new.md\n",
    )
    assert there["commitments/a.md"] == OLD["commitments/a.md"]


def test_what_somebody_wrote_after_a_kill_stays(knowledge: Path, made: Path) -> None:
    killed(knowledge, made, 7)
    (knowledge / "commitments/a.md").write_text("by hand\n")
    assert "left alone: commitments/a.md" in (finish_left(knowledge) or "")
    assert state_of(knowledge) == {**state_of(made), "commitments/a.md": "by hand\n"}


def test_two_imports_are_not_at_work_at_once(knowledge: Path, made: Path) -> None:
    other = os.open(knowledge, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    with pytest.raises(OperatorError, match="Another import"):
        place(made, knowledge, NAMES, seen(knowledge))
    os.close(other)
    assert state_of(knowledge) == OLD
