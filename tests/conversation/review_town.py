"""Two cities with promises, a cycle that asks for them, and reports as the dialog sends them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from bot.domain import drafts as moves
from bot.domain.answers import Amount, Answer, AnswerState, Codes, Value, Words
from bot.domain.audit import Event
from bot.domain.drafts import Draft
from bot.domain.ports import UnitOfWork
from bot.domain.questionnaires import Form
from bot.domain.reports import Report, ReportState, SourceKind
from bot.rehearsal.people import Player

from .network import write, write_network
from .stage import Stage

COMMITMENTS = {
    "commitments/surabaya-2007.md": """---
title: {en: Surabaya's commitment}
city: surabaya
made: 2007
due: 2030
targets:
  - id: a
    kind: change
    indicator: waste-generation
    direction: down
    value: "-30"  # as the mayor said
    unit: "%"
    text: {en: Cut waste generation by 30 per cent.}
---
""",
    "commitments/naga-2007.md": """---
title: {en: Naga's commitment}
city: naga
made: 2007
due: 2030
targets:
  - {id: a, kind: level, indicator: waste-generation, direction: down, value: "0.5", unit: kg/cap/day,
     text: {en: Come down to half a kilogram a day.}}
---
""",
}
SCHEDULES = {
    "questionnaires/progress.yaml": """
title: {en: Progress report}
questions:
  - {id: state, type: choice, means: state, each: target, required: true, ask: {en: What is there?},
     short: {en: State}, choices: {measured: {en: A measured figure}, none: {en: Nothing yet}}}
  - {id: result, type: number, means: result, each: target, when: {state: [measured]}, required: true,
     ask: {en: What is the figure?}, short: {en: Result}}
  - {id: said, type: choice, means: said, each: target, ask: {en: How do you judge it?}, short: {en: Own view},
     choices: {exceeded: {en: Exceeded}, reached: {en: Reached}, partly: {en: Partly}}}
  - {id: proof, type: file, means: evidence, each: target, ask: {en: Is there anything to show?},
     short: {en: Evidence}}
  - {id: worked, type: text, ask: {en: What worked?}, short: {en: What worked}}
""",
    "questionnaires/commitment.yaml": """
title: {en: A first commitment}
form: commitment
questions:
  - {id: promise, type: text, means: promise, required: true, ask: {en: What do you promise?}, short: {en: Promise}}
  - {id: indicator, type: choice, means: indicator, ask: {en: Measured by what?}, short: {en: Measure},
     choices: {waste-generation: {en: Waste generation}, other: {en: Something else}}}
  - {id: kind, type: choice, means: kind, ask: {en: Of which kind?}, short: {en: Kind},
     choices: {change: {en: By per cent}, scale: {en: Work on it}}}
  - {id: value, type: number, means: value, unit: "%", ask: {en: By how much?}, short: {en: By how much}}
  - {id: due, type: date, means: due, ask: {en: By when?}, short: {en: By when}}
""",
    "questionnaires/revision.yaml": """
title: {en: A change of a target}
form: revision
questions:
  - {id: which, type: choice, means: target, ask: {en: Which target?}, short: {en: Target}}
  - {id: value, type: number, means: value, ask: {en: To how much?}, short: {en: To how much}}
  - {id: reason, type: text, means: reason, ask: {en: Why?}, short: {en: Why}}
""",
    "cycles/open.yaml": """
title: {en: Reports of this year}
period: "2026"
opens: "2020-01-01"
deadline: "2099-12-31"
questionnaire: progress
""",
}
PASSED = """
title: {en: Reports of long ago}
period: "2019"
opens: "2019-01-01"
deadline: "2019-12-31"
questionnaire: progress
"""
"""A cycle whose deadline is over."""


def write_town(folder: Path) -> tuple[Path, Path]:
    """Writes knowledge and schedules; where they are."""
    knowledge = write_network(folder / "knowledge")
    for path, text in COMMITMENTS.items():
        write(knowledge, path, text)
    for path, text in SCHEDULES.items():
        write(folder / "schedules", path, text)
    return knowledge, folder / "schedules"


def given(player: Player, value: Value) -> Answer:
    return Answer(AnswerState.GIVEN, player.person.id, datetime.now(UTC), value, "as typed")


def told(player: Player, figure: str = "-32.4", *, words: str = "Baskets.") -> Mapping[str, Answer]:
    """What Surabaya may tell."""
    return {
        "state@2007a": given(player, Codes(("measured",))),
        "result@2007a": given(player, Amount(Decimal(figure), "%")),
        "said@2007a": given(player, Codes(("exceeded",))),
        "worked": given(player, Words(words)),
    }


async def begun(
    stage: Stage, answers: Mapping[str, Answer], city: str = "surabaya", cycle: str = "open"
) -> Draft:
    """A draft that somebody began and left."""
    now = datetime.now(UTC)
    draft = Draft(0, Form.PROGRESS, city, "progress", now, now, cycle, answers=answers)
    return await stage.focal.database.run(lambda work: work.drafts.add(draft))


async def sent(
    stage: Stage,
    player: Player,
    answers: Mapping[str, Answer],
    city: str = "surabaya",
    *,
    form: Form = Form.PROGRESS,
    subject: str = "",
    source: SourceKind = SourceKind.QUESTIONNAIRE,
) -> Report:
    """A report as the dialog sends it: its draft is closed, and goes on in its next version."""

    def run(work: UnitOfWork) -> Report:
        now = datetime.now(UTC)
        cycle = "open" if form is Form.PROGRESS else ""
        entered = source is not SourceKind.QUESTIONNAIRE
        draft = work.drafts.find(form, city, cycle, subject, source=source)
        if draft is None:
            draft = work.drafts.add(Draft(0, form, city, form.value, now, now, cycle, subject, source))
        number = f"{city}-{cycle or form.value}"
        closed = moves.submitted(replace(draft, answers=answers, amends=None), now)
        work.drafts.save(closed, draft)
        return work.reports.add(
            Report(
                id=0,
                draft_id=draft.id,
                draft_version=closed.version,
                number=number,
                version=1 + sum(report.number == number for report in work.reports.of_city(city)),
                form=form,
                city=city,
                questionnaire=form.value,
                questionnaire_version="",
                answers=answers,
                submitted_by=player.person.id,
                submitted_at=now,
                cycle=cycle,
                subject=subject,
                source=source,
                source_note="Ana, by telephone" if entered else "",
                reason=draft.amends,
            )
        )

    return await stage.focal.database.run(run)


async def state_of(stage: Stage, report: Report) -> ReportState:
    found = await stage.focal.database.run(lambda work: work.reports.get(report.id))
    assert found is not None
    return found.state


async def draft_of(stage: Stage, report: Report) -> Draft:
    found = await stage.focal.database.run(lambda work: work.drafts.get(report.draft_id))
    assert found is not None
    return found


async def logged(stage: Stage, city: str = "surabaya") -> list[Event]:
    """What the log of changes has of a city, oldest first."""
    entries = await stage.focal.database.run(lambda work: work.audit.of_city(city, 100))
    return [entry.event for entry in reversed(entries)]
