"""The languages of the interface: one folder of `locale` each, read from its `focal.po`."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from bot.domain.words import DEFAULT_LANGUAGE

LOCALE = Path(__file__).parent / "locale"


@cache
def languages() -> tuple[str, ...]:
    """The languages that the interface speaks, English (the language of the templates) first."""
    others = sorted(folder.parent.parent.name for folder in LOCALE.glob("*/LC_MESSAGES/focal.po"))
    return (DEFAULT_LANGUAGE, *others)


def interface_language(tag: str | None) -> str:
    """The language of the interface for a reader with this language tag (`zh-hans` -> `zh`), else English."""
    wanted = (tag or DEFAULT_LANGUAGE).replace("_", "-").lower()
    base = wanted.split("-")[0]
    known = {language.lower(): language for language in languages()}
    return known.get(wanted) or known.get(base) or DEFAULT_LANGUAGE


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations of one interface language. They are read from the `.po` file: there is no build step."""
    if language == DEFAULT_LANGUAGE:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (LOCALE / language / "LC_MESSAGES" / "focal.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
