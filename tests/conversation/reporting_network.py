"""A small network that reports: one city with two targets, one cycle, a short questionnaire."""

from __future__ import annotations

from pathlib import Path

from .network import write, write_network

INDICATORS = """
waste-generation: {label: {en: Waste per person, zh: "人均废物量", fr: Déchets par habitant}}
recycling-rate: {label: {en: Recycling, zh: "回收率", fr: Recyclage}}
"""

COMMITMENT = """---
title: {en: "Surabaya's promise of 2007"}
city: surabaya
made: 2007
due: 2030
targets:
  - {id: a, kind: level, indicator: waste-generation, direction: down, value: "0.90", unit: kg/cap/day,
     due: 2030, text: {en: "Bring waste down to 0.90 kg per person per day."}}
  - {id: b, kind: level, indicator: recycling-rate, direction: up, value: "65", unit: "%",
     due: 2030, text: {en: "Recycle at least 65 per cent."}}
---
"""

CYCLE = """
title: {en: Report 2026, zh: "2026年报告", fr: Rapport 2026}
period: 2026
opens: 2020-01-01
deadline: 2090-12-15
questionnaire: progress
"""

PROGRESS = """
title: {en: Progress report, zh: "进展报告", fr: Rapport d’avancement}
form: progress
questions:
  - id: state
    type: choice
    means: state
    each: target
    required: true
    ask: {en: "What is there for {period}?", zh: "{period}年有什么数据？", fr: "Qu’y a-t-il pour {period} ?"}
    short: {en: What there is, zh: "内容", fr: Contenu}
    choices:
      measured: {en: A measured figure, zh: "实测数字", fr: Un chiffre mesuré}
      none: {en: Nothing yet, zh: "暂无", fr: Rien encore}
  - id: result
    type: number
    means: result
    each: target
    required: true
    when: {state: [measured]}
    ask: {en: "What is the figure?", zh: "数字是多少？", fr: "Quel est le chiffre ?"}
    short: {en: Result, zh: "结果", fr: Résultat}
    example: {en: "0.95", zh: "0.95", fr: "0,95"}
  - id: evidence
    type: file
    means: evidence
    each: target
    when: {state: [measured]}
    ask: {en: "Is there anything to show?", zh: "有证明材料吗？", fr: "Avez-vous une pièce ?"}
    short: {en: Evidence, zh: "证明", fr: Pièces}
  - id: help
    type: choices
    ask: {en: "What would help you?", zh: "需要什么帮助？", fr: "Qu’est-ce qui vous aiderait ?"}
    short: {en: Help wanted, zh: "需要的帮助", fr: Aide}
    choices:
      money: {en: Money, zh: "资金", fr: Argent}
      training: {en: Training, zh: "培训", fr: Formation}
  - id: anything
    type: text
    ask: {en: "Anything else?", zh: "还有别的吗？", fr: "Autre chose ?"}
    short: {en: Remarks, zh: "备注", fr: Remarques}
"""

REVISION = """
title: {en: Change of a target}
form: revision
questions:
  - {id: target, type: choice, means: target, required: true, ask: {en: "Which target?"}}
  - {id: reason, type: text, means: reason, required: true, ask: {en: "Why?"}, short: {en: Reason}}
"""

PROPOSAL = """
title: {en: New commitment}
form: commitment
questions:
  - {id: promise, type: text, means: promise, required: true, ask: {en: "What do you promise?"}}
  - id: kind
    type: choice
    means: kind
    required: true
    ask: {en: "How is it measured?"}
    choices: {milestone: {en: Done or not}, scale: {en: Step by step}}
  - {id: due, type: date, means: due, required: true, ask: {en: "By when?"}}
"""


def write_reporting_network(folder: Path) -> Path:
    """The folder `knowledge`, with `schedules` beside it."""
    knowledge = write_network(folder / "knowledge")
    write(knowledge, "indicators.yaml", INDICATORS)
    write(knowledge, "commitments/surabaya-2007.md", COMMITMENT)
    schedules = folder / "schedules"
    write(schedules, "cycles/2026.yaml", CYCLE)
    write(schedules, "questionnaires/progress.yaml", PROGRESS)
    write(schedules, "questionnaires/revision.yaml", REVISION)
    write(schedules, "questionnaires/commitment.yaml", PROPOSAL)
    return knowledge
