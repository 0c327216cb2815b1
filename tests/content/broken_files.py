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
CONFLICT = "practices/x.sync-conflict-20260101-120000-ABC.md"

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
    Broken("years in words", practice("years: since 2004"), 3, "read `since 2004`", "2004 or 2004-2008"),
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
    Broken("country in words", city(country="Philippines"), 3, "two capital letters", "write `PH`", CITY),
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
        "number of more digits than anybody counted",
        commitment(
            f'kind: change, indicator: waste-generation, direction: down, value: "-{"1" * 30}", text: Less'
        ),
        7,
        "expected at most 15 digits, and 12 after the point",
        "larger unit",
        COMMITMENT,
    ),
    Broken(
        "number of more places than anybody measured",
        commitment(
            'kind: change, indicator: waste-generation, direction: down, value: "-0.1234567890123", text: Less'
        ),
        7,
        "expected at most 15 digits, and 12 after the point",
        "larger unit",
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
    Broken(
        "id of a target in words",
        commitment().replace("id: a,", "id: Less waste,"),
        7,
        "read `Less waste`",
        "write `less-waste`",
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
    # What a planner typed who had never seen YAML
    Broken("a draft of nothing", practice("draft:"), 3, "`draft` has nothing after it", "`draft: true`"),
    Broken("visible to nobody", practice("visible_to: []"), 3, "`visible_to` has nothing", "[secretariat]"),
    Broken("text in braces", practice("by_whom: {City}"), 3, "read `{City}`", "in quotes"),
    Broken("list items in braces", practice("method:", "  - {a}"), 4, "read `{a}`", "in quotes"),
    Broken("language with a country", front("title: {en: A, zh-CN: B}"), 2, "read `zh-CN`", "`zh`?"),
    Broken("language with its own script", front("title: {en: A, zh-Hans: B}"), 2, "`zh-Hans`", "`zh`?"),
    Broken("traditional Chinese", front("title: {en: A, zh-TW: B}"), 2, "`zh-TW`", "`zh-Hant`?"),
    Broken("a colon in smart quotes", practice("summary: “Bus: a story”"), 3, "typographic", 'write "'),
    Broken("quotes of two kinds", practice('summary: "Bus”'), 3, "a typographic mark", 'write " at both'),
    Broken("five digits", practice("years: 20044"), 3, "read `20044`", "2004 or 2004-2008"),
    Broken("years as a list", practice("years: [2004, 2008]"), 3, "read a list", "write 2004-2008"),
    Broken("places in a row", practice("places: Hanoi, Hue"), 3, "expected a list", "`places: [Hanoi, Hue]`"),
    Broken("places with 、", practice("places: 河内、顺化"), 3, "expected a list", "`places: [河内, 顺化]`"),
    Broken("full-width brackets", practice("aliases: 【a, b】"), 3, "expected a list", "`aliases: [a, b]`"),
    Broken("numbered list", practice("method:", "  1. First", "  2. Then"), 4, "expected a list", "with `- `"),
    Broken("bullets", practice("method:", "  • First", "  • Then"), 4, "expected a list", "with `- `"),
    Broken("language in the first column", front("title:", "  en: A", "zh: B"), 4, "`zh`", "two spaces"),
    Broken("language after a text", front("title: A", "zh: B"), 3, "`zh`", "below `title:`"),
    Broken("no language is indented", front("title:", "en: A"), 3, "`en`", "two spaces"),
    Broken("full-width indentation", front("title:", "　　en: A"), 3, "a full-width space", "ordinary"),
    Broken("pasted indentation", front("title:", "\u00a0\u00a0en: A"), 3, "a non-breaking space", "ordinary"),
    Broken("pasted space in a key", practice("by\u00a0whom: A"), 3, "a non-breaking space", "write `_`"),
    Broken("pasted space after a colon", practice("summary:\u00a0A"), 3, "a non-breaking space", "ordinary"),
    Broken("pasted space after a hyphen", practice("topics:", "  -\u00a0a"), 4, "a non-breaking", "ordinary"),
    Broken("key below a quoted text", front('title: "A"', "  summary: B"), 3, "indented too far", "same column"),
    Broken("key among languages", front("title:", "  en: A", "  summary: B"), 4, "`summary`", "too far"),
    Broken("key in a result", practice("results:", "  - change: -2 %", "    summary: B"), 5, "`summary`", "too far"),
    Broken("colon in a step", practice("method:", "  - Then: walk"), 4, "`Then`", '"Then: walk"'),
    Broken("colon after a short word", practice("method:", "  - bus: walk"), 4, "`bus`", '"bus: walk"'),
    Broken("colon in a source", practice("sources:", "  - Report: page 3"), 4, "expected a text", '"Report: page 3"'),
    Broken("colon in braces", practice("results:", "  - {text: A, source: B: 3}"), 4, "a colon", "double quotes"),
    Broken("result in words", practice("results: less cars"), 3, "a list", '`  - text: "less cars"`'),
    Broken("results in words", practice("results:", "  - less cars"), 4, "a group", '`text: "less cars"`'),
    Broken("period as a year", practice("results:", "  - {text: A, year: 2004-2008}"), 4, "`year`", "`period: 2"),
    Broken("far-fetched topic", practice("topics: [mposting]"), 3, "no such topic", "write an id of topics.yaml"),
    Broken("near topic", practice("topics: [compost]"), 3, "no such topic", "add it to topics.yaml"),
    Broken("comma forgotten", practice("topics: [composting solid-waste]"), 3, "no such topic", "a comma is missing"),
    Broken("country nobody knows", city(country="Atlantis"), 3, "two capital letters", "ISO 3166", CITY),
    Broken("no word of the list", practice("stage: zzz"), 3, "expected one of", "write one of these", "pilots/x.md"),
    Broken("sync conflict", practice(), 1, "conflict copy of x.md", "compare it with x.md", CONFLICT),
    Broken("Windows copy", practice(), 1, "a copy of x.md", "delete it", "practices/x - Copy.md"),
    Broken("Windows copy no. 2", practice(), 1, "a copy of x.md", "delete it", "practices/x - Copy (2).md"),
    Broken("Mac copy", practice(), 1, "a copy of x.md", "delete it", "practices/x copy.md"),
    Broken("Linux copy", practice(), 1, "a copy of x.zh.md", "delete it", "practices/x (copy).zh.md"),
    Broken("downloaded twice", practice(), 1, "a copy of x.md", "delete it", "practices/x (1).md"),
    Broken("language after a hyphen", "文", 1, "front matter", "`surabaya.zh.md`", "cities/surabaya-zh.md"),
    Broken("language after _", "文", 1, "language of a translation", "surabaya.zh.md", "cities/surabaya_zh.md"),
    Broken("file of a country's Chinese", "文", 1, "read `zh-CN`", "surabaya.zh.md", "cities/surabaya.zh-CN.md"),
    Broken("file of Taiwan's Chinese", "文", 1, "read `zh_TW`", "surabaya.zh-Hant.md", "cities/surabaya.zh_TW.md"),
    Broken(
        "second file of a language",
        "文",
        1,
        "read `zh-Hans`",
        "compare it with home-composting.zh.md",
        "practices/home-composting.zh-Hans.md",
    ),
]  # fmt: skip

DOUBTFUL_FILES = [
    Broken("comment in a text", practice("by_whom: City #1 office"), 3, "everything after ` #`", "in quotes"),
    Broken("comment in a source", practice("sources:", "  - Report #5, page 3"), 4, "everything after ` #`"),
    Broken("comment for a remark", practice("remarks:", "  - #1 is doubtful", "  - B"), 4, "everything after"),
    Broken("comment in a topic", "composting: {label: A}\nx:\n  label: A #1\n", 3, "everything", path="topics.yaml"),
    Broken("mixed quotes", practice('by_whom: “Bus"'), 3, "typographic quote is shown", "both ends"),
    Broken("quotes torn apart", practice("aliases: [“Hanoi, Vietnam”]"), 3, "typographic quote is shown"),
    Broken("title like a paragraph", front("title: " + "so long " * 30), 2, "read 239 characters", "`summary`"),
    Broken("alias like a sentence", practice("aliases: [" + "so long " * 15 + "]"), 3, "119 characters", "shorten"),
    Broken("stub published", "---\ntitle: A\n---\n\nThe text, in Markdown.\n", 4, "still `The text", "`draft: true`"),
    Broken("same title", front("title: Home composting"), 1, "also the title of `home-composting`", "apart"),
    Broken("alias of another", practice("aliases: [Home Composting]"), 1, "title or id of `home-composting`"),
    Broken("alias that is an id", practice("aliases: [home-composting]"), 1, "title or id of `home-composting`"),
    Broken("script link", practice() + "[a](javascript:1)\n", 5, "`javascript:1` cannot", "a whole address"),
    Broken("picture", b"\xff\xd8", 1, "only .md files belong here", "pictures are not shown", "practices/a.jpg"),
    Broken("Office document", b"PK", 1, "only .md files belong here", "take it away", "practices/walk.docx"),
    Broken("hidden ending", practice(), 1, "only .md files belong here", "rename it to `x.md`", "practices/x.md.txt"),
    Broken("translation of an old id", "文", 1, "`baskets`", "`home-composting.fr.md`", "practices/baskets.fr.md"),
]  # fmt: skip
"""What can be served and is most likely not meant."""

SOUND_FILES = [
    Broken("typographic quotes inside", practice("by_whom: “A” and “B”"), 0, ""),
    Broken("remark for the next editor", practice("draft: true # until it is confirmed"), 0, ""),
    Broken("hash inside a word", practice("by_whom: City#1"), 0, ""),
    Broken("hash in quotes", practice('by_whom: "City #1"'), 0, ""),
    Broken("full-width indentation of a paragraph", practice("summary: |", "  　　A"), 0, ""),
    Broken("traditional script", front("title: {en: A, zh: B, zh-Hant: C}"), 0, ""),
]
"""What looks odd and is right."""
