"""The countries of the world with their time zones, from the IANA database."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from bot.domain.imports.cities import Geography


@lru_cache(maxsize=1)
def geography() -> Geography:
    """Two letters by English name, and the zones of each country."""
    folder = files("tzdata") / "zoneinfo"
    names, zones = {}, {}
    for line in (folder / "iso3166.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, name = line.partition("\t")
            names[name] = code
            zones[code] = ()
    for line in (folder / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            zones[code] = (*zones.get(code, ()), zone)
    return Geography(names, zones)
