"""Stubs of new cycles and questionnaires: every key, explained."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from bot.content.folder import CYCLES, LONGEST_SCHEDULE_ID, QUESTIONNAIRES, SCHEDULES
from bot.content.names import as_id, is_id
from bot.domain.errors import OperatorError

CYCLE = """\
# The name of the cycle in each language.
title:
  en: ""
  zh: ""
# The year that is reported about, or the first and the last: 2025-2026.
period: {year}
# From this day on reports may be begun; to the end of the other they are in time. Both in each city's own time zone.
opens: {year}-10-01
deadline: {year}-12-15
# A file in questionnaires/, by its name without .yaml.
questionnaire: progress
# all, or the ids of some commitments: [surabaya-2007, ulsan-2007]
commitments: all
# A file in reminders/, by its name without .yaml.
# reminders: standard
"""

QUESTIONNAIRE = """\
# The name of the questionnaire in each language.
title:
  en: ""
  zh: ""
# What it is for: progress (a cycle asks it), commitment, revision or baseline (a city proposes something).
form: progress
# The questions, in the order in which they are asked. Take the # away from the keys that you use.
questions:
    # Its name for good: answers are kept under it. At most 20 small letters, digits and hyphens.
  - id: participants
    # number, percentage, choice, choices, yes-no, scale, text, date, file or city.
    type: number
    # The question, in each language. {{city}}, {{period}} and {{year}} are filled in; where it is asked for each
    # target also {{target}}, {{indicator}} and {{unit}}.
    ask:
      en: "How many people took part in {{period}}?"
      zh: "{{period}}年有多少人参加？"
    # Its name in lists.
    short: {{en: "Participants", zh: "参加人数"}}
    # A sentence of help, and an answer as an example.
    hint: {{en: "Count everybody once.", zh: "每人只计一次。"}}
    example: {{en: "1,200", zh: "1200"}}
    # Nothing can be sent without an answer to it.
    required: true
    # Of numbers: the unit, the least and the most.
    unit: persons
    min: 0
    # max: 100000
    # The answers that it had under other ids stay its own.
    # formerly: [people]

  - id: support
    type: choices
    ask: {{en: "Choose who helped.", zh: "请选择提供帮助的各方。"}}
    # Codes with their labels, in the order of the buttons. Codes stay; labels may change.
    choices:
      schools: {{en: "Schools", zh: "学校"}}
      firms: {{en: "Firms", zh: "企业"}}
    # The most choices, files, or characters of a text.
    # most: 2

  - id: proof
    type: file
    ask: {{en: "Send a photo or a document.", zh: "请发送照片或文件。"}}
    # Asked for each target, or for each target of these kinds: change, level, count, milestone, compliance, scale.
    each: target
    # targets: [change, level]
    # Asked only after one of these answers to a question before it.
    when: {{support: [schools]}}
    # What Focal makes of the answer: state, result, year, said, words, evidence, done, scale; of proposals promise,
    # indicator, kind, direction, value, unit, base-year, baseline, due, how-known, target, reason.
    means: evidence
"""

TEXTS = {CYCLES: CYCLE, QUESTIONNAIRES: QUESTIONNAIRE}
KINDS = {"cycle": CYCLES, "questionnaire": QUESTIONNAIRES}


def is_schedule(kind: str) -> bool:
    """Whether somebody who says this means a file of the schedules."""
    return kind in KINDS or kind in TEXTS


def schedule_stub(kind: str, file_id: str, year: int) -> str:
    """The text of a new file, right as soon as its title is filled in. `year` stands in for that of a cycle whose
    id has none. Raises OperatorError where the id cannot be one."""
    if not is_id(file_id, LONGEST_SCHEDULE_ID):
        expected = f"at most {LONGEST_SCHEDULE_ID} small letters, digits and hyphens"
        cure = f"write `{as_id(file_id, LONGEST_SCHEDULE_ID)}`"
        raise OperatorError(f"`{file_id}` cannot be an id, expected {expected}; {cure}")
    found = re.search(r"(?<!\d)2[01]\d\d(?!\d)", file_id)
    return TEXTS[KINDS.get(kind, kind)].format(year=found[0] if found else year)


def write_schedule_stub(schedules: Path, kind: str, file_id: str) -> Path:
    """Writes the stub into its folder, which is made where there is none, and gives the file.

    Raises OperatorError where the id is wrong or taken, or the file cannot be written.
    """
    text = schedule_stub(kind, file_id, datetime.now(UTC).year)
    file = schedules / KINDS.get(kind, kind) / f"{file_id}{SCHEDULES.ending}"
    if file.exists():
        raise OperatorError(f"{file} is there already")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except OSError as error:
        raise OperatorError(f"{file} cannot be written ({error.strerror or error})") from error
    return file
