"""What a person typed, taken apart: the parts, what each may mean, and how much it says."""

from __future__ import annotations

from typing import NamedTuple

MOST_LETTERS = 500
"""What a pasted letter says beyond these is not looked at: it would only take time."""
UNKNOWN_COUNT = 3
"""An unknown part says as much as one that stands in so many entries."""

SURELY = 0.7
"""A meaning less like what was typed may be a chance one."""


class Part(NamedTuple):
    """One word or gram: its weight (0..1) and the terms that it may mean with a likeness of 0..1 each."""

    weight: float
    meanings: dict[int, float]
    carries: bool

    def surely(self) -> Part:
        """The part without what it means by chance only."""
        return self._replace(
            meanings={t: likeness for t, likeness in self.meanings.items() if likeness >= SURELY}
        )


class Query(NamedTuple):
    """A message as it was typed (folded), the same without fillers if anything is left, and its parts."""

    text: str
    core: str
    parts: tuple[Part, ...]
    said: str = ""
    """The core with its towns and concepts in English, where these were told otherwise."""
    towns: frozenset[str] = frozenset()
    """Ids of the towns that it names."""
    town_parts: tuple[int, ...] = ()
    """The numbers of the parts that name them."""
    matter: tuple[int, ...] = ()
    """The numbers of the parts that say something beside the towns."""
    matter_known: bool = False
    """Whether all of these are concepts, or beside a town at least words of the index."""
    kinds: frozenset[str] = frozenset()
    """Kinds of entries that it asks for by name."""
    kind_parts: frozenset[int] = frozenset()
    """The numbers of the parts that name these."""
