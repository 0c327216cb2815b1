"""What a piece says besides the name of its field and its years: the text that is read as a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.domain.measures.characters import even, is_letter, is_unspaced, tidy
from bot.domain.measures.lexicon import lexicon
from bot.domain.measures.tokens import Kind, tokens
from bot.domain.one_message.names import words_of
from bot.domain.one_message.pieces import BRACKETS, EDGES, Piece, Wanted
from bot.domain.one_message.words import CONNECTORS, SMALL_KOREAN, SMALL_SIGNS, SMALL_WORDS, THIS_YEAR

_SMALL_SIGNS = re.compile("|".join(map(re.escape, (*SMALL_SIGNS, *THIS_YEAR))))
_TIES = ("-", " - ", "‑", "’", "'", "_")
_KOREAN_WORD = re.compile("[가-힣]+")


def rest_of(piece: Piece, named: Sequence[tuple[int, int]]) -> str:
    """A piece without years, the field's name, small words, and what stands apart before or after the name."""
    text = piece.text
    tied = [(left[1], right[0]) for left, right in pairwise(named) if text[left[1] : right[0]] in _TIES]
    for start, end in (*named, *tied, *((each.start, each.end) for each in piece.years)):
        text = _without(text, start, end)
    if named:
        first, last = min(start for start, _ in named), max(end for _, end in named)
        if last <= piece.numbers[0][0]:
            text = _without(text, 0, _tied_before(text, first))
        elif first >= piece.numbers[-1][1]:
            text = _without(text, _tied_after(text, last), len(text))
    text = BRACKETS.sub(lambda found: f" {found.group(1)} ", text)
    return _without_small_words(text).strip(EDGES)


def _without(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _tied_before(text: str, name: int) -> int:
    """Where the words begin that belong to a name: "the cost of waste", but not "we report that waste"."""
    begin = after = name
    for word in reversed(words_of(text[:name])):
        if text[word.end : after].strip(" '’-") or (word.text in SMALL_WORDS and word.text not in CONNECTORS):
            break
        after = word.start
        begin = begin if word.text in CONNECTORS else word.start
    while begin and is_unspaced(text[begin - 1]):
        begin -= 1
    return begin


def _tied_after(text: str, name: int) -> int:
    """Where the words end that belong to a name: "recycling of plastic", but not "recycling in our city"."""
    finish = before = name
    for word in words_of(text[name:]):
        start, end = name + word.start, name + word.end
        if text[before:start].strip(" '’-") or (word.text in SMALL_WORDS and word.text not in CONNECTORS):
            break
        before = end
        finish = finish if word.text in CONNECTORS else end
    while finish < len(text) and is_unspaced(text[finish]):
        finish += 1
    return finish


def _without_small_words(text: str) -> str:
    plain = even(text)
    for found in (*_SMALL_SIGNS.finditer(plain), *_KOREAN_WORD.finditer(plain)):
        if found.group() in SMALL_KOREAN or not _KOREAN_WORD.fullmatch(found.group()):
            text = _without(text, *found.span())
    for word in words_of(text):
        beside = text[max(0, word.start - 1) : word.start] + text[word.end : word.end + 1]
        if word.text in SMALL_WORDS and not any(char in "/·^.-" or char.isdigit() for char in beside):
            text = _without(text, word.start, word.end)
    return text


def known_only(rest: str, field: Wanted) -> str:
    """The text without words that say nothing about a number; as it is where there are none."""
    tidied = tidy(rest)
    kept = tidied.text
    for token in tokens(tidied, lexicon()):
        beside = tidied.text[max(0, token.start - 1) : token.start] + tidied.text[token.end : token.end + 1]
        is_word = token.kind is Kind.UNKNOWN and any(map(is_letter, token.text))
        if is_word and token.text.lower() != (field.unit or "").lower() and not any(map(str.isdigit, beside)):
            kept = _without(kept, token.start, token.end)
    return rest if kept == tidied.text else kept.strip(EDGES)
