"""Numbers as people write them: what a typed text says, and whether it may be stored, is asked back or explained."""

from bot.domain.measures.field import mistakable
from bot.domain.measures.judging import read
from bot.domain.measures.reading import Measure, Reading, Reason, Verdict, plain

__all__ = ["Measure", "Reading", "Reason", "Verdict", "mistakable", "plain", "read"]
