"""Everything that can be shown, one frozen dataclass each. A view says what to show; `texts` has the words.

The template of a view has its name (`Card` -> `card.html`) and holds its buttons too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.entries import Entry, Library, Topic
from bot.domain.people import Role
from bot.domain.questions import Question
from bot.domain.views.base import View as View
from bot.domain.words import LocalText


@dataclass(frozen=True)
class Welcome(View):
    role: Role
    waiting_questions: int = 0
    problems: int = 0
    language_changed: bool = False
    waiting_reports: int = 0
    cities: tuple[tuple[str, LocalText], ...] = ()
    """Id and name of each city in which the reader has a role."""


@dataclass(frozen=True)
class Help(View):
    commands: tuple[tuple[str, str], ...]
    """Name and description (a text of the catalogues) of each command that the reader may use."""
    can_ask: bool


@dataclass(frozen=True)
class About(View):
    """`sources_id`: the entry that tells where the knowledge comes from, where the network has one."""

    entries: int
    cities: int
    practices: int
    sources_id: str | None = None


@dataclass(frozen=True)
class Languages(View):
    current: str
    available: tuple[str, ...]


@dataclass(frozen=True)
class AskWords(View):
    """Asks what to look for."""


@dataclass(frozen=True)
class TooShort(View):
    words: str
    only_signs: bool = False
    """Emoji, digits or punctuation, and no letter."""


@dataclass(frozen=True)
class TooLong(View):
    """Too long to be looked up."""

    most: int


@dataclass(frozen=True)
class MessageTooLong(View):
    """Too long for one message between an asker and the secretariat."""

    most: int


@dataclass(frozen=True)
class Card(View):
    """An entry at a glance. `lookup_id` is there when it answers a lookup; `rejected`: after "not this"."""

    entry: Entry
    library: Library
    lookup_id: int | None = None
    rejected: bool = False
    has_similar: bool = True
    replicated: bool = False


@dataclass(frozen=True)
class Page(View):
    """One page of an entry's full text and facts, counted from 1."""

    entry: Entry
    library: Library
    page: int


@dataclass(frozen=True)
class Choices(View):
    entries: tuple[Entry, ...]
    library: Library
    lookup_id: int
    rejected: bool = False
    already_shown: int = 0


@dataclass(frozen=True)
class Nothing(View):
    """Nothing fits, or nothing is left after "not this"."""

    words: str
    lookup_id: int
    topics: tuple[Topic, ...]
    can_ask: bool
    rejected: bool = False
    known: tuple[Topic, ...] = ()
    """What the network knows about at all."""


@dataclass(frozen=True)
class SimilarEntries(View):
    entry: Entry
    entries: tuple[Entry, ...]
    library: Library


@dataclass(frozen=True)
class Replications(View):
    """Where a practice was replicated, as its file tells, and the entries that tell more."""

    entry: Entry
    entries: tuple[Entry, ...]
    library: Library
    can_ask: bool = True


@dataclass(frozen=True)
class ShareEntry(View):
    entry: Entry


@dataclass(frozen=True)
class InlineEntry(View):
    """An entry as it is put into any chat by inline mode."""

    entry: Entry
    library: Library


@dataclass(frozen=True)
class Gone(View):
    """The entry of an old button or link is not there (any more), or not for this reader."""


@dataclass(frozen=True)
class TopicTree(View):
    topics: tuple[tuple[Topic, int], ...]
    """The root topics with how many entries each has."""


@dataclass(frozen=True)
class EntryList(View):
    """A page of entries on a topic, of a country or of a kind, and the topics below."""

    library: Library
    entries: tuple[Entry, ...]
    page: int
    pages: int
    total: int
    topic: Topic | None = None
    path: tuple[Topic, ...] = ()
    below: tuple[tuple[Topic, int], ...] = ()
    country: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class CountryList(View):
    countries: tuple[tuple[str, int], ...]
    page: int
    pages: int


@dataclass(frozen=True)
class KindList(View):
    kinds: tuple[tuple[str, int], ...]


class Unread(StrEnum):
    """What Focal cannot read."""

    STICKER = "sticker"
    VOICE = "voice"
    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    PLACE = "place"
    CONTACT = "contact"
    POLL = "poll"
    OTHER = "other"


@dataclass(frozen=True)
class CannotRead(View):
    """`takes_tables`: from this reader tables could come."""

    what: Unread
    takes_tables: bool = False


@dataclass(frozen=True)
class Cancelled(View):
    """`dropped` is the question whose written answer was left unsent."""

    anything: bool
    dropped: int | None = None


@dataclass(frozen=True)
class UnknownCommand(View):
    command: str
    near: str | None


@dataclass(frozen=True)
class OldButton(View):
    """A button from another time."""


@dataclass(frozen=True)
class NotAllowed(View):
    """Also where there is nothing: whoever may not see a thing is not told that it exists."""


@dataclass(frozen=True)
class PrivateOnly(View):
    """This is for the private chat."""


@dataclass(frozen=True)
class NotProcessed(View):
    """A message of theirs could not be processed. `draft_id`: the report that they were filling in."""

    draft_id: int | None = None


@dataclass(frozen=True)
class SetAside(View):
    """Tells the admins that an update could not be processed."""

    update_id: int
    sender_knows: bool = True


@dataclass(frozen=True)
class SlowDown(View):
    """They ask for more than anybody can read."""


@dataclass(frozen=True)
class Thanks(View):
    """Somebody said thank you, or goodbye."""


@dataclass(frozen=True)
class AskSecretariatWords(View):
    """Asks what the secretariat shall be asked."""


@dataclass(frozen=True)
class NobodyThere(View):
    """Nobody could read a question to the secretariat."""


@dataclass(frozen=True)
class TooManyQuestions(View):
    """So many of their questions wait already that no more are passed on."""

    waiting: int


@dataclass(frozen=True)
class QuestionPassed(View):
    """The asker's receipt."""

    question: Question
    again: bool = False


@dataclass(frozen=True)
class QuestionWithdrawn(View):
    was_answered: bool = False


@dataclass(frozen=True)
class QuestionArrived(View):
    """Tells the secretariat of a new question, or of words that an asker wrote back."""

    question: Question
    wrote_back: bool = False


@dataclass(frozen=True)
class QuestionList(View):
    questions: tuple[Question, ...]
    busy: frozenset[int]
    """Ids of the questions that a colleague is answering."""
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class QuestionCard(View):
    question: Question
    busy_since: datetime | None = None
    """Since when a colleague has been writing an answer; None: nobody else is."""
    unsent: bool = False
    """The reader has written an answer that was not sent, because of what the card says."""


@dataclass(frozen=True)
class WriteAnswer(View):
    """`dropped` is the other question whose written answer was left unsent."""

    question: Question
    dropped: int | None = None


@dataclass(frozen=True)
class AnswerPreview(View):
    question: Question
    text: str
    draft: int
    changed: bool = False
    """It is not the text that the reader wanted to send, but one that they wrote later."""


@dataclass(frozen=True)
class AnswerDelivered(View):
    question: Question


@dataclass(frozen=True)
class AnswerNotDelivered(View):
    """Tells whoever answered that the asker cannot be reached."""

    question: Question


@dataclass(frozen=True)
class AnswerArrived(View):
    """The secretariat's answer in the asker's chat."""

    question: Question
    text: str


@dataclass(frozen=True)
class WriteBackAsked(View):
    question: Question


@dataclass(frozen=True)
class WroteBack(View):
    question: Question


@dataclass(frozen=True)
class ContentReport(View):
    """How the content files are: counts, and a page of what is wrong."""

    entries: int
    errors: int
    warnings: int
    notes: int
    set_aside: tuple[str, ...]
    problems: tuple[str, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class MissList(View):
    misses: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ContentTrouble(View):
    """Tells an admin that an edited file was set aside, and where; and which drafts an edit of a questionnaire
    touches."""

    problems: tuple[str, ...]
    drafts: tuple[str, ...] = ()


@dataclass(frozen=True)
class BotProfile(View):
    """What Telegram shows about the bot before the first message."""
