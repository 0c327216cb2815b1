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

EVIDENCE = (
    N_("nothing yet"),
    N_("planned"),
    N_("begun"),
    N_("carried out"),
    N_("shown with evidence"),
)
"""The scale of evidence, from 0 to 4, by which a "promote …" is judged."""

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
    ("report_form", "progress"): N_("progress report"),
    ("report_form", "commitment"): N_("proposed commitment"),
    ("report_form", "revision"): N_("proposed change of a target"),
    ("report_form", "baseline"): N_("baseline of a target"),
    ("report_state", "submitted"): N_("sent, waits for its review"),
    ("report_state", "in-review"): N_("in review"),
    ("report_state", "returned"): N_("some answers came back"),
    ("report_state", "accepted"): N_("accepted"),
    ("report_state", "withdrawn"): N_("taken back"),
    ("standing", "not-started"): N_("not started"),
    ("standing", "draft"): N_("draft"),
    ("standing", "submitted"): N_("sent"),
    ("standing", "in-review"): N_("in review"),
    ("standing", "returned"): N_("returned"),
    ("standing", "accepted"): N_("accepted"),
    ("standing", "late"): N_("late"),
    ("liveliness", "active"): N_("active lately"),
    ("liveliness", "quiet"): N_("quiet for three weeks"),
    ("liveliness", "silent"): N_("silent so far"),
    ("source_kind", "interview"): N_("from an interview"),
    ("source_kind", "site-visit"): N_("from a site visit"),
    ("source_kind", "published"): N_("from a published report"),
    ("note", "accepted"): N_("This report is accepted already."),
    ("note", "returned"): N_("Some answers of this report are back with the city."),
    ("note", "withdrawn"): N_("The city has taken this report back."),
    ("note", "busy"): N_("A colleague has this report in review."),
    ("note", "own"): N_("You sent this report yourself; a colleague reviews it."),
    ("note", "review-began"): N_(
        "Its review has begun, so it cannot be taken back any more. Tell the secretariat what is to be changed; "
        "it can return single answers to you."
    ),
    ("note", "not-accepted"): N_("Only an accepted report can be amended."),
    ("note", "newer"): N_("A newer version is on its way already."),
    ("note", "amendment-left"): N_("The amendment is left. The accepted version counts as before."),
    ("code", "draft"): N_("draft"),
    ("code", "submitted"): N_("sent"),
    ("code", "in-review"): N_("in review"),
    ("code", "returned"): N_("returned"),
    ("code", "accepted"): N_("accepted"),
    ("code", "withdrawn"): N_("taken back"),
    ("code", "yes"): N_("done"),
    ("code", "no"): N_("not done"),
    ("code", "open"): N_("open"),
    **{("code", str(level)): words for level, words in enumerate(EVIDENCE)},
    ("code", "taken-back"): N_("taken back"),
    ("code", "asked"): N_("asked for"),
    ("code", "alone"): N_("without a colleague"),
    ("code", "waiting"): N_("waiting"),
    ("code", "active"): N_("active"),
    ("code", "ended"): N_("ended"),
    ("code", "focal_point"): N_("focal point"),
    ("code", "deputy"): N_("deputy"),
    ("code", "secretariat"): N_("secretariat"),
    ("code", "admin"): N_("admin"),
    ("role", "visitor"): N_("visitor"),
    ("role", "focal_point"): N_("focal point"),
    ("role", "deputy"): N_("deputy"),
    ("role", "secretariat"): N_("secretariat"),
    ("role", "admin"): N_("admin"),
    ("event", "invited"): N_("%(who)s made or changed an invitation"),
    ("event", "joined"): N_("%(who)s joined"),
    ("event", "approved"): N_("%(who)s let %(whom)s in"),
    ("event", "declined"): N_("%(who)s did not let %(whom)s in"),
    ("event", "role-changed"): N_("%(who)s changed the role of %(whom)s"),
    ("event", "removed"): N_("%(who)s ended the role of %(whom)s"),
    ("event", "restored"): N_("%(who)s gave %(whom)s the role back"),
    ("event", "handed-over"): N_("The role was handed over to %(whom)s"),
    ("event", "confirmed"): N_("%(who)s confirmed the role"),
    ("event", "account-moved"): N_("%(whom)s has a new Telegram account"),
    ("event", "forgotten"): N_("%(whom)s had everything about them removed"),
    ("event", "draft-begun"): N_("%(who)s began to fill in a report"),
    ("event", "draft-taken"): N_("%(who)s went on with the draft"),
    ("event", "question-handed"): N_("%(who)s handed a question to a colleague"),
    ("event", "question-answered"): N_("A colleague answered the question that was handed over"),
    ("event", "submitted"): N_("%(who)s sent %(whom)s"),
    ("event", "taken-back"): N_("%(who)s took %(whom)s back"),
    ("event", "review-begun"): N_("%(who)s began the review of %(whom)s"),
    ("event", "returned"): N_("%(who)s returned answers of %(whom)s"),
    ("event", "commented"): N_("%(who)s commented on %(whom)s"),
    ("event", "judged"): N_("%(who)s judged %(whom)s"),
    ("event", "accepted"): N_("%(who)s accepted %(whom)s"),
    ("event", "amended"): N_("%(who)s opened %(whom)s to amend it"),
    ("event", "announced"): N_("%(who)s sent announcement %(whom)s"),
    ("event", "announcement-stopped"): N_("%(who)s stopped announcement %(whom)s"),
    ("event", "announcement-corrected"): N_("%(who)s corrected announcement %(whom)s"),
    ("event", "announcement-withdrawn"): N_("%(who)s withdrew announcement %(whom)s"),
    ("event", "group-linked"): N_("%(who)s linked a team group"),
    ("event", "group-unlinked"): N_("%(who)s ended the link of a team group"),
    ("code", "reminder"): N_("a reminder of it"),
    ("code", "again"): N_("once more"),
    ("why_not", "stopped"): N_("it was stopped before"),
    ("why_not", "withdrawn"): N_("it was withdrawn before"),
    ("why_not", "left"): N_("has no role any more"),
    ("why_not", "unlinked"): N_("the group is not linked any more"),
    ("why_not", "cannot-be-reached"): N_("has blocked the bot"),
    ("why_not", "blocked"): N_("has blocked the bot"),
    ("why_not", "failed"): N_("Telegram refused it"),
    ("why_not", "unknown"): N_("unknown whether it arrived"),
    ("event", "extension-asked"): N_("%(who)s asked for more time for %(whom)s"),
    ("event", "extended"): N_("%(who)s gave more time for %(whom)s"),
    ("event", "extension-declined"): N_("%(who)s declined more time for %(whom)s"),
    ("event", "paused"): N_("%(who)s let the reminders of %(whom)s rest"),
    ("event", "went-on"): N_("%(who)s let the reminders of %(whom)s go on"),
    ("event", "nudged"): N_("%(who)s reminded all who still owe a report of %(whom)s"),
    ("event", "held"): N_("%(who)s held a reminder (%(whom)s)"),
    ("event", "released"): N_("%(who)s released a reminder (%(whom)s)"),
    ("event", "published"): N_("%(who)s published the report %(whom)s"),
    ("format", "docx"): N_("Word"),
    ("format", "pdf"): N_("PDF"),
    ("format", "html"): N_("Web page"),
    ("format", "xlsx"): N_("Excel"),
    ("format", "md"): N_("Markdown"),
    ("format", "json"): N_("Data (JSON)"),
    ("work", "report"): N_("Commitment report"),
    ("work", "publish"): N_("Publishing the commitment report"),
    ("work", "letters"): N_("Letters to the cities"),
    ("work", "export"): N_("Export"),
    ("work", "import-trial"): N_("Reading your table"),
    ("work", "import"): N_("Import"),
    ("work", "chart"): N_("Chart"),
    ("work", "board"): N_("Chart"),
    ("work_failed", "too-often"): N_(
        "I was interrupted while I worked on it, three times. Please tell whoever runs me before you try again."
    ),
    ("work_failed", "not-allowed"): N_("This is not open to you any more."),
    ("work_failed", "file-gone"): N_("Telegram does not give me that file any more. Please send it again."),
    ("work_failed", "file-too-big"): N_(
        "The file is too big. I can fetch files of up to 20 MB, and send files of up to 50 MB: please divide it."
    ),
    ("work_failed", "put-right"): N_(
        "Something has to be put right first. Please pass this on to whoever runs me:"
    ),
    ("work_failed", "too-wide"): N_("This table has more columns than Excel. Please take CSV."),
    ("table", "results"): N_("Results"),
    ("table", "answers"): N_("Answers"),
    ("table", "commitments"): N_("Commitments"),
    ("table", "cities"): N_("Cities"),
    ("table", "entries"): N_("Entries"),
    ("table", "questions"): N_("Questions"),
    ("table", "misses"): N_("Not found"),
    ("table", "announcements"): N_("Announcements"),
    ("table", "replications"): N_("Ideas taken over"),
    ("table", "editions"): N_("Published reports"),
    ("table_about", "results"): N_(
        "What was promised and what came of it, target by target: accepted reports, and what sources publish."
    ),
    ("table_about", "answers"): N_("Every answer of the accepted reports, with the words that were typed."),
    ("table_about", "commitments"): N_("What cities promised, in the columns in which it can come in again."),
    ("table_about", "cities"): N_(
        "The cities of the network, in the columns in which they can come in again."
    ),
    ("table_about", "entries"): N_("Practices, guides and all other entries of the library."),
    ("table_about", "questions"): N_(
        "What people asked the secretariat, and how long they waited. Never who."
    ),
    ("table_about", "misses"): N_("What was looked up and not found, how often, in which language."),
    ("table_about", "announcements"): N_("What went out to many, and how many it reached."),
    ("table_about", "replications"): N_("Which city says that it took something over from which."),
    ("table_about", "editions"): N_(
        "Every document that was published, with what proves that it is the same."
    ),
    ("work_failed", "no-table"): N_("I cannot take this table in:"),
    ("incoming", "cities"): N_("Cities"),
    ("incoming", "commitments"): N_("Commitments"),
    ("incoming", "results"): N_("Results of past years"),
    ("incoming", "entries"): N_("Practices and other entries"),
    ("incoming", "people"): N_("People to invite"),
    ("work_failed", "changed"): N_(
        "Something has changed since you were asked: a report was accepted, or the content was edited. Please look "
        "again before you publish."
    ),
    ("work_failed", "nothing"): N_("There is nothing in it. Please choose something else."),
    ("work_failed", "broke"): N_(
        "Something went wrong here, and it is not your fault. Please try again in a while; if it goes wrong again, "
        "tell whoever runs me."
    ),
}

UNIT = {
    "kg/cap/day": N_("kg per person per day"),
    "t": N_("tonnes"),
    "t/year": N_("tonnes a year"),
    "t/day": N_("tonnes a day"),
    "% of target": N_("% of its target"),
    "t CO2e": N_("t CO₂e"),
    "?": N_("(unit not stated)"),
}

PER_CENT = N_("per cent")
"""As it stands in a sentence."""
QUOTED = N_("“%(words)s”")
ASIDE = N_(" (%(words)s)")

STATUS = {
    "exceeded": N_("Exceeded"),
    "reached": N_("Reached"),
    "not-reached": N_("Not reached"),
    "worse": N_("Worse than at the start"),
    "expected": N_("Expected to be reached"),
    "not-expected": N_("Not expected to be reached"),
    "for-reviewer": N_("For the secretariat to judge"),
    "not-computable": N_("Cannot be computed"),
    "no-result": N_("No result yet"),
}
STATUS_SIGN = {
    "exceeded": "🌟",
    "reached": "✅",
    "not-reached": "🔸",
    "worse": "🔻",
    "expected": "🕓",
    "not-expected": "🕓",
    "for-reviewer": "👤",
    "not-computable": "❔",
    "no-result": "▫️",
}

WHY = {
    "by-evidence": N_("A promise without a figure: the secretariat judges it by the evidence."),
    "judged": N_("Judged by the secretariat from the evidence."),
    "range-near-end": N_("A range counts from its near end."),
    "result-range": N_("Of the range that was told, the less favourable end counts."),
    "only-foreseen": N_("The figure is a forecast, not a measurement."),
    "nothing-told": N_("The report has no result for this target."),
    "no-baseline": N_("Once the baseline is known, the share of the way can be computed."),
    "no-figure": N_("The result has no figure. A number would settle it."),
    "no-target-figure": N_("The target has no figure to compare with."),
    "other-measure": N_("The figure measures something else than the target does."),
    "other-unit": N_("The figure has another unit than the target."),
    "baseline-unit": N_("The baseline has another unit than the figure."),
    "target-is-baseline": N_("Target and baseline are the same: there is no way to measure."),
    "baseline-beyond-target": N_("The baseline is past the target already. Please check both."),
    "baseline-not-positive": N_("A change in per cent needs a baseline above zero."),
    "only-a-bound": N_(
        "“Or more” leaves open whether the target is reached. An exact number would settle it."
    ),
}
"""What stands behind an assessment; the formulas themselves are in its template, with their numbers."""

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
