"""Editions as rows: what was published, and under which hashes its documents are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select, update

from bot.domain.errors import ConflictError
from bot.domain.publication.model import Scope
from bot.domain.publication.published import Edition, EditionDocument, Format
from bot.storage.answers_json import as_json, from_json
from bot.storage.dialects import insert_new
from bot.storage.print_tables import BlobRow, EditionDocumentRow, EditionRow


class SqlEditions:
    """Implements `bot.domain.print_ports.Editions`. Its documents have to be among the blobs before. Triggers of the
    database refuse every change of an edition."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, edition: Edition) -> Edition:
        row = {
            "number": edition.number,
            "scope": as_json(edition.scope),
            "as_of": edition.as_of,
            "content": edition.content,
            "published_at": edition.published_at,
            "published_by": edition.by,
        }
        if not insert_new(self._session, EditionRow, [row], unique="number"):
            raise ConflictError(f"the edition {edition.number} is there already")
        number = select(EditionRow.id).where(EditionRow.number == edition.number)
        kept = replace(edition, id=self._session.exec(number).one() or 0)
        self._session.add_all(
            EditionDocumentRow(
                edition=kept.id,
                format=document.format.value,
                language=document.language,
                digest=document.digest,
                size=document.size,
            )
            for document in edition.documents
        )
        self._session.flush()
        digests = {document.digest for document in edition.documents}
        self._session.exec(update(BlobRow).where(col(BlobRow.digest).in_(digests)).values(for_good=True))
        return kept

    def get(self, edition_id: int) -> Edition | None:
        return next(iter(self._found(col(EditionRow.id) == edition_id)), None)

    def by_number(self, number: str) -> Edition | None:
        return next(iter(self._found(col(EditionRow.number) == number)), None)

    def all(self) -> Sequence[Edition]:
        return self._found()

    def _found(self, *conditions: ColumnElement[bool]) -> list[Edition]:
        documents: defaultdict[int, list[EditionDocument]] = defaultdict(list)
        wanted = select(EditionRow.id).where(*conditions)
        for one in self._session.exec(
            select(EditionDocumentRow)
            .where(col(EditionDocumentRow.edition).in_(wanted))
            .order_by(col(EditionDocumentRow.id))
        ):
            documents[one.edition].append(
                EditionDocument(Format(one.format), one.language, one.digest, one.size)
            )
        rows = self._session.exec(select(EditionRow).where(*conditions).order_by(col(EditionRow.id).desc()))
        return [_edition(row, documents[row.id or 0]) for row in rows]


def _edition(row: EditionRow, documents: Sequence[EditionDocument]) -> Edition:
    assert row.id is not None
    return Edition(
        id=row.id,
        number=row.number,
        scope=from_json(Scope, row.scope),
        as_of=row.as_of,
        content=row.content,
        published_at=row.published_at,
        by=row.published_by,
        documents=tuple(documents),
    )
