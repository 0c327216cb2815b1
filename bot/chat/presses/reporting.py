"""What the buttons of the dialog do, and what typed words are for while a draft is open."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press, of_city, of_draft
from bot.domain import buttons as b
from bot.domain.people import Action, Matter, Purpose
from bot.services import recognising, reporting
from bot.services.desk import Desk
from bot.services.dialog import answering, colleagues, moving, opening

REPORT = Action.REPORT


def _expected_draft(desk: Desk) -> Matter | None:
    return of_draft(desk, desk.person.expecting.object_id if desk.person.expecting is not None else None)


PRESSES: Mapping[type[b.Button], Press] = {
    b.ToReport: Press(lambda desk, _: reporting.choose(desk), in_place=False, in_groups=False),
    b.Propose: Press(
        lambda desk, x: reporting.of_form(desk, x.form, x.city),
        REPORT,
        in_place=False,
        about=lambda desk, x: of_city(desk, x.city),
    ),
    b.Begin: Press(
        lambda desk, x: reporting.begin(desk, x.mark),
        REPORT,
        in_place=False,
        about=lambda desk, x: reporting.about(desk, x.mark),
    ),
    b.FillIn: Press(
        lambda desk, x: recognising.fill_in(desk, x.mark),
        REPORT,
        about=lambda desk, x: reporting.about(desk, x.mark),
    ),
    b.LookUpWords: Press(lambda desk, _: moving.look_up(desk), in_groups=False),
    b.Continue: Press(
        lambda desk, x: opening.resume(desk, x.draft_id),
        REPORT,
        in_place=False,
        about=lambda desk, x: of_draft(desk, x.draft_id),
    ),
    b.AllAnswers: Press(
        lambda desk, x: opening.look(desk, x.draft_id, x.page),
        REPORT,
        about=lambda desk, x: of_draft(desk, x.draft_id),
    ),
    b.Tap: Press(answering.tap, REPORT, about=lambda desk, x: of_draft(desk, x.draft_id)),
    b.PickReading: Press(answering.pick_reading, REPORT, about=lambda desk, x: of_draft(desk, x.draft_id)),
    b.Move: Press(answering.press, REPORT, about=lambda desk, x: of_draft(desk, x.draft_id)),
    # The link is the right: only whoever opened it finds the question behind it.
    b.HandedTap: Press(colleagues.tap, Action.JOIN),
}

PURPOSES: Mapping[Purpose, Awaited] = {
    Purpose.REPORT: Awaited(answering.hear, REPORT, _expected_draft),
    Purpose.BECAUSE: Awaited(moving.because, REPORT, _expected_draft),
    Purpose.SOURCE: Awaited(opening.source_told, REPORT, _expected_draft),
    Purpose.HANDED: Awaited(colleagues.hear, Action.JOIN),
    Purpose.HANDED_NAME: Awaited(colleagues.name_told, Action.JOIN),
}
