"""A knowledge folder into one library, with all problems at once; a bad file takes no good one down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from bot.content.doubles import same_names
from bot.content.folder import TOPICS, FilePlace, FileRole, Found, NoKnowledgeError, place_of, scan
from bot.content.last_good import LastGood
from bot.content.links import Known, check_links, duplicate, folded, settle, sound_topics, unlinked
from bot.content.parsed import BodyContent, Content, EntryContent, IndicatorsContent, Parsed, TopicsContent
from bot.content.problems import Effect, Level, Problem, Report, did_you_mean, in_reading_order
from bot.content.reading import LARGEST_FILE, FileTooLargeError, Stamp, read_steady
from bot.content.translations import missing_translations
from bot.domain.entries import Entry, Library
from bot.domain.words import DEFAULT_LANGUAGE, LocalText

NETWORK_LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Record:
    """A file as it was last read: how it looked, the hash of its bytes, and what it says."""

    stamp: Stamp
    digest: str
    parsed: Parsed


Memory = dict[str, Record]
"""What was parsed before, by path; a file with the same stamp is not read again."""


@dataclass(frozen=True)
class Loaded:
    """A library and how it came about. Paths are as in problems: `knowledge/practices/x.md`."""

    library: Library
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
    memory: Memory | None = None,
    languages: Iterable[str] = NETWORK_LANGUAGES,
    with_notes: bool = True,
) -> Loaded:
    """Reads a knowledge folder. Never raises for what is in the folder, nor where there is none.

    `memory` is read and brought up to date; `last_good` is used for files that cannot be served and takes
    over those that can. Without notes (translations, names near to a city) the same library is made sooner.
    """
    return _Loading(knowledge, last_good, {} if memory is None else memory).run(tuple(languages), with_notes)


class _Loading:
    def __init__(self, knowledge: Path, last_good: LastGood | None, memory: Memory) -> None:
        self.root = knowledge
        self.name = knowledge.resolve().name
        self.last_good = last_good
        self.memory = memory
        self.problems: list[Problem] = []
        self.served: dict[FilePlace, Content] = {}
        self.digests: dict[str, str] = {}
        self.aside: dict[str, FilePlace] = {}
        self.from_last_good: list[str] = []
        self.unread: set[str] = set()
        self.gone_ids: set[str] = set()
        self.lost: Problem | None = None

    def run(self, languages: tuple[str, ...], with_notes: bool) -> Loaded:
        found = self.look()
        self.miss_folders()
        for place, stamp in found.files.items():
            self.take(place, stamp)
        for place in found.refused:
            self.set_aside(place)
        if self.last_good is not None:
            self.last_good.forget_all_but([*self.digests, *self.aside])
        for gone in set(self.memory) - {place.path for place in found.files}:
            del self.memory[gone]
        library = self.library(languages, with_notes)
        if self.lost is not None:
            # One folder is missing, and not each of its files.
            kept = (self.name,) if self.from_last_good else ()
            return Loaded(library, (self.lost,), (self.name,), kept)
        return Loaded(
            library=library,
            problems=in_reading_order(self.problems),
            set_aside=tuple(sorted({self.told(path) for path in self.aside} | self.unread)),
            served_from_last_good=tuple(sorted(self.told(path) for path in self.from_last_good)),
            stamps={place.path: stamp for place, stamp in found.files.items()},
        )

    def told(self, path: str) -> str:
        return f"{self.name}/{path}"

    def look(self) -> Found:
        try:
            found = scan(self.root)
        except OSError as error:
            message = f"this folder cannot be read ({error.strerror or error})"
            cure = "give the folder that has topics.yaml and practices/"
            if isinstance(error, NoKnowledgeError):
                message, cure = str(error), error.cure
            self.lost = Problem(self.name, 1, 1, Level.ERROR, "folder", message, cure)
            return Found({}, self.kept_places(), ())
        self.problems.extend(found.problems)
        self.unread.update(problem.path for problem in found.problems if problem.level is Level.ERROR)
        return found

    def kept_places(self) -> tuple[FilePlace, ...]:
        kept = self.last_good.paths() if self.last_good is not None else ()
        places = (place_of(path) for path in kept)
        return tuple(place for place in places if place is not None)

    def miss_folders(self) -> None:
        """Tells of each folder that is gone since the last time, instead of every link that led into it."""
        gone: dict[str, set[str]] = {}
        if self.lost is None:
            for place in self.kept_places():
                if place.kind and not (self.root / place.kind).is_dir():
                    gone.setdefault(place.kind, set()).add(place.entry_id)
        for kind, ids in gone.items():
            self.gone_ids |= ids
            self.unread.add(self.told(kind))
            message = f"this folder is gone, and with it {len(ids)} {'entries' if len(ids) > 1 else 'entry'}"
            cure = "put it back, or take out what leads to its entries"
            self.problems.append(Problem(self.told(kind), 1, 1, Level.ERROR, "folder", message, cure))

    def take(self, place: FilePlace, stamp: Stamp) -> None:
        """Reads one file and serves it, or sets it aside."""
        record = self.memory.get(place.path)
        if record is None or record.stamp != stamp:
            record = self.read(place, stamp)
            if record is None:
                return
            self.memory[place.path] = record
        elif record.parsed.content is not None and not self.is_kept(place.path, record.digest):
            # The copies are behind the memory: they were deleted, or written for the first time now.
            record = self.read(place, stamp) or record
        self.problems.extend(record.parsed.problems)
        if record.parsed.content is None:
            self.set_aside(place)
        else:
            self.served[place] = record.parsed.content
            self.digests[place.path] = record.digest

    def is_kept(self, path: str, digest: str) -> bool:
        return self.last_good is None or self.last_good.has(path, digest)

    def read(self, place: FilePlace, stamp: Stamp) -> Record | None:
        """The file as it is now; None where it has just been deleted."""
        from bot.content.parse import parse

        report = Report(self.told(place.path))
        try:
            raw, stamp = read_steady(self.root / place.path)
        except FileNotFoundError:
            return None
        except FileTooLargeError as error:
            most = LARGEST_FILE // 1024
            message = f"the file has {error.size // 1024} KiB, expected at most {most}"
            report.error("too-large", message, "split it, or take out what is no text")
        except OSError as error:
            message = f"the file cannot be read ({error.strerror or error})"
            report.error("unreadable", message, "look at its permissions")
        else:
            digest = sha256(raw).hexdigest()
            parsed = parse(raw, place, self.told(place.path))
            if (
                parsed.content is not None
                and self.last_good is not None
                and not self.is_kept(place.path, digest)
            ):
                self.last_good.keep(place.path, raw, digest)
            return Record(stamp, digest, parsed)
        return Record(stamp, "", Parsed(None, tuple(report.problems)))

    def set_aside(self, place: FilePlace) -> None:
        """Takes a file out, and serves what was last good of it where there is something."""
        self.aside[place.path] = place
        raw = self.last_good.bytes_of(place.path) if self.last_good is not None else None
        if raw is None:
            return
        from bot.content.parse import parse

        content = parse(raw, place, self.told(place.path)).content
        if content is not None:
            self.served[place] = content
            self.digests[place.path] = sha256(raw).hexdigest()
            self.from_last_good.append(place.path)

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
            aside={p.entry_id for p in self.aside.values() if p.role is FileRole.ENTRY}.union(self.gone_ids)
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
        if with_notes:
            paths = {entry_id: self.told(place.path) for entry_id, place in owners.items()}
            texts = {entry_id: content.texts for entry_id, content in contents.items()}
            self.problems.extend(missing_translations(entries, texts, paths, languages, self.name))
            self.problems.extend(same_names(entries, paths))
        return Library(
            entries=MappingProxyType(entries),
            topics=MappingProxyType(sound),
            indicators=MappingProxyType(dict(indicators.indicators) if indicators is not None else {}),
            version=_version(self.digests),
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


def _version(digests: Mapping[str, str]) -> str:
    whole = sha256()
    for path, digest in sorted(digests.items()):
        whole.update(f"{path}\0{digest}\n".encode())
    return whole.hexdigest()
