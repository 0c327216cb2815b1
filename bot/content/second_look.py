"""What can be read and is most likely not meant: dropped words, keys left empty, titles like paragraphs."""

from __future__ import annotations

from pydantic import BaseModel

from bot.content.fields import localised, text
from bot.content.problems import Report, shown
from bot.content.schema import EntryFile
from bot.content.typing_mistakes import named, reader_at
from bot.content.yaml_tree import Tree

LONGEST_TITLE = 200
LONGEST_ALIAS = 100
STUB_BODY = "The text, in Markdown."


def check_silence(model: type[EntryFile], tree: Tree, report: Report) -> None:
    """Tells of keys with nothing after them that would silently mean the opposite of what they are for."""
    for key, meant in model.never_empty.items():
        if tree.has((key,)) and key not in tree.value:
            cure = f"write `{key}: {meant}`, or delete the line"
            report.error("empty", f"`{key}` has nothing after it", cure, tree.position((key,), key=True))


def check_empty_keys(tree: Tree, report: Report) -> None:
    """Tells of every key with nothing after it, where that would silently mean something: a question that is
    asked always, of all. Keys that are told already are passed over."""
    told = {(problem.line, problem.column) for problem in report.problems}
    for location in tree.empty_keys():
        at = tree.position(location, key=True)
        if at not in told:
            report.error(
                "empty", f"{named(location)} has nothing after it", "fill it in, or delete the line", at
            )


def check_comments(model: type[BaseModel], tree: Tree, report: Report, depth: int = 0) -> None:
    """Tells of texts that lose words after ` #`. The keys of `model` stand `depth` levels below the top."""
    for location, at in tree.comments:
        if reader_at(location[depth:], model) in (text, localised):
            message = f"{named(location)}: everything after ` #` is dropped as a comment"
            report.warning("comment", message, "put the text in quotes if the # belongs to it", at)


def check_words(checked: EntryFile, body: str, body_line: int, tree: Tree, report: Report) -> None:
    """Tells of titles and aliases that are whole paragraphs, and of a stub that is published as it was."""
    for language, title in checked.title.by_language.items():
        if len(title) > LONGEST_TITLE:
            message = f"`title`: read {len(title)} characters, expected at most {LONGEST_TITLE}"
            at = tree.position(("title", language))
            report.warning("long-title", message, "shorten it, and write the rest in `summary`", at)
    for number, alias in enumerate(checked.aliases):
        if len(alias) > LONGEST_ALIAS:
            message = f"`aliases` no. {number + 1}: read {len(alias)} characters, expected a few words"
            report.warning("long-alias", message, "shorten it", tree.position(("aliases", number)))
    if not checked.draft and body == STUB_BODY:
        message = f"the text is still {shown(STUB_BODY)}"
        report.warning("stub", message, "write it, delete it, or put back `draft: true`", (body_line, 1))
