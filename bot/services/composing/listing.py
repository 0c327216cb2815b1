"""The announcements: what is written, waits and went out; a new one, blank or from a template."""

from __future__ import annotations

import html

from bot.domain.announcements import Announcement, AnnouncementState
from bot.domain.cycles import ReportingCycle
from bot.domain.reminder_rules import MessageTemplate
from bot.domain.views import View
from bot.domain.views.composing import AnnouncementList, Listed, TemplateList
from bot.services.announcement_board import begins_of
from bot.services.browsing import paged
from bot.services.composing.keeping import card, expect_no_more, may_see
from bot.services.desk import Desk
from bot.services.marks import mark_of
from bot.texts.catalogues import interface_language
from bot.texts.formats import Formats
from bot.texts.telegram_html import from_markdown

ON_A_PAGE = 6
MOST = 200
FARTHEST_EAST = "Pacific/Kiritimati"


def begin(desk: Desk) -> View:
    """The announcements of this person; a new one at once where there are none."""
    expect_no_more(desk)
    return listed(desk, 1) if _seen(desk) else new(desk)


def listed(desk: Desk, page: int, *, dropped: int | None = None) -> View:
    shown, page, pages = paged(_seen(desk), page, ON_A_PAGE)
    return AnnouncementList(
        tuple(_line(desk, announcement) for announcement in shown),
        page,
        pages,
        desk.zone,
        bool(desk.schedules.messages),
        dropped,
    )


def new(desk: Desk) -> View:
    """A blank announcement: one that this person left blank, where there is one."""
    blank = (one for one in _seen(desk) if one.state is AnnouncementState.DRAFT and _is_blank(one))
    found = next((one for one in blank if one.author == desk.person.id), None)
    return card(desk, found or _added(desk, Announcement(0, desk.person.id, desk.now)))


def templates(desk: Desk) -> View:
    known = sorted(desk.schedules.messages.values(), key=lambda template: template.id)
    return TemplateList(tuple((_mark(template), template.title) for template in known))


def use_template(desk: Desk, choice: str) -> View:
    """A new announcement with the texts of a template, filled in from the newest cycle."""
    template = next((one for one in desk.schedules.messages.values() if _mark(one) == choice), None)
    if template is None:
        return templates(desk)
    cycle = _newest(desk)
    texts = {language: filled(template, language, cycle) for language in template.text.by_language}
    announcement = Announcement(
        0,
        desk.person.id,
        desk.now,
        texts=texts,
        wants_reading=template.wants_reading,
        template=template.id,
    )
    return card(desk, _added(desk, announcement))


def filled(template: MessageTemplate, language: str, cycle: ReportingCycle | None) -> str:
    """The text of a template in one of its languages, as Telegram's HTML. Without a cycle its places stay open."""
    text = from_markdown(
        template.text.by_language[language],
        lambda target: target if target.startswith(("https://", "http://")) else None,
    )
    if cycle is None:
        return text
    formats = Formats(interface_language(language))
    values = {
        "cycle": cycle.title.within(language).text,
        "period": formats.when(cycle.period),
        "deadline": formats.when(cycle.deadline.isoformat()),
    }
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", html.escape(value, quote=False))
    return text


def _newest(desk: Desk) -> ReportingCycle | None:
    """The newest cycle that has begun anywhere, else the newest."""
    cycles = desk.schedules.newest_first()
    begun = (cycle for cycle in cycles if cycle.is_open(desk.now, FARTHEST_EAST))
    return next(begun, next(iter(cycles), None))


def _seen(desk: Desk) -> list[Announcement]:
    """Newest first. What was thrown away is gone from it; what was called off is a draft again when it is opened."""
    found = desk.work.announcements.newest(MOST)
    return [
        one for one in found if may_see(desk, one) and (not _is_dropped(one) or _is_called_off(desk, one))
    ]


def _is_dropped(announcement: Announcement) -> bool:
    return announcement.state is AnnouncementState.DROPPED


def _is_called_off(desk: Desk, announcement: Announcement) -> bool:
    """Whether it is one's own and was to go out."""
    return announcement.starts_at is not None and announcement.author == desk.person.id


def _added(desk: Desk, announcement: Announcement) -> Announcement:
    return desk.work.announcements.add(announcement)


def _is_blank(announcement: Announcement) -> bool:
    return not announcement.texts and announcement.media is None


def _line(desk: Desk, announcement: Announcement) -> Listed:
    is_own = announcement.author == desk.person.id
    author = None if is_own else desk.name_of(announcement.author)
    return Listed(announcement, begins_of(desk, announcement), author)


def _mark(template: MessageTemplate) -> str:
    return mark_of(template.id)[:8]
