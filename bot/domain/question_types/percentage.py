"""A percentage: a share from 0 to 100, or the change of a target that is one."""

from __future__ import annotations

from bot.domain.question_types.number import fits as fits
from bot.domain.question_types.number import offers as offers
from bot.domain.question_types.number import read as read
from bot.domain.question_types.number import value_of as value_of
