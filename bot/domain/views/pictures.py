"""What is said below a picture, for whoever does not see it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.views.base import View


@dataclass(frozen=True)
class PictureCaption(View):
    """`words` say what the picture shows, in the reader's language; `lines` what its rows do: name and figure."""

    words: str
    lines: tuple[tuple[str, str], ...] = ()
