"""What an agreed proposal makes: the content file that an admin puts in place."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from bot.content.reading import FileTooLargeError, read_steady
from bot.domain.proposals import Home
from bot.domain.reports import Report
from bot.domain.revisions import agreed_files
from bot.domain.views.reviewing import ProposalFile
from bot.domain.words import LocalText
from bot.services import sheets
from bot.services.desk import Desk


def hand_out(desk: Desk, report: Report) -> int:
    """Sends the files of a proposal that was agreed to whoever agreed; how many."""
    library = desk.all_known
    entry, record = library.entries.get(report.city), library.cities.get(report.city)
    sender = desk.work.people.get(report.submitted_by)
    home = Home(
        report.city,
        entry.title if entry is not None else LocalText.plain(report.city),
        sender.language if sender is not None else next(iter(record.languages if record else ()), ""),
        library.indicators,
        library.commitments,
    )
    text = _text_of(desk.knowledge.folder, report.subject)
    course = sheets.course(desk, report)
    files = agreed_files(course, report.answers, home, desk.now.year, report.subject, text)
    for file in files:
        name = PurePosixPath(file.path)
        view = ProposalFile(report, library, file.path, whole=name.suffix == ".md")
        desk.send_file(desk.person.id, name.name, file.text, view)
    return len(files)


def _text_of(folder: Path | None, entry_id: str) -> str | None:
    """The text of a commitment's file as it is now; None where it cannot be read."""
    if folder is None or not entry_id:
        return None
    try:
        raw, _ = read_steady(folder / "commitments" / f"{entry_id}.md")
        return raw.decode("utf-8-sig")
    except (OSError, FileTooLargeError, UnicodeDecodeError):
        return None
