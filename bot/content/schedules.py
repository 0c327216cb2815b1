"""The schedules folder into `Schedules`: files that fit each other and the knowledge."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from bot.content.folder import HOLIDAYS, FilePlace, FileRole
from bot.content.intake import Intake, version_of
from bot.content.parsed import (
    Content,
    CycleContent,
    HolidaysContent,
    MessageContent,
    QuestionnaireContent,
    Reference,
    RemindersContent,
)
from bot.content.problems import Level, Problem, Report, did_you_mean, shown
from bot.content.translations import missing_in_file
from bot.domain.cycles import ReportingCycle, Schedules
from bot.domain.entries import Library
from bot.domain.questionnaires import Form, Questionnaire
from bot.domain.reminder_rules import Anchor, DaysOff, ReminderRules


def read_schedules(intake: Intake, library: Library, entries: Intake, languages: Sequence[str]) -> Schedules:
    """Fills `intake` and gives what is served of it. `entries` is the intake of the knowledge: what is set aside
    there is no news here. Notes about missing translations are for these languages; without any there are no notes
    at all."""
    _Scheduling(intake, library, entries).take()
    questionnaires = {}
    cycles = {}
    reminders = {}
    days_off: dict[str, DaysOff] = {}
    messages = {}
    for place in sorted(intake.served, key=lambda place: place.path):
        content = intake.served[place]
        if isinstance(content, QuestionnaireContent):
            questionnaires[place.entry_id] = content.questionnaire
        elif isinstance(content, CycleContent):
            cycles[place.entry_id] = content.cycle
        elif isinstance(content, RemindersContent):
            reminders[place.entry_id] = content.rules
        elif isinstance(content, HolidaysContent):
            for kept_in in content.places:
                days_off[kept_in] = days_off.get(kept_in, DaysOff()).and_those_of(content.days_off)
        elif isinstance(content, MessageContent):
            messages[place.entry_id] = content.template
        if (
            isinstance(content, QuestionnaireContent | CycleContent | MessageContent)
            and place.path not in intake.aside
        ):
            intake.problems.extend(missing_in_file(intake.told(place.path), content.texts, languages))
    intake.problems.extend(_second_of_a_form(questionnaires, intake))
    if languages and entries.lost is None:
        if not any(place.kind == "cities" for place in entries.aside.values()):
            intake.problems.extend(_rest_for_nobody(intake, library))
        intake.problems.extend(_without_rest(intake, library, days_off))
    return Schedules(
        cycles=MappingProxyType(cycles),
        questionnaires=MappingProxyType(questionnaires),
        reminders=MappingProxyType(reminders),
        days_off=MappingProxyType(days_off),
        messages=MappingProxyType(messages),
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
        if isinstance(content, QuestionnaireContent | CycleContent | HolidaysContent):
            for reference in content.references:
                self.check(reference, report)
        if isinstance(content, CycleContent):
            self.check_reminders(content, report)
        return report.problems

    def check(self, reference: Reference, report: Report) -> None:
        if reference.kind == "questionnaire":
            self.check_questionnaire(reference, report)
        elif reference.kind == "commitment":
            self.check_entry(reference, "commitments", report)
        elif reference.kind == "city":
            self.check_entry(reference, "cities", report)
        elif reference.kind == "indicator":
            self.check_indicator(reference, report)

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
        elif not self.is_set_aside(FileRole.QUESTIONNAIRE, name):
            cure = did_you_mean(name, known) or _among("questionnaires/", known)
            message = f"{key}: read {shown(name)}, but there is no questionnaires/{name}.yaml"
            report.error("unknown-questionnaire", message, cure, reference.position)

    def check_reminders(self, content: CycleContent, report: Report) -> None:
        known = {
            place.entry_id: found.rules
            for place, found in self.intake.served.items()
            if isinstance(found, RemindersContent)
        }
        for reference in content.references:
            if reference.kind != "reminders":
                continue
            name = reference.name
            if name in known:
                _check_begin(content.cycle, known[name], reference, report)
            elif not self.is_set_aside(FileRole.REMINDERS, name):
                cure = did_you_mean(name, known) or _among("reminders/", known)
                message = f"{reference.key}: read {shown(name)}, but there is no reminders/{name}.yaml"
                report.error("unknown-reminders", message, cure, reference.position)

    def is_set_aside(self, role: FileRole, name: str) -> bool:
        return name in self.intake.gone_ids or any(
            place.role is role and place.entry_id == name for place in self.intake.aside.values()
        )

    def check_entry(self, reference: Reference, kind: str, report: Report) -> None:
        """Tells of an id that no commitment, or no city, has. What is wrong with one that is there is told there."""
        known = [entry.id for entry in self.library.entries.values() if entry.kind == kind]
        if not self.knows_entries or reference.name in known or reference.name in self.set_aside:
            return
        cure = did_you_mean(reference.name, known) or f"write the id of an entry in {kind}/"
        message = f"{reference.key}: read {shown(reference.name)}, but no {reference.kind} has this id"
        report.error(f"unknown-{reference.kind}", message, cure, reference.position)

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


def _check_begin(cycle: ReportingCycle, rules: ReminderRules, reference: Reference, report: Report) -> None:
    """A note about reminders that would come before there is anything to do."""
    early = [
        f"`{rule.id}` ({day})"
        for rule in rules.rules
        if rule.anchor is Anchor.DEADLINE
        and (day := cycle.deadline + timedelta(days=rule.days)) < cycle.opens
    ]
    if early:
        message = f"{reference.key}: {', '.join(early)} would come before the cycle opens ({cycle.opens})"
        cure = "name other rules, or let the cycle open sooner"
        report.note("early", message, cure, reference.position)


def _rest_for_nobody(intake: Intake, library: Library) -> list[Problem]:
    """A note for each file of holidays of a country in which there is no city of ours."""
    countries = {city.country for city in library.cities.values()}
    problems = []
    for place, content in intake.served.items():
        if isinstance(content, HolidaysContent) and not content.references and place.path not in intake.aside:
            for country in set(content.places).difference(countries):
                message = f"`country`: read `{country}`, but no city of the network lies there"
                cure = "correct it, or take the file away"
                path = intake.told(place.path)
                problems.append(Problem(path, 1, 1, Level.NOTE, "nobody-there", message, cure))
    return problems


def _without_rest(intake: Intake, library: Library, days_off: Mapping[str, DaysOff]) -> list[Problem]:
    """One note, at the first cycle with reminders, about all countries whose cities are reminded on holidays too."""
    promising = {commitment.city for commitment in library.commitments.values()}
    cities = {name: city for name, city in library.cities.items() if name in promising - days_off.keys()}
    lacking = sorted({city.country for city in cities.values()} - days_off.keys())
    for place in sorted(intake.served, key=lambda place: place.path):
        content = intake.served[place]
        if lacking and isinstance(content, CycleContent) and place.path not in intake.aside:
            for reference in content.references:
                if reference.kind == "reminders":
                    message = f"{reference.key}: public holidays of {', '.join(lacking)} are not known"
                    cure = f"`focal new {HOLIDAYS} {lacking[0].lower()}` writes a file for them"
                    path = intake.told(place.path)
                    return [Problem(path, *reference.position, Level.NOTE, "no-holidays", message, cure)]
    return []


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
