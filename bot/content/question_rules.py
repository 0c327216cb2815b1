"""Which keys go with which types of questions, and which meanings with which types, codes and forms."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.commitments import Direction, SaidStatus, TargetKind, ValueKind
from bot.domain.questionnaires import Form, Meaning, QuestionKind

K = QuestionKind
STATES = (*(kind.value for kind in ValueKind), "other", "words", "none")
SCALE = tuple("01234")

LIMITS: Mapping[str, tuple[QuestionKind, ...]] = {
    "choices": (K.CHOICE, K.CHOICES, K.SCALE),
    "unit": (K.NUMBER,),
    "min": (K.NUMBER, K.PERCENTAGE),
    "max": (K.NUMBER, K.PERCENTAGE),
    "most": (K.TEXT, K.FILE, K.CHOICES),
}
"""Which types a key is for."""

TYPES_OF: Mapping[Meaning, tuple[QuestionKind, ...]] = {
    Meaning.STATE: (K.CHOICE,),
    Meaning.RESULT: (K.NUMBER, K.PERCENTAGE),
    Meaning.YEAR: (K.DATE,),
    Meaning.SAID: (K.CHOICE,),
    Meaning.SAID_SHARE: (K.NUMBER, K.PERCENTAGE),
    Meaning.WORDS: (K.TEXT,),
    Meaning.EVIDENCE: (K.FILE,),
    Meaning.WORKED: (K.TEXT,),
    Meaning.WANTED: (K.CHOICES, K.CHOICE),
    Meaning.LEARNT: (K.CITY,),
    Meaning.DONE: (K.YES_NO,),
    Meaning.SCALE: (K.SCALE,),
    Meaning.INDICATOR: (K.CHOICE, K.TEXT),
    Meaning.TARGET: (K.CHOICE,),
    Meaning.KIND: (K.CHOICE,),
    Meaning.DIRECTION: (K.CHOICE,),
    Meaning.VALUE: (K.NUMBER, K.PERCENTAGE),
    Meaning.UNIT: (K.TEXT, K.CHOICE),
    Meaning.BASE_YEAR: (K.DATE,),
    Meaning.BASELINE: (K.NUMBER, K.PERCENTAGE),
    Meaning.DUE: (K.DATE,),
    Meaning.HOW_KNOWN: (K.TEXT,),
    Meaning.PROMISE: (K.TEXT,),
    Meaning.REASON: (K.TEXT,),
}
"""Which types can carry a meaning."""

CODES_OF: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.STATE: STATES,
    Meaning.SAID: tuple(status.value for status in SaidStatus),
    Meaning.KIND: tuple(kind.value for kind in TargetKind),
    Meaning.DIRECTION: tuple(direction.value for direction in Direction),
    Meaning.SCALE: SCALE,
}
"""The codes that the choices of a meaning may have, since the program computes with them."""

OF_A_RESULT = frozenset(
    {
        Meaning.STATE,
        Meaning.RESULT,
        Meaning.YEAR,
        Meaning.SAID,
        Meaning.SAID_SHARE,
        Meaning.WORDS,
        Meaning.EVIDENCE,
        Meaning.DONE,
        Meaning.SCALE,
    }
)
OF_THE_CITY = frozenset({Meaning.WORKED, Meaning.WANTED, Meaning.LEARNT})
"""What is asked once for the whole city, by as many questions as one likes."""
OF_ANY_PROPOSAL = frozenset(
    {Meaning.WORDS, Meaning.EVIDENCE, Meaning.HOW_KNOWN, Meaning.REASON, Meaning.UNIT}
)
OF_A_FORM: Mapping[Form, frozenset[Meaning]] = {
    Form.PROGRESS: OF_A_RESULT | OF_THE_CITY,
    Form.COMMITMENT: OF_ANY_PROPOSAL
    | {
        Meaning.PROMISE,
        Meaning.INDICATOR,
        Meaning.KIND,
        Meaning.DIRECTION,
        Meaning.VALUE,
        Meaning.BASE_YEAR,
        Meaning.BASELINE,
        Meaning.DUE,
    },
    Form.REVISION: OF_ANY_PROPOSAL | {Meaning.TARGET, Meaning.DIRECTION, Meaning.VALUE, Meaning.DUE},
    Form.BASELINE: OF_ANY_PROPOSAL | {Meaning.TARGET, Meaning.BASE_YEAR, Meaning.BASELINE},
}
"""The meanings that a form makes something of."""

NEEDED_BY: Mapping[Form, tuple[Meaning, ...]] = {
    Form.COMMITMENT: (Meaning.PROMISE, Meaning.KIND, Meaning.DUE),
    Form.REVISION: (Meaning.TARGET, Meaning.REASON),
    Form.BASELINE: (Meaning.TARGET, Meaning.BASE_YEAR, Meaning.BASELINE),
}
"""Without these no file can be made of what was agreed."""
