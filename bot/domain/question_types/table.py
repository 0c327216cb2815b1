"""The types of questions, one module each."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.question_types import (
    choice,
    choices,
    city,
    date,
    file,
    number,
    percentage,
    scale,
    text,
    yes_no,
)
from bot.domain.question_types.base import QuestionType
from bot.domain.questionnaires import QuestionKind

TYPES: Mapping[QuestionKind, QuestionType] = {
    QuestionKind.NUMBER: number,
    QuestionKind.PERCENTAGE: percentage,
    QuestionKind.CHOICE: choice,
    QuestionKind.CHOICES: choices,
    QuestionKind.YES_NO: yes_no,
    QuestionKind.SCALE: scale,
    QuestionKind.TEXT: text,
    QuestionKind.DATE: date,
    QuestionKind.FILE: file,
    QuestionKind.CITY: city,
}
