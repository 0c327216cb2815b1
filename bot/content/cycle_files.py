"""Cycle files: their keys, and how a checked file becomes a `ReportingCycle` of the domain."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.content.checked_files import read_checked
from bot.content.fields import Day, Localised, Read, Years, text, wrong
from bot.content.folder import SCHEDULES
from bot.content.parsed import CycleContent, Reference, ReferenceKind
from bot.content.problems import Report, shown
from bot.content.schema import Part
from bot.content.typing_mistakes import named
from bot.domain.cycles import ReportingCycle

ALL = "all"


def _file_id(value: object) -> str:
    typed = text(value, "the id of a file")
    named = typed.removesuffix(SCHEDULES.ending)
    if named != typed:
        raise wrong("id", f"read {shown(typed)}, expected the id of a file", f"write `{named}`")
    return typed


def _commitments(value: object) -> tuple[str, ...]:
    """`all`, or a list of ids."""
    if value == ALL:
        return ()
    if not isinstance(value, list):
        typed = text(value, "`all` or a list of ids")
        raise wrong("type", f"read {shown(typed)}, expected `all` or a list of ids", f"write `[{typed}]`")
    return tuple(text(item, "the id of a commitment") for item in value)


class CycleFile(Part):
    """A cycle file."""

    title: Localised = Field(description="its name in each language")
    period: Years = Field(description="the year that is reported about, or the first and the last")
    opens: Day = Field(description="the day from which reports may be begun")
    deadline: Day = Field(description="the last day for reports, to its end in each city's own time zone")
    questionnaire: Annotated[str, Read(_file_id)] = Field(description="the id of a file in questionnaires/")
    commitments: Annotated[tuple[str, ...], Read(_commitments)] = ()
    reminders: Annotated[str, Read(_file_id)] | None = None

    def model_post_init(self, context: object) -> None:
        if self.deadline < self.opens:
            message = f"read {self.deadline}, but the cycle opens on {self.opens}"
            raise wrong("dates", message, "correct one of the two days", ("deadline",))


def read_cycle(text: str, file_id: str, report: Report) -> CycleContent | None:
    """The cycle of a file; None where it has an error."""
    read = read_checked(text, CycleFile, report)
    if read is None:
        return None
    tree, checked = read
    named_files: list[tuple[ReferenceKind, str | None]] = [
        ("questionnaire", checked.questionnaire),
        ("reminders", checked.reminders),
    ]
    files = tuple(
        Reference(kind, name, *tree.position((kind,)), named((kind,)))
        for kind, name in named_files
        if name is not None
    )
    commitments = tuple(
        Reference("commitment", name, *tree.position(("commitments", number)), named(("commitments", number)))
        for number, name in enumerate(checked.commitments)
    )
    return CycleContent(
        cycle=ReportingCycle(
            id=file_id,
            title=checked.title,
            period=checked.period,
            opens=checked.opens,
            deadline=checked.deadline,
            questionnaire=checked.questionnaire,
            commitments=frozenset(checked.commitments),
            reminders=checked.reminders,
        ),
        references=(*files, *commitments),
        texts=(("`title`", frozenset(checked.title.by_language)),),
    )
