"""Short names for what would not fit into a button."""

from __future__ import annotations

from hashlib import sha256


def mark_of(*parts: str) -> str:
    """Sixteen hexadecimal digits that name these parts in this order. What a mark means is found by marking
    everything that a person may choose from, so that one of another time or person opens nothing."""
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
