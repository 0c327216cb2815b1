"""Files of reminder rules: their keys, and how a checked file becomes `ReminderRules` of the domain."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import Field

from bot.content.checked_files import read_checked
from bot.content.fields import Code, Read, one_of, text, wrong
from bot.content.hours_and_spans import Hour, Span, as_hour, read_quiet_hours
from bot.content.names import as_id, is_id
from bot.content.parsed import RemindersContent
from bot.content.problems import Report, shown
from bot.content.schema import Part
from bot.content.typing_mistakes import named
from bot.content.yaml_tree import Location, Tree
from bot.domain.reminder_rules import Anchor, Moves, QuietHours, ReminderRule, ReminderRules, Step, Unless
from bot.domain.reminders import NUDGED, PROMISED

LONGEST_RULE_ID = 20
NAMES_A_DAY = ("before", "after", "on", "after_opening")
MEANT_STEPS = {
    "focal point": "focal_points", "focal points": "focal_points", "focal-points": "focal_points",
    "cities": "focal_points", "everybody": "focal_points", "deputy": "deputies", "substitutes": "deputies",
    "office": "secretariat", "secretary": "secretariat",
}  # fmt: skip
MEANT_ANCHORS = {
    "opens": "opening", "open": "opening", "start": "opening", "due": "deadline", "end": "deadline",
    "last day": "deadline",
}  # fmt: skip
MEANT_SIGNS = {"reported": "submitted", "sent": "submitted", "done": "submitted", "replied": "answered"}
MEANT_MOVES = {"before": "earlier", "forward": "later", "after": "later", "back": "earlier"}
ADVICE = 'say when: `before: "14 days"`, `after: "3 days"`, `on: deadline` or `on: opening`'


def _rule_id(value: object) -> str:
    typed = text(value, "an id")
    if not is_id(typed, LONGEST_RULE_ID):
        message = f"read {shown(typed)}, expected at most {LONGEST_RULE_ID} small letters, digits and hyphens"
        raise wrong("id", message, f"write `{as_id(typed, LONGEST_RULE_ID)}`")
    if typed == PROMISED or typed.startswith(NUDGED):
        message = f"read {shown(typed)}, which stands for reminders that people ask for themselves"
        raise wrong("reserved", message, "give the rule another id")
    return typed


class RuleFile(Part):
    """One item of `rules`."""

    id: Annotated[str, Read(_rule_id)] = Field(description="its name for good, such as `in-14-days`")
    before: Span | None = None
    after: Span | None = None
    on: Annotated[Code, one_of(*Anchor, meant=MEANT_ANCHORS)] | None = None
    after_opening: Span | None = None
    at: Hour = time(9)
    to: Annotated[Code, one_of(*Step, meant=MEANT_STEPS)] = Code(Step.FOCAL_POINTS.value)
    unless: Annotated[Code, one_of(*Unless, meant=MEANT_SIGNS)] | None = None
    moves: Annotated[Code, one_of(*Moves, meant=MEANT_MOVES)] | None = None

    def model_post_init(self, context: object) -> None:
        first, *others = self.days_named or ("",)
        if others:
            raise wrong("either-or", f"`{first}` says when already", "keep one of the two", (others[0],))

    @property
    def days_named(self) -> tuple[str, ...]:
        """The keys that say on which day the rule is; exactly one in a file that is right."""
        return tuple(key for key in NAMES_A_DAY if getattr(self, key) is not None)

    def as_rule(self) -> ReminderRule:
        from_opening = self.after_opening is not None or str(self.on) == Anchor.OPENING
        days = (self.after or 0) + (self.after_opening or 0) - (self.before or 0)
        unless, moves = _defaults(Step(self.to), days, from_opening=from_opening)
        return ReminderRule(
            id=self.id,
            days=days,
            at=self.at,
            to=Step(self.to),
            anchor=Anchor.OPENING if from_opening else Anchor.DEADLINE,
            unless=Unless(self.unless) if self.unless else unless,
            moves=Moves(self.moves) if self.moves else moves,
        )


class RemindersFile(Part):
    """A file of reminder rules."""

    quiet_hours: Annotated[QuietHours, Read(read_quiet_hours)] = QuietHours()
    rules: tuple[RuleFile, ...] = Field(description="a list of rules, each beginning with `- id:`")


def _defaults(step: Step, days: int, *, from_opening: bool) -> tuple[Unless, Moves]:
    """Up to the deadline a reminder must not come too late, so it moves earlier; nothing is said before a cycle
    opens, nor that a report is late before it is."""
    unless = Unless.SUBMITTED if step is Step.FOCAL_POINTS else Unless.ANSWERED
    return unless, Moves.LATER if from_opening or days > 0 else Moves.EARLIER


def read_reminders(text: str, file_id: str, report: Report) -> RemindersContent | None:
    """The rules of a file; None where it has an error."""
    read = read_checked(text, RemindersFile, report)
    if read is None:
        return None
    tree, checked = read
    _check_days(checked, tree, report)
    if report.has_errors:
        return None
    rules = tuple(rule.as_rule() for rule in checked.rules)
    _check_ids(rules, tree, report)
    _check_hours(rules, checked.quiet_hours, tree, report)
    _check_ladder(rules, tree, report)
    _check_doubles(rules, tree, report)
    return RemindersContent(ReminderRules(file_id, rules, checked.quiet_hours))


def _check_days(checked: RemindersFile, tree: Tree, report: Report) -> None:
    for number, rule in enumerate(checked.rules):
        at: Location = ("rules", number)
        # A key with nothing after it is told already.
        if not rule.days_named and not any(tree.has((*at, key)) for key in NAMES_A_DAY):
            report.error("no-day", f"{named(at)} has no day", ADVICE, tree.position(at))


def _check_ids(rules: tuple[ReminderRule, ...], tree: Tree, report: Report) -> None:
    ids = [rule.id for rule in rules]
    for number, rule_id in enumerate(ids):
        if rule_id in ids[:number]:
            at: Location = ("rules", number, "id")
            message = f"{named(at)}: the id `{rule_id}` is taken by rule no. {ids.index(rule_id) + 1}"
            report.error("duplicate-id", message, "give one of them another id", tree.position(at))


def _check_hours(rules: tuple[ReminderRule, ...], quiet: QuietHours, tree: Tree, report: Report) -> None:
    for number, rule in enumerate(rules):
        if quiet.holds(rule.at):
            at: Location = ("rules", number, "at")
            hours = f"{as_hour(quiet.begin)}-{as_hour(quiet.end)}"
            message = f"{named(at)}: read `{as_hour(rule.at)}`, which lies in the quiet hours ({hours})"
            cure = f'write an hour outside of them, such as "{as_hour(quiet.end)}", or change `quiet_hours`'
            report.error("quiet", message, cure, tree.position(at))


def _order(rule: ReminderRule) -> tuple[bool, int, time]:
    """What counts from the opening comes before what counts from the deadline."""
    return rule.anchor is Anchor.DEADLINE, rule.days, rule.at


def _check_ladder(rules: tuple[ReminderRule, ...], tree: Tree, report: Report) -> None:
    """Tells of deputies and secretariats who would hear of something before the focal points do, and of a condition
    that nothing can fulfil."""
    first = min((_order(rule) for rule in rules if rule.to is Step.FOCAL_POINTS), default=None)
    for number, rule in enumerate(rules):
        at: Location = ("rules", number)
        if rule.to is Step.FOCAL_POINTS:
            if rule.unless is Unless.ANSWERED:
                message = (
                    f"{named((*at, 'unless'))}: before focal_points nobody was written to who could answer"
                )
                cure = "delete the line: a report that is sent ends these reminders anyway"
                report.warning("unless", message, cure, tree.position((*at, "unless")))
        elif first is None or _order(rule) < first:
            message = (
                f"{named((*at, 'to'))}: read `{rule.to}`, who would hear of it before any focal point does"
            )
            cure = "put a rule for focal_points before it"
            report.warning("ladder", message, cure, tree.position((*at, "to")))


def _check_doubles(rules: tuple[ReminderRule, ...], tree: Tree, report: Report) -> None:
    """Tells of a second rule for the same people on the same day, of whom nobody gets two messages a day."""
    first: dict[tuple[Step, Anchor, int], str] = {}
    for number, rule in enumerate(rules):
        owner = first.setdefault((rule.to, rule.anchor, rule.days), rule.id)
        if owner != rule.id:
            at: Location = ("rules", number)
            message = (
                f"{named(at)}: `{owner}` is for the same people on the same day, who get one message a day"
            )
            report.warning("same-day", message, "delete one of the two", tree.position(at))
