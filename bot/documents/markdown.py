"""The document in Markdown: CommonMark with tables. Every text is escaped, so that it reads as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.documents.document import (
    Board,
    Chart,
    CityPage,
    Document,
    QuoteLine,
    ResultLine,
    Source,
    TableRow,
    TargetBlock,
)
from bot.documents.office import storable
from bot.documents.signs import aside, in_quotes, labelled, listed

MEANS_SOMETHING = re.compile(r"[\\`*_\[\]<>&|~#^$]|(?<=:)//|(?i:(?<=www)\.)")
BEGINS_A_BLOCK = re.compile(r"(?:[-+=]|(?P<number>\d+)(?=[.)](?:\s|$)))")
AROUND = re.compile(r"^[ \t]+|[ \t]+$|\t")


def escaped(text: str) -> str:
    """The text on one line, so that Markdown shows it as it is; its own lines are broken by `<br>`."""
    return "<br>".join(_line(line) for line in storable(text).split("\n"))


def _line(line: str) -> str:
    line = MEANS_SOMETHING.sub(lambda found: "\\" + found.group(), line)
    if begins := BEGINS_A_BLOCK.match(line):
        at = begins.end("number") if begins["number"] else 0
        line = f"{line[:at]}\\{line[at:]}"
    # Spaces at the ends would be taken away, or make a block of code.
    return AROUND.sub(lambda found: "".join(f"&#{ord(one)};" for one in found.group()), line)


def to_markdown(document: Document) -> bytes:
    """The document as UTF-8."""
    return ("\n\n".join(_parts(document)) + "\n").encode()


def _parts(document: Document) -> Iterator[str]:
    label = document.labels
    yield f"# {escaped(document.title)}"
    yield f"**{escaped(document.subtitle)}**"
    yield _list((*document.scope, *document.state))
    yield f"## {escaped(label['figures'])}"
    yield "\n".join(f"- **{escaped(f.value)}** {escaped(f.label)}" for f in document.figures)
    yield f"## {escaped(label['method'])}"
    yield from map(escaped, document.method)
    yield f"## {escaped(label['table'])}"
    marks = (f"{mark.sign} {escaped(mark.word)}" for mark in document.legend)
    told = listed((*marks, f"**{escaped(label['counts'])}**"), document.language)
    yield labelled(escaped(label["legend"]), told, document.language)
    yield _targets(document)
    yield from _board(document.board, document)
    yield f"## {escaped(label['cities'])}"
    for city in document.cities:
        yield from _city(city, document)
    yield f"## {escaped(label['missing'])}"
    yield _list(document.missing) if document.missing else escaped(label["nothing_missing"])


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {escaped(line)}" for line in lines)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are escaped already."""
    lines = [[escaped(name) for name in head], ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _targets(document: Document) -> str:
    label = document.labels
    head = ("city", "targets", "results", "status_said", "status_computed")
    return _table([label[code] for code in head], (_row(row, document) for row in document.table))


def _row(row: TableRow, document: Document) -> Sequence[str]:
    computed = [f"**{escaped(row.status)}**"]
    if row.differs:
        computed.append(f"**{escaped(document.labels['differs'])}**")
    if row.formula:
        computed.append(escaped(row.formula))
    return (
        f"**{escaped(row.city)}**<br>{escaped(row.country)}",
        escaped(row.target),
        "<br>".join(_result(line, document) for line in row.results),
        escaped(row.status_said),
        "<br>".join(computed),
    )


def _result(line: ResultLine, document: Document) -> str:
    sign = f"{line.mark.sign} " if line.mark else ""
    text = escaped(in_quotes(line.text, document.language) if line.quoted else line.text)
    text = f"**{text}**" if line.counts and not line.quoted else text
    return f"{sign}{text}" + (aside(escaped(line.origin), document.language) if line.origin else "")


def _board(board: Board, document: Document) -> Iterator[str]:
    label = document.labels
    yield f"## {escaped(board.title)}"
    yield escaped(board.alt)
    yield _table(
        [label["city"], label["indicator"], label["share"], label["status_computed"]],
        (
            (
                escaped(row.name),
                escaped(row.label),
                escaped(row.shown) if row.share is not None else "–",
                escaped(row.status),
            )
            for row in board.rows
        ),
    )


def _city(city: CityPage, document: Document) -> Iterator[str]:
    label = document.labels
    own = aside(escaped(city.own_name), document.language) if city.own_name else ""
    yield f"### {escaped(city.name)}{own}"
    yield escaped(city.country)
    yield escaped(city.summary)
    yield from _lists("missing", city.missing, document)
    yield from _lists("commitment", city.commitments, document)
    for block in city.targets:
        yield from _block(block, document)
    if city.worked:
        yield f"#### {escaped(label['worked'])}"
        yield from map(_quote, city.worked)
    titles = tuple(title for _, title in city.practices)
    for code, lines in (("wanted", city.wanted), ("learnt", city.learnt), ("practices", titles)):
        yield from _lists(code, lines, document)
    yield from _lists("remarks", city.remarks, document)


def _lists(code: str, lines: Sequence[str], document: Document) -> Iterator[str]:
    if lines:
        yield f"**{escaped(document.labels[code])}**"
        yield _list(lines)


def _block(block: TargetBlock, document: Document) -> Iterator[str]:
    label, row = document.labels, block.row
    results = "<br>".join(_result(line, document) for line in row.results)

    def fact(code: str, words: str) -> str:
        return f"- {labelled(escaped(label[code]), words, document.language)}"

    yield f"#### {escaped(row.indicator)}{aside(escaped(row.ref), document.language)}"
    yield escaped(block.promise)
    yield "\n".join(
        (
            fact("results", results),
            fact("status_said", escaped(row.status_said)),
            fact("status_computed", f"**{escaped(row.status)}** {escaped(row.formula)}".rstrip()),
            *([f"- **{escaped(label['differs'])}**"] if row.differs else []),
            *([fact("said_words", escaped(block.said_words))] if block.said_words else []),
        )
    )
    yield from _lists("missing", block.missing, document)
    if block.chart:
        yield f"**{escaped(label['chart_data'])}**"
        yield _series(block.chart, document)
    if block.sources:
        yield f"##### {escaped(label['provenance'])}"
    for source in block.sources:
        yield from _source(source, document)


def _series(chart: Chart, document: Document) -> str:
    label = document.labels
    rows: list[Sequence[str]] = []
    if chart.baseline_shown:
        rows.append((escaped(chart.baseline_label), escaped(chart.baseline_shown), ""))
    for point in chart.points:
        kind = f"{point.mark.sign} {escaped(point.mark.word)}" if point.mark else ""
        published = escaped(label["published"]) if point.published else ""
        rows.append(
            (escaped(point.label), escaped(point.shown), "<br>".join(filter(None, (kind, published))))
        )
    rows.append((escaped(chart.goal_label), escaped(chart.target_shown), ""))
    return _table([label["year"], label["value"], label["kind"]], rows)


def _source(source: Source, document: Document) -> Iterator[str]:
    yield f"**{escaped(source.heading)}**"
    if source.lines:
        facts = (labelled(escaped(name), escaped(words), document.language) for name, words in source.lines)
        yield "\n".join(f"- {fact}" for fact in facts)
    yield from map(_quote, source.quotes)


def _quote(quote: QuoteLine) -> str:
    return f"{escaped(quote.asked)}\n\n> {escaped(quote.words)}"
