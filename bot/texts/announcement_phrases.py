"""What stands on the buttons below an announcement."""

from __future__ import annotations

from bot.texts.phrases import N_

HAVE_READ = N_("I have read this")
READ = N_("Read, thank you")
OPEN_CHAT = N_("Open the chat with Focal")
