"""Bodies of entries: what in their Markdown cannot be shown in a chat, and the entries they link to."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.content.parsed import Reference
from bot.content.problems import Report, shown
from bot.content.reading import position_in

CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.M | re.S)
HTML = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|<!--")
LINK = re.compile(r"(!?)\[([^\]\n]*)\]\(\s*<?([^)\s>]*)>?[^)\n]*\)")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
SCHEMES = frozenset({"http", "https", "mailto", "tel", "tg"})
ENTRY = "entry:"


def check_body(text: str, first_line: int, report: Report) -> tuple[Reference, ...]:
    """The links to entries in a body that begins in `first_line`; what cannot be shown goes into `report`."""
    if "<" not in text and "](" not in text:
        return ()
    # Code is blanked out and not cut out, so that every position stays what it was.
    plain = CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for found in HTML.finditer(plain):
        at = position_in(plain, found.start(), first_line)
        cure = "use Markdown (`**bold**`, lists, `## heading`)"
        report.warning("html", f"HTML is shown as it stands: {shown(found[0])}", cure, at)
    references = []
    for found in LINK.finditer(plain):
        at = position_in(plain, found.start(3), first_line)
        if found[1]:
            report.warning("picture", "pictures are not shown in the chat", "describe it in words", at)
        elif found[3].startswith(ENTRY):
            references.append(Reference("link", found[3].removeprefix(ENTRY), at[0], at[1]))
        else:
            _check_target(found[3], at, report)
    return tuple(references)


def _check_target(target: str, at: tuple[int, int], report: Report) -> None:
    scheme = SCHEME.match(target)
    if scheme is not None and scheme[1].casefold() in SCHEMES:
        return
    if scheme is not None:
        cure = "write a whole address with https://, or take the link away"
    else:
        name = target.rsplit("/", 1)[-1].removesuffix(".md")
        cure = f"write `entry:{name}` for an entry, or a whole address with https://"
    report.warning("link", f"the link {shown(target)} cannot be opened from the chat", cure, at)


def without_links(text: str, is_dead: Callable[[str], bool]) -> str:
    """The body with the links to entries that do not exist taken off their words."""

    def keep(found: re.Match[str]) -> str:
        target = found[3]
        dead = not found[1] and target.startswith(ENTRY) and is_dead(target.removeprefix(ENTRY))
        return found[2] if dead else found[0]

    return LINK.sub(keep, text)
