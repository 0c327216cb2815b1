"""One-time links: their tokens, and who is turned away for trying too many that open nothing."""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

from bot.domain.people import MOST_WRONG_LINKS
from bot.services.desk import Desk

INVITATION_PREFIX = "i_"
QUESTION_PREFIX = "q_"
GROUP_PREFIX = "g_"
"""How the payload of `/start` begins in the link of an invitation, of one question, into a group."""
BOT_NAME = "bot_name"
"""The fact that keeps the bot's name in Telegram, for links that are made beside the running bot."""


def pasted(words: str, bot_name: str) -> tuple[str, bool] | None:
    """The payload of the one link to this bot among these words, and whether there is nothing else; None where
    there is no such link, or several."""
    address = (
        rf"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/{re.escape(bot_name)}\?start=([A-Za-z0-9_-]{{1,64}})"
    )
    links = list(re.finditer(rf"(?<![\w./]){address}(?![\w%&=-])", words, re.IGNORECASE))
    payloads = {link[1] for link in links}
    return (payloads.pop(), links[0][0] == words.strip()) if len(payloads) == 1 else None


def new_token() -> str:
    """22 characters of `A-Za-z0-9_-`: 128 random bits."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def may_try(desk: Desk) -> bool:
    """Whether this person may open a link: not after too many within an hour that opened nothing."""
    return desk.work.invitations.wrong_tries(desk.person.id, desk.now) < MOST_WRONG_LINKS


def note_wrong(desk: Desk) -> None:
    desk.work.invitations.wrong_try(desk.person.id, desk.now)
