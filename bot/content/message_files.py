"""Templates of announcements: their keys, and how a checked file becomes a `MessageTemplate` of the domain."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from bot.content.checked_files import read_checked
from bot.content.fields import Flag, Localised
from bot.content.markdown import check_body
from bot.content.parsed import MessageContent
from bot.content.problems import Level, Report, did_you_mean, shown
from bot.content.question_checks import LONGEST_LABEL, PLACEHOLDER, braced
from bot.content.schema import Part
from bot.content.typing_mistakes import named
from bot.content.yaml_tree import Location, Tree
from bot.domain.announcements import LONGEST_TEXT
from bot.domain.reminder_rules import MessageTemplate
from bot.domain.words import LocalText
from bot.texts.telegram_html import from_markdown

FILLED_IN = ("cycle", "period", "deadline")
BOLD = "**"


class MessageFile(Part):
    """A template of an announcement."""

    title: Localised = Field(description="its name in the list, in each language")
    text: Localised = Field(description="what is sent, in each language")
    wants_reading: Flag = False


def read_message(text: str, file_id: str, report: Report) -> MessageContent | None:
    """The template of a file; None where it has an error."""
    read = read_checked(text, MessageFile, report)
    if read is None:
        return None
    tree, checked = read
    for at, words in _in_each_language("title", checked.title, tree):
        _check_title(at, words, tree, report)
    for at, words in _in_each_language("text", checked.text, tree):
        _check_placeholders(at, words, tree, report)
        _check_length(at, words, tree, report)
        _check_markdown(at, words, tree, report)
    return MessageContent(
        template=MessageTemplate(file_id, checked.title, checked.text, checked.wants_reading),
        texts=tuple(
            (f"`{key}`", frozenset(said.by_language))
            for key, said in (("title", checked.title), ("text", checked.text))
        ),
    )


def _in_each_language(key: str, said: LocalText, tree: Tree) -> Iterator[tuple[Location, str]]:
    for language, words in said.by_language.items():
        yield (key, language) if tree.has((key, language)) else (key,), words


def _check_title(at: Location, words: str, tree: Tree, report: Report) -> None:
    if found := PLACEHOLDER.search(words):
        message = f"{named(at)}: read {shown(found[0])}, but only `text` is filled in"
        report.error("placeholder", message, "write the words themselves", tree.position(at))
    if len(words) > LONGEST_LABEL:
        message = f"{named(at)}: read {len(words)} characters, expected at most {LONGEST_LABEL}"
        report.warning("long", message, "shorten it: it is a button", tree.position(at))


def _check_placeholders(at: Location, words: str, tree: Tree, report: Report) -> None:
    for found in PLACEHOLDER.finditer(words):
        name = found[1]
        if name in FILLED_IN:
            continue
        if name is None:
            message, cure = f"read a single `{found[0]}`", "write both braces, or take it away"
        else:
            message = f"read {shown(found[0])}, which nothing fills in"
            cure = did_you_mean(name, FILLED_IN) or f"those here are {braced(FILLED_IN)}"
        report.error("placeholder", f"{named(at)}: {message}", cure, tree.position(at))


def _check_length(at: Location, words: str, tree: Tree, report: Report) -> None:
    length = len(words.encode("utf-16-le")) // 2  # as Telegram counts
    if length > LONGEST_TEXT:
        message = f"{named(at)}: read {length} characters, expected at most {LONGEST_TEXT}"
        cure = "shorten it: an announcement is one message"
        report.error("too-long", message, cure, tree.position(at))


def _check_markdown(at: Location, words: str, tree: Tree, report: Report) -> None:
    """What cannot be shown in a message is told at the text: within it lines are not those of the file."""
    inside = Report(report.path)
    links = check_body(words, 1, inside)
    for link in links:
        message = f"the link {shown('entry:' + link.name)} cannot be opened from an announcement"
        inside.warning("link", message, "write a whole address with https://, or take the link away")
    if BOLD in words and BOLD in from_markdown(words, str):
        # Between two letters of Chinese and beside a full stop or a brace, the signs open and close nothing.
        cure = "put a space before and behind them, or make the whole line bold"
        inside.warning("bold", f"the signs `{BOLD}` are shown as they stand", cure)
    for problem in inside.problems:
        message = f"{named(at)}: {problem.message}"
        report.add(Level.WARNING, problem.code, message, problem.cure, tree.position(at))
