"""What is made ready when it leaves, and who hears of what became of it."""

from __future__ import annotations

from bot.domain.outgoing import OutgoingMessage
from bot.services import announcing, reminding, sent_files
from bot.services.desk import Desk

REMINDER, ANNOUNCEMENT = "rem:", "ann:"
"""How the keys of reminders and of announcements begin."""


def prepare(desk: Desk, message: OutgoingMessage) -> OutgoingMessage:
    """The message with its method and parameters as of now; or finished with a reason, or RETRY with a moment.
    Raises LookupError where nobody knows how it is made."""
    if message.key.startswith(REMINDER):
        return reminding.prepare(desk, message)
    if message.key.startswith(ANNOUNCEMENT):
        return announcing.prepare(desk, message)
    if message.key.startswith(sent_files.FILE):
        return sent_files.prepare(desk, message)
    raise LookupError("nobody knows how this message is made")


def settled(desk: Desk, message: OutgoingMessage) -> None:
    """Hears of a message that is finished."""
    if message.key.startswith(REMINDER):
        reminding.settled(desk, message)
    elif message.key.startswith(sent_files.FILE):
        sent_files.settled(desk, message)
    else:
        announcing.settled(desk, message)
