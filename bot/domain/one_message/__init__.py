"""A report in one message: "waste 0.95 kg in 2025, recycling 58 %" taken apart into fields, nothing dropped."""

from bot.domain.one_message.parts import Part, Why, take_apart
from bot.domain.one_message.pieces import Wanted

__all__ = ["Part", "Wanted", "Why", "take_apart"]
