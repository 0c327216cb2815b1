"""What a city proposes comes out as a file that loads, says what was answered, and changes nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from answering import answered

from bot.content.loader import Loaded, Memory, load
from bot.content.problems import Level
from bot.domain.commitments import Baseline, Commitment, Direction, Target, TargetKind
from bot.domain.proposals import ContentFile, Home, commitment_files
from bot.domain.questionnaires import Course
from bot.domain.revisions import Changes, agreed_files, changed_file, changes, revised
from bot.domain.words import LocalText
from bot.services.courses import short_names

CITY = """---
title: {en: "Sibu", zh: "诗巫市"}
country: MY
time_zone: Asia/Kuching
---
"""


@pytest.fixture(scope="module")
def shipped(knowledge: Path) -> Loaded:
    return load(knowledge, schedules=knowledge.parent / "schedules")


def propose(
    shipped: Loaded, typed: Mapping[str, str], language: str = "en", **home: object
) -> tuple[ContentFile, ...]:
    course = Course(shipped.schedules.questionnaires["commitment"])
    where = Home("sibu", LocalText({"en": "Sibu", "zh": "诗巫市"}), language, shipped.library.indicators, {})
    return commitment_files(course, answered(course, typed), replace(where, **home), 2026)  # type: ignore[arg-type]


def loaded(files: tuple[ContentFile, ...], folder: Path, knowledge: Path) -> Loaded:
    (folder / "knowledge" / "commitments").mkdir(parents=True)
    (folder / "knowledge" / "cities").mkdir()
    shutil.copy(knowledge / "indicators.yaml", folder / "knowledge")
    (folder / "knowledge" / "cities" / "sibu.md").write_text(CITY, encoding="utf-8")
    for file in files:
        (folder / file.path).write_text(file.text, encoding="utf-8")
    return load(folder / "knowledge")


def only(result: Loaded) -> Commitment:
    worse = [problem for problem in result.problems if problem.level is not Level.NOTE]
    assert not worse, worse
    (commitment,) = result.library.commitments.values()
    return commitment


BASIC = {
    "promise": 'Cut waste: "by 20 %" # at least',
    "indicator": "waste-generation",
    "kind": "change",
    "direction": "Less",
    "value": "20 %",
    "base-year": "2025",
    "baseline": "45,200.5 t",
    "due": "2030",
    "how-known": "The landfill weighs every lorry.",
}


def test_an_agreed_commitment_loads_and_says_what_was_answered(
    shipped: Loaded, knowledge: Path, tmp_path: Path
) -> None:
    files = propose(shipped, BASIC)
    assert [file.path for file in files] == ["knowledge/commitments/sibu-2026.md"]
    result = loaded(files, tmp_path, knowledge)
    commitment = only(result)
    assert (commitment.city, commitment.made, commitment.due) == ("sibu", 2026, 2030)
    assert commitment.targets == (
        Target(
            "a",
            TargetKind.CHANGE,
            "waste-generation",
            LocalText({"en": BASIC["promise"]}),
            Direction.DOWN,
            Decimal(-20),
            unit="%",
            baseline=Baseline(2025, Decimal("45200.5")),
            due=2030,
        ),
    )
    entry = result.library.entries["sibu-2026"]
    assert entry.title.by_language == {"en": "Sibu’s commitment of 2026", "zh": "诗巫市2026年的承诺"}
    assert entry.body is not None
    assert "weighs every lorry" in entry.body.within("en").text


SHARE = {"kind": "level", "direction": "More", "value": "65.0", "unit": "%", "baseline": "40 %"}
TREES = {"kind": "count", "direction": "More", "value": "1.2 million", "unit": "trees"}


@pytest.mark.parametrize(
    ("changed", "kind", "direction", "near", "far", "unit"),
    [
        ({"value": "10-15 %"}, "change", "down", "-10", "-15", "%"),
        ({"value": "-20"}, "change", "down", "-20", None, "%"),
        ({"direction": "More", "value": "20 %"}, "change", "up", "20", None, "%"),
        ({"kind": "level", "value": "0.9", "unit": "kg/cap/day"}, "level", "down", "0.9", None, "kg/cap/day"),
        ({"kind": "level", "value": "0.8-0.9", "unit": "kg/cap/day"}, "level", "down", "0.9", "0.8", "kg/cap/day"),
        (SHARE, "level", "up", "65.0", None, "%"),
        (TREES, "count", "up", "1200000", None, "trees"),
        ({"kind": "milestone"}, "milestone", None, None, None, None),
        ({"kind": "scale"}, "scale", None, None, None, None),
    ],
)  # fmt: skip
def test_the_numbers_of_every_kind_agree(
    shipped: Loaded,
    knowledge: Path,
    tmp_path: Path,
    changed: dict[str, str],
    kind: str,
    direction: str | None,
    near: str | None,
    far: str | None,
    unit: str | None,
) -> None:
    (target,) = only(loaded(propose(shipped, BASIC | changed), tmp_path, knowledge)).targets
    assert (target.kind, target.direction, target.unit) == (kind, direction, unit)
    assert [str(end) if end is not None else None for end in (target.value, target.far)] == [near, far]


def test_a_promise_in_another_language_is_filed_under_it(
    shipped: Loaded, knowledge: Path, tmp_path: Path
) -> None:
    typed = BASIC | {"promise": "到2030年减少20%。", "how-known": "逐车称重。"}
    files = propose(shipped, typed, "zh-hans")
    assert [Path(file.path).name for file in files] == ["sibu-2026.md", "sibu-2026.zh.md"]
    result = loaded(files, tmp_path, knowledge)
    assert only(result).targets[0].text.by_language == {"zh": "到2030年减少20%。"}
    body = result.library.entries["sibu-2026"].body
    assert body is not None
    assert body.by_language == {"zh": "逐车称重。"}


def test_a_second_commitment_of_the_year_takes_no_name_that_is_there(shipped: Loaded) -> None:
    there = Commitment("sibu", 2026, 2030, (Target("a", TargetKind.SCALE, "x", LocalText.plain("x")),))
    (file,) = propose(shipped, BASIC, commitments={"sibu-2026": there})
    assert file.path == "knowledge/commitments/sibu-2026-2.md"
    assert "- id: b\n" in file.text, "names of targets in answers are made of year and letter"


def test_something_new_that_is_measured_is_told_to_the_admin(
    shipped: Loaded, knowledge: Path, tmp_path: Path
) -> None:
    files = propose(shipped, BASIC | {"indicator": "other", "measure": "Noise at night"})
    assert 'It measures: "Noise at night".' in files[0].text
    (told,) = [each for each in loaded(files, tmp_path, knowledge).problems if each.level is not Level.NOTE]
    assert told.code == "unknown-indicator"


def test_a_value_in_another_unit_than_was_named_is_told_to_the_admin(shipped: Loaded) -> None:
    (file,) = propose(shipped, BASIC | {"kind": "level", "value": "0.9 kg/cap/day", "unit": "kg per year"})
    assert '    # The value was told in kg/cap/day.\n    value: "0.9"\n    unit: "kg per year"\n' in file.text


def test_any_words_of_a_city_make_a_file_that_loads(shipped: Loaded, knowledge: Path, tmp_path: Path) -> None:
    nasty = "---\nkey: [x]\t\"q\" 'a' \\n #c \u2028 {{ no }} 100 % é 好 🌱"
    files = propose(shipped, BASIC | {"promise": nasty, "how-known": "It is\n\nfine. # 1"})
    text = only(loaded(files, tmp_path, knowledge)).targets[0].text.by_language["en"]
    assert text.split() == nasty.split()


# --- one target of a file that is there


def every_target() -> list[tuple[str, str]]:
    root = Path(__file__).resolve().parents[2] / "knowledge"
    commitments = load(root).library.commitments
    return [(entry_id, target.id) for entry_id, each in commitments.items() for target in each.targets]


@pytest.fixture(scope="module")
def library_copy(knowledge: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(knowledge, tmp_path_factory.mktemp("copy") / "knowledge"))


def test_every_shipped_target_can_be_changed_and_nothing_else_changes(
    shipped: Loaded, library_copy: Path
) -> None:
    memory: Memory = {}
    for entry_id, target_id in every_target():
        old = shipped.library.commitments[entry_id]
        target = next(each for each in old.targets if each.id == target_id)
        if target.kind not in (TargetKind.CHANGE, TargetKind.LEVEL, TargetKind.COUNT):
            change = Changes(target_id, due=2033, reason="Later # than: planned")
        else:
            sign = -1 if target.kind is TargetKind.CHANGE and target.direction is Direction.DOWN else 1
            near, far = Decimal("12.50") * sign, Decimal(14) * sign
            change = Changes(target_id, None, near, far, None, 2033, 2005, Decimal("310.0"), "t", "Later.")
        path = library_copy / "commitments" / f"{entry_id}.md"
        before = path.read_text(encoding="utf-8")
        file = changed_file(entry_id, old, before, change, 2026)
        assert file.path == f"knowledge/commitments/{entry_id}.md"
        kept = [line for line in before.split("\n") if line not in file.text.split("\n")]
        assert len(kept) <= 4, f"only lines of the target go: {kept}"
        path.write_text(file.text, encoding="utf-8")
        try:
            result = load(library_copy, memory=memory, with_notes=False)
        finally:
            path.write_text(before, encoding="utf-8")
        assert not [each for each in result.problems if each.level is not Level.NOTE]
        new = tuple(change.applied(each) if each.id == target_id else each for each in old.targets)
        assert result.library.commitments[entry_id] == replace(old, targets=new)


OWN_HAND = """---\r
title: A promise # kept\r
city: sibu\r
made: 2026\r
due: 2030\r
targets: # in the mayor's order\r
- value: "-60"   # per cent\r
  id: 'a'\r
  # from the plan\r
  kind: change\r
  direction: down\r
\r
  indicator: waste-generation\r
  text: {en: "Less: -60 %"}\r
- id: b\r
  kind: level\r
  direction: up\r
  indicator: recycling-rate\r
  range:\r
    - "50"\r
    - "60"  # stretch\r
  # the end\r
  text: More\r
---\r
Body with\r
targets:\r
- id: a\r
"""


def test_a_file_written_by_hand_keeps_its_comments_and_line_ends() -> None:
    a = Target("a", TargetKind.CHANGE, "w", LocalText.plain("x"), Direction.DOWN, Decimal(-60), due=2030)
    one = revised(OWN_HAND, a, Changes("a", value=Decimal(-50), due=2032, reason="New\nplant"), 2026)
    assert one is not None
    assert one == OWN_HAND.replace(
        '- value: "-60"   # per cent\r\n', '  # Agreed in 2026: New plant\r\n- value: "-50"  # per cent\r\n'
    ).replace("waste-generation\r\n", "waste-generation\r\n  due: 2032\r\n")
    b = replace(a, id="b", kind=TargetKind.LEVEL, direction=Direction.UP, value=Decimal(50), far=Decimal(60))
    two = revised(OWN_HAND, b, Changes("b", value=Decimal(55)), 2026)
    assert two == OWN_HAND.replace(
        '  range:\r\n    - "50"\r\n    - "60"  # stretch\r\n',
        '  # Agreed in 2026.\r\n  value: "55"\r\n',
    )


def test_where_the_lines_are_not_found_the_admin_gets_a_note_instead() -> None:
    target = Target("a", TargetKind.CHANGE, "w", LocalText.plain("x"), Direction.DOWN, Decimal(-60))
    commitment = Commitment("sibu", 2026, 2030, (target,))
    change = Changes("a", value=Decimal(-50), reason="Why not")
    for text in (None, "", "---\ntargets: [{id: a}]\n---\n", "---\ntargets:\n  - {id: a, value: -60}\n---\n"):
        file = changed_file("sibu-2026", commitment, text, change, 2026)
        assert file.path == "sibu-2026-a.txt"
        assert 'value: "-50"' in file.text
        assert "Why not" in file.text


def test_what_is_answered_in_a_revision_is_what_changes(shipped: Loaded) -> None:
    targets = short_names(shipped.library.commitments["ulsan-2007"])
    course = Course(shipped.schedules.questionnaires["revision"], targets)
    answers = answered(course, {"which": "2", "value": "70 %", "due": "2032", "reason": "A new plant."})
    assert changes(course, answers) == Changes("b", value=Decimal(70), due=2032, reason="A new plant.")
    course = Course(shipped.schedules.questionnaires["baseline"], targets)
    typed = {"which": "1", "base-year": "2005", "baseline": "1.10", "how-known": "Yearbook 2006"}
    assert changes(course, answered(course, typed)) == Changes(
        "a", baseline_year=2005, baseline_value=Decimal("1.10"), reason="Yearbook 2006"
    )
    assert changes(course, {}) is None


def test_a_baseline_of_a_change_keeps_the_unit_it_was_told_in(shipped: Loaded, knowledge: Path) -> None:
    old = shipped.library.commitments["sibu-2007"]
    course = Course(shipped.schedules.questionnaires["baseline"], short_names(old))
    typed = {"which": "1", "base-year": "2005", "baseline": "45,200.5 t", "how-known": "Yearbook"}
    change = changes(course, answered(course, typed))
    assert change is not None
    text = (knowledge / "commitments" / "sibu-2007.md").read_text(encoding="utf-8")
    home = Home("sibu", LocalText.plain("Sibu"), "en", {}, shipped.library.commitments)
    (file,) = agreed_files(course, answered(course, typed), home, 2026, "sibu-2007", text)
    assert file == changed_file("sibu-2007", old, text, change, 2026)
    assert agreed_files(course, {}, home, 2026, "sibu-2007", text) == ()
    assert '    baseline:\n      year: 2005\n      value: "45200.5"  # in t\n' in file.text
