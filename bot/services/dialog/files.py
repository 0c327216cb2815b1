"""Photos and documents as evidence, at any question of a draft."""

from __future__ import annotations

from bot.domain import drafts as moves
from bot.domain.answers import Answer, AnswerState, Files
from bot.domain.attachments import SentFile
from bot.domain.drafts import Heard
from bot.domain.people import Purpose
from bot.domain.questionnaires import Meaning, QuestionKind, Step
from bot.domain.views import View
from bot.domain.views.reporting import Note
from bot.services.desk import Desk
from bot.services.dialog import answering, colleagues
from bot.services.dialog.asking import ask, noted
from bot.services.dialog.evidence import is_full, is_there, keep_file, refusal
from bot.services.dialog.sitting import Sitting, sit_down


def file_sent(desk: Desk, sent: SentFile, caption: str) -> View | None:
    """A photo or document in the middle of a dialog is evidence; its caption is read as the answer."""
    expecting = desk.person.expecting
    if expecting is not None and expecting.purpose is Purpose.HANDED:
        return colleagues.file_sent(desk, sent)
    sitting = sit_down(desk, (expecting.object_id if expecting is not None else None) or 0)
    if isinstance(sitting, View):
        return sitting
    number = sitting.sheet.number(sitting.step.key if sitting.step is not None else None)
    if refused := refusal(sent, sitting.draft.id, number):
        return refused
    step = _evidence_for(sitting)
    if step is None:
        return ask(sitting, noted(Note.NO_PLACE_FOR_FILE))
    have = sitting.draft.answers.get(step.key)
    files = have.value if have is not None and isinstance(have.value, Files) else Files()
    again = is_there(desk, have, sent)
    if again and not caption:
        return ask(sitting, noted(Note.FILE_KEPT))
    if not again and is_full(step, have):
        return ask(sitting, noted(Note.TOO_MANY_FILES))
    attachment = keep_file(desk, sitting.draft.id, sent)
    numbers = tuple(dict.fromkeys((*files.attachments, attachment.id)))
    value = Files(numbers, files.links)
    answer = Answer(AnswerState.GIVEN, desk.person.id, desk.now, value, sent.name or "", desk.message_id)
    here = sitting.step is not None and sitting.step.key == step.key
    # The dialog stays where it is: an album comes as several messages, and all of it belongs to this answer.
    sitting = sitting.keep(moves.correct(sitting.draft, sitting.course, step.key, answer))
    if caption and not here:
        return answering.use(sitting, caption)
    if desk.waits_behind:
        sitting.keep(moves.note_heard(sitting.draft, Heard(sent.name or "📎", step.key)))
        return None
    return ask(sitting, noted(Note.FILE_KEPT if here else Note.EVIDENCE))


def _evidence_for(sitting: Sitting) -> Step | None:
    """Where a file belongs: the open question, or the evidence of the target that is talked about."""
    step = sitting.step
    if step is None:
        return None
    if step.question.kind is QuestionKind.FILE:
        return step
    return next(
        (
            other
            for other in sitting.course.all_steps()
            if other.ref == step.ref and other.question.means is Meaning.EVIDENCE
        ),
        None,
    )
