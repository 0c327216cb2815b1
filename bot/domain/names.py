"""Names and titles as people write them, made fit to stand in a line of somebody else's screen."""

from __future__ import annotations

import unicodedata

MOST_NAME = 80
"""Characters of a name, and of a title."""
JOINERS = "\u200c\u200d"


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
