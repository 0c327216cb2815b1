"""The buttons and typed texts: asking for more time, and granting it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press
from bot.domain import buttons as b
from bot.domain.people import Action, Purpose
from bot.services import extensions, granting

PRESSES: Mapping[type[b.Button], Press] = {
    b.MoreTime: Press(
        extensions.press, Action.CHOOSE_TIME, about=lambda desk, x: extensions.about(desk, x.mark)
    ),
    b.ExtensionDo: Press(
        granting.press, Action.EXTEND, about=lambda desk, x: granting.about(desk, x.extension_id)
    ),
    b.GiveTime: Press(granting.give, Action.EXTEND, about=lambda desk, x: granting.about_mark(desk, x.mark)),
    b.Extensions: Press(lambda desk, x: granting.listed(desk, x.what, x.page), Action.EXTEND),
}

PURPOSES: Mapping[Purpose, Awaited] = {
    Purpose.EXTEND_DAY: Awaited(extensions.type_day, Action.CHOOSE_TIME, extensions.about_expected),
    Purpose.EXTEND_REASON: Awaited(extensions.write_reason, Action.CHOOSE_TIME, extensions.about_expected),
    Purpose.GRANT_DAY: Awaited(granting.type_day, Action.EXTEND, granting.about_expected),
    Purpose.DECLINE: Awaited(granting.write_reason, Action.EXTEND, granting.about_expected),
}
