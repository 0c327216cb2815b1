"""Many ways to get a content file wrong, and what its writer is told."""

from __future__ import annotations

from typing import NamedTuple

X = "practices/x.md"


class Broken(NamedTuple):
    """A file that somebody got wrong: the line that is told, a part of the sentence, a part of the cure."""

    story: str
    content: str | bytes
    line: int
    told: str
    cure: str = ""
    path: str = X


def front(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "Body.", ""])


def practice(*lines: str) -> str:
    """A practice whose extra lines begin in line 3."""
    return front("title: Right", *lines)


def city(**changes: str) -> str:
    keys = {"title": "Cebu", "country": "PH", "time_zone": "Asia/Manila"} | changes
    return front(*(f"{key}: {value}" for key, value in keys.items()))


def commitment(target: str = "", extra: str = "") -> str:
    target = target or 'kind: change, indicator: waste-generation, direction: down, value: "-40", text: Less'
    return front(
        "title: Right",
        "city: surabaya",
        "made: 2007",
        "due: 2010",
        "targets:",
        f"  - {{id: a, {target}}}",
        *([extra] if extra else []),
    )


COMMITMENT = "commitments/surabaya-2007.md"
CITY = "cities/cebu.md"

BROKEN_FILES = [
    # What editors and word processors do
    Broken("empty file", "", 1, "the file is empty", "title"),
    Broken("only blank lines", "\n\n  \n", 1, "the file is empty"),
    Broken("no front matter", "Compost is good.\n", 1, "read `Compost is good.`", "put a line `---`"),
    Broken("front matter without end", "---\ntitle: A\n", 1, "has no end", "put a line `---`"),
    Broken("hyphens turned into a dash", "—\ntitle: A\n---\n", 1, "read `—`", "write `---`"),
    Broken("closing hyphens turned into a dash", "---\ntitle: A\n—-\nText\n", 3, "read `—-`", "write `---`"),
    Broken("tab in the indentation", front("title:", "\ten: A"), 3, "begins with a tab", "two spaces"),
    Broken("tab after spaces", front("title:", "  en: A", "  \tzh: B"), 4, "begins with a tab", "two spaces"),
    Broken("smart quotes", practice("summary: “Less waste”"), 3, "typographic", 'write "Less waste"'),
    Broken("German quotes", practice("summary: „Less waste“"), 3, "typographic", 'write "Less waste"'),
    Broken("full-width colon", front("topics: [composting]", "title：A"), 3, "full-width colon", "`title: `"),
    Broken("full-width comma", practice("topics: [composting，plastics]"), 3, "composting，plastics", "commas"),
    Broken("Latin-1", practice("summary: Qualité").encode("latin-1"), 3, "0xE9", "UTF-8"),
    Broken("GBK", practice("summary: 堆肥").encode("gbk"), 3, "no UTF-8", "UTF-8"),
    Broken("UTF-16", practice().encode("utf-16"), 1, "UTF-16", "UTF-8"),
    Broken("UTF-16 without a mark", practice().encode("utf-16-le"), 1, "UTF-16", "UTF-8"),
    Broken("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 3, "zero bytes", "text editor"),
    Broken("control character", practice("summary: A\x07B"), 3, "U+0007", "delete it"),
    Broken("hidden line separator", practice("summary: A\u2028B"), 3, "U+2028", "delete it"),
    Broken("two megabytes", practice("summary: " + "a" * 2_000_000), 1, "1953 KiB", "split it"),
    # YAML
    Broken("quote not closed", practice('summary: "Less', "topics: [composting]"), 3, "is not closed", 'put "'),
    Broken("quote not closed at the end", practice('summary: "Less'), 3, "is not closed", 'put "'),
    Broken("quote inside quotes", practice('summary: "the "best" way"'), 3, "goes on after its closing"),
    Broken("apostrophe in single quotes", practice("summary: 'it's less'"), 3, "goes on after", "double quotes"),
    Broken("colon in a text", practice("summary: He said: less"), 3, "a colon and a space", "double quotes"),
    Broken("no space after the colon", front("title:A", "summary: B"), 2, "no space after `title:`", "`title: `"),
    Broken("no colon", practice("summary", "draft: true"), 3, "read `summary`", "write a colon"),
    Broken("list not closed", practice("topics: [composting", "draft: true"), 3, "`[` is not closed", "put `]`"),
    Broken("map not closed", practice("summary: {en: Less", "draft: true"), 3, "`{` is not closed", "put `}`"),
    Broken("bracket too many", practice("topics: [composting]]"), 3, "read `]`", "delete it"),
    Broken("comma too many", practice("topics: [composting,, x]"), 3, "between two commas", "delete the comma"),
    Broken("list in the line of its key", practice("topics: - composting"), 3, "list item", "next line"),
    Broken("key among list items", practice("topics:", "  - composting", "  x: y"), 5, "read `x: y`", "`- `"),
    Broken("list item among keys", practice("- composting"), 3, "a list item", "delete the `- `"),
    Broken("indented too far", front("title: A", "  summary: B"), 3, "is indented", "same column"),
    Broken("out of line", front("title:", "    en: A", "  zh: B"), 4, "column of its own", "same column"),
    Broken("unknown escape", practice('summary: "a\\qb"'), 3, "`\\q`", "\\\\"),
    Broken("percent sign first", practice("summary: %20 less"), 3, "cannot begin with %", "double quotes"),
    Broken("at sign first", practice("summary: @home"), 3, "cannot begin with @", "double quotes"),
    Broken("asterisk first", practice("summary: *less* waste"), 3, "cannot begin with *", "double quotes"),
    Broken("alias", practice("summary: *less"), 3, "`*less`", "in quotes"),
    Broken("anchor", practice("summary: &less text"), 3, "`&less`", "in quotes"),
    Broken("tag", practice("summary: !!python/object:os.system x"), 3, "python/object", "delete it"),
    Broken("merge key", practice("<<: {summary: x}"), 3, "`<<`", "write the keys out"),
    Broken("duplicate key", practice("title: Again"), 3, "`title` is here a second time (first in line 2)"),
    Broken("duplicate language", front("title:", "  en: A", "  en: B"), 4, "`en` is here a second time"),
    Broken("map as a key", practice("summary: {{ x }}"), 3, "as a key", "plain word"),
    Broken("a list on top", front("- title: A"), 2, "read a list", "put a key"),
    Broken("a text on top", front("Just words"), 2, "read the text `Just words`", "put a key"),
    Broken(
        "anchor bomb",
        front("a: &a [x, x, x, x, x, x]", *(f"{b}: &{b} [*{a}, *{a}]" for a, b in ("ab", "bc", "cd")), "title: A"),
        2,
        "the anchor `&a`",
    ),
    Broken("too deep", practice("summary: " + "[" * 20_000), 3, "more than 20 levels", "flatter"),
    Broken("too many values", practice("aliases: [" + "a," * 60_000 + "b]"), 3, "50000 values", "split"),
    # The schema
    Broken("no title", front("summary: A"), 2, "`title` is missing", "add `title:`"),
    Broken("empty title", front("summary: A", "title:"), 3, "`title` has nothing after it", "write"),
    Broken("title eaten by a comment", front("title: #5 of ten"), 2, "`title` has nothing", "quotes"),
    Broken("unknown key", practice("topcis: [composting]"), 3, "unknown key `topcis`", "did you mean `topics`?"),
    Broken("key of another kind", practice("donor: Somebody"), 3, "unknown key `donor`", "pledges"),
    Broken("text for a list", practice("topics: composting"), 3, "expected a list", "topics: [composting]"),
    Broken("no space after the hyphen", practice("topics:", "  -composting"), 4, "expected a list", "a space"),
    Broken("list for a text", practice("summary: [a, b]"), 3, "read a list", "`en:`"),
    Broken("unknown language", front("title: {en: A, cn: B}"), 2, "read `cn`", "did you mean `zh`?"),
    Broken("years the wrong way round", practice("years: 2008-2004"), 3, "2004 is before 2008", "2004-2008"),
    Broken("years in words", practice("years: since 2004"), 3, "read `since 2004`", "write 2004-2008"),
    Broken("not yes, not no", practice("draft: maybe"), 3, "read `maybe`", "`true` or `false`"),
    Broken("unknown role", practice("visible_to: [admins]"), 3, "read `admins`", "did you mean `admin`?"),
    Broken("result without figure", practice("results:", "  - {change: less}"), 4, "read `less`", "`text`"),
    Broken("result twice", practice("results:", "  - {change: -2 %, value: 2 %}"), 4, "both `change` and `value`"),
    Broken("empty result", practice("results:", "  - {year: 2007}"), 4, "neither a figure nor a text", "`text`"),
    Broken(
        "unknown key in a result",
        practice("results:", "  - change: -2 %", "    yaer: 2007"),
        5,
        "unknown key `yaer` in `results` no. 1",
        "did you mean `year`?",
    ),
    Broken("no state", front("title: A", "partners: [surabaya]"), 2, "`state` is missing", path="partnerships/x.md"),
    Broken(
        "unknown stage", practice("stage: runing"), 3, "read `runing`", "did you mean `running`?", "pilots/x.md"
    ),
    Broken("foreign date", practice("starts: 31.08.2000"), 3, "`31.08.2000`", "2000-08-31", "events/x.md"),
    Broken("no such day", practice("starts: 2001-02-30"), 3, "that month has 28 days", path="events/x.md"),
    Broken("ends first", practice("starts: 2001", "ends: 2000"), 4, "it starts on `2001`", path="events/x.md"),
    Broken("small country", city(country="ph"), 3, "read `ph`", "write `PH`", CITY),
    Broken("country in words", city(country="Philippines"), 3, "two capital letters", "ISO 3166", CITY),
    Broken("town for a zone", city(time_zone="Manila"), 4, "`Manila`", "did you mean `Asia/Manila`?", CITY),
    Broken("zone misspelt", city(time_zone="Asia/Manilla"), 4, "Manilla", "did you mean `Asia/Manila`?", CITY),
    Broken(
        "decimal comma",
        commitment('kind: change, indicator: waste-generation, direction: down, value: "-4,5", text: Less'),
        7,
        "read `-4,5`",
        'write "-4.5"',
        COMMITMENT,
    ),
    Broken(
        "unit in the number",
        commitment('kind: change, indicator: waste-generation, direction: down, value: "-40 %", text: Less'),
        7,
        "read `-40 %`",
        "the % in `unit`",
        COMMITMENT,
    ),
    Broken(
        "a fall without a sign",
        commitment("kind: change, indicator: waste-generation, direction: down, value: 40, text: Less"),
        7,
        "a fall is negative",
        'write "-40"',
        COMMITMENT,
    ),
    Broken(
        "no value",
        commitment("kind: level, indicator: waste-generation, direction: down, text: Less"),
        7,
        "without a value",
        "write `value`",
        COMMITMENT,
    ),
    Broken(
        "range with one end",
        commitment('kind: change, indicator: waste-generation, direction: down, range: ["-1"], text: Less'),
        7,
        "has 1 ends",
        "two numbers",
        COMMITMENT,
    ),
    Broken(
        "result of no target",
        commitment(extra="published: [{target: b, text: Done, source: Report}]"),
        8,
        "no target of this id",
        "write one of a",
        COMMITMENT,
    ),
    # Names of files and other files
    Broken("id with capitals", practice(), 1, "`My Practice`", "`my-practice.md`", "practices/My Practice.md"),
    Broken("id too long", practice(), 1, "at most 60", path=f"practices/{'a' * 61}.md"),
    Broken("unknown language of a file", "文", 1, "read `cn`", "kit.zh.md", "guides/kit.cn.md"),
    Broken("front matter in a translation", practice(), 1, "in a translation", "x.md", "practices/x.zh.md"),
    Broken("id twice", practice(), 1, "the id `surabaya` is taken", "rename", "practices/surabaya.md"),
    # Links: the entry serves without them
    Broken("dead link", practice("related: [home-compostin]"), 3, "no entry has", "`home-composting`?"),
    Broken("dead link in the text", practice() + "[x](entry:nowhere)\n", 5, "no entry has this id", "the id"),
    Broken("unknown topic", practice("topics: [compostin]"), 3, "no such topic", "did you mean `composting`?"),
    Broken(
        "unknown city", commitment().replace("surabaya", "surabya"), 3, "no city", "`surabaya`?", COMMITMENT
    ),
    Broken("part of nothing", practice("part_of: mced"), 3, "no entry has this id", path="events/x.md"),
    Broken("old id in use", practice("formerly: [surabaya]"), 3, "an entry that is there", "delete"),
    Broken("old id twice", practice("formerly: [baskets]"), 3, "already an old id", "delete"),
    Broken("old id of odd letters", practice("formerly: [Old Name]"), 3, "cannot have been an id", "hyphens"),
]  # fmt: skip
