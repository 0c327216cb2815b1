"""Names and titles as people write them, made fit to stand in a line of somebody else's screen."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

MOST_NAME = 80
"""Characters of a name, and of a title."""
JOINERS = "\u200c\u200d"


class NameProblem(StrEnum):
    NONE = "none"
    NO_LETTER = "no-letter"
    TOO_LONG = "too-long"


def read_name(words: str) -> tuple[str, NameProblem]:
    """A name or title as it may be kept, or what is wrong with it."""
    name = clean_name(words)
    if not name:
        return "", NameProblem.NO_LETTER
    return name, NameProblem.TOO_LONG if len(name) > MOST_NAME else NameProblem.NONE


def clean_name(text: str) -> str:
    """The text as one line without control and format characters, which could turn or hide what stands beside it.

    Joiners stay where scripts need them: after a letter or mark that is not Latin. "" where no letter is left.
    """
    kept = ""
    for character in unicodedata.normalize("NFC", text):
        if character in JOINERS:
            needed = kept[-1:] > "\u05ff" and unicodedata.category(kept[-1])[0] in "LM"
            kept += character if needed else ""
        elif character.isspace():
            kept += " "
        elif unicodedata.category(character)[0] != "C":
            kept += character
    kept = " ".join(kept.split()).strip(JOINERS)
    return kept if any(character.isalpha() for character in kept) else ""
