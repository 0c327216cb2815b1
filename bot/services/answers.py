"""What the bot says to words: the one rule behind the chat and the command line. Nothing is kept here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.entries import Entry, Library, Topic
from bot.domain.people import Role
from bot.domain.questions import LookupOutcome
from bot.domain.views import Card, Choices, Nothing, TooShort, View
from bot.services.knowledge import Knowledge

MOST_CHOICES = 5
NEAR = 0.25
"""The least score of what is offered beside the best one: half of what an answer needs."""


@dataclass(frozen=True)
class Answer:
    """What a lookup comes to. `entries`: one clear winner, several near ones, or none."""

    outcome: LookupOutcome | None
    """None: there was too little to look up."""
    entries: tuple[Entry, ...] = ()
    topics: tuple[str, ...] = ()


def look_up(knowledge: Knowledge, words: str, language: str, role: Role) -> Answer:
    """What the bot says to these words: the one rule behind the chat and the command line."""
    found = knowledge.index.search(words, language, role)
    if found.too_short:
        return Answer(None)
    library = knowledge.library.seen_by(role)
    entries = tuple(library.entries[hit.entry_id] for hit in found.hits if hit.score >= NEAR)
    if not found.match:
        return Answer(LookupOutcome.NOTHING, topics=found.topics)
    if found.clear or len(entries) == 1:
        return Answer(LookupOutcome.FOUND, entries[:1])
    return Answer(LookupOutcome.CHOICES, entries[:MOST_CHOICES])


def topics_with_entries(library: Library, topics: Sequence[str], role: Role) -> tuple[Topic, ...]:
    """The topics on which this role finds something."""
    return tuple(library.topics[t] for t in topics if t in library.topics and library.about(t, role))


def great_topics(library: Library, role: Role) -> tuple[Topic, ...]:
    """The great topics of the network."""
    return tuple(topic for topic in library.topics_below(None) if library.about(topic.id, role))


def preview(knowledge: Knowledge, words: str, language: str) -> View:
    """The answer that a visitor of the chat would get, for the command line: nothing is kept."""
    answer = look_up(knowledge, words, language, Role.VISITOR)
    library = knowledge.library.seen_by(Role.VISITOR)
    match answer.outcome:
        case None:
            return TooShort(words, only_signs=not any(letter.isalpha() for letter in words))
        case LookupOutcome.FOUND:
            return Card(answer.entries[0], library)
        case LookupOutcome.CHOICES:
            return Choices(answer.entries, library, lookup_id=0)
    near = topics_with_entries(library, answer.topics, Role.VISITOR)
    return Nothing(words, 0, near, can_ask=False, known=great_topics(library, Role.VISITOR))


def is_answer(view: View) -> bool:
    """Whether a view holds something that was found."""
    return isinstance(view, Card | Choices)
