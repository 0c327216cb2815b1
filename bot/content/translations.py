"""Notes about texts that lack a language of the network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from bot.content.problems import Level, Problem

if TYPE_CHECKING:
    from bot.domain.entries import Entry

MOST_NOTES = 50
"""More entries than this with something missing are told together."""

MOST_NAMED = 4

Texts = tuple[tuple[str, frozenset[str]], ...]


def missing_translations(
    entries: Mapping[str, Entry],
    texts: Mapping[str, Texts],
    paths: Mapping[str, str],
    languages: Iterable[str],
    top: str,
) -> list[Problem]:
    """One note for each entry that is half translated, and one for all that are in a single language.

    `paths` and `texts` are by entry id; `top` is the path that the note about many entries names.
    """
    wanted = tuple(languages)
    half: list[tuple[str, str]] = []
    single: list[str] = []
    for entry_id, entry in entries.items():
        all_texts = dict(texts[entry_id])
        if entry.body is not None:
            all_texts["body"] = frozenset(entry.body.by_language)
        spoken = frozenset().union(*all_texts.values())
        lacking = {tag: [key for key, has in all_texts.items() if tag not in has] for tag in wanted}
        if not any(lacking.values()):
            continue
        if len(spoken) == 1:
            single.append(entry_id)
        else:
            half.append((entry_id, "; ".join(_told(tag, keys) for tag, keys in lacking.items() if keys)))
    notes = []
    if len(half) <= MOST_NOTES:
        notes = [_note(paths[entry_id], f"not translated: {told}") for entry_id, told in half]
    else:
        first = ", ".join(entry_id for entry_id, _ in half[:MOST_NAMED])
        notes.append(_note(top, f"{len(half)} entries are translated in part, {first} and others"))
    if single:
        named = ", ".join(single[:MOST_NAMED]) + (" and others" if len(single) > MOST_NAMED else "")
        count = f"{len(single)} entries are" if len(single) > 1 else "one entry is"
        notes.append(_note(top, f"{count} in one language only: {named}"))
    return notes


def missing_in_file(path: str, texts: Texts, languages: Iterable[str]) -> list[Problem]:
    """One note for a schedule file that is not translated, or in part."""
    lacking = {tag: [key for key, has in texts if tag not in has] for tag in languages}
    told = "; ".join(_told(tag, keys) for tag, keys in lacking.items() if keys)
    return [_note(path, f"not translated: {told}")] if told else []


def _note(path: str, message: str) -> Problem:
    return Problem(path, 1, 1, Level.NOTE, "translation", message, None)


def _told(tag: str, keys: list[str]) -> str:
    more = f" and {len(keys) - MOST_NAMED} more" if len(keys) > MOST_NAMED else ""
    return f"{', '.join(keys[:MOST_NAMED])}{more} (`{tag}`)"
