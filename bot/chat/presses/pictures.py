"""The buttons: pictures of a city and of a cycle."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press, of_city
from bot.domain import buttons as b
from bot.domain.people import Action, Purpose
from bot.services import pictures

PRESSES: Mapping[type[b.Button], Press] = {
    b.DrawCity: Press(
        lambda desk, x: pictures.draw_city(desk, x.what, x.city),
        Action.SEE_CITY,
        about=lambda desk, x: of_city(desk, x.city),
        in_groups=False,
    ),
    b.DrawBoard: Press(lambda desk, x: pictures.draw_board(desk, x.cycle), Action.OVERVIEW, in_groups=False),
}

PURPOSES: Mapping[Purpose, Awaited] = {}
