"""The guided dialog: what the front door asks of it beside buttons and words."""

from bot.services.dialog.answering import answered_in, corrected
from bot.services.dialog.files import file_sent
from bot.services.dialog.moving import pause

__all__ = ["answered_in", "corrected", "file_sent", "pause"]
