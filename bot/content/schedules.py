"""The schedules folder into `Schedules`: questionnaires, and cycles that fit them and the knowledge."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from types import MappingProxyType

from bot.content.folder import FilePlace, FileRole
from bot.content.intake import Intake, version_of
from bot.content.parsed import Content, CycleContent, QuestionnaireContent, Reference
from bot.content.problems import Level, Problem, Report, did_you_mean, shown
from bot.content.translations import missing_in_file
from bot.domain.cycles import Schedules
from bot.domain.entries import Library
from bot.domain.questionnaires import Form, Questionnaire


def read_schedules(intake: Intake, library: Library, entries: Intake, languages: Sequence[str]) -> Schedules:
    """Fills `intake` and gives what is served of it. `entries` is the intake of the knowledge: what is set aside
    there is no news here. Notes about missing translations are for these languages."""
    _Scheduling(intake, library, entries).take()
    questionnaires = {}
    cycles = {}
    for place in sorted(intake.served, key=lambda place: place.path):
        content = intake.served[place]
        if isinstance(content, QuestionnaireContent):
            questionnaires[place.entry_id] = content.questionnaire
        elif isinstance(content, CycleContent):
            cycles[place.entry_id] = content.cycle
        if isinstance(content, QuestionnaireContent | CycleContent) and place.path not in intake.aside:
            intake.problems.extend(missing_in_file(intake.told(place.path), content.texts, languages))
    intake.problems.extend(_second_of_a_form(questionnaires, intake))
    return Schedules(
        cycles=MappingProxyType(cycles),
        questionnaires=MappingProxyType(questionnaires),
        version=version_of(intake.digests),
    )


class _Scheduling:
    """What a file must agree with beside itself; one that does not is set aside, and its last good version serves."""

    def __init__(self, intake: Intake, library: Library, entries: Intake) -> None:
        self.intake = intake
        self.library = library
        self.knows_entries = entries.lost is None
        self.set_aside = {place.entry_id for place in entries.aside.values()} | entries.gone_ids

    def take(self) -> None:
        self.intake.take_all(self.objections)

    def objections(self, place: FilePlace, content: Content) -> Sequence[Problem]:
        report = Report(self.intake.told(place.path))
        if isinstance(content, QuestionnaireContent | CycleContent):
            for reference in content.references:
                if reference.kind == "questionnaire":
                    self.check_questionnaire(reference, report)
                elif reference.kind == "commitment":
                    self.check_commitment(reference, report)
                else:
                    self.check_indicator(reference, report)
        return report.problems

    def check_questionnaire(self, reference: Reference, report: Report) -> None:
        known = {
            place.entry_id: content.questionnaire
            for place, content in self.intake.served.items()
            if isinstance(content, QuestionnaireContent)
        }
        name, key = reference.name, reference.key
        if name in known:
            if (form := known[name].form) is not Form.PROGRESS:
                fitting = [other for other, found in known.items() if found.form is Form.PROGRESS]
                cure = f"name one of the form `progress`: {', '.join(fitting) or 'there is none yet'}"
                message = f"{key}: `{name}` has the form `{form}`, which no cycle asks"
                report.error("form", message, cure, reference.position)
        elif not self.is_set_aside(name):
            cure = did_you_mean(name, known) or _among("questionnaires/", known)
            message = f"{key}: read {shown(name)}, but there is no questionnaires/{name}.yaml"
            report.error("unknown-questionnaire", message, cure, reference.position)

    def is_set_aside(self, questionnaire: str) -> bool:
        return questionnaire in self.intake.gone_ids or any(
            place.role is FileRole.QUESTIONNAIRE and place.entry_id == questionnaire
            for place in self.intake.aside.values()
        )

    def check_commitment(self, reference: Reference, report: Report) -> None:
        known = self.library.commitments
        if not self.knows_entries or reference.name in known or reference.name in self.set_aside:
            return
        cure = did_you_mean(reference.name, known) or "write the id of an entry in commitments/"
        message = f"{reference.key}: read {shown(reference.name)}, but no commitment has this id"
        report.error("unknown-commitment", message, cure, reference.position)

    def check_indicator(self, reference: Reference, report: Report) -> None:
        known = self.library.indicators
        if known and reference.name not in known:
            cure = (
                did_you_mean(reference.name, known)
                or "write an id of indicators.yaml, `other`, or add it there"
            )
            message = (
                f"{reference.key}: read {shown(reference.name)}, but indicators.yaml has no such indicator"
            )
            report.warning("unknown-indicator", message, cure, reference.position)


def _among(folder: str, known: Collection[str]) -> str:
    return f"those in {folder} are {', '.join(known)}" if known else f"add it to {folder}"


def _second_of_a_form(questionnaires: dict[str, Questionnaire], intake: Intake) -> list[Problem]:
    """A warning for each questionnaire that nobody would ever be asked."""
    first: dict[Form, str] = {}
    problems = []
    for name, questionnaire in questionnaires.items():
        owner = first.setdefault(questionnaire.form, name)
        if owner != name and questionnaire.form is not Form.PROGRESS:
            path = next(place.path for place in intake.served if place.entry_id == name and _asks(place))
            message = (
                f"`form`: `{owner}` has the form `{questionnaire.form}` too, and is the one that is used"
            )
            cure = "take one of the two away"
            problems.append(Problem(intake.told(path), 1, 1, Level.WARNING, "second-form", message, cure))
    return problems


def _asks(place: FilePlace) -> bool:
    return place.role is FileRole.QUESTIONNAIRE
