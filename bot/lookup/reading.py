"""Reading a message: its fillers, its towns and concepts, and the words and grams of the rest."""

from __future__ import annotations

from collections.abc import Sequence

from bot.lookup.fillers import FILLERS, OFFICE_WORDS, PHRASE
from bot.lookup.keys import Piece, fold, grams, is_ideographic, pieces
from bot.lookup.lexicon import MOST_WORDS, Lexicon, Sense, Span
from bot.lookup.query import MOST_LETTERS, UNKNOWN_COUNT, Part, Query
from bot.lookup.shelf import FILLER_SHARE, Shelf, gram_share

LONG_MESSAGE = 6
"""From so many pieces on, words of the office ("next year", "our city") only carry the question."""
CARRIED_GRAM_SHARE = 0.02
"""A filler of Chinese makes many grams, and few of them stand in the index: so they must weigh next to nothing."""
SEAM_SHARE = 0.4
"""What a pair weighs that may be the seam of two words, beside one that is a word."""
LONGEST_WORD = 2
"""A stretch of Chinese that is no longer is one word and has no seam."""
LIGHT_SHARE = 0.3
"""What "reduce" or "manage" weigh where a town is named."""
RARE = 2
"""A known word that stands in no more entries than this may still be a slip for another."""
SCRAP = 3
"""A piece of Thai with fewer letters is no word."""
_LONE = frozenset("是了的有做在和与及把对让为会能到吧啊呀想のをがはにでともへや")
"""Characters that only carry where they stand alone between a name and another or a filler."""
_PARTICLES = frozenset("のをがはにでともへや")


class _Reading:
    """What is gathered while a message is read from its beginning to its end."""

    def __init__(self, shelf: Shelf, lexicon: Lexicon) -> None:
        self.shelf = shelf
        self.lexicon = lexicon
        self._parts: list[Part] = []
        self._core: list[str] = []
        self._said: list[str] = []
        self._senses: dict[int, tuple[Sense, ...]] = {}
        """What the parts stand for, by their number."""

    def add(self, parts: Sequence[Part], senses: tuple[Sense, ...] = ()) -> None:
        """Parts and what all of them stand for."""
        if senses:
            start = len(self._parts)
            self._senses.update(dict.fromkeys(range(start, start + len(parts)), senses))
        self._parts += parts

    def tell(self, core: str, said: str) -> None:
        """A word or run without fillers, and the same in English where that is known."""
        self._core.append(core)
        self._said.append(said)

    def query(self, text: str) -> Query:
        towns = {number: senses[0].town for number, senses in self._senses.items() if senses[0].town}
        light = {number for number, senses in self._senses.items() if all(sense.light for sense in senses)}
        if towns:
            if len(self._senses) > len(towns) + len(light):
                light |= {
                    number for number, part in enumerate(self._parts) if self._says_nothing(number, part)
                }
            for number in light:
                part = self._parts[number]
                self._parts[number] = part._replace(weight=LIGHT_SHARE * part.weight)
        core, said = (" ".join(" ".join(texts).split()) for texts in (self._core, self._said))
        matter = tuple(
            number
            for number, part in enumerate(self._parts)
            if not part.carries and number not in towns and number not in light
        )
        known = all(
            number in self._senses or (towns and self._is_known(self._parts[number])) for number in matter
        )
        return Query(
            text,
            core or text,
            tuple(self._parts),
            said if said != core else "",
            frozenset(towns.values()),
            tuple(towns),
            matter,
            known,
            frozenset(sense.kind for senses in self._senses.values() for sense in senses if sense.kind),
            frozenset(n for n, senses in self._senses.items() if any(sense.kind for sense in senses)),
        )

    def _is_known(self, part: Part) -> bool:
        """Whether just this stands in the name, topic or summary of an entry."""
        return any(likeness == 1.0 and self.shelf.count(term) for term, likeness in part.meanings.items())

    def _says_nothing(self, number: int, part: Part) -> bool:
        """Beside a town and a matter an unknown word most likely is one of the many that carry a question."""
        return not part.carries and number not in self._senses and not self._is_known(part)


def read(words: str, shelf: Shelf, lexicon: Lexicon) -> Query:
    """Take a message apart for one shelf."""
    found = _glued(pieces(fold(words[:MOST_LETTERS])))
    long = len(found) >= LONG_MESSAGE
    reading = _Reading(shelf, lexicon)
    position = 0
    while position < len(found):
        if found[position].is_run:
            _read_run(found[position].text, reading)
            position += 1
        else:
            position += _read_words(found[position:], long, reading)
    return reading.query(" ".join(piece.text for piece in found))


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


# Words


def _read_words(found: Sequence[Piece], long: bool, reading: _Reading) -> int:
    """Read the first word, or the first ones that are one name; gives how many were read."""
    first = found[0].text
    ahead = [first]
    for piece in found[1:MOST_WORDS]:
        if piece.is_run:
            break
        ahead.append(piece.text)
    carries = first in FILLERS or (long and first in OFFICE_WORDS)
    count, senses = reading.lexicon.of_words(ahead)
    likeness = 1.0
    if count == 1 and carries and not senses[0].town:
        count = 0
    if not count and not carries:
        count, likeness, senses = reading.lexicon.near(ahead)
    if not count:
        following = found[1] if len(found) > 1 else None
        reading.add([_word_part(found[0], following, carries, reading.shelf)])
        told = "" if carries else first
        reading.tell(told, told)
        return 1
    for position in range(count):
        following = found[position + 1] if position + 1 < len(found) else None
        reading.add([_named_part(found[position], following, senses, likeness, count, reading)], senses)
    reading.tell(" ".join(piece.text for piece in found[:count]), senses[0].said)
    return count


def _named_part(
    piece: Piece,
    following: Piece | None,
    senses: tuple[Sense, ...],
    likeness: float,
    count: int,
    reading: _Reading,
) -> Part:
    """A word that stands for something, alone or with others (`count` together)."""
    shelf, lexicon = reading.shelf, reading.lexicon
    number = shelf.numbers.get(piece.text)
    weight = lexicon.weight(senses) / count
    if likeness < 1.0:
        literal = _word_part(piece, following, False, shelf)
        return Part(
            min(weight, literal.weight), _with_senses(literal.meanings, senses, likeness, lexicon), False
        )
    if number is None:
        return Part(weight, _with_senses({}, senses, 1.0, lexicon), False)
    own = shelf.weights[number]
    return Part(
        own if count > 1 else min(weight, own), _with_senses({number: 1.0}, senses, 1.0, lexicon), False
    )


def _with_senses(
    meanings: dict[int, float], senses: tuple[Sense, ...], likeness: float, lexicon: Lexicon
) -> dict[int, float]:
    found = dict(meanings)
    for sense in senses:
        for term, linked in lexicon.terms(sense).items():
            found[term] = max(found.get(term, 0.0), linked * likeness)
    return found


def _word_part(piece: Piece, following: Piece | None, carries: bool, shelf: Shelf) -> Part:
    word = piece.text
    number = shelf.numbers.get(word)
    if carries:
        return Part(FILLER_SHARE * shelf.rarity(50), {} if number is None else {number: 1.0}, True)
    slips = number is None or shelf.count(number) <= RARE
    meanings = shelf.vocabulary.meanings(word, unfinished=following is None, slips=slips)
    if number is None:
        meanings.update(_split(word, shelf))
    if following is not None and not following.is_run:
        joined = shelf.numbers.get(word + following.text)
        if joined is not None:
            meanings[joined] = 0.95
    weight = shelf.weights[number] if number is not None else _expected_weight(meanings, shelf)
    return Part(max(weight, FILLER_SHARE), meanings, False)


def _expected_weight(meanings: dict[int, float], shelf: Shelf) -> float:
    """The weight of a word that the shelf does not know: that of what it most likely means, or of a strange one."""
    strange = shelf.rarity(UNKNOWN_COUNT)
    if not meanings:
        return strange
    likeliest = max(meanings, key=lambda term: meanings[term])
    surety = meanings[likeliest]
    return surety * shelf.weights[likeliest] + (1 - surety) * strange


def _split(word: str, shelf: Shelf) -> dict[int, float]:
    """Two known words typed as one."""
    found: dict[int, float] = {}
    for cut in range(3, len(word) - 2):
        first, second = shelf.numbers.get(word[:cut]), shelf.numbers.get(word[cut:])
        if first is not None and second is not None:
            found[first] = max(found.get(first, 0.0), cut / len(word))
            found[second] = max(found.get(second, 0.0), 1 - cut / len(word))
    return found


# Runs of scripts without spaces


def _read_run(run: str, reading: _Reading) -> None:
    """Read what is named in a run, and what stands between."""
    at = 0
    core = said = ""
    for span in reading.lexicon.in_run(run):
        between = _read_between(run, at, span.start, reading)
        reading.add(_span_parts(run, span, reading), span.senses)
        core += between + run[span.start : span.end]
        said += f"{between} {span.senses[0].said} "
        at = span.end
    rest = _read_between(run, at, len(run), reading)
    reading.tell(core + rest, said + rest)


def _read_between(run: str, start: int, end: int, reading: _Reading) -> str:
    """Read a stretch in which nothing is named; gives it without fillers."""
    text = run[start:end]
    is_whole = len(text) == len(run)
    if not text or (not is_whole and not is_ideographic(text) and len(text) < SCRAP):
        return ""
    mask = [False] * len(text)
    for phrase in PHRASE.finditer(text):
        mask[phrase.start() : phrase.end()] = [True] * (phrase.end() - phrase.start())
    if not is_whole:
        _mask_lone(text, mask)
    reading.add(_run_parts(text, mask, reading.shelf))
    return "".join(" " if carries else character for character, carries in zip(text, mask, strict=True))


def _mask_lone(text: str, mask: list[bool]) -> None:
    """Mark what joins a name to its neighbours."""
    last = len(text) - 1
    for position, character in enumerate(text):
        opens = position == 0 or mask[position - 1]
        closes = position == last or mask[position + 1]
        if character in _LONE and ((opens and closes) or (character in _PARTICLES and (opens or closes))):
            mask[position] = True


def _run_parts(run: str, mask: Sequence[bool], shelf: Shelf) -> list[Part]:
    size = 1 if is_ideographic(run) else 3
    parts = []
    for position, gram in enumerate(grams(run)):
        start = position if position < len(run) else position - len(run)
        length = len(gram) if size == 1 else min(3, len(run))
        carries = any(mask[start : start + length])
        number = shelf.numbers.get(gram)
        if number is None:
            seam = _seam(gram, shelf) if len(run) > LONGEST_WORD else 1.0
            rarity = shelf.rarity(UNKNOWN_COUNT) * gram_share(gram) * seam
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


def _span_parts(run: str, span: Span, reading: _Reading) -> list[Part]:
    """A town is one part. So is a concept in words that the shelf does not know; else its grams stand for it."""
    shelf, lexicon = reading.shelf, reading.lexicon
    text = run[span.start : span.end]
    numbers = [shelf.numbers.get(gram) for gram in grams(text)]
    known = [number for number in numbers if number is not None]
    if span.senses[0].town or len(known) < len(numbers) or len(text) == 1:
        return [Part(lexicon.weight(span.senses), _with_senses({}, span.senses, 1.0, lexicon), False)]
    return [
        Part(shelf.weights[number], _with_senses({number: 1.0}, span.senses, 1.0, lexicon), False)
        for number in known
    ]
