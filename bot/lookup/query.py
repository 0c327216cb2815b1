"""What a person typed, taken apart: which terms it may mean, and how much each part says."""

from __future__ import annotations

from typing import NamedTuple

from bot.lookup.fillers import FILLERS, OFFICE_WORDS, PHRASE
from bot.lookup.keys import Piece, fold, grams, is_ideographic, pieces
from bot.lookup.shelf import FILLER_SHARE, Shelf, gram_share

MOST_LETTERS = 500
"""What a pasted letter says beyond these is not looked at: it would only take time."""
LONG_MESSAGE = 6
"""From so many pieces on, words of the office ("next year", "our city") only carry the question."""
CARRIED_GRAM_SHARE = 0.02
"""A filler of Chinese makes many grams, and few of them stand in the index: so they must weigh next to nothing."""
SEAM_SHARE = 0.4
"""What an unknown pair of known characters weighs beside one of unknown ones."""
UNKNOWN_COUNT = 3
"""An unknown part says as much as one that stands in so many entries."""
RARE = 2
"""A known word that stands in no more entries than this may still be a slip for another."""
SCRAP = 3
"""A piece of Thai with fewer letters is no word."""


class Part(NamedTuple):
    """One word or gram: its weight (0..1) and the terms that it may mean with a likeness of 0..1 each."""

    weight: float
    meanings: dict[int, float]
    carries: bool


class Query(NamedTuple):
    """A message as it was typed (folded), the same without fillers if anything is left, and its parts."""

    text: str
    core: str
    parts: tuple[Part, ...]


def read(words: str, shelf: Shelf) -> Query:
    """Take a message apart for one shelf."""
    found = _glued(pieces(fold(words[:MOST_LETTERS])))
    long = len(found) >= LONG_MESSAGE
    masks = [_carrying(piece, long) for piece in found]
    parts: list[Part] = []
    core: list[str] = []
    for position, (piece, mask) in enumerate(zip(found, masks, strict=True)):
        if piece.is_run:
            parts += _run_parts(piece.text, mask, shelf)
            core.append("".join(" " if carries else c for c, carries in zip(piece.text, mask, strict=True)))
        else:
            following = found[position + 1] if position + 1 < len(found) else None
            parts += _word_parts(piece, following, mask[0], shelf)
            if not mask[0]:
                core.append(piece.text)
    text = " ".join(piece.text for piece in found)
    return Query(text, " ".join(" ".join(core).split()) or text, tuple(parts))


def _glued(found: list[Piece]) -> list[Piece]:
    """Scraps of a Thai or similar word stand apart where its marks were lost: put them together again."""
    glued: list[Piece] = []
    for piece in found:
        before = glued[-1] if glued else None
        if (
            before is not None
            and _is_alphabetic_run(before)
            and _is_alphabetic_run(piece)
            and min(len(before.text), len(piece.text)) < SCRAP
        ):
            glued[-1] = Piece(before.text + piece.text, True)
        else:
            glued.append(piece)
    return glued


def _is_alphabetic_run(piece: Piece) -> bool:
    return piece.is_run and not is_ideographic(piece.text)


def _carrying(piece: Piece, long: bool) -> list[bool]:
    """For a run one mark a character, for a word one mark: whether it only carries the question."""
    if not piece.is_run:
        return [piece.text in FILLERS or (long and piece.text in OFFICE_WORDS)]
    mask = [False] * len(piece.text)
    for phrase in PHRASE.finditer(piece.text):
        mask[phrase.start() : phrase.end()] = [True] * (phrase.end() - phrase.start())
    return mask


def _run_parts(run: str, mask: list[bool], shelf: Shelf) -> list[Part]:
    size = 1 if is_ideographic(run) else 3
    parts = []
    for position, gram in enumerate(grams(run)):
        start = position if position < len(run) else position - len(run)
        length = len(gram) if size == 1 else min(3, len(run))
        carries = any(mask[start : start + length])
        number = shelf.numbers.get(gram)
        if number is None:
            rarity = shelf.rarity(UNKNOWN_COUNT) * gram_share(gram) * _seam(gram, shelf)
        else:
            rarity = shelf.weights[number]
        parts.append(
            Part(
                rarity * (CARRIED_GRAM_SHARE if carries else 1.0),
                {} if number is None else {number: 1.0},
                carries,
            )
        )
    return parts


def _seam(gram: str, shelf: Shelf) -> float:
    """An unknown pair of known characters is as often the seam of two words as it is a word."""
    return SEAM_SHARE if len(gram) == 2 and all(character in shelf.numbers for character in gram) else 1.0


def _word_parts(piece: Piece, following: Piece | None, carries: bool, shelf: Shelf) -> list[Part]:
    word = piece.text
    number = shelf.numbers.get(word)
    if carries:
        return [Part(FILLER_SHARE * shelf.rarity(50), {} if number is None else {number: 1.0}, True)]
    slips = number is None or shelf.count(number) <= RARE
    meanings = shelf.vocabulary.meanings(word, unfinished=following is None, slips=slips)
    if number is None:
        meanings.update(_split(word, shelf))
    if following is not None and not following.is_run:
        joined = shelf.numbers.get(word + following.text)
        if joined is not None:
            meanings[joined] = 0.95
    if number is not None:
        weight = shelf.weights[number]
    elif meanings:
        weight = shelf.weights[max(meanings, key=lambda term: meanings[term])]
    else:
        weight = shelf.rarity(UNKNOWN_COUNT)
    return [Part(max(weight, FILLER_SHARE), meanings, False)]


def _split(word: str, shelf: Shelf) -> dict[int, float]:
    """Two known words typed as one."""
    found: dict[int, float] = {}
    for cut in range(3, len(word) - 2):
        first, second = shelf.numbers.get(word[:cut]), shelf.numbers.get(word[cut:])
        if first is not None and second is not None:
            found[first] = max(found.get(first, 0.0), cut / len(word))
            found[second] = max(found.get(second, 0.0), 1 - cut / len(word))
    return found
