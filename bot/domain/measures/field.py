"""The field that a number is typed into: its unit, and what may stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from bot.domain.measures.characters import fold, names, tidy
from bot.domain.measures.lexicon import lexicon
from bot.domain.measures.tokens import tokens
from bot.domain.measures.unit_phrase import unit_of
from bot.domain.measures.units import Unit, mistaken_for

_NEVER_NEGATIVE = names("kg g mg μg t kt Mt l ml m3 m2 km2 ha km cap household ppm ppb kWh MWh GWh")


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is the unit as answers carry it, `words` the unit as the questionnaire writes it."""

    name: str | None = None
    words: str | None = None
    unit: Unit | None = None
    is_change: bool = False
    is_share: bool = False

    @property
    def is_percent(self) -> bool:
        return self.unit is not None and self.unit.top == "%"

    def name_of(self, unit: Unit | None) -> str | None:
        """What the unit of an answer is called: the field's own name where the field has one."""
        return self.name or (str(unit) if unit else None)

    def takes_negative(self, typed: Unit | None) -> bool:
        """Whether a minus is a minus here: in a change, a sum of money, a temperature; not in tonnes."""
        unit = self.unit or typed
        return not self.is_share and (unit is None or unit.top not in _NEVER_NEGATIVE)


@lru_cache(maxsize=256)
def field_of(field_unit: str | None) -> Field:
    """The field of a unit as a questionnaire has it. A unit that is not known is a name like any other."""
    written = (field_unit or "").strip()
    if not written:
        return Field()
    folded = fold(written)
    if folded.startswith("%"):
        is_share = "rate" in folded or "share" in folded
        return Field("%", written, Unit("%"), is_change="change" in folded, is_share=is_share)
    tidied = tidy(written)
    cut = tokens(tidied, lexicon())
    unit, used = unit_of(cut, frozenset())
    known = unit if unit is not None and len(used) == len(cut) else None
    return Field(written, tidied.folded, known)


def mistakable(field_unit: str | None) -> tuple[tuple[str, Fraction], ...]:
    """The units that are told by mistake in a field of this unit, by name, with the factor to the field's."""
    unit = field_of(field_unit).unit
    return tuple((str(other), by) for other, by in mistaken_for(unit)) if unit is not None else ()
