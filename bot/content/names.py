"""What ids and languages look like, in file names and in files."""

from __future__ import annotations

import re

from bot.domain.imports.cities import slug

LONGEST_ID = 60
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
LANGUAGE = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?")
# Readers ask for `zh` or `zh-Hant`: what stands under `zh-CN` or `zh-Hans` would never be found.
TRADITIONAL = frozenset({"tw", "hk", "mo"})
DEFAULT_SCRIPTS = {"zh-Hans": "zh"}

TWO_LETTER_LANGUAGES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id
    ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu
    lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu
    rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr
    ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905 - 180 words read better than 180 quoted words
)
"""ISO 639-1."""

MISTAKEN_LANGUAGES = {
    "cn": "zh", "tw": "zh-Hant", "jp": "ja", "kr": "ko", "vn": "vi", "np": "ne", "dk": "da", "cz": "cs",
    "chinese": "zh", "english": "en", "french": "fr", "japanese": "ja", "korean": "ko", "thai": "th",
    "indonesian": "id", "spanish": "es",
}  # fmt: skip


def is_id(text: str, longest: int = LONGEST_ID) -> bool:
    """Whether this can be the id of an entry, topic or indicator, or another id of at most so many characters."""
    return len(text) <= longest and ID.fullmatch(text) is not None


def as_id(name: str, longest: int = LONGEST_ID) -> str:
    """The id nearest to a name."""
    return slug(name, longest) or "a-name"


def is_language(tag: str) -> bool:
    """Whether this is a language tag: `en`, `zh-Hant`, `hil`."""
    found = LANGUAGE.fullmatch(tag)
    known = found is not None and (len(found[1]) == 3 or found[1] in TWO_LETTER_LANGUAGES)
    return known and tag not in DEFAULT_SCRIPTS


def meant_language(tag: str) -> str | None:
    """The language that somebody meant who wrote `cn`, `EN`, `zh_CN` or `french`."""
    base, *parts = tag.casefold().replace("_", "-").split("-")
    meant = MISTAKEN_LANGUAGES.get(base, base)
    scripts = [part.title() for part in parts if len(part) == 4]
    if meant == "zh" and TRADITIONAL.intersection(parts):
        scripts = ["Hant"]
    meant = "-".join([meant, *scripts[:1]])
    meant = DEFAULT_SCRIPTS.get(meant, meant)
    return meant if is_language(meant) else None
