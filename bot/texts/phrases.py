"""Words for the codes of ours that stand in content files: kinds, facts, terms, and how sources are cited."""

from __future__ import annotations

import re


def N_(text: str) -> str:
    """Marks a text for the catalogues; it is translated where it is shown."""
    return text


KIND = {
    "practices": N_("Practice"),
    "guides": N_("Guide"),
    "pilots": N_("Pilot project"),
    "commitments": N_("Commitment"),
    "cities": N_("City"),
    "events": N_("Event"),
    "partnerships": N_("Partnership"),
    "funds": N_("Fund"),
    "pledges": N_("Pledge"),
    "organisations": N_("Organisation"),
    "programmes": N_("Programme"),
    "lessons": N_("Lesson"),
}

KINDS = {
    "practices": N_("Practices"),
    "guides": N_("Guides"),
    "pilots": N_("Pilot projects"),
    "commitments": N_("Commitments"),
    "cities": N_("Cities"),
    "events": N_("Events"),
    "partnerships": N_("Partnerships"),
    "funds": N_("Funds"),
    "pledges": N_("Pledges"),
    "organisations": N_("Organisations"),
    "programmes": N_("Programmes"),
    "lessons": N_("Lessons"),
}

KIND_SIGN = {
    "practices": "🌱",
    "guides": "📘",
    "pilots": "🧪",
    "commitments": "🎯",
    "cities": "🏙",
    "events": "📅",
    "partnerships": "🤝",
    "funds": "💠",
    "pledges": "✍️",
    "organisations": "🏛",
    "programmes": "🧭",
    "lessons": "💡",
}

FACT = {
    "years": N_("Years"),
    "year": N_("Year"),
    "method": N_("What was done"),
    "results": N_("Results"),
    "success_factors": N_("What made it work"),
    "replicated_in": N_("Replicated in"),
    "by_whom": N_("By whom"),
    "publisher": N_("Published by"),
    "contents": N_("What it contains"),
    "for_whom": N_("For whom"),
    "availability": N_("Where to find it"),
    "stage": N_("Stage"),
    "starts": N_("Begins"),
    "ends": N_("Ends"),
    "series": N_("Series"),
    "part_of": N_("Part of"),
    "organisers": N_("Organised by"),
    "participants": N_("Who took part"),
    "outcomes": N_("What came of it"),
    "country": N_("Country"),
    "time_zone": N_("Time zone"),
    "languages": N_("Languages"),
    "offers": N_("Offers"),
    "seeks": N_("Seeks"),
    "weekend": N_("Weekend"),
    "roles": N_("Role"),
    "partners": N_("Partners"),
    "state": N_("State"),
    "as_of": N_("As of"),
    "from": N_("From"),
    "conditions": N_("Conditions"),
    "amount": N_("Amount"),
    "donor": N_("Donor"),
    "purpose": N_("Purpose"),
    "beneficiaries": N_("For"),
    "abbreviation": N_("Short name"),
    "form": N_("Kind of statement"),
    "said_at": N_("Said at"),
    "points": N_("Points"),
}

TERM = {
    ("stage", "done"): N_("carried out"),
    ("stage", "running"): N_("under way"),
    ("stage", "announced"): N_("announced"),
    ("stage", "study"): N_("a study"),
    ("state", "existing"): N_("existing"),
    ("state", "announced"): N_("announced"),
    ("state", "contact"): N_("contact made"),
    ("state", "listed"): N_("listed as an outcome"),
    ("state", "recommended"): N_("recommended"),
    ("series", "yes"): N_("a series of events"),
    ("form", "lesson"): N_("a lesson"),
    ("form", "message"): N_("a message of the network"),
    ("form", "recommendation"): N_("a recommendation"),
    ("form", "declaration"): N_("a declaration"),
    ("form", "outcome"): N_("an outcome of a meeting"),
    ("value_kind", "measured"): N_("measured"),
    ("value_kind", "projected"): N_("projected"),
    ("value_kind", "expected"): N_("expected"),
    ("said", "exceeded"): N_("exceeded"),
    ("said", "reached"): N_("reached"),
    ("said", "partly"): N_("partly reached"),
    ("said", "expected"): N_("expected to be reached"),
}

UNIT = {
    "kg/cap/day": N_("kg per person per day"),
    "t": N_("tonnes"),
    "t/year": N_("tonnes a year"),
    "t/day": N_("tonnes a day"),
}

SIGNS = (N_(": "), N_(", "), N_("; "))
"""Punctuation between the parts of a line: it differs between scripts."""

DOCUMENT = {"K": N_("Kitakyushu review 2010"), "M": N_("Mayors’ meeting 2001")}
PLACE_IN_DOCUMENT = (
    (re.compile(r"sum(?:¶(\d+))?$"), N_("summary")),
    (re.compile(r"box (\d+)(?: ¶\d+)?$"), N_("box %(number)s")),
    (re.compile(r"table (\d+)$"), N_("table %(number)s")),
    (re.compile(r"fn(\d+)$"), N_("note %(number)s")),
    (re.compile(r"(?:hdr|title)$"), N_("heading")),
)
