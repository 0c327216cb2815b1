"""Words of documents by code: headings, marks, gaps. Layouts have none of their own: `Document.labels` has these."""

from __future__ import annotations

from bot.texts.phrases import N_

LABELS = {
    "overview": N_("Overview"),
    "contents": N_("Contents"),
    "method": N_("How this report was made"),
    "figures": N_("Key figures"),
    "table": N_("Targets and results"),
    "board": N_("Where every target stands"),
    "cities": N_("City by city"),
    "missing": N_("Missing data"),
    "city": N_("City"),
    "country": N_("Country"),
    "target": N_("Target"),
    "targets": N_("Targets"),
    "ref": N_("Code"),
    "indicator": N_("Indicator"),
    "result": N_("Result"),
    "results": N_("Results"),
    "status_said": N_("Status as stated"),
    "status_computed": N_("Status as computed"),
    "differs": N_("Stated and computed status differ"),
    "formula": N_("How it was computed"),
    "legend": N_("Marks"),
    "counts": N_("The status is computed from this result"),
    "share": N_("Share of what was promised"),
    "commitment": N_("Commitment"),
    "promise": N_("What was promised"),
    "said_words": N_("What the source says of it"),
    "provenance": N_("Where the figures come from"),
    "about": N_("What it is about"),
    "asked": N_("Question or target"),
    "words": N_("The words"),
    "worked": N_("What worked"),
    "wanted": N_("Help that is asked for"),
    "learnt": N_("Learnt from"),
    "practices": N_("Practices connected with it"),
    "remarks": N_("Remarks"),
    "chart_data": N_("The figures of the chart"),
    "year": N_("Year"),
    "year_unknown": N_("year not stated"),
    "value": N_("Value"),
    "far_value": N_("Far end of a range"),
    "unit": N_("Unit"),
    "kind": N_("Kind of figure"),
    "origin": N_("Origin"),
    "baseline": N_("Baseline"),
    "due": N_("Due"),
    "published": N_("Published record"),
    "skip": N_("Skip to the table"),
    "nothing_missing": N_("Nothing is missing."),
    "pages_elsewhere": N_(
        "These are more cities than a book has room for: the page of each is in the other formats of this report."
    ),
}

MARKS = {
    "measured": ("●", N_("measured")),
    "projected": ("◐", N_("projected")),
    "expected": ("○", N_("expected")),
    "unknown": ("?", N_("kind not stated")),
}
"""Signs that are in every font of ours, and what they mean."""

MISSING = {
    "report": N_("There is no accepted report in this cycle."),
    "result": N_("No result was reported for this target."),
    "figure": N_("The result was told in words, without a figure."),
    "baseline": N_("The baseline is not known."),
    "year": N_("The year of the result is not stated."),
    "unread": N_(
        "An accepted report cannot be read any more: its cycle, its questionnaire or its targets are gone from the "
        "files."
    ),
    "unplaced": N_(
        "An accepted report tells something of this target that has no place in the files any more."
    ),
}

METHOD = (
    N_(
        "A report counts once the secretariat has accepted it, and of each report the newest accepted version. "
        "“Published record” is what the named publications state, mostly of earlier years. It stands beside the "
        "reports and is marked with its source."
    ),
    N_(
        "Statuses are computed by the same rules for all. A change is compared with the change that was promised. "
        "Where the baseline is known, the way from the baseline to the result is compared with the way to the "
        "target; where it is not known, a level is reached or not. Of a range that was promised, the near end "
        "counts. A forecast never counts as reached. The secretariat judges promises without a figure by the "
        "evidence. What a city or a publication says of its own success stands beside the computed status, unchanged."
    ),
    N_(
        "Missing is printed as missing: nothing is estimated, filled in or left out. Figures stand as they were "
        "told, with every digit."
    ),
    N_(
        "Quotes stand as they were typed, in their own language. People appear by their role and by their handle in "
        "the log of changes, never by their names."
    ),
)
