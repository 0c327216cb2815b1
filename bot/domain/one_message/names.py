"""Names of fields found in a text, in any language and loosely: inflected, with a slip of the hand, in part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from bot.domain.measures.characters import even, is_letter, is_unspaced, names, without_marks
from bot.domain.measures.chinese import NUMERALS
from bot.domain.measures.lexicon import Role, lexicon
from bot.domain.measures.units import DENOMINATORS

_SMALL = names(
    """
    a an and at by du de des la le les l d en et for in of on per person persons people capita head inhabitant the
    to par habitant habitants personne tete pro kopf por persona personas habitante al el los las del y e da do das
    dos o os as pessoa rate level share total taux tasa taxa quote rata tingkat orang di yang na za на в и по душу
    """
)
"""Words of a name that say nothing by themselves."""
ANDS = (
    r"(?<![^\W\d_])(?:and|et|und|y|e|dan|serta|и|а|और|तथा|र|&|\+|plus)(?![^\W\d_])|和|及|以及|与|並|并|および|及び"
    r"|그리고|및|และ"
)
AND = re.compile(rf"{ANDS}|(?<![^\W\d_])و")
_FORMULA = re.compile(r"[a-z]{1,3}(?:[0-9]{1,2}|[₀-₉]{1,2})(?![0-9.,])[a-z]*")
"""CO2, SO₂, PM10, N2O: their digits are no number."""
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_OF_THE_FIGURE = frozenset(
    {
        *(Role.FALL, Role.RISE, Role.MINUS, Role.PLUS, Role.LIMIT, Role.APPROXIMATELY, Role.HALF),
        *(Role.TIMES, Role.PERCENT, Role.PER_MILLE, Role.POINTS),
    }
)
_SIGNS = frozenset({Role.FALL, Role.RISE, Role.MINUS})
_LETTERS = re.compile(r"\S{2,}")
_LEAST_SHARE = 1 / 3
"""How much of a name has to be there, in letters of its words that count."""
_PREFIXES = ("وال", "بال", "ال", "و", "ب", "ل")


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    text: str
    """Folded, without accents."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A field that a text names: where its telling words are, where all its words are, and whether it is in full."""

    key: str
    places: frozenset[int]
    spans: tuple[tuple[int, int], ...]
    is_full: bool


@lru_cache(maxsize=256)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in scripts that part them."""
    plain = even(text)
    found: list[Word] = []
    at = 0
    while at < len(plain):
        end = at
        while end < len(plain) and is_letter(plain[end]) and not is_unspaced(plain[end]):
            end += 1
        if end > at:
            formula = _FORMULA.match(plain, at)
            end = formula.end() if formula else end
            found.append(Word(at, end, without_marks(plain[at:end]).translate(_SUBSCRIPTS)))
        at = max(end, at + 1)
    return tuple(found)


def mention(text: str, key: str, called: tuple[str, ...]) -> Mention | None:
    """How a text names a field, by the name that fits best."""
    found = [_in_script(text, key, name) for name in called if name.strip()]
    return max(
        (each for each in found if each is not None),
        key=lambda each: (len(each.places), each.is_full, sum(end - start for start, end in each.spans)),
        default=None,
    )


@lru_cache(maxsize=4096)
def alike(word: str, other: str) -> bool:
    """Whether two words are the same but for an ending, an article written together, or a slip of the hand."""
    word, other = _without_article(word), _without_article(other)
    if word == other:
        return True
    longer, shorter = max(len(word), len(other)), min(len(word), len(other))
    same = next((at for at in range(shorter) if word[at] != other[at]), shorter)
    if (same >= 4 and same / longer >= 0.62) or (same == shorter >= 3 and longer - shorter == 1):
        return True
    if shorter < 5 or word[0] != other[0]:
        return False
    exchanged = sorted(word) == sorted(other) and word[-1] == other[-1]
    return exchanged or SequenceMatcher(None, word, other, autojunk=False).ratio() >= 0.84


def _without_article(word: str) -> str:
    """Without what Arabic writes together with a word: and, with, the."""
    prefix = next((each for each in _PREFIXES if word.startswith(each) and len(word) > len(each) + 2), "")
    return word.removeprefix(prefix)


def _in_script(text: str, key: str, name: str) -> Mention | None:
    if any(is_unspaced(char) for char in name):
        return _by_characters(text, key, name)
    return _by_words(text, key, name)


@lru_cache(maxsize=2048)
def _name_words(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All words of a name, and those that count."""
    every = tuple(word.text for word in words_of(name))
    return every, tuple(word for word in every if word not in _SMALL) or every


def _by_words(text: str, key: str, name: str) -> Mention | None:
    every, counting = _name_words(name)
    words = words_of(text)
    usable = {at: word for at, word in enumerate(words) if not _says_more(word)}
    matched = {at: word for at, word in usable.items() for other in counting if alike(word.text, other)}
    if not AND.search(even(name)):
        matched = _after_the_last_and(text, matched)
    there = [other for other in counting if any(alike(word.text, other) for word in matched.values())]
    letters = sum(map(len, counting))
    if not matched or sum(map(len, there)) < _LEAST_SHARE * letters:
        return None
    named = set(matched)
    for step in (1, -1):  # the small words of the name that stand beside its others
        for at in sorted(matched, reverse=step < 0):
            beside = at + step
            while beside in usable and any(alike(words[beside].text, other) for other in every):
                if _are_apart(text, words[min(beside, beside - step)], words[max(beside, beside - step)]):
                    break
                named.add(beside)
                beside += step
    places = frozenset(place for word in matched.values() for place in range(word.start, word.end))
    spans = tuple((words[at].start, words[at].end) for at in sorted(named))
    is_full = all(any(alike(words[at].text, other) for at in named) for other in every)
    return Mention(key, places, spans, is_full)


def _after_the_last_and(text: str, matched: dict[int, Word]) -> dict[int, Word]:
    """Of "waste and landfill" the landfill only: two names are not one."""
    kept: dict[int, Word] = {}
    before: Word | None = None
    for at, word in sorted(matched.items()):
        if before is not None and AND.search(even(text[before.end : word.start])):
            kept = {}
        kept[at] = before = word
    return kept


def _says_more(word: Word) -> bool:
    """Whether a word belongs to the figure even where a name has it too: "reduced", "kg", "million"."""
    senses = lexicon().phrases.get(word.text, {})
    counts = senses.get(Role.UNIT, "cap") not in DENOMINATORS[:2]
    return word.text not in _SMALL and (counts or bool(senses.keys() & _OF_THE_FIGURE))


@lru_cache(maxsize=1024)
def _letters_only(plain: str) -> str:
    """The text with spaces where digits, signs and words of the figure stand, of the same length."""
    out: list[str] = []
    at = 0
    while at < len(plain):
        known = lexicon().longest(plain, at)
        roles = known[1].keys() & (_OF_THE_FIGURE if known[0] - at > 1 else _SIGNS) if known else None
        if known and roles:
            out.append(" " * (known[0] - at))
            at = known[0]
        else:
            end = at
            while end < len(plain) and plain[end] in NUMERALS:
                end += 1
            is_numeral = end - at > 1  # one alone may begin a word: 二氧化硫
            out.append(" " * (end - at) if is_numeral else plain[at] if is_letter(plain[at]) else " ")
            at = end if is_numeral else at + 1
    return "".join(out)


def _are_apart(text: str, left: Word, right: Word) -> bool:
    return any(char.isdigit() or char in ";|\n\t" for char in text[left.end : right.start])


def _by_characters(text: str, key: str, name: str) -> Mention | None:
    plain, wanted = even(text), even(name).replace(" ", "")
    whole = re.search(r"\s*".join(map(re.escape, wanted)), plain)
    if whole:
        span = whole.span()
        return Mention(key, frozenset(range(*span)), (span,), True)
    blocks = SequenceMatcher(
        None, _letters_only(plain), _letters_only(wanted), autojunk=False
    ).get_matching_blocks()
    spans = tuple(
        (block.a + run.start(), block.a + run.end())
        for block in blocks
        for run in _LETTERS.finditer(_letters_only(plain)[block.a : block.a + block.size])
    )
    places = frozenset(place for span in spans for place in range(*span))
    if len(places) < max(2.0, _LEAST_SHARE * len(wanted)):
        return None
    return Mention(key, places, spans, False)
