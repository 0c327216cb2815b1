"""The year's work by mail merge: a ready letter for each city, with its own results and what is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path

from bot.documents.composition import compose
from bot.documents.composition.words import MISSING
from bot.documents.document import CityPage, Document, TableRow
from bot.documents.office import moment_of, packed
from bot.documents.word import own_template, words_in
from bot.documents.word_rendering import WordFile, in_script
from bot.documents.word_templates import FOLDER, LETTER
from bot.domain.publication import CityPart, CommitmentReport, MissingWhat, Origin
from bot.domain.words import LocalText
from bot.texts.catalogues import catalogue, interface_language, languages
from bot.texts.formats import Formats
from bot.texts.phrases import N_

Say = Callable[[int, int], None]
"""Is told how many letters of how many are ready."""

OpenPoints = Mapping[str, Sequence[tuple[LocalText, str]]]
"""By city: answers that were returned to it (the short name of the question), each with the reason."""


@dataclass(frozen=True)
class Circumstances:
    """What holds for a city today. `due` is the local day until which it owes a report, None where it owes none;
    `is_over`: that day has passed. `is_alone`: nobody reports for the city in Focal."""

    due: date | None = None
    is_over: bool = False
    is_alone: bool = False


ORDINARY = Circumstances()


@dataclass(frozen=True)
class LetterWords:
    """All words of a letter that are not the city's data, in its language. The names are those of the template."""

    network: str
    date: str
    recipient: str
    subject: str
    greeting: str
    thanks: str
    results_title: str
    open_title: str
    open_words: str
    wanted_title: str
    wanted_words: str
    next_title: str
    next_words: tuple[str, ...]
    closing: str
    signature: str


def letters(
    report: CommitmentReport,
    network_language: str,
    templates: Path | None = None,
    *,
    language: str | None = None,
    returned: OpenPoints | None = None,
    today: Mapping[str, Circumstances] | None = None,
    say: Say = lambda done, of: None,
) -> Iterator[tuple[str, bytes]]:
    """A letter (name of the file, Word document) for each city of the report, in `language` or in that of the city.
    `templates` is the folder of the secretariat's own layouts, `today` what holds for each city now.

    Raises OperatorError where the template is broken.
    """
    template = own_template(templates, LETTER)
    documents: dict[str, Document] = {}
    for done, city in enumerate(report.cities):
        say(done, len(report.cities))
        speaks = interface_language(language) if language else letter_language(city, network_language)
        if speaks not in documents:
            documents[speaks] = compose(report, speaks)
        points = returned.get(city.id, ()) if returned else ()
        of_city = today.get(city.id, ORDINARY) if today else ORDINARY
        content = letter(
            documents[speaks], city.id, template, returned=_in_words(points, speaks), today=of_city
        )
        yield f"{city.id}-{speaks}.docx", content
    say(len(report.cities), len(report.cities))


def letters_zip(made: Iterable[tuple[str, bytes]]) -> bytes:
    """All letters in one archive; the same letters give the same bytes."""
    return packed(list(made))


def letter_language(city: CityPart, network_language: str) -> str:
    """The first language of the city that letters are written in, else that of the network."""
    for tag in city.languages:
        spoken = interface_language(tag)
        if spoken in languages() and spoken.split("-")[0] == tag.lower().replace("_", "-").split("-")[0]:
            return spoken
    return interface_language(network_language)


def letter(
    document: Document,
    city_id: str,
    template: Path | None = None,
    *,
    returned: Sequence[str] = (),
    today: Circumstances = ORDINARY,
) -> bytes:
    """The letter to one city, in the language of the document. `returned`: what else is open. The same document gives
    the same bytes while the same holds for the city.

    Raises KeyError where the document has no such city, OperatorError where the template is broken.
    """
    page = next((page for page in document.cities if page.id == city_id), None)
    if page is None:
        raise KeyError(city_id)
    rows = tuple(target.row for target in page.targets)
    words = letter_words(document, page, rows, today)
    file = WordFile(template or FOLDER / LETTER)
    file.fill(
        {
            **{field.name: getattr(words, field.name) for field in fields(words)},
            "city": page,
            "own_name": lambda city: in_script(city.own_name, city.own_language),
            "told": words_in(document.language),
            "rows": rows,
            "legend": document.legend,
            "open_points": (*returned, *_missing(page, document.language)),
            "wanted": page.wanted,
            "labels": document.labels,
            "document": document,
        }
    )
    return file.saved(
        title=words.subject,
        subject=words.network,
        language=document.language,
        moment=moment_of(document.as_of),
    )


def letter_words(
    document: Document, page: CityPage, rows: Sequence[TableRow], today: Circumstances = ORDINARY
) -> LetterWords:
    """The words of the letter to this city."""
    speak = catalogue(document.language).gettext

    def say(phrase: str, **values: str) -> str:
        words = speak(phrase)
        return words % values if values else words

    # Within the thanks, so that templates of the secretariat from before have it too.
    day = Formats(document.language).when(today.due.isoformat()) if today.due is not None else ""
    due = say(OVERDUE if today.is_over else DUE, day=day) if day else ""
    gap = "" if document.language.startswith("zh") else " "
    has_reported = any(line.origin_code == Origin.REPORT for row in rows for line in row.results)
    return LetterWords(
        network=say(N_("%(title)s, %(part)s"), title=document.title, part=document.subtitle),
        date=_day(document),
        recipient=say(N_("To the focal point of %(city)s"), city=page.name),
        subject=say(N_("%(city)s: what you promised and what came of it"), city=page.name),
        greeting=say(N_("Dear colleagues,")),
        thanks=gap.join(part for part in (say(REPORTED if has_reported else NOT_REPORTED), due) if part),
        results_title=say(N_("Your results")),
        open_title=say(N_("What is still open")),
        open_words=say(N_("A word from you on each of these makes the report complete:")),
        wanted_title=say(N_("What you asked for")),
        wanted_words=say(N_("You told us where help is welcome. The network has noted:")),
        next_title=say(N_("How to go on")),
        next_words=tuple(say(phrase) for phrase in (NOBODY_YET if today.is_alone else IN_FOCAL)),
        closing=say(N_("With kind regards,")),
        signature=say(N_("The secretariat")),
    )


REPORTED = N_(
    "Thank you for your report. Behind every figure there is work of yours, and other cities learn from it. Below is "
    "what the network has on record: please look whether it is right."
)
NOT_REPORTED = N_(
    "Thank you for being part of the network. We have no accepted report of yours for this period yet. Below is what "
    "the network has on record so far, and how you can add to it."
)
DUE = N_("Please send your report by %(day)s.")
OVERDUE = N_("Your report was due on %(day)s. It is still welcome: please send it soon.")
IN_FOCAL = (
    N_("Open your chat with Focal and send /report. It asks for what is open, one question at a time."),
    N_(
        "If a figure in this letter is not right, send /status: an accepted report can be amended there, "
        "and the secretariat looks at it once more."
    ),
)
NOBODY_YET = (
    N_(
        "Reports are sent in a chat with Focal in Telegram, and nobody of your city is there yet. Please write to "
        "the secretariat who reports for your city: that person gets a link of their own. It opens the chat, and "
        "Focal asks one question at a time."
    ),
    N_("If a figure in this letter is not right, please write to the secretariat."),
)
NOT_THE_CITYS = (MissingWhat.REPORT, MissingWhat.UNREAD, MissingWhat.UNPLACED)
"""What is missing, and is not told by a word of the city: the letter says when the report is due, and what the files
have lost the secretariat puts right."""


def _day(document: Document) -> str:
    """The day that the letter's figures are of; none where nothing is dated."""
    if not document.as_of:
        return ""
    return Formats(document.language).when(datetime.fromisoformat(document.as_of).date().isoformat())


def _missing(page: CityPage, language: str) -> Iterator[str]:
    speak = catalogue(language).gettext
    not_the_citys = {speak(MISSING[what]) for what in NOT_THE_CITYS}
    of_targets = (
        (f"{target.row.indicator}{speak(N_(': '))}", words)
        for target in page.targets
        for words in target.missing
    )
    for about, words in (*(("", words) for words in page.missing), *of_targets):
        if words not in not_the_citys:
            yield about + words


def _in_words(points: Sequence[tuple[LocalText, str]], language: str) -> tuple[str, ...]:
    colon = catalogue(language).gettext(N_(": "))
    return tuple(f"{asked.within(language).text}{colon}{reason}" for asked, reason in points)
