"""Many ways to get reminder rules, holidays or templates of announcements wrong, and what their writer is told."""

from __future__ import annotations

from .broken_files import Broken
from .broken_schedules import Y, cycle

R = "reminders/x.yaml"
H = "holidays/x.yaml"
M = "messages/x.yaml"


def rules(*lines: str, quiet: str = '"20:00-08:00"') -> str:
    """A file of rules: one that is right, then these in line 4 and on."""
    return "\n".join(
        [f"quiet_hours: {quiet}", "rules:", "  - {id: first, on: opening}", *(f"  - {x}" for x in lines), ""]
    )


def rule(**keys: str) -> str:
    """A file of rules whose second one, in line 4, has these keys."""
    given = {"id": "x", "before": "14 days"} | keys
    return rules("{" + ", ".join(f"{key}: {value}" for key, value in given.items() if value) + "}")


def rest(*lines: str, where: str = "country: ID") -> str:
    return "\n".join([where, *lines, ""])


def said(text: str = "{en: Hello, zh: B}", *lines: str, title: str = "{en: Right, zh: B}") -> str:
    return "\n".join([f"title: {title}", f"text: {text}", *lines, ""])


BROKEN_RULES = [
    # The file as such
    Broken("empty rules", "", 1, "nothing here", path=R),
    Broken("rules on top", "- {id: x, before: 14 days}\n", 1, "read a list", "put a key", R),
    Broken("no rules", 'quiet_hours: "20:00-08:00"\n', 1, "`rules` is missing", "a list of rules", R),
    Broken("rules without any", "rules:\n", 1, "`rules` has nothing after it", path=R),
    Broken("rules without hyphens", "rules:\n  id: x\n", 2, "expected a list", "`- `", R),
    Broken("unknown key of a rule", rule(befor="3 days"), 4, "unknown key `befor`", "`before`?", R),
    Broken("unknown key of the rules", rules() + "quiet: x\n", 4, "unknown key `quiet`", "quiet_hours", R),
    Broken("no id of a rule", rule(id=""), 4, "`id` is missing in `rules` no. 2", "in-14-days", R),
    Broken("rule id with capitals", rule(id="Two Weeks"), 4, "read `Two Weeks`", "`two-weeks`", R),
    Broken("rule id too long", rule(id="a" * 21), 4, "at most 20", "write `aaa", R),
    Broken("rule id twice", rule(id="first"), 4, "taken by rule no. 1", "another id", R),
    Broken("rule called later", rule(id="later"), 4, "people ask for themselves", "another id", R),
    Broken("rule called nudge", rule(id="nudge-1"), 4, "people ask for themselves", "another id", R),
    # Days
    Broken("no day", rule(before=""), 4, "`rules` no. 2 has no day", 'before: "14 days"', R),
    Broken("before and after", rule(after="1 day"), 4, "`after`: `before` says when already", "keep one", R),
    Broken("before and on", rule(on="deadline"), 4, "`on`: `before` says when already", "keep one", R),
    Broken("after and on", rule(before="", after="1 day", on="opening"), 4, "`on`: `after` says", "keep one", R),
    Broken("nothing after before", rules("{id: x, before: }"), 4, "`before` has nothing after it", "fill it in", R),
    Broken("no unit", rule(before="14"), 4, "read `14`, expected days or weeks", 'write "14 days"', R),
    Broken("days below nothing", rule(before="-14 days"), 4, "read `-14 days`", 'write "14 days": `before`', R),
    Broken("months", rule(before="2 months"), 4, "read `2 months`", 'write "60 days"', R),
    Broken("hours of a span", rule(after="48 hours"), 4, "read `48 hours`", 'write "2 days"', R),
    Broken("unit misspelt", rule(before="2 wks"), 4, "read `2 wks`", 'write "14 days"', R),
    Broken("number in words", rule(before="two weeks"), 4, "read `two weeks`", "write digits", R),
    Broken("half a day", rule(before="1.5 days"), 4, "read `1.5 days`", "write digits", R),
    Broken("more than a year", rule(before="53 weeks"), 4, "more than 366 days", 'at most "366 days"', R),
    Broken("list of days", rule(before="[14 days, 7 days]"), 4, "read a list", "one text", R),
    Broken("on a date", rule(before="", on="2026-12-01"), 4, "read `2026-12-01`", "one of these", R),
    Broken("on the due day", rule(before="", on="due"), 4, "read `due`", "`deadline`", R),
    Broken("deadline misspelt", rule(before="", on="dedline"), 4, "read `dedline`", "`deadline`?", R),
    # Hours
    Broken("hour alone", rule(at="9"), 4, "read `9`, expected an hour", 'write "09:00"', R),
    Broken("hour of the afternoon", rule(at="2.30 pm"), 4, "read `2.30 pm`", 'write "14:30"', R),
    Broken("French hour", rule(at="9h30"), 4, "read `9h30`", 'write "09:30"', R),
    Broken("no such hour", rule(at='"25:00"'), 4, "read `25:00`", 'write "09:00"', R),
    Broken("hour in words", rule(at="noon"), 4, "read `noon`", 'write "09:00"', R),
    Broken("hour at night", rule(at='"07:59"'), 4, "read `07:59`, which lies in the quiet hours (20:00-08:00)",
           '"08:00"', R),
    Broken("hour in quiet hours of their own", rules("{id: x, before: 1 day, at: '18:30'}", quiet="18:00-09:00"), 4,
           "(18:00-09:00)", '"09:00", or change', R),
    Broken("usual hour in quiet hours", rules(quiet="20:00-08:00").replace("08:00", "09:30"), 3,
           "read `09:00`", '"09:30"', R),
    Broken("quiet by day", rules(quiet='"08:00-20:00"'), 1, "not the hours of the night", '"20:00-08:00"', R),
    Broken("quiet for a moment", rules(quiet='"20:00-20:00"'), 1, "not the hours of the night", "evening first", R),
    Broken("quiet from when", rules(quiet='"20:00"'), 1, "expected two hours", "evening first", R),
    Broken("quiet in bare hours", rules(quiet="20-8"), 1, "read `20`", 'write "20:00"', R),
    # Steps and conditions
    Broken("unknown step", rule(to="deputy"), 4, "read `deputy`", "`deputies`", R),
    Broken("step misspelt", rule(to="secretariate"), 4, "read `secretariate`", "`secretariat`?", R),
    Broken("step with a hyphen", rule(to="focal-points"), 4, "read `focal-points`", "`focal_points`", R),
    Broken("two steps", rule(to="[deputies, secretariat]"), 4, "read a list", "one text", R),
    Broken("unknown condition", rule(unless="reported"), 4, "read `reported`", "`submitted`", R),
    Broken("moves where", rule(moves="ealier"), 4, "read `ealier`", "`earlier`?", R),
    # Cycles
    Broken("no such rules", cycle(reminders="standart"), 6, "no reminders/standart.yaml", "`standard`?", Y),
    Broken("rules far from any", cycle(reminders="gentle"), 6, "no reminders/gentle.yaml", "are standard", Y),
    Broken("rules with their ending", cycle(reminders="standard.yaml"), 6, "the id", "`standard`", Y),
    Broken("rules of nothing", cycle() + "reminders:\n", 6, "`reminders` has nothing after it", "fill it in", Y),
    # Holidays: where
    Broken("nowhere", rest("yearly: [12-25]", where="name: A"), 1, "nothing says where", "`country: JP`", H),
    Broken("country and cities", rest("cities: [surabaya]", "yearly: [12-25]"), 2, "`country` says where", "keep", H),
    Broken("country by name", rest("yearly: [12-25]", where="country: Japan"), 1, "read `Japan`", "`JP`", H),
    Broken("country left open", rest("yearly: [12-25]", where="country:"), 1, "has nothing after it", "fill", H),
    Broken("no such city", rest("yearly: [12-25]", where="cities: [surabya]"), 1, "no city has this id",
           "`surabaya`?", H),
    Broken("city without brackets", rest("yearly: [12-25]", where="cities: surabaya"), 1, "expected a list",
           "[surabaya]", H),
    # Holidays: when
    Broken("no days", rest("name: A"), 1, "no day in this file", "`days:", H),
    Broken("days of nothing", rest("days:"), 2, "`days` has nothing after it", "fill it in", H),
    Broken("no such day off", rest("days:", "  - 2026-05-01", "  - 2026-02-30"), 4, "28 days", "correct", H),
    Broken("foreign day off", rest("days: [25.12.2026]"), 2, "read `25.12.2026`", "2026-12-25", H),
    Broken("day without its year", rest("days: [12-25]"), 2, "a day with its year", "move the line to `yearly:`", H),
    Broken("month off", rest("days: [2026-12]"), 2, "expected a day", "the day too", H),
    Broken("range backwards", rest("days: [2026-05-03 to 2026-05-01]"), 2, "the first day is 2026-05-03",
           "`2026-05-01 to 2026-05-03`", H),
    Broken("range over a slip", rest("days: [2026-12-29 to 2028-01-03]"), 2, "read a rest of 371 days", "one of", H),
    Broken("range without an end", rest("days:", "  - {from: 2026-12-29}"), 3, "`to` is missing", "add `to:", H),
    Broken("range with other words", rest("days:", "  - {form: 2026-12-29, to: 2026-12-30}"), 3, "unknown key `form`",
           "`from`?", H),
    Broken("day with its name", rest("days:", "  - 2026-05-03: Constitution Day"), 3, "unknown key `2026-05-03`",
           "`- 2026-05-03   # Constitution Day`", H),
    Broken("days without a list", rest("days: 2026-05-01"), 2, "expected a list", "[2026-05-01]", H),
    Broken("day before its month", rest("yearly: [25-12]"), 2, "no month 25", "write `12-25`", H),
    Broken("day with a stroke", rest("yearly: [25/12]"), 2, "read `25/12`", "12-25", H),
    Broken("year of every year", rest("yearly: [2026-12-25]"), 2, "expected a month and a day", "write `12-25`", H),
    Broken("no such day of a year", rest('yearly: ["02-30"]'), 2, "that month has 29 days", "correct", H),
    Broken("day nought", rest('yearly: ["12-00"]'), 2, "that month has 31 days", "correct", H),
    Broken("day nought of a year", rest("days: [2026-12-00]"), 2, "that month has 31 days", "correct", H),
    Broken("month thirteen", rest('yearly: ["13-40"]'), 2, "no month 13", "01 to 12", H),
    Broken("feast by its name", rest("yearly: [Christmas]"), 2, "read `Christmas`", "month and day", H),
    Broken("half a year off", rest("yearly: [01-01 to 06-30]"), 2, "a rest of 182 days", "one of the two", H),
    Broken("unknown key of holidays", rest("yaerly: [12-25]", "days: [2026-05-01]"), 2, "unknown key `yaerly`",
           "`yearly`?", H),
    # Messages
    Broken("no text", "title: {en: A, zh: B}\n", 1, "`text` is missing", "what is sent", M),
    Broken("no title of a message", "text: {en: A, zh: B}\n", 1, "`title` is missing", "its name", M),
    Broken("text in an unknown language", said("{en: A, cn: B}"), 2, "read `cn`", "`zh`?", M),
    Broken("placeholder misspelt", said("{en: 'By {dedline}', zh: B}"), 2, "`text` `en`: read `{dedline}`",
           "`deadline`?", M),
    Broken("placeholder that is none", said("{en: A, zh: '{city}'}"), 2, "`text` `zh`: read `{city}`", "{period}", M),
    Broken("brace alone", said("'By {deadline'"), 2, "a single `{`", "both braces", M),
    Broken("placeholder in a title", said(title="'{cycle} opens'"), 1, "only `text` is filled in", "words", M),
    Broken("too long for one message", said("{en: A, zh: B, fr: " + "é" * 3501 + "}"), 2, "read 3501 characters",
           "one message", M),
    Broken("reading perhaps", said("{en: A, zh: B}", "wants_reading: perhaps"), 3, "read `perhaps`", "`true`", M),
    Broken("reading nothing", said("{en: A, zh: B}", "wants_reading:"), 3, "has nothing after it", "fill it in", M),
    Broken("colon in a text", said("Remember: {deadline}"), 2, "a colon and a space", "in double quotes", M),
]  # fmt: skip

DOUBTFUL_RULES = [
    Broken("deputies first", rules("{id: d, before: 9 days, to: deputies}").replace("on: opening", "on: deadline"), 4,
           "read `deputies`, who would hear of it before any focal point", "before it", R),
    Broken("secretariat alone", "rules:\n  - {id: s, after: 3 days, to: secretariat}\n", 2, "read `secretariat`",
           "a rule for focal_points", R),
    Broken("answered by whom", rule(unless="answered"), 4, "nobody was written to who could answer", "delete", R),
    Broken("twice on a day", rules("{id: a, before: 1 week}", "{id: b, before: 7 days, at: '15:00'}"), 5,
           "`a` is for the same people on the same day", "one of the two", R),
    Broken("title like a sentence", said(title="{en: " + "so long " * 9 + ", zh: B}"), 1, "at most 60", "button", M),
    Broken("HTML in a message", said("'<b>Now</b>'").replace("</b>", ""), 2, "HTML is shown", "Markdown", M),
    Broken("link of ours", said("'[more](entry:home-composting)'"), 2, "`entry:home-composting` cannot be opened",
           "https://", M),
    Broken("link without scheme", said("'[more](example.org/a)'"), 2, "cannot be opened", "https://", M),
    Broken("bold within Chinese", said("{en: A, zh: '请在**{deadline}**前提交。'}"), 2, "shown as they stand",
           "space", M),
    Broken("comment in a message", said("Floor #3"), 2, "everything after ` #`", "in quotes", M),
]  # fmt: skip
"""What can be served and is most likely not meant."""
