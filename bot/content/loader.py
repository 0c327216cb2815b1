"""Content folders into a library and schedules, with all problems at once; a bad file takes no good one down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from bot.content.doubles import same_names, same_targets
from bot.content.folder import KNOWLEDGE, SCHEDULES, TOPICS, FilePlace, FileRole
from bot.content.intake import Intake, Memory, version_of
from bot.content.last_good import LastGood
from bot.content.links import Known, check_links, duplicate, folded, settle, sound_topics, unlinked
from bot.content.parsed import BodyContent, EntryContent, IndicatorsContent, TopicsContent
from bot.content.problems import Effect, Level, Problem, Report, did_you_mean, in_reading_order
from bot.content.reading import Stamp
from bot.content.schedules import read_schedules
from bot.content.translations import missing_translations
from bot.domain.cycles import Schedules
from bot.domain.entries import Entry, Library
from bot.domain.words import DEFAULT_LANGUAGE, LocalText

NETWORK_LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Loaded:
    """What the files say and how it came about. Paths are as in problems: `knowledge/practices/x.md`."""

    library: Library
    schedules: Schedules = field(default_factory=Schedules)
    problems: tuple[Problem, ...] = ()
    set_aside: tuple[str, ...] = ()
    """Files whose present content is not served; the folder itself where all of it cannot be read."""
    served_from_last_good: tuple[str, ...] = ()
    """Those of them that are served as they were when they were last good."""
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    """What was seen of each file, for finding out whether something changed since."""

    def effect_of(self, problem: Problem) -> Effect:
        """What the problem means for those who read in the chat."""
        if problem.path in self.served_from_last_good:
            return Effect.LAST_GOOD_SERVES
        if problem.path in self.set_aside:
            return Effect.NOTHING_SERVES
        return Effect.PART_LEFT_OUT if problem.level is Level.ERROR else Effect.SERVED

    @property
    def has_errors(self) -> bool:
        return any(problem.level is Level.ERROR for problem in self.problems)


def load(
    knowledge: Path,
    last_good: LastGood | None = None,
    *,
    schedules: Path | None = None,
    memory: Memory | None = None,
    languages: Iterable[str] = NETWORK_LANGUAGES,
    with_notes: bool = True,
) -> Loaded:
    """Reads a knowledge folder, and the schedules where their folder is given. Never raises for what is in the
    folders, nor where there is none.

    `memory` is read and brought up to date; `last_good` is used for files that cannot be served and takes
    over those that can. Without notes (translations, names near to a city) the same library is made sooner.
    """
    memory = {} if memory is None else memory
    wanted = tuple(languages) if with_notes else ()
    entries = Intake(KNOWLEDGE, knowledge, last_good, memory)
    entries.take_all()
    library = _Librarian(entries).library(wanted, with_notes)
    intakes, timetable = [entries], Schedules()
    if schedules is not None:
        asked = Intake(SCHEDULES, schedules, last_good, memory)
        timetable = read_schedules(asked, library, entries, wanted)
        intakes.append(asked)
    if last_good is not None:
        last_good.forget_all_but(path for intake in intakes for path in (*intake.digests, *intake.aside))
    return Loaded(
        library=library,
        schedules=timetable,
        problems=in_reading_order(problem for intake in intakes for problem in intake.all_problems),
        set_aside=tuple(path for intake in intakes for path in intake.set_aside),
        served_from_last_good=tuple(path for intake in intakes for path in intake.served_from_last_good),
        stamps={
            path: stamp for intake in intakes if intake.lost is None for path, stamp in intake.stamps.items()
        },
    )


class _Librarian:
    """Makes the library of what was taken in; adds to its problems what the files say of each other."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.name = intake.name
        self.problems = intake.problems
        self.served = intake.served
        self.aside = intake.aside
        self.told = intake.told

    def library(self, languages: tuple[str, ...], with_notes: bool) -> Library:
        owners = self.owners()
        contents = {entry_id: self.entry_content(place) for entry_id, place in owners.items()}
        bodies = self.bodies(owners)
        topics = next((c for c in self.served.values() if isinstance(c, TopicsContent)), None)
        indicators = next((c for c in self.served.values() if isinstance(c, IndicatorsContent)), None)
        sound = {}
        if topics is not None:
            report = Report(self.told(TOPICS))
            sound = sound_topics(topics.topics, topics.references, report)
            self.problems.extend(report.problems)
        known = Known(
            entries=contents,
            aside={p.entry_id for p in self.aside.values() if p.role is FileRole.ENTRY}.union(
                self.intake.gone_ids
            )
            - set(contents),
            former=_former_ids(contents),
            topics=sound if topics is not None else None,
            indicators=indicators.indicators if indicators is not None else None,
            city_names=_city_names(contents) if with_notes else {},
        )
        entries = self.settled(owners, contents, bodies, known)
        if topics is None and TOPICS not in self.aside and any(entry.topics for entry in entries.values()):
            message = "there is no topics.yaml, so the topics of entries have no names"
            problem = Problem(self.told(TOPICS), 1, 1, Level.WARNING, "no-topics", message, "add it")
            self.problems.append(problem)
        paths = {entry_id: self.told(place.path) for entry_id, place in owners.items()}
        self.problems.extend(same_targets(entries, paths))
        if with_notes:
            texts = {entry_id: content.texts for entry_id, content in contents.items()}
            self.problems.extend(missing_translations(entries, texts, paths, languages, self.name))
            self.problems.extend(same_names(entries, paths))
        return Library(
            entries=MappingProxyType(entries),
            topics=MappingProxyType(sound),
            indicators=MappingProxyType(dict(indicators.indicators) if indicators is not None else {}),
            version=version_of(self.intake.digests),
        )

    def entry_content(self, place: FilePlace) -> EntryContent:
        content = self.served[place]
        assert isinstance(content, EntryContent)
        return content

    def owners(self) -> dict[str, FilePlace]:
        """The entry files by id; of several with one id the first by path has it."""
        owners: dict[str, FilePlace] = {}
        entry_files = (place for place in self.served if place.role is FileRole.ENTRY)
        for place in sorted(entry_files, key=lambda place: place.path):
            owner = owners.setdefault(place.entry_id, place)
            if owner is not place:
                told = self.told(owner.path)
                self.problems.append(duplicate(self.told(place.path), told, place.entry_id))
                self.aside[place.path] = place
        return owners

    def bodies(self, owners: Mapping[str, FilePlace]) -> dict[str, dict[str, tuple[FilePlace, BodyContent]]]:
        """The translated bodies of each entry, by language."""
        bodies: dict[str, dict[str, tuple[FilePlace, BodyContent]]] = {}
        homeless = {(place.kind, place.entry_id) for place in self.aside.values()}
        for place, content in self.served.items():
            if not isinstance(content, BodyContent):
                continue
            owner = owners.get(place.entry_id)
            if owner is not None and owner.kind == place.kind:
                bodies.setdefault(place.entry_id, {})[place.language] = place, content
            elif (place.kind, place.entry_id) not in homeless:
                self.tell_homeless(place, owners)
        return bodies

    def tell_homeless(self, place: FilePlace, owners: Mapping[str, FilePlace]) -> None:
        beside = [entry_id for entry_id, owner in owners.items() if owner.kind == place.kind]
        renamed = next(
            (e for e in beside if place.entry_id in self.entry_content(owners[e]).entry.formerly), None
        )
        cure = did_you_mean(place.entry_id, beside) or f"add {place.entry_id}.md, or take this file away"
        if renamed is not None:
            cure = f"rename it to `{renamed}.{place.language}.md`"
        message = (
            f"this is a translation of `{place.entry_id}`, but there is no {place.entry_id}.md beside it"
        )
        problem = Problem(self.told(place.path), 1, 1, Level.WARNING, "no-entry", message, cure)
        self.problems.append(problem)

    def settled(
        self,
        owners: Mapping[str, FilePlace],
        contents: Mapping[str, EntryContent],
        bodies: Mapping[str, Mapping[str, tuple[FilePlace, BodyContent]]],
        known: Known,
    ) -> dict[str, Entry]:
        cities = known.cities
        entries = {}
        for entry_id, content in contents.items():
            body = self.body(content, bodies.get(entry_id, {}), known)
            report = Report(self.told(owners[entry_id].path))
            entries[entry_id] = settle(content, body, known, cities, report)
            # What is served is the last good version; what is wrong with it was told when it was written.
            if owners[entry_id].path not in self.aside:
                self.problems.extend(report.problems)
        return entries

    def body(
        self, content: EntryContent, translations: Mapping[str, tuple[FilePlace, BodyContent]], known: Known
    ) -> LocalText | None:
        """The body in all its languages, the translations without their dead links."""
        own = content.entry.body
        texts = dict(own.by_language) if own is not None else {}
        for tag, (place, translation) in translations.items():
            if tag == DEFAULT_LANGUAGE and tag in texts:
                message = f"the body in `{tag}` stands in {place.entry_id}.md already"
                path = self.told(place.path)
                cure = "take one of the two away"
                self.problems.append(Problem(path, 1, 1, Level.WARNING, "second-body", message, cure))
                continue
            report = Report(self.told(place.path))
            dead = check_links(translation.references, known, report)
            self.problems.extend(report.problems)
            text = translation.text
            if dead:
                text = unlinked(LocalText.plain(text), dead).by_language[DEFAULT_LANGUAGE]
            if text:
                texts[tag] = text
        return LocalText(MappingProxyType(texts)) if texts else None


def _former_ids(contents: Mapping[str, EntryContent]) -> dict[str, str]:
    former: dict[str, str] = {}
    for entry_id, content in contents.items():
        for old in content.entry.formerly:
            if old not in contents:
                former.setdefault(old, entry_id)
    return former


def _city_names(contents: Mapping[str, EntryContent]) -> dict[str, str]:
    names: dict[str, str] = {}
    for entry_id, content in contents.items():
        if content.entry.kind == "cities":
            spoken = content.entry.title.by_language.values()
            for name in (entry_id, *spoken, *content.entry.aliases):
                names.setdefault(folded(name), entry_id)
    return names
