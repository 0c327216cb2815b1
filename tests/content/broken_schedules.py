"""Many ways to get a cycle or questionnaire wrong, and what its writer is told."""

from __future__ import annotations

from .broken_files import Broken

X = "questionnaires/x.yaml"
Y = "cycles/y.yaml"


def asked(*lines: str, form: str = "progress") -> str:
    """A questionnaire whose second question has these extra lines, from line 11 on."""
    begin = (
        "title: {en: Right, zh: B}",
        f"form: {form}",
        "questions:",
        "  - id: state",
        "    type: choice",
        "    ask: {en: What?, zh: B}",
        "    choices: {a: {en: A, zh: B}, b: {en: B, zh: C}}",
        "  - id: x",
        "    type: text",
        "    ask: {en: How?, zh: B}",
    )
    return "\n".join((*begin, *(f"    {line}" for line in lines), ""))


def second(*lines: str, form: str = "progress") -> str:
    """A questionnaire whose second question is these lines, from line 8 on."""
    return "\n".join(
        [*asked(form=form).split("\n")[:7], f"  - {lines[0]}", *(f"    {x}" for x in lines[1:]), ""]
    )


def number(*lines: str, form: str = "progress") -> str:
    """A questionnaire whose second question is a number with these extra lines, from line 11 on."""
    return asked(*lines, form=form).replace("type: text", "type: number")


def cycle(**changes: str) -> str:
    keys = {
        "title": "{en: Right, zh: B}",
        "period": "2026",
        "opens": "2026-10-01",
        "deadline": "2026-12-15",
        "questionnaire": "progress",
    } | changes
    return "".join(f"{key}: {value}\n" for key, value in keys.items() if value)


def form(kind: str, *means: str) -> str:
    """A questionnaire of a form, with one question for each meaning."""
    types = {"base-year": "date", "baseline": "number", "target": "choice", "kind": "choice", "due": "date"}
    choices = ", choices: {change: {en: A, zh: B}, level: {en: C, zh: D}}"
    questions = (
        f"  - {{id: {name}, type: {types.get(name, 'text')}, means: {name}, ask: {{en: A, zh: B}}"
        f"{choices if name == 'kind' else ''}}}"
        for name in means
    )
    return "\n".join(["title: {en: Right, zh: B}", f"form: {kind}", "questions:", *questions, ""])


BROKEN_SCHEDULES = [
    # The file as such
    Broken("empty file", "", 1, "nothing here", path=X),
    Broken("a list on top", "- id: x\n", 1, "read a list", "put a key", X),
    Broken("tab", "title: A\nquestions:\n\t- id: x\n", 3, "begins with a tab", "spaces", X),
    Broken("anchor", asked("hint: &a B"), 11, "the anchor `&a`", "in quotes", X),
    Broken("duplicate key", asked("type: number"), 11, "`type` is here a second time", path=X),
    Broken("GBK", asked("hint: 堆肥").encode("gbk"), 11, "no UTF-8", "UTF-8", X),
    Broken("smart quotes", asked("hint: “Less”"), 11, "typographic", 'write "Less"', X),
    Broken("two megabytes", asked("hint: " + "a" * 2_000_000), 1, "1953 KiB", "split it", X),
    # Keys and types
    Broken("no title", asked().replace("title:", "titel:"), 1, "unknown key `titel`", "`title`?", X),
    Broken("no questions", "title: A\n", 1, "`questions` is missing", "add `questions:`", X),
    Broken("questions without hyphens", "title: A\nquestions:\n  id: x\n", 3, "expected a list", "`- `", X),
    Broken("unknown key of a question", asked("requird: true"), 11, "unknown key `requird`", "`required`?", X),
    Broken("no id", second("type: text", "ask: A"), 8, "`id` is missing in `questions` no. 2", "add `id:`", X),
    Broken("no type", second("id: x", "ask: A"), 8, "`type` is missing", "number, percentage", X),
    Broken("no words", second("id: x", "type: text"), 8, "`ask` is missing", "add `ask:`", X),
    Broken("type that is none", second("id: x", "type: sum", "ask: A"), 9, "read `sum`", "one of these", X),
    Broken("type misspelt", second("id: x", "type: numbr", "ask: A"), 9, "read `numbr`", "`number`?", X),
    Broken("type of other forms", second("id: x", "type: boolean", "ask: A"), 9, "`boolean`", "`yes-no`", X),
    Broken("id with capitals", second("id: My Question", "type: text", "ask: A"), 8, "an id", "`my-question`", X),
    Broken("id too long", second(f"id: {'a' * 21}", "type: text", "ask: A"), 8, "at most 20", "write `aaa", X),
    Broken("id twice", second("id: state", "type: text", "ask: A"), 8, "taken by question no. 1", "another", X),
    Broken("unknown form", asked(form="progres"), 2, "read `progres`", "did you mean `progress`?", X),
    Broken("not yes, not no", asked("required: perhaps"), 11, "read `perhaps`", "`true` or `false`", X),
    Broken("unknown language", asked("hint: {en: A, cn: B}"), 11, "read `cn`", "`zh`?", X),
    Broken("nothing after a key", asked("when:"), 11, "`when` has nothing after it", "fill it in, or delete", X),
    Broken("required or not", asked("required:"), 11, "`required` has nothing after it", "fill it in", X),
    # Choices
    Broken("choice without choices", second("id: x", "type: choice", "ask: A"), 9, "nothing to choose", "codes", X),
    Broken(
        "one choice", second("id: x", "type: choice", "ask: A", "choices: {a: A}"), 11, "only choice", "two or", X
    ),
    Broken(
        "choices without labels",
        second("id: x", "type: choice", "ask: A", "choices: [yes, no]"),
        11,
        "read `yes`",
        'write {id: yes, label: "…"}',
        X,
    ),
    Broken(
        "a label forgotten",
        second("id: x", "type: choice", "ask: A", "choices:", "  a: A", "  b:", "  c: C"),
        13,
        "`b` has nothing after it",
        "fill it in",
        X,
    ),
    Broken(
        "a label in an unknown language",
        second("id: x", "type: choice", "ask: A", "choices:", "  a: A", "  b: {en: B, cn: C}"),
        13,
        "`b` `cn`: read `cn`",
        "`zh`?",
        X,
    ),
    Broken(
        "a list for a label",
        second("id: x", "type: choice", "ask: A", "choices:", "  - {id: a, label: A}", "  - {id: b, label: [B]}"),
        13,
        "`choices` no. 2 `label`: read a list",
        "write one text",
        X,
    ),
    Broken(
        "label without its code",
        second("id: x", "type: choice", "ask: A", "choices:", "  - {label: A}"),
        12,
        "`id` is missing",
        "add `id:`",
        X,
    ),
    Broken(
        "code with blanks",
        second("id: x", "type: choice", "ask: A", "choices: {a b: A, c: C}"),
        11,
        "read `a b` as a code",
        "`a-b`",
        X,
    ),
    Broken(
        "code twice",
        second("id: x", "type: choice", "ask: A", "choices:", "  - {id: a, label: A}", "  - {id: a, label: B}"),
        13,
        "`a` is there a second time",
        "its own",
        X,
    ),
    Broken("choices of a text", asked("choices: {a: A, b: B}"), 11, "`text` has no `choices`", "delete it", X),
    Broken(
        "scale from 1 to 10",
        second("id: x", "type: scale", "ask: A", "choices: {1: A, 10: B}"),
        11,
        "read `10`",
        "0 to 4",
        X,
    ),
    # Limits
    Broken("least above most", number("min: 10", "max: 5"), 11, "the least is 10", "exchange", X),
    Broken("least of a text", asked("min: 10"), 11, "the type `text` has no `min`", "delete it", X),
    Broken("unit of a text", asked("unit: t"), 11, "has no `unit`", "delete it", X),
    Broken("most of nothing", asked("most: 0"), 11, "read `0`", "digits", X),
    Broken("most in words", asked("most: many"), 11, "read `many`", "digits", X),
    Broken("decimal comma", number('max: "4,5"'), 11, "read `4,5`", '"4.5"', X),
    # When
    Broken("when of nothing", asked("when: {stat: [a]}"), 11, "no question before it", "`state`?", X),
    Broken("when of itself", asked("when: {x: [a]}"), 11, "its own answer", "before", X),
    Broken(
        "when of a later question",
        asked("when: {y: [yes]}") + "  - {id: y, type: yes-no, ask: {en: A, zh: B}}\n",
        11,
        "`y` is asked later",
        "move it",
        X,
    ),
    Broken("when of an unknown code", asked("when: {state: [c]}"), 11, "no such answer", "codes are a, b", X),
    Broken("when as a list", asked("when: [state]"), 11, "read a list", "{question-id: [code]}", X),
    Broken(
        "when of a text",
        asked() + "  - {id: y, type: text, ask: {en: A, zh: B}, when: {x: [a]}}\n",
        11,
        "have no codes",
        "choice",
        X,
    ),
    Broken(
        "once for each target",
        second("id: x", "type: yes-no", "ask: {en: A, zh: B}", "each: target")
        + "  - {id: y, type: text, ask: {en: A, zh: B}, when: {x: [yes]}}\n",
        12,
        "this question once",
        "each: target",
        X,
    ),
    Broken(
        "kinds that never meet",
        second("id: x", "type: yes-no", "ask: {en: A, zh: B}", "each: target", "targets: [scale]")
        + "  - {id: y, type: text, ask: {en: A, zh: B}, each: target, targets: [level], when: {x: [yes]}}\n",
        13,
        "not asked for the kinds",
        "`targets`",
        X,
    ),
    # Targets
    Broken("each of what", asked("each: city"), 11, "read `city`", "one of these", X),
    Broken("kinds of no target", asked("targets: [level]"), 11, "asked once", "`each: target`", X),
    Broken("kind misspelt", asked("each: target", "targets: [levels]"), 12, "read `levels`", "`level`?", X),
    Broken(
        "targets of a proposal",
        form("commitment", "promise", "kind", "due").replace("id: due", "id: due, each: target"),
        6,
        "no targets yet",
        "delete",
        X,
    ),
    # Meanings
    Broken("unknown meaning", asked("means: wrds"), 11, "read `wrds`", "`words`?", X),
    Broken("meaning of another type", asked("each: target", "means: year"), 12, "cannot mean `year`", "date", X),
    Broken("meaning of no target", asked("means: words"), 11, "asked once for all", "`each: target`", X),
    Broken("meaning of the city", asked("each: target", "means: worked"), 12, "the whole city", "delete", X),
    Broken("meaning of another form", asked("means: promise"), 11, "makes nothing of", "commitment", X),
    Broken(
        "meaning twice",
        asked("each: target", "means: words")
        + "  - {id: y, type: text, ask: {en: A, zh: B}, each: target, means: words}\n",
        13,
        "`x` means `words` already",
        "delete it",
        X,
    ),
    Broken(
        "state of our own",
        second("id: x", "type: choice", "ask: A", "each: target", "means: state", "choices: {measured: A, guess: B}"),
        13,
        "read `guess`, which is no code of `state`",
        "measured, projected",
        X,
    ),
    Broken("no reason", form("revision", "target"), 2, "no question that means `reason`", "`means: reason`", X),
    Broken("no value", form("baseline", "target", "base-year"), 2, "means `baseline`", "`means: baseline`", X),
    # Words
    Broken("unknown placeholder", asked("hint: '{citi}'"), 11, "read `{citi}`", "`city`?", X),
    Broken("placeholder of nothing", asked("hint: '{mayor}'"), 11, "nothing fills in", "{city}", X),
    Broken("target asked once", asked("hint: '{target} {city}'"), 11, "has no value here", "`each: target`", X),
    Broken("brace too few", asked("hint: 'a {city'"), 11, "a single `{`", "both braces", X),
    Broken("placeholder in an example", asked("example: '{city}'"), 11, "only `ask` and `hint`", "words", X),
    Broken(
        "period of a proposal",
        form("revision", "target", "reason").replace("{en: A, zh", "{en: 'In {period}', zh", 1),
        4,
        "read `{period}`",
        "no cycle",
        X,
    ),
    # Old ids
    Broken("old id in use", asked("formerly: [state]"), 11, "a question that is there", "delete it", X),
    Broken("old id of odd letters", asked("formerly: [Old Name]"), 11, "as an id", "`old-name`", X),
    Broken(
        "old id twice",
        asked("formerly: [old]") + "  - {id: y, type: text, ask: {en: A, zh: B}, formerly: [old]}\n",
        12,
        "already an old id",
        "one of the two",
        X,
    ),
    # Cycles
    Broken("no deadline", cycle(deadline=""), 1, "`deadline` is missing", "the last day", Y),
    Broken("foreign day", cycle(deadline="15.12.2026"), 4, "`15.12.2026`", "2026-12-15", Y),
    Broken("month for a day", cycle(deadline="2026-12"), 4, "expected a day", "the day too", Y),
    Broken("no such day", cycle(opens="2026-02-30"), 3, "28 days", "correct", Y),
    Broken("ends before it opens", cycle(opens="2027-01-01"), 4, "opens on 2027-01-01", "one of the two", Y),
    Broken("period in words", cycle(period="last year"), 2, "read `last year`", "only digits", Y),
    Broken("period the wrong way round", cycle(period="2026-2025"), 2, "before 2026", "2025-2026", Y),
    Broken("no such questionnaire", cycle(questionnaire="progres"), 5, "no questionnaires/progres.yaml", "`prog", Y),
    Broken("questionnaire with its ending", cycle(questionnaire="progress.yaml"), 5, "the id", "`progress`", Y),
    Broken("no such commitment", cycle(commitments="[surabya-2007]"), 6, "no commitment", "`surabaya-2007`?", Y),
    Broken("commitment without brackets", cycle(commitments="surabaya-2007"), 6, "`all` or a list", "[sura", Y),
    Broken("all of nothing", cycle(commitments="[]"), 6, "`commitments` has nothing", "fill it in", Y),
    Broken("unknown key of a cycle", cycle(dedline="2026-12-15"), 6, "unknown key `dedline`", "`deadline`?", Y),
    Broken("everything in capitals", cycle(title="", TITLE="A"), 5, "unknown key `TITLE`", "`title`?", Y),
    # Names of files
    Broken("id of a file with capitals", cycle(), 1, "`Year 2026`", "`year-2026.yaml`", "cycles/Year 2026.yaml"),
    Broken("id of a file too long", cycle(), 1, "at most 40", path=f"cycles/{'a' * 41}.yaml"),
    Broken("copy", asked(), 1, "a copy of x.yaml", "delete it", "questionnaires/x (1).yaml"),
    Broken("sync conflict", asked(), 1, "conflict copy", "compare it", "cycles/y.sync-conflict-20260101-12-AB.yaml"),
    Broken("language in the name", asked(), 1, "`x.zh`", "`x-zh.yaml`", "questionnaires/x.zh.yaml"),
]  # fmt: skip

DOUBTFUL_SCHEDULES = [
    Broken("comment in a text", asked("hint: {en: Waste #1, zh: B}").replace("{en: Waste #1, zh: B}", "A #1"), 11,
           "everything after ` #`", "in quotes", X),
    Broken("too long for a phone", asked(f"hint: {{en: {'so long ' * 60}, zh: B}}"), 11, "at most 400", "phone", X),
    Broken("name like a sentence", asked(f"short: {{en: {'so long ' * 9}, zh: B}}"), 11, "at most 60", "shorten", X),
    Broken("other ending", asked(), 1, "only .yaml files", "rename it to `x.yaml`", "questionnaires/x.yml"),
    Broken("ending hidden", asked(), 1, "only .yaml files", "rename it to `x.yaml`", "questionnaires/x.yaml.txt"),
    Broken("file outside", cycle(), 1, "expected a folder of a kind", "such as cycles/", "y.yaml"),
    Broken("folder misspelt", cycle(), 1, "unknown folder `cycle`", "did you mean `cycles`?", "cycle/y.yaml"),
    Broken("indicator nobody has", form("commitment", "promise", "kind", "due")
           + "  - {id: i, type: choice, means: indicator, ask: {en: A, zh: B}, "
           "choices: {waste-generatin: {en: A, zh: B}, other: {en: A, zh: B}}}\n",
           7, "no such indicator", "`waste-generation`?", X),
]  # fmt: skip
"""What can be served and is most likely not meant."""
