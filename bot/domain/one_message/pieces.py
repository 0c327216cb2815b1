"""A message cut into pieces that each have one number and its name, as far as its signs and words tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.measures.characters import even, is_letter, tidy
from bot.domain.measures.chinese import NUMERALS, read_chinese
from bot.domain.measures.lexicon import Role, lexicon
from bot.domain.measures.literals import LITERAL
from bot.domain.measures.tokens import tokens
from bot.domain.one_message.names import AND, ANDS, Mention, mention
from bot.domain.one_message.years import ToldYear, years


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field that a message may fill.

    `names` are the labels of indicator and target in every language, and other words for them; `unit` is the field's
    unit as `measures.read` takes it.
    """

    key: str
    names: tuple[str, ...]
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece before it is judged: what it names and where its numbers are, years left out."""

    text: str
    mentions: tuple[Mention, ...]
    numbers: tuple[tuple[int, int], ...]
    years: tuple[ToldYear, ...]

    @property
    def heads_what_follows(self) -> bool:
        """Whether its year is one for the pieces after it too: "Report 2025", "In 2025 …", "2025: …"."""
        if not self.years:
            return False
        told = self.years[0]
        opens = told.start == 0 and told.certain
        return opens or (not self.numbers and (told.certain or not self.mentions))

    @property
    def is_bare_name(self) -> bool:
        return bool(self.mentions) and not self.numbers

    @property
    def is_bare_number(self) -> bool:
        return len(self.numbers) == 1 and not self.mentions


_ENDS = re.compile(
    r"[\n\r;；؛、。।•]|\s[/|]\s|\s[–—-]\s(?=[^\W\d_])|(?<=\D),|,(?=\D)|(?<=[^\W_])\.(?=\s+[^\W\d_])|[!?](?=\s)"
)
_GROUPED = re.compile(r"[0-9],\s+[0-9]{3}(?![0-9])")
_BULLET = re.compile(r"\s*(?:[-–—]+\s+(?=\D)|[•*▪●]+\s+|\(?[0-9]{1,2}[.)]\s+(?=[^\W\d_]))")
BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_RULE = re.compile(r"[\s|:+=-]*")
_GOES_ON = re.compile(r"\s?[百千万萬亿億만억천조]+\s?|")
_LAST_AND = re.compile(rf"\s(?:{ANDS})\s*$", re.IGNORECASE)
_OF_THE_NUMBER_BEFORE = frozenset(
    {Role.UNIT, Role.PERCENT, Role.PER_MILLE, Role.POINTS, Role.TIMES, Role.PER, Role.COUNTED_BY, Role.CARBON}
)
EDGES = " \t\n,;:|=>→•*，：、；。؛،।"


def pieces_of(message: str, fields: Sequence[Wanted]) -> list[Piece]:
    """The pieces of a message in its order; a name and the number after it are one."""
    cut_up = [piece_of(text, fields) for row in rows(message) for text in cut(row, fields)]
    return list(joined(cut_up, fields))


def rows(message: str) -> Iterator[str]:
    """The lines of a message; those of a table as one text where they have one number."""
    for line in message.splitlines():
        row = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
        cells = [cell.strip() for cell in re.split(r"[\t|]", row)]
        if len(cells) > 1 and not _RULE.fullmatch(row):
            numeric = sum(bool(_numbers(cell, years(cell))) for cell in cells)
            row = (" " if numeric <= 1 else " | ").join(filter(None, cells))
        if row.strip():
            yield row


def _numbers(text: str, told: Sequence[ToldYear]) -> tuple[tuple[int, int], ...]:
    """Where the numbers of a text are, except years and digits that belong to a word (CO2, m3)."""
    plain = even(text)
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(plain):
        year = next((each for each in told if each.start <= at < each.end), None)
        literal = LITERAL.match(plain, at)
        if year is not None:
            at = year.end
        elif literal is not None:
            is_of_word = (
                at > 0 and plain[at - 1].isascii() and (plain[at - 1].isalpha() or plain[at - 1] == "^")
            )
            end = at + len(literal.group().split(" ")[0]) if is_of_word else literal.end()
            end = min([each.start for each in told if at < each.start < end], default=end)
            if not is_of_word:
                found.append((at, end))
            at = end
        else:
            end = _end_of_numeral(plain, at)
            if end > at:
                found.append((at, end))
            at = max(end, at + 1)
    return _merged(plain, found)


def _end_of_numeral(plain: str, at: int) -> int:
    """Where a number in Chinese characters that begins here ends; one character alone may be part of a word."""
    if plain[at] in "½¼¾":
        return at + 1
    start = at + 3 if plain.startswith("百分之", at) else at
    end = start
    while end < len(plain) and plain[end] in NUMERALS:
        end += 1
    is_number = end > start and read_chinese(plain[start:end]) is not None
    return end if is_number and (start > at or end - start > 1) else at


def _merged(plain: str, found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """1亿2345万 and 3½ are one number."""
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and _GOES_ON.fullmatch(plain[merged[-1][1] : start]):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def piece_of(text: str, fields: Sequence[Wanted]) -> Piece:
    text = _LAST_AND.sub("", text.strip(EDGES)).strip(EDGES)
    told = years(text)
    found = (mention(text, field.key, field.names) for field in fields)
    return Piece(text, tuple(each for each in found if each), _numbers(text, told), told)


def cut(row: str, fields: Sequence[Wanted]) -> Iterator[str]:
    """The pieces of a row: between signs, out of brackets, and where names and numbers take turns."""
    whole = _numbers(row, years(row))
    for bracket in BRACKETS.finditer(row):
        inside = [start for start, _ in whole if bracket.start() < start < bracket.end()]
        if inside and len(inside) < len(whole):
            yield from cut(row[: bracket.start()], fields)
            yield bracket.group(1)
            yield from cut(row[bracket.end() :], fields)
            return
    plain = even(row)
    grouped = {found.start() + 1 for found in _GROUPED.finditer(plain)}
    closed = {at for bracket in BRACKETS.finditer(row) for at in range(*bracket.span())}
    start = 0
    for end in _ENDS.finditer(plain):
        if end.start() not in grouped and end.start() not in closed:
            yield from _by_turns(row[start : end.start()], fields)
            start = end.end()
    yield from _by_turns(row[start:], fields)


def _by_turns(text: str, fields: Sequence[Wanted]) -> Iterator[str]:
    """Cut where every number has a name before it, or every one after it; otherwise as it is."""
    piece = piece_of(text, fields)
    text = piece.text
    if len(piece.numbers) < 2 or not piece.mentions:
        yield text
        return
    named = sorted({place for each in piece.mentions for place in each.places})
    bounds = [0, *(at for number in piece.numbers for at in number), len(text)]
    groups = [
        [at for at in named if left <= at < right]
        for left, right in zip(bounds[::2], bounds[1::2], strict=True)
    ]
    cuts: list[int | None] = []
    if all(groups[:-1]) and not groups[-1]:
        for (_, end), group in zip(piece.numbers, groups[1:-1], strict=False):
            cuts.append(_place_to_cut(text, end, group[0], _OF_THE_NUMBER_BEFORE))
    elif all(groups[1:]) and not groups[0]:
        for (start, _), group in zip(piece.numbers[1:], groups[1:-1], strict=True):
            cuts.append(_place_to_cut(text, group[-1] + 1, start, frozenset()))
    if not cuts or None in cuts:
        yield text
        return
    places = [0, *(cut for cut in cuts if cut is not None), len(text)]
    yield from (text[left:right] for left, right in pairwise(places))


def _place_to_cut(text: str, start: int, end: int, kept: frozenset[Role]) -> int | None:
    """Where to cut between a number and a name: after the first "and", else after what belongs to what is before.

    None where other words stand between that may belong to either.
    """
    between = text[start:end]
    joint = AND.search(even(between))
    if joint:
        return start + joint.end()
    cut = tokens(tidy(between), lexicon())
    if (
        all(token.has(*kept) for token in cut if any(map(is_letter, token.text)))
        if kept
        else not between.strip()
    ):
        return end
    return None


def joined(pieces: Sequence[Piece], fields: Sequence[Wanted]) -> Iterator[Piece]:
    """A name alone and the number after it as one piece, where names and numbers strictly take turns."""
    at = 0
    while at < len(pieces):
        end = at
        while end < len(pieces) and (pieces[end].is_bare_name or pieces[end].is_bare_number):
            end += 1
        run = pieces[at:end]
        names, numbers = run[::2], run[1::2]
        takes_turns = (
            len(names) == len(numbers)
            and all(each.is_bare_name and not each.years for each in names)
            and all(each.is_bare_number for each in numbers)
        )
        if run and takes_turns:
            yield from (
                piece_of(f"{name.text}: {number.text}", fields)
                for name, number in zip(names, numbers, strict=True)
            )
        else:
            yield from run or pieces[at : at + 1]
        at = max(end, at + 1)
