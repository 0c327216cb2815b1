"""The buttons: documents of the commitment report, publishing, published reports."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press
from bot.domain import buttons as b
from bot.domain.people import NETWORK, Action, Purpose
from bot.services.publishing import editions, screens

PUBLISH = Action.PUBLISH

PRESSES: Mapping[type[b.Button], Press] = {
    b.Publication: Press(lambda desk, x: screens.press(desk, x.move, x.language, x.cycle), PUBLISH),
    # It is of the whole network: who looks after some countries does not decide on it.
    b.Freeze: Press(
        lambda desk, x: screens.press_freeze(desk, x.move, x.rank, x.choice, x.cycle),
        PUBLISH,
        about=lambda desk, x: NETWORK,
    ),
    b.EditionList: Press(lambda desk, x: editions.listed(desk, x.page), PUBLISH),
    b.EditionDo: Press(lambda desk, x: editions.press(desk, x.move, x.language, x.edition_id), PUBLISH),
}

PURPOSES: Mapping[Purpose, Awaited] = {}
