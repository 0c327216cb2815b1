"""The `focal` command as scripts and operators use it: its output, its exit codes, its sentences."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot import programs
from bot.rehearsal.emulator import Emulator, EmulatorSettings
from bot.storage.database import Database

ROOT = Path(__file__).parent.parent.parent
SURABAYA = "surabaya-community-composting"


def focal(
    *words: str, stdin: str = "", cwd: Path = ROOT, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Runs the command as a process of its own, with nothing of our settings but these."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOCAL_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=stdin,
        cwd=cwd,
        env={**environment, **settings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def a_folder(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "knowledge" / "practices"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.md").write_text(text, encoding="utf-8")
    return folder.parent


def test_the_shipped_content_is_fine() -> None:
    checked = focal("check")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "0 errors" in checked.stdout


def test_a_problem_is_one_line_with_file_line_column_level_and_cure(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, slip="---\ntitle: Composting\ntopcis: [a]\n---\nText.\n")
    checked = focal("check", "--knowledge", str(folder))
    assert checked.returncode == 1
    first = checked.stdout.splitlines()[0]
    assert first.startswith("knowledge/practices/slip.md:3:1: error: unknown key `topcis`")
    assert "did you mean `topics`?" in first


def test_problems_as_json(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path, slip="---\ntitle: Composting\ntopcis: [a]\n---\n", good="---\ntitle: Trees\n---\n"
    )
    checked = focal("check", "--knowledge", str(folder), "--json")
    told = json.loads(checked.stdout)
    assert checked.returncode == 1
    assert told["entries"] == 1
    problem = next(p for p in told["problems"] if p["level"] == "error")
    assert set(problem) == {"path", "line", "column", "level", "code", "message", "cure"}
    assert (problem["path"], problem["line"], problem["column"]) == ("knowledge/practices/slip.md", 3, 1)


def test_notes_and_warnings_are_no_errors(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, half='---\ntitle: {en: Trees, zh: 树}\nsummary: {en: "Many."}\n---\nText.\n')
    checked = focal("check", "--knowledge", str(folder))
    assert "note" in checked.stdout
    assert checked.returncode == 0


def test_a_lookup_prints_the_card() -> None:
    found = focal("lookup", "how", "did", "Surabaya", "cut", "its", "waste?")
    assert found.returncode == 0
    assert "Community composting and source separation in Surabaya" in found.stdout


def test_a_lookup_in_the_readers_language() -> None:
    found = focal("lookup", "--lang", "zh", "高仓堆肥")
    assert found.returncode == 0
    assert "堆肥方法" in found.stdout


def test_a_lookup_as_json() -> None:
    found = focal("lookup", "--json", "surabya compost")
    told = json.loads(found.stdout)
    assert found.returncode == 0
    assert told["q"] == "surabya compost"
    assert told["match"] is True
    assert told["hits"][0]["id"] == SURABAYA
    assert set(told["hits"][0]) == {"id", "score", "title"}


def test_nothing_found_is_said_on_standard_output_with_exit_code_1() -> None:
    missed = focal("lookup", "weather tomorrow")
    assert missed.returncode == 1
    assert "found nothing" in missed.stdout
    assert missed.stderr == ""
    as_json = focal("lookup", "--json", "weather tomorrow")
    assert as_json.returncode == 1
    assert json.loads(as_json.stdout)["match"] is False


def test_a_batch_answers_each_line_with_one() -> None:
    asked = '{"q": "surabya compost", "lang": "en"}\n{"q": "weather tomorrow", "lang": null}\nnonsense\n{"x": 1}\n'
    ready, first, second, bad, worse = lines(focal("lookup", "--batch", stdin=asked).stdout)
    assert (ready["event"], ready["entries"]) == ("ready", 233)
    assert isinstance(ready["index_s"], float)
    assert set(first) == {"q", "hits", "match", "ms"}
    assert (first["q"], first["match"], first["hits"][0]["id"]) == ("surabya compost", True, SURABAYA)
    assert len(first["hits"]) <= 10
    scores = [hit["score"] for hit in first["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert second["match"] is False
    assert set(bad) == set(worse) == {"error"}


def test_a_piped_chat_prints_the_same_card_as_the_lookup() -> None:
    chatted = focal("chat", stdin="takakra method\n")
    looked = focal("lookup", "takakra method")
    assert chatted.returncode == 0
    assert looked.stdout.strip() in chatted.stdout


def test_starter_content_is_copied_once_and_a_stub_of_an_entry_passes_the_check(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert focal("init", str(mine)).returncode == 0
    again = focal("init", str(mine))
    assert again.returncode == 2
    assert "not empty" in again.stderr
    knowledge = mine / "knowledge"
    written = focal("new", "practices", "hue-composting", "--knowledge", str(knowledge))
    assert written.returncode == 0
    stub = knowledge / "practices" / "hue-composting.md"
    filled = (
        stub.read_text(encoding="utf-8")
        .replace('en: ""', 'en: "Composting in Hue"')
        .replace('zh: ""', 'zh: "顺化堆肥"')
    )
    stub.write_text(filled, encoding="utf-8")
    assert focal("check", "--knowledge", str(knowledge)).returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run",), "FOCAL_TOKEN"),
        (("lookup",), "Say what to look up"),
        (("check", "--knowledge", "nowhere"), "nowhere is not a folder"),
        (("new", "practises", "x"), "practices"),
        (("chat", "--as", "nobody"), "visitor"),
        (("no-such-command",), "No such command"),
    ],
)
def test_wrong_use_is_exit_code_2_and_a_sentence(words: tuple[str, ...], said: str) -> None:
    wrong = focal(*words)
    assert wrong.returncode == 2
    assert said in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_all_mistakes_in_settings_are_told_at_once_and_no_secret_with_them() -> None:
    secret = "not-a-token-but-secret"
    wrong = focal(
        "run", FOCAL_TOKEN=secret, FOCAL_ADMINS="12,zwölf", FOCAL_LISTEN="somewhere", FOCAL_LOG="loud"
    )
    assert wrong.returncode == 2
    for name in ("FOCAL_ADMINS", "FOCAL_LISTEN", "FOCAL_LOG"):
        assert name in wrong.stderr
    assert secret not in wrong.stderr
    assert "Traceback" not in wrong.stderr


@pytest.mark.parametrize(
    ("url", "is_fine"),
    [
        ("http://focal.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("ftp://focal.example.org", False),
        ("https://focal.example.org", True),
        ("http://127.0.0.1:8443", True),
        ("http://localhost:8443", True),
        ("http://[::1]:8443", True),
    ],
)
def test_a_webhook_needs_an_encrypted_address_except_on_this_machine(url: str, is_fine: bool) -> None:
    secret = "a-secret-of-more-than-16-letters"
    told = focal("run", FOCAL_WEBHOOK_URL=url, FOCAL_WEBHOOK_SECRET=secret)
    assert told.returncode == 2
    assert ("FOCAL_WEBHOOK_URL" in told.stderr) != is_fine
    assert ("There is no bot token yet" in told.stderr) == is_fine


def test_a_data_folder_that_cannot_be_written_to_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    for words in (("run",), ("db", "upgrade")):
        wrong = focal(*words, FOCAL_DATA=str(tmp_path / "a-file"), FOCAL_TOKEN=f"123456789:{'A' * 35}")
        assert wrong.returncode == 2
        assert "FOCAL_DATA" in wrong.stderr
        assert "Traceback" not in wrong.stderr


def test_a_second_bot_on_the_same_data_ends_with_a_sentence(tmp_path: Path) -> None:
    data = tmp_path / "data"
    holder = Database(f"sqlite:///{data / 'focal.db'}")
    try:
        holder.hold()
        second = focal("run", FOCAL_DATA=str(data), FOCAL_TOKEN=f"123456789:{'A' * 35}")
        asked = focal("status", FOCAL_DATA=str(data))
    finally:
        holder.close()
    assert second.returncode == 2
    assert "Another Focal is running" in second.stderr
    assert "Traceback" not in second.stderr
    assert asked.returncode == 0, "asking how it is disturbs nobody"


def test_status_of_a_new_house(tmp_path: Path) -> None:
    told = focal("status", "--json", FOCAL_DATA=str(tmp_path / "data"))
    assert told.returncode == 0
    state = json.loads(told.stdout)
    assert state["content"]["entries"] == 233
    assert state["content"]["errors"] == 0
    assert focal("db", "upgrade", FOCAL_DATA=str(tmp_path / "data")).returncode == 0
    assert "up to date" in focal("status", FOCAL_DATA=str(tmp_path / "data")).stdout


def test_a_token_file_is_read_and_a_missing_one_is_told(tmp_path: Path) -> None:
    wrong = focal("run", FOCAL_TOKEN_FILE=str(tmp_path / "missing"))
    assert wrong.returncode == 2
    assert "FOCAL_TOKEN_FILE" in wrong.stderr


def test_a_token_file_that_is_no_text_is_told_and_one_from_windows_is_read(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_bytes(b"\xff\xfe1\x002\x00")
    wrong = focal("run", FOCAL_TOKEN_FILE=str(file))
    assert wrong.returncode == 2
    assert "FOCAL_TOKEN_FILE is no plain text" in wrong.stderr
    assert "Traceback" not in wrong.stderr
    file.write_bytes(b"\xef\xbb\xbf123456789:" + b"A" * 35 + b"\r\n")
    assert focal("status", FOCAL_TOKEN_FILE=str(file), FOCAL_DATA=str(tmp_path / "data")).returncode == 0


def test_a_file_of_settings_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("FOCAL_LANGUAGE=en\n".encode("utf-16"))
    wrong = focal("status", cwd=tmp_path, PYTHONPATH=str(ROOT))
    assert wrong.returncode == 2
    assert ".env" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        wrong = focal("rehearse", "--port", port, "--no-browser")
    assert wrong.returncode == 2
    assert f"Port {port} cannot be used" in wrong.stderr


async def test_other_troubles_of_a_rehearsal_are_not_taken_for_its_port() -> None:
    with pytest.raises(OSError, match="disk full"):
        async with programs.page_on(Emulator(EmulatorSettings()), 0):
            raise OSError("disk full")
