"""/export: which table, as which file, of which cycle. What is chosen is made by the workbench."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.cycles import ReportingCycle
from bot.domain.exports import Filter, Shape, Wanted, What
from bot.domain.long_work import WorkKind
from bot.domain.people import NETWORK, Action
from bot.domain.views import OldButton, View
from bot.domain.views.exporting import ExportCycles, ExportEmpty, ExportForms, ExportTables
from bot.services import long_work
from bot.services.desk import Desk
from bot.services.exporting.tables import TABLES
from bot.services.marks import mark_of

LETTERS: Mapping[str, What] = {
    "r": What.RESULTS,
    "a": What.ANSWERS,
    "p": What.COMMITMENTS,
    "c": What.CITIES,
    "e": What.ENTRIES,
    "q": What.QUESTIONS,
    "m": What.MISSES,
    "n": What.ANNOUNCEMENTS,
    "l": What.REPLICATIONS,
    "d": What.EDITIONS,
}
"""What stands for a table in a button; a letter keeps its meaning for good."""
FORMS: Mapping[str, tuple[bool, int]] = {"x": (True, 0), "c": (False, 0), "y": (True, 1), "d": (False, 1)}
"""Of each file: whether it is Excel, and which shape of its table it has."""
MOST_CYCLES = 8
MARK = 8


def begin(desk: Desk) -> View:
    return ExportTables(tuple((letter, what) for letter, what in LETTERS.items() if _may_have(desk, what)))


def ask(desk: Desk, letter: str, form: str) -> View:
    """The next thing to choose."""
    if not letter:
        return begin(desk)
    what = LETTERS.get(letter)
    if what is None or not _may_have(desk, what):
        return OldButton()
    if not form:
        if not TABLES[what].parts(desk, Wanted(what)):
            return ExportEmpty(what, of_countries=sees_some(desk))
        return ExportForms(letter, what, _forms(what), sees_some(desk))
    if not _has_form(what, form):
        return OldButton()
    cycles = _cycles(desk, what)
    if not cycles:
        return _begun(desk, what, form, None)
    return ExportCycles(letter, what, form, tuple(cycles.items())[:MOST_CYCLES])


def make(desk: Desk, letter: str, form: str, choice: str) -> View:
    """Begins the work."""
    what = LETTERS.get(letter)
    if what is None or not _may_have(desk, what) or not _has_form(what, form):
        return OldButton()
    cycle = _cycles(desk, what).get(choice)
    if choice and cycle is None:
        return OldButton()
    return _begun(desk, what, form, cycle)


def sees_some(desk: Desk) -> bool:
    """Whether they look after the cities of some countries only."""
    return not desk.may(Action.EXPORT, NETWORK)


def _begun(desk: Desk, what: What, form: str, cycle: ReportingCycle | None) -> View:
    is_excel, place = FORMS[form]
    params = {"what": what.value, "format": "xlsx" if is_excel else "csv"}
    params["shape"] = TABLES[what].shapes[place].value
    if cycle is not None:
        params["cycle"] = cycle.id
    return long_work.begin(desk, WorkKind.EXPORT, params)


def _may_have(desk: Desk, what: What) -> bool:
    return desk.may(TABLES[what].action)


def _forms(what: What) -> tuple[tuple[str, bool, Shape], ...]:
    shapes = TABLES[what].shapes
    return tuple(
        (form, is_excel, shapes[place]) for form, (is_excel, place) in FORMS.items() if place < len(shapes)
    )


def _has_form(what: What, form: str) -> bool:
    return form in FORMS and FORMS[form][1] < len(TABLES[what].shapes)


def _cycles(desk: Desk, what: What) -> Mapping[str, ReportingCycle]:
    """Those to which a table can be narrowed, newest first, by their marks."""
    if Filter.CYCLE not in TABLES[what].filters:
        return {}
    return {mark_of(cycle.id)[:MARK]: cycle for cycle in desk.schedules.newest_first()}
