"""The buttons and typed texts: an announcement on its way: progress, report, correction, withdrawal, team groups."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press, of_city
from bot.domain import buttons as b
from bot.domain.people import Action, Purpose
from bot.services import announcement_board, announcement_corrections, announcing, team_groups

PRESSES: Mapping[type[b.Button], Press] = {
    b.BoardDo: Press(
        lambda desk, x: announcement_board.act(
            desk, x.announcement_id, x.move, x.page, x.written, x.language
        ),
        Action.ANNOUNCE,
    ),
    b.HaveRead: Press(lambda desk, x: announcing.heard(desk, x.announcement_id), Action.HEAR, in_place=False),
    b.TeamGroupDo: Press(
        lambda desk, x: team_groups.act(desk, x.move, x.city),
        Action.LINK_GROUP,
        about=lambda desk, x: of_city(desk, x.city),
        in_groups=False,
    ),
}

PURPOSES: Mapping[Purpose, Awaited] = {
    Purpose.ANNOUNCE_CORRECTION: Awaited(announcement_corrections.hear, Action.ANNOUNCE),
}
