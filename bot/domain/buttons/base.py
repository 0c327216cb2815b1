"""Typed buttons, and how they travel through Telegram: at most 64 bytes, packed and unpacked here only.

What comes back is data from outside: it may be forged, old, or from a button that is long gone. Unpacking
gives None for whatever is not a button of ours; what a press may do is decided anew at every press.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import Any, ClassVar, TypeVar

MOST_BYTES = 64
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Button:
    """Base of all buttons. `code` is one letter, unique; fields are texts and numbers, the longest one last."""

    code: ClassVar[str]


BUTTONS: dict[str, type[Button]] = {}
B = TypeVar("B", bound=type[Button])


def register(kind: B) -> B:
    """Makes a button known by its letter. Raises ValueError where another one has it."""
    if kind.code in BUTTONS:
        raise ValueError(f"two buttons with the code {kind.code!r}")
    BUTTONS[kind.code] = kind
    return kind


def pack(button: Button) -> str:
    """The callback data of a button. Raises ValueError where it would not fit into 64 bytes."""
    parts = [_digits(v) if isinstance(v, int) else str(v) for v in astuple(button)]
    data = button.code + ":".join(parts)
    if len(data.encode()) > MOST_BYTES:
        raise ValueError(f"a button of {len(data.encode())} bytes: {data}")
    return data


def unpack(data: str) -> Button | None:
    """The button that this callback data is, or None where it is none of ours."""
    kind = BUTTONS.get(data[:1])
    if kind is None:
        return None
    declared = fields(kind)
    parts = data[1:].split(":", len(declared) - 1) if declared else []
    if len(parts) != len(declared) or (not declared and len(data) > 1):
        return None
    values: list[Any] = []
    for wanted, part in zip(declared, parts, strict=True):
        if wanted.type == "int":
            if not part or len(part) > 9 or any(digit not in DIGITS for digit in part):
                return None
            values.append(int(part, 36))
        else:
            values.append(part)
    return kind(*values)


def _digits(number: int) -> str:
    """A whole number >= 0 in base 36."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
        if number == 0:
            return digits
