"""Logging that holds neither the token nor what people wrote."""

from __future__ import annotations

import logging
import re
import sys

TOKEN = re.compile(r"\d{3,}:[\w-]{20,}")
HIDDEN = "<token>"
NOISY = ("httpx", "httpcore", "telegram", "apscheduler", "uvicorn.access", "watchfiles")


class RedactingFormatter(logging.Formatter):
    """Hides whatever looks like a bot token, in messages and in the text of exceptions."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub(HIDDEN, super().format(record))


def set_up(level: str) -> None:
    """Logs to standard error. Libraries that print addresses (with the token) or whole updates stay quiet."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
