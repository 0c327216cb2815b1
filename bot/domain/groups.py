"""Group chats of a city's team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TeamGroup:
    """A group (its chat id is negative) that belongs to a city. It gets announcements and links, never what is
    personal. `language` is what announcements to it are written in."""

    chat_id: int
    city: str
    language: str
    linked_by: int
    linked_at: datetime
    reachable: bool = True
