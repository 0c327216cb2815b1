"""What Telegram makes of the bytes of a photo: its size in pixels, or a refusal."""

from __future__ import annotations

import struct

from bot.rehearsal.model import Json, bad_request

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
USUAL = (1280, 960)
"""Pixels of a photo whose bytes do not tell."""
THUMBNAIL = 320
MOST_PIXELS, MOST_TIMES = 10_000, 20
"""Width and height together, and how many times the one may be the other."""


def check_photo(content: bytes) -> None:
    """Raises ApiError where Telegram would not show these bytes as a photo."""
    if not content.startswith((PNG, JPEG)):
        raise bad_request("IMAGE_PROCESS_FAILED")
    short, long = sorted(_pixels(content))
    if short + long > MOST_PIXELS or long > MOST_TIMES * short:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def photo_sizes(content: bytes) -> list[Json]:
    """The sizes in which a photo is there: a thumbnail, and the whole."""
    width, height = _pixels(content)
    share = min(1.0, THUMBNAIL / max(width, height))
    small = {"width": max(1, round(width * share)), "height": max(1, round(height * share))}
    return [small, {"width": width, "height": height}]


def _pixels(content: bytes) -> tuple[int, int]:
    if content.startswith(PNG) and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    return USUAL
