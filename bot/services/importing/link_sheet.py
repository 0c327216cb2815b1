"""The one-time links of the people of a table, as the file in which they are handed on."""

from __future__ import annotations

from collections.abc import Iterable

from bot.documents.tables_out import to_csv
from bot.domain.tables import Column, Table
from bot.services.importing.ground import Invited

LINKS = tuple(Column(key) for key in ("role", "city", "note", "link", "expires"))


def link_sheet(links: Iterable[tuple[Invited, str, str]]) -> bytes:
    """A CSV file of who is invited, with the link and the moment at which it ends."""
    rows = ((one.role, one.city, one.note or None, link, expires) for one, link, expires in links)
    return b"".join(to_csv(Table("links", LINKS, rows)))
