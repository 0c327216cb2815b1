"""The countries of the world with their time zones, from the IANA database."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from bot.domain.imports.cities import Geography
from bot.texts.formats import country_code

OTHER_NAMES = {
    "BN": ("Brunei Darussalam",), "BO": ("Plurinational State of Bolivia",), "CD": ("Congo Kinshasa",),
    "CG": ("Congo Brazzaville",), "CI": ("Ivory Coast",), "CZ": ("Czechia",),
    "GB": ("United Kingdom", "Great Britain"),
    "HK": ("Hong Kong SAR China", "Hong Kong China"), "IR": ("Islamic Republic of Iran",),
    "KR": ("Republic of Korea", "Korea"), "LA": ("Lao PDR", "Lao People’s Democratic Republic"),
    "MD": ("Republic of Moldova",), "MK": ("Macedonia",), "MM": ("Burma",), "MO": ("Macao SAR China", "Macau"),
    "NL": ("Kingdom of the Netherlands",), "PS": ("State of Palestine", "Palestinian Territories"),
    "RU": ("Russian Federation",), "SK": ("Slovak Republic",), "SY": ("Syrian Arab Republic",), "SZ": ("Swaziland",),
    "TL": ("Timor-Leste",), "TR": ("Türkiye",), "TW": ("Taiwan China", "Chinese Taipei"),
    "TZ": ("United Republic of Tanzania",), "VE": ("Bolivarian Republic of Venezuela",),
}  # fmt: skip
"""As the United Nations and others write them, where the IANA database is shorter."""


@lru_cache(maxsize=1)
def geography() -> Geography:
    """Two letters by English name, and the zones of each country."""
    folder = files("tzdata") / "zoneinfo"
    names: dict[str, str] = {}
    zones: dict[str, tuple[str, ...]] = {}
    for line in (folder / "iso3166.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, name = line.partition("\t")
            names[name] = code
            zones[code] = ()
    names |= {name: code for code, others in OTHER_NAMES.items() for name in others}
    for line in (folder / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            zones[code] = (*zones.get(code, ()), zone)
    return Geography(names, zones, country_code)
