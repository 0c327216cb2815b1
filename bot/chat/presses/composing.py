"""The buttons and typed texts: writing an announcement and choosing its audience."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press
from bot.domain import buttons as b
from bot.domain.people import Action, Purpose
from bot.services.composing import aiming, moves, sending, writing

ANNOUNCE = Action.ANNOUNCE

PRESSES: Mapping[type[b.Button], Press] = {
    b.Compose: Press(moves.compose, ANNOUNCE),
    b.AimAt: Press(moves.aim, ANNOUNCE),
    b.Announcements: Press(moves.from_list, ANNOUNCE),
}

PURPOSES: Mapping[Purpose, Awaited] = {
    Purpose.ANNOUNCE_TEXT: Awaited(writing.write_text, ANNOUNCE),
    Purpose.ANNOUNCE_FILE: Awaited(writing.words_for_file, ANNOUNCE),
    Purpose.ANNOUNCE_CITIES: Awaited(aiming.hear_cities, ANNOUNCE),
    Purpose.ANNOUNCE_TIME: Awaited(sending.hear_time, ANNOUNCE),
    Purpose.ANNOUNCE_NUMBER: Awaited(sending.hear_number, ANNOUNCE),
}
