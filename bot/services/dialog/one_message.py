"""A report in one message: what each piece of it says, shown before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain import drafts as moves
from bot.domain.answers import Amount, Answer, AnswerState, Codes, Day, Value
from bot.domain.measures import Verdict
from bot.domain.one_message import Part, Wanted, take_apart
from bot.domain.question_types import field_unit, fits
from bot.domain.questionnaires import Course, Meaning, Step
from bot.domain.views import View
from bot.domain.views.reporting import Notes, OneMessageAsked, OneMessagePreview, Piece
from bot.services.dialog.keeping import Outcome
from bot.services.dialog.past import doubts_of
from bot.services.dialog.sitting import Sitting

ONE_MESSAGE = "one-message"
"""What `Expecting.more` says where the whole report is expected in one message."""
PREVIEWED = "previewed"
"""What `Expecting.key` says where its words were shown as they would be filled in."""
MEASURED = "measured"
"""The choice of a STATE question that goes with a figure."""


def asked(sitting: Sitting) -> View:
    """The next message is the whole report."""
    sitting.expect(more=ONE_MESSAGE)
    return OneMessageAsked(sitting.sheet)


def preview(sitting: Sitting, words: str) -> Outcome:
    """What was understood of it, and what not. The words are kept for the button that fills them in; that of an
    earlier preview is an old one from now on."""
    pieces = _pieces(sitting, words)
    values = _answers(sitting, pieces)
    sitting = sitting.keep(replace(sitting.draft, version=sitting.draft.version + 1))
    sitting.expect(text=words, key=PREVIEWED)
    replaces = sum(
        key in sitting.draft.answers and sitting.draft.answers[key].value != value
        for key, (value, _) in values.items()
    )
    view = OneMessagePreview(sitting.sheet, pieces, sum(p.value is not None for p in pieces), replaces)
    return Outcome(sitting, view=view, clear=False)


def is_report(sitting: Sitting, words: str, *, at_end: bool) -> bool:
    """Whether this is rather a report than one answer: two fields are named, or one with its year. At the end,
    where nothing is asked, one does."""
    named = [part for part in _parts(sitting, words) if part.key is not None and part.reading is not None]
    has_year = any(part.year is not None for part in named)
    return bool(named) and (at_end or has_year or len({part.key for part in named}) > 1)


def understood(sitting: Sitting, words: str) -> tuple[Piece, ...]:
    """The pieces that name a field and have a figure for it; nothing is kept."""
    return tuple(piece for piece in _pieces(sitting, words) if piece.value is not None)


def fill(sitting: Sitting) -> Outcome:
    """Keeps what was understood, reads it anew, and goes on with what is still open."""
    expecting = sitting.desk.person.expecting
    is_theirs = expecting is not None and expecting.object_id == sitting.draft.id
    words = expecting.text if expecting is not None and is_theirs and expecting.key == PREVIEWED else None
    if not words:
        return Outcome(sitting)
    pieces = _pieces(sitting, words)
    desk, draft = sitting.desk, sitting.draft
    kept: list[tuple[Step, Answer]] = []
    for key, (value, raw) in _answers(sitting, pieces).items():
        answer = Answer(AnswerState.GIVEN, desk.person.id, desk.now, value, raw)
        draft = moves.correct(draft, sitting.course, key, answer)
        step = sitting.course.step(key)
        if step is not None and isinstance(value, Amount):
            kept.append((step, answer))
    later = moves.begin(moves.go_to(draft, None, desk.now), sitting.course)
    return Outcome(sitting.keep(later), Notes(kept=tuple(kept)))


def _pieces(sitting: Sitting, words: str) -> tuple[Piece, ...]:
    return tuple(_piece(sitting, part) for part in _parts(sitting, words))


def _piece(sitting: Sitting, part: Part) -> Piece:
    step = sitting.course.step(part.key) if part.key is not None else None
    reading = part.reading
    if step is None or part.why is not None or reading is None:
        return Piece(part, step)
    if reading.verdict is not Verdict.ACCEPT or reading.value is None:
        return Piece(part, step)
    value = Amount(reading.value, reading.unit, reading.value_high, reading.approximate)
    if not fits(step, value):
        return Piece(part, step)
    if doubts_of(sitting, step, value):
        return Piece(part, step, doubtful=True)
    return Piece(part, step, value)


def _answers(sitting: Sitting, pieces: tuple[Piece, ...]) -> Mapping[str, tuple[Value, str]]:
    """What would be kept, with the words: figures, their years, and that they were measured. A figure that is to be
    asked back opens its question, too."""
    found: dict[str, tuple[Value, str]] = {}
    for piece in pieces:
        if piece.step is None or piece.part.reading is None or piece.part.why is not None:
            continue
        ref = piece.step.ref
        state = _beside(sitting.course, ref, Meaning.STATE)
        if state is not None and fits(state, Codes((MEASURED,))):
            found[state.key] = (Codes((MEASURED,)), piece.part.text)
        year = _beside(sitting.course, ref, Meaning.YEAR)
        if year is not None and piece.part.year is not None:
            found[year.key] = (Day(str(piece.part.year)), piece.part.text)
        if piece.value is not None:
            found[piece.step.key] = (piece.value, piece.part.text)
    return found


def _parts(sitting: Sitting, words: str) -> tuple[Part, ...]:
    return take_apart(words, _fields(sitting), sitting.around.locale)


def _fields(sitting: Sitting) -> tuple[Wanted, ...]:
    results = (step for step in sitting.course.all_steps() if step.question.means is Meaning.RESULT)
    return tuple(Wanted(step.key, _names(sitting, step), field_unit(step)) for step in results)


def _names(sitting: Sitting, step: Step) -> tuple[str, ...]:
    """What the field may be called: the indicator and the target, in every language."""
    target = step.target
    if target is None:
        return tuple(step.question.short.by_language.values()) if step.question.short is not None else ()
    indicator = sitting.desk.all_known.indicators.get(target.indicator)
    labels = tuple(indicator.label.by_language.values()) if indicator is not None else ()
    return (*labels, *target.text.by_language.values(), target.indicator.replace("-", " "))


def _beside(course: Course, ref: str, means: Meaning) -> Step | None:
    """The question of the same target with this meaning."""
    steps = course.all_steps()
    return next((step for step in steps if step.ref == ref and step.question.means is means), None)
