"""Renders a view into the reader's language: Telegram HTML and the buttons below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.domain import buttons
from bot.domain.entries import Entry, Library, Place
from bot.domain.views import Page, View
from bot.domain.words import DEFAULT_LANGUAGE, LocalText
from bot.texts import answer_phrases, phrases
from bot.texts.catalogues import catalogue, interface_language
from bot.texts.formats import Formats, bar
from bot.texts.telegram_html import from_markdown, plain, split

MOST_ON_A_PAGE = 1500
"""Characters of an entry's text on one page: about two screens of a phone."""
MOST_ON_A_BUTTON = 48
DEEP_LINK_PREFIX = "e_"
SHOWN_ELSEWHERE = frozenset(
    {"years", "year", "city", "made", "due", "targets", "published", "said", "name_confirmed"}
)
"""Facts that the head of a card or the table of targets shows already."""


@dataclass(frozen=True, slots=True)
class Key:
    """A button as it is shown: its label, and what it does: callback data, an address, or inline mode."""

    label: str
    data: str | None = None
    url: str | None = None
    inline: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """A rendered view: one or more texts to send in order; the buttons belong to the last one."""

    texts: tuple[str, ...]
    rows: tuple[tuple[Key, ...], ...] = ()


class Renderer:
    """Renders every view. `bot_name` is the bot's Telegram name, for links that open exactly one entry;
    `language` the network's, for readers of whom none is known."""

    def __init__(self, bot_name: str, language: str = DEFAULT_LANGUAGE) -> None:
        self.bot_name = bot_name
        self.language = language

    def render(self, view: View, language: str) -> Screen:
        """The view for a reader with this language tag; "" where it is not known."""
        reader = _Reader(language or self.language, self.bot_name)
        template = _environment(reader.interface).get_template(template_name(type(view)))
        text = template.render(view=view, reader=reader, buttons=buttons, **reader.helpers())
        text = re.sub(r"[ \t]+\n", "\n", text)
        text = re.sub(r"\n{3,}", "\n\n", text).strip()
        return Screen(tuple(split(text)), tuple(tuple(row) for row in reader.rows if row))

    def fragment(self, source: str, language: str, **values: object) -> str:
        """A piece of a template of its own, for what is less than a message (a promise as a sentence)."""
        reader = _Reader(language or self.language, self.bot_name)
        template = _environment(reader.interface).from_string(source)
        return template.render(**values, buttons=buttons, **reader.helpers()).strip()

    def plain(self, view: View, language: str) -> str:
        """The text of the view without tags and buttons."""
        return plain("\n\n".join(self.render(view, language).texts))


class Sentences:
    """The sentences and small words of the templates as plain text, for what is no message: documents."""

    def __init__(self, language: str) -> None:
        self._reader = _Reader(language, "")
        self._macros: dict[str, Any] = {}
        self.interface = self._reader.interface
        self.formats = self._reader.formats
        self.catalogue = catalogue(self.interface)
        self.local = self._reader.local
        self.speaks = self._reader.speaks
        self.sources = self._reader.sources
        self.term = self._reader.term

    def macro(self, template: str, name: str, *values: object) -> str:
        """What the macro of this template says."""
        if template not in self._macros:
            found = _environment(self.interface).get_template(template)
            self._macros[template] = found.make_module(self._reader.helpers())
        said = getattr(self._macros[template], name)(*values)
        return str(Markup(said).unescape()).strip()  # noqa: S704 - taken out of HTML again


def template_name(view: type[View]) -> str:
    """`QuestionCard` -> `question_card.html`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", view.__name__).lower() + ".html"


class _Reader:
    """Who reads: their languages, and what a template may call while it renders for them."""

    def __init__(self, language: str, bot_name: str) -> None:
        self.language = language
        self.interface = interface_language(language)
        self.chat_link = f"https://t.me/{bot_name}"
        self.formats = Formats(self.interface)
        self.rows: list[list[Key]] = []
        self.gettext = catalogue(self.interface).gettext

    def helpers(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "pager": self.pager,
            "in_pairs": self.in_pairs,
            "key": self.key,
            "link_key": self.link_key,
            "inline_key": self.inline_key,
            "local": self.local,
            "md": self.markdown,
            "other_language": self.other_language,
            "kind": lambda kind: self.gettext(phrases.KIND[kind]),
            "kinds": lambda kind: self.gettext(phrases.KINDS[kind]),
            "sign": lambda kind: phrases.KIND_SIGN[kind],
            "fact": lambda key: self.gettext(phrases.FACT.get(key, key.replace("_", " ").capitalize())),
            "term": self.term,
            "unit": lambda unit: self.gettext(phrases.UNIT[unit]) if unit in phrases.UNIT else unit,
            "sources": self.sources,
            "place": self.place,
            "city": lambda city_id, library: self.place(Place(city_id), library),
            "inside": self.inside,
            "quoted": lambda words: self.around(phrases.QUOTED, words),
            "aside": lambda words: self.around(phrases.ASIDE, words),
            "speaks": self.speaks,
            "gap": "" if self.interface == "zh" else " ",
            "per_cent": self.gettext(phrases.PER_CENT),
            "status": lambda status: self.gettext(phrases.STATUS[status]),
            "status_sign": lambda status: phrases.STATUS_SIGN[status],
            "reasons_of": lambda why: [self.gettext(phrases.WHY[one]) for one in why if one in phrases.WHY],
            "evidence": lambda level: self.gettext(phrases.EVIDENCE[level]),
            "offered": lambda code: self.gettext(answer_phrases.OFFERED[code]),
            "because": lambda reason: self.gettext(answer_phrases.REASON[reason]),
            "doubted": lambda doubt: self.gettext(answer_phrases.DOUBT[doubt]),
            "brief": brief,
            "page_text": self.page_text,
            "pages_of": lambda view: len(self.pages(view.entry, view.library)),
            "type_of": lambda value: type(value).__name__,
            "hidden_facts": SHOWN_ELSEWHERE,
            "deep_link": self.deep_link,
            "f": self.formats,
            "bar": bar,
        }

    # --- buttons

    def row(self, *keys: Key) -> None:
        self.rows.append(list(keys))

    def in_pairs(self, keys: Sequence[Key]) -> None:
        """Two buttons a row: short labels fit side by side on a phone."""
        for first in range(0, len(keys), 2):
            self.row(*keys[first : first + 2])

    def pager(self, page: int, pages: int, button: Callable[..., buttons.Button], *rest: object) -> None:
        """Back and Next, where there is a page to go to. `button(page, *rest)` leads to a page."""
        back = self.key("‹ " + self.gettext("Back"), button(page - 1, *rest)) if page > 1 else None
        on = self.key(self.gettext("Next") + " ›", button(page + 1, *rest)) if page < pages else None
        self.row(*(key for key in (back, on) if key is not None))

    def key(self, label: object, button: buttons.Button) -> Key:
        return Key(_label(label), data=buttons.pack(button))

    def link_key(self, label: object, url: str) -> Key:
        return Key(_label(label), url=url)

    def inline_key(self, label: object, words: str) -> Key:
        return Key(_label(label), inline=words)

    # --- words

    def deep_link(self, entry_id: str) -> str:
        """The address that opens exactly this entry in the chat with the bot."""
        return f"{self.chat_link}?start={quote(DEEP_LINK_PREFIX + entry_id)}"

    def local(self, text: LocalText | None) -> str:
        return "" if text is None else text.within(self.language).text

    def inside(self, text: LocalText) -> str:
        """A text as it stands within a sentence: without a capital, which acronyms keep, and without a stop."""
        words = self.local(text).rstrip(" .。")
        first = words.split(" ", 1)[0]
        return words if re.search(r"[A-Z0-9]", first[1:]) else words[:1].lower() + words[1:]

    def around(self, phrase: str, words: str) -> Markup:
        """Words between the quotation marks or brackets of the reader's language."""
        return Markup(self.gettext(phrase)) % {"words": words}  # noqa: S704 - the words are escaped

    def speaks(self, text: LocalText) -> bool:
        """Whether the text is in the language of the words around it."""
        return text.within(self.language).language.split("-")[0] == self.interface.split("-")[0]

    def markdown(self, text: LocalText, library: Library) -> Markup:
        """A text in Markdown. Links to entries that this library does not show stay plain words."""

        def link(target: str) -> str | None:
            if target.startswith("entry:"):
                entry_id = target.removeprefix("entry:")
                known = entry_id in library.entries or entry_id in library.former_ids
                return self.deep_link(entry_id) if known else None
            return target if target.startswith(("https://", "http://")) else None

        return Markup(from_markdown(self.local(text), link))  # noqa: S704 - from_markdown escapes every text

    def other_language(self, entry: Entry) -> str | None:
        """The name of the language in which an entry is really shown, where it is not the reader's."""
        shown = (entry.summary or entry.body or entry.title).within(self.language).language
        if shown.split("-")[0] in (self.language.split("-")[0], self.interface):
            return None
        return self.formats.language(shown)

    def term(self, group: str, code: str) -> str:
        phrase = phrases.TERM.get((group, str(code)))
        return self.gettext(phrase) if phrase else str(code)

    def place(self, place: Place, library: Library) -> str:
        """The name of a place: a city's in the reader's language, a country's too where a file names one."""
        if place.city_id is None and place.name is not None:
            return self.formats.country_named(place.name) or place.name
        return self.local(library.place_name(place))

    def sources(self, marks: Sequence[str], most: int | None = None) -> str:
        """Source marks as a reader understands them: `K§10`, `K box 1` -> "Kitakyushu review 2010: §10, box 1"."""
        grouped: dict[str, list[str]] = {}
        for mark in marks[:most]:
            document, place = mark[:1], mark[1:].strip()
            if document not in phrases.DOCUMENT:
                grouped.setdefault(mark, [])
                continue
            grouped.setdefault(self.gettext(phrases.DOCUMENT[document]), []).append(self._place(place))
        colon, comma, semicolon = (self.gettext(mark) for mark in (": ", ", ", "; "))
        named = (f"{name}{colon}{comma.join(places)}" if places else name for name, places in grouped.items())
        return semicolon.join(named) + (" …" if most is not None and len(marks) > most else "")

    def _place(self, place: str) -> str:
        for pattern, phrase in phrases.PLACE_IN_DOCUMENT:
            if found := pattern.match(place):
                return self.gettext(phrase) % {"number": found.group(1) if found.groups() else ""}
        return place

    # --- the full text of an entry

    def pages(self, entry: Entry, library: Library) -> list[str]:
        template = _environment(self.interface).get_template("_full.html")
        whole = template.render(entry=entry, library=library, reader=self, buttons=buttons, **self.helpers())
        whole = re.sub(r"[ \t]+\n", "\n", whole)
        whole = re.sub(r"\n{3,}", "\n\n", whole).strip()
        return split(whole, MOST_ON_A_PAGE)

    def page_text(self, view: Page) -> Markup:
        pages = self.pages(view.entry, view.library)
        return Markup(pages[min(max(view.page, 1), len(pages)) - 1])  # noqa: S704 - rendered with autoescape


@cache
def _environment(interface: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.install_gettext_translations(catalogue(interface), newstyle=True)  # type: ignore[attr-defined]  # the i18n extension adds it
    return environment


def brief(text: str, most: int) -> str:
    """The beginning of a text, to the end of a sentence where one is near, else of a word."""
    if len(text) <= most:
        return text
    head = text[:most]
    ends = [found.end() for found in re.finditer(r"[.!?](?=\s)|[。！？]", head) if found.end() >= most // 3]
    if ends:
        return head[: ends[-1]]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:–-，；：、") + "…"


def _label(text: object) -> str:
    label = text.unescape() if isinstance(text, Markup) else str(text)
    label = " ".join(label.split())
    if len(label) <= MOST_ON_A_BUTTON:
        return label
    cut = label[: MOST_ON_A_BUTTON - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[20:] else cut).rstrip(" ,;:–-") + "…"
