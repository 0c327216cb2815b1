"""Names that two have: titles and aliases of entries, short names of targets."""

from __future__ import annotations

from collections.abc import Mapping

from bot.content.links import folded
from bot.content.problems import Level, Problem, shown
from bot.domain.commitments import Commitment
from bot.domain.entries import Entry


def same_names(entries: Mapping[str, Entry], paths: Mapping[str, str]) -> list[Problem]:
    """A warning for each title that an entry of the kind has already, a note for each such alias.

    Kinds are apart, since a city and its administration may well share a name. `paths` are by entry id.
    """
    owners: dict[tuple[str, str], str] = {}
    problems = []
    in_order = sorted(entries.values(), key=lambda entry: paths[entry.id])
    for entry in in_order:
        for title in dict.fromkeys(entry.title.by_language.values()):
            owner = owners.setdefault((entry.kind, folded(title)), entry.id)
            if owner != entry.id:
                message = f"`title`: {shown(title)} is also the title of `{owner}`"
                cure = "tell the two apart in their titles, or delete one of them"
                problems.append(Problem(paths[entry.id], 1, 1, Level.WARNING, "same-title", message, cure))
                break
    for entry in in_order:
        for alias in entry.aliases:
            owner = owners.get((entry.kind, folded(alias)), alias if alias in entries else entry.id)
            if owner != entry.id and entries[owner].kind == entry.kind:
                message = f"`aliases`: {shown(alias)} is the title or id of `{owner}`"
                problems.append(Problem(paths[entry.id], 1, 1, Level.NOTE, "same-name", message, "delete it"))
    return problems


def same_targets(entries: Mapping[str, Entry], paths: Mapping[str, str]) -> list[Problem]:
    """An error for each commitment with a target that another of the same city and year has under the same id: in
    answers the year and the id alone name a target. `paths` are by entry id."""
    owners: dict[tuple[str, int, str], str] = {}
    problems = []
    for entry in sorted(entries.values(), key=lambda entry: paths[entry.id]):
        promised = entry.record
        if not isinstance(promised, Commitment):
            continue
        for target in promised.targets:
            owner = owners.setdefault((promised.city, promised.made, target.id), entry.id)
            if owner != entry.id:
                message = f"`targets`: `{owner}` of the same city and year has a target `{target.id}` too"
                cure = "give the targets here other ids"
                problems.append(Problem(paths[entry.id], 1, 1, Level.ERROR, "same-target", message, cure))
                break
    return problems
