"""New entries and new networks: stubs that explain themselves, and the starter content."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.kinds import MODELS
from bot.content.loader import load
from bot.content.starter import copy_starter, knowledge_folder, starter_folder
from bot.content.stub import stub, write_stub
from bot.domain.entries import KINDS
from bot.domain.errors import OperatorError
from bot.domain.people import Role

from .conftest import write


def test_every_kind_has_its_keys() -> None:
    assert tuple(MODELS) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_stub_is_right_as_soon_as_its_title_is_filled_in(knowledge: Path, kind: str) -> None:
    text = stub(kind, "surabaya-2030", 2026)
    for language in ("en", "zh"):
        text = text.replace(f'  {language}: ""', f'  {language}: "Surabaya 2030"', 1)
    write(knowledge, f"{kind}/surabaya-2030.md", text)

    loaded = load(knowledge)

    assert not loaded.has_errors
    assert loaded.library.find("surabaya-2030", Role.ADMIN) is not None
    assert loaded.library.find("surabaya-2030", Role.SECRETARIAT) is None, "a stub is a draft"


@pytest.mark.parametrize("kind", KINDS)
def test_a_stub_without_a_title_says_that_it_lacks_one(knowledge: Path, kind: str) -> None:
    write(knowledge, f"{kind}/surabaya-2030.md", stub(kind, "surabaya-2030", 2026))

    errors = [problem for problem in load(knowledge).problems if problem.level == "error"]

    assert [(problem.code, problem.line) for problem in errors] == [("empty", 3)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_stub_with_every_key_taken_in_has_no_key_that_the_check_refuses(knowledge: Path, kind: str) -> None:
    lines = stub(kind, "surabaya-2030", 2026).replace('en: ""', "en: Surabaya").split("\n")
    taken_in = [line[2:] if _is_example(line) else line for line in lines]
    write(knowledge, f"{kind}/surabaya-2030.md", "\n".join(taken_in))

    problems = load(knowledge).problems

    dead = {"dead-link", "unknown-topic", "unknown-indicator"}
    assert {problem.code for problem in problems if problem.level == "error"} <= dead


def _is_example(line: str) -> bool:
    """Whether a commented line of a stub is YAML: an example follows the explanation of its key."""
    return line.startswith("# ") and (line[2:4] == "  " or not _explains(line))


def _explains(line: str) -> bool:
    key, _, text = line[2:].partition(": ")
    descriptions = {
        (field.alias or name, field.description)
        for model in MODELS.values()
        for name, field in model.model_fields.items()
    }
    return (key, text) in descriptions


@pytest.mark.parametrize(
    ("kind", "entry_id", "told"),
    [("practises", "x", "did you mean `practices`?"), ("practices", "My Idea", "write `my-idea`")],
)
def test_a_stub_of_nothing_is_explained(kind: str, entry_id: str, told: str) -> None:
    with pytest.raises(OperatorError) as error:
        stub(kind, entry_id, 2026)

    assert told in str(error.value)


def test_a_new_entry_never_overwrites_one_that_is_there(knowledge: Path) -> None:
    file = write_stub(knowledge, "guides", "kit")

    assert file == knowledge / "guides" / "kit.md"
    for kind in ("guides", "practices"):
        with pytest.raises(OperatorError, match="has this id already"):
            write_stub(knowledge, kind, "kit")
    assert file.read_text(encoding="utf-8") == stub("guides", "kit", 2026)


def test_a_configured_folder_that_is_none_is_explained(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="is not a folder"):
        knowledge_folder(tmp_path / "nowhere")


def test_the_starter_content_is_copied_into_a_new_folder(tmp_path: Path) -> None:
    made = copy_starter(tmp_path / "network")

    assert tmp_path / "network" / "knowledge" in made
    copied = load(tmp_path / "network" / "knowledge").library
    assert copied.version == load(starter_folder() / "knowledge").library.version


def test_the_starter_content_never_overwrites(tmp_path: Path) -> None:
    write(tmp_path, "mine.txt", "mine")

    with pytest.raises(OperatorError, match="is not empty"):
        copy_starter(tmp_path)
    with pytest.raises(OperatorError, match="is a file"):
        copy_starter(tmp_path / "mine.txt")
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]
