"""The PDF is set in a process of its own, so that the bot keeps its memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import samples_documents
from children import children, first_child, is_gone
from samples_documents import document

from bot.documents.apart import to_pdf_apart
from bot.documents.typesetting import to_pdf
from bot.domain.errors import OperatorError
from bot.domain.long_work import StoppedError


def test_it_is_the_same_pdf() -> None:
    assert to_pdf_apart(document()) == to_pdf(document())


def test_a_process_that_fails_is_told_and_takes_nothing_down() -> None:
    broken = replace(document(), board=None)  # type: ignore[arg-type]  # what no composer gives
    with pytest.raises(OperatorError, match=r"could not be set: AttributeError at \w+\.py:\d+$"):
        to_pdf_apart(broken)


def test_what_people_wrote_is_not_in_what_is_told() -> None:
    """What is told stands in logs, too."""
    with pytest.raises(OperatorError) as told:
        to_pdf_apart(replace(document(), as_of="Sari Dewi: not a day"))
    assert "ValueError at typesetting.py:" in str(told.value)
    assert "Sari" not in str(told.value)


def test_code_in_the_folder_where_somebody_stands_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("typst", "pickle"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nraise ImportError\n")
    monkeypatch.chdir(tmp_path)
    assert to_pdf_apart(document()).startswith(b"%PDF")
    assert not (tmp_path / "ran").exists()


def test_whoever_does_not_want_it_any_more_waits_for_nothing() -> None:
    before = frozenset(children())
    begun: list[int] = []

    def is_wanted() -> None:
        begun[:] = [first_child(but=before)]
        os.kill(begun[0], signal.SIGSTOP)  # it would never end by itself
        raise StoppedError

    with pytest.raises(StoppedError):
        to_pdf_apart(document(), is_wanted)
    assert is_gone(begun[0], within=0)


def test_after_some_minutes_it_is_given_up() -> None:
    before = frozenset(children())
    with pytest.raises(OperatorError, match="was not set within 0 minutes: print fewer cities"):
        to_pdf_apart(document(), longest=0.2)
    assert frozenset(children()) == before


def test_a_process_that_the_system_ends_is_told() -> None:
    before = frozenset(children())

    def out_of_memory() -> None:
        os.kill(first_child(but=before), signal.SIGKILL)

    with pytest.raises(OperatorError, match="SIGKILL ended the process"):
        to_pdf_apart(document(), out_of_memory)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_does_not_outlive_who_asked_for_it(ending: signal.Signals) -> None:
    asks = (
        "import samples_documents as s; from bot.documents.apart import to_pdf_apart; "
        "from bot.documents.composition import compose; to_pdf_apart(compose(s.many(200), 'en'))"
    )
    path = os.pathsep.join([str(Path(samples_documents.__file__).parent), *sys.path])
    asker = subprocess.Popen(
        [sys.executable, "-c", asks],
        env={**os.environ, "PYTHONPATH": path},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    child = first_child(asker.pid)
    time.sleep(1.5)  # it has the document by now, and sets it for many seconds
    if ending == signal.SIGINT:
        os.killpg(asker.pid, ending)  # as Ctrl+C in a terminal
    else:
        asker.send_signal(ending)
    asker.wait(10)
    assert asker.returncode != 0
    assert is_gone(child, within=1)
