"""Evidence: photos and documents are sent; what is typed may be a link to one."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.domain.answers import Files, Value
from bot.domain.question_types.base import (
    Heard,
    NotUnderstood,
    Surroundings,
    Trouble,
    Understood,
    no_offers,
)
from bot.domain.questionnaires import Step

LONGEST_LINK = 1000
_LINK = re.compile(r"https?://[^\s<>\"，。；、]+", re.IGNORECASE)

offers = no_offers


def read(step: Step, typed: str, around: Surroundings) -> Heard:
    links = tuple(dict.fromkeys(link for link in map(_whole, _LINK.findall(typed)) if _is_link(link)))
    if not links:
        return NotUnderstood((Trouble.NO_LINK,))
    if step.question.most is not None and len(links) > step.question.most:
        return NotUnderstood((Trouble.TOO_MANY,))
    return Understood(Files(links=links), typed)


def value_of(code: str, so_far: Value | None) -> Value:
    return Files(links=(code,))


def fits(step: Step, value: Value) -> bool:
    return isinstance(value, Files)


def _whole(link: str) -> str:
    """Without the stop or bracket that ends the sentence."""
    link = link.rstrip(".,;:!?'")
    return link[:-1] if link.endswith(")") and "(" not in link else link


def _is_link(link: str) -> bool:
    try:
        host = urlsplit(link).hostname
    except ValueError:
        return False
    return len(link) <= LONGEST_LINK and host is not None and "." in host.strip(".")
