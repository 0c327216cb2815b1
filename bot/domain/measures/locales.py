"""Which signs a language or locale sets between the digits of a number."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.measures.characters import names

_COMMA = names(
    "af az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk km ky lo lt "
    "lv mk nb nl nn no pl ps pt rn ro ru rw sk sl sq sr sv tg tk tr uk uz vi"
)
_POINT_LOCALES = names(
    "es_mx es_us es_gt es_hn es_ni es_pa es_pe es_pr es_sv es_do de_ch de_li it_ch en_ch rm_ch"
)
_COMMA_LOCALES = names("en_za en_de en_at en_nl en_fi en_se en_dk ar_ma ar_dz ar_tn ar_ly ar_mr ar_eh")
_BY_MYRIADS = frozenset({"zh", "ja", "ko"})
_LONG_SCALE = names("fr de da nb nn no sv fi is nl cs sk pl hu hr sl sr bs es ca it pt")


@dataclass(frozen=True, slots=True)
class Locale:
    """What of a locale matters for numbers: its decimal sign, and how it names and groups the large ones."""

    language: str | None
    territory: str | None
    decimal: str | None
    """`.` or `,`; None where nothing is known."""

    @property
    def groups_by_myriads(self) -> bool:
        return self.language in _BY_MYRIADS

    @property
    def has_long_scale(self) -> bool:
        """Whether a billion may be 10¹²."""
        return self.language in _LONG_SCALE and self.territory != "br"


def locale_of(hint: str | None) -> Locale:
    """The locale of a hint such as `de_CH`, `zh-Hant-TW` or `en`. What is not known gives no decimal sign."""
    parts = (hint or "").replace("-", "_").lower().split(".")[0].split("_")
    language = parts[0] if parts[0].isalpha() else None
    if language is None:
        return Locale(None, None, None)
    territory = next((part for part in parts[1:] if len(part) == 2), None)
    known = f"{language}_{territory}"
    decimal = "," if language in _COMMA else "."
    if known in _POINT_LOCALES:
        decimal = "."
    elif known in _COMMA_LOCALES:
        decimal = ","
    return Locale(language, territory, decimal)
