"""The buttons and typed texts: what will go out, holding it, pauses and reminders by hand."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press
from bot.domain import buttons as b
from bot.domain.people import Purpose

PRESSES: Mapping[type[b.Button], Press] = {}

PURPOSES: Mapping[Purpose, Awaited] = {}
