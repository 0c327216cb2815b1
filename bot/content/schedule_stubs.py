"""Stubs of new files of the schedules: every key, explained."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from bot.content.folder import (
    CYCLES,
    HOLIDAYS,
    LONGEST_SCHEDULE_ID,
    MESSAGES,
    QUESTIONNAIRES,
    REMINDERS,
    SCHEDULES,
)
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
# A file in reminders/, by its name without .yaml; without one nobody is reminded.
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
    # What Focal makes of the answer: state, result, year, said, words, evidence, done, scale; of the whole city
    # worked, wanted, learnt; of proposals promise, indicator, kind, direction, value, unit, base-year, baseline, due,
    # how-known, target, reason. Answers without a meaning are not published.
    means: evidence
"""

RULES = """\
# Reminders of reports that are still owed. A cycle names this file: reminders: {file_id}
# Nobody gets more than one a day; those that fall due on the same day become one message. The report ends them all.
# Nobody is reminded in these hours, by the clocks of the city.
quiet_hours: "20:00-08:00"
# The rules, in any order. Each says its day in one of four ways: before or after the deadline, on it or on the day on
# which the cycle opens, or after that day.
rules:
    # Its name for good: what was said is kept under it. At most 20 small letters, digits and hyphens.
  - id: opening
    # opening or deadline.
    on: opening
    # The hour, by the clocks of the city.
    at: "09:00"

  - id: in-14-days
    # Days or weeks: "14 days", "2 weeks".
    before: "14 days"
    at: "09:00"
    # focal_points (where a city has none, its deputies), deputies or secretariat.
    to: focal_points
    # submitted: until the report is sent. answered: only if nobody of the city gave a sign since the step before was
    # written to. Without the key: submitted for focal_points, answered for the others.
    unless: submitted
    # Where it goes from a weekend or a holiday: earlier or later. Without the key: earlier up to the deadline, later
    # after it and at the opening.
    moves: earlier

  - id: a-month-on
    after_opening: "30 days"
    at: "09:00"

  - id: deputies-late
    after: "1 day"
    at: "09:00"
    to: deputies
    unless: answered
    moves: later
"""

REST = """\
# Days on which nobody is reminded, beside the weekends. A name for yourselves.
name: "Holidays"
# Where: a country by its two letters (ISO 3166), or cities by their ids.
country: {country}
# cities: [surabaya, sibu]
# Every year: month-day, or the first and the last.
yearly:
  - 01-01
#   - 12-24 to 12-26
# Of one year: those that move from year to year. Add them each year.
# days:
#   - {year}-05-14
#   - {year}-12-29 to {next_year}-01-03
#   - {{from: {year}-08-08, to: {year}-08-10}}
"""

MESSAGE = """\
# A text for /announce that recurs. Its name in the list, in each language.
title:
  en: ""
  zh: ""
# What is sent, in each language: **bold**, *italics*, [links](https://example.org), lists with - or 1.; an empty line
# begins a paragraph. {{cycle}}, {{period}} and {{deadline}} are filled in from the newest cycle. You see it, and can
# change it, before it goes out.
text:
  en: |
    **{{cycle}}**

    Dear colleagues, please send your report on {{period}} by {{deadline}}.
  zh: |
    **{{cycle}}**

    各位同事：请在{{deadline}}之前提交{{period}}年的报告。
# true: its readers are asked to tap "I have read this", and you see who has not.
wants_reading: false
"""

TEXTS = {CYCLES: CYCLE, QUESTIONNAIRES: QUESTIONNAIRE, REMINDERS: RULES, HOLIDAYS: REST, MESSAGES: MESSAGE}
KINDS = {
    "cycle": CYCLES,
    "questionnaire": QUESTIONNAIRES,
    "reminder": REMINDERS,
    "holiday": HOLIDAYS,
    "message": MESSAGES,
}
"""One of them, as people say it."""


def is_schedule(kind: str) -> bool:
    """Whether somebody who says this means a file of the schedules."""
    return kind in KINDS or kind in TEXTS


def schedule_stub(kind: str, file_id: str, year: int) -> str:
    """The text of a new file, right as soon as its title or country is filled in. `year` stands in for that of a file
    whose id has none; an id of two letters is a country. Raises OperatorError where the id cannot be one."""
    if not is_id(file_id, LONGEST_SCHEDULE_ID):
        expected = f"at most {LONGEST_SCHEDULE_ID} small letters, digits and hyphens"
        cure = f"write `{as_id(file_id, LONGEST_SCHEDULE_ID)}`"
        raise OperatorError(f"`{file_id}` cannot be an id, expected {expected}; {cure}")
    found = re.search(r"(?<!\d)2[01]\d\d(?!\d)", file_id)
    of = int(found[0]) if found else year
    country = file_id.upper() if re.fullmatch(r"[a-z]{2}", file_id) else ""
    text = TEXTS[KINDS.get(kind, kind)]
    return text.format(file_id=file_id, year=of, next_year=of + 1, country=country)


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
