"""Empty tables to fill in: a header, what each column means, and an example row; the last two are never imported."""

from __future__ import annotations

import io
from collections.abc import Sequence

from bot.documents.tables_out import to_csv
from bot.domain.imports.columns import FIELDS, REMARK, Field, What
from bot.domain.tables import Column, Table


def template(what: What, *, as_excel: bool) -> bytes:
    """The file to fill in. In Excel the meanings stand on a second sheet, in CSV in a row of remarks."""
    fields = FIELDS[what]
    return _excel(what, fields) if as_excel else _csv(what, fields)


def _example(fields: Sequence[Field]) -> tuple[str, ...]:
    first, *rest = (field.example for field in fields)
    return (f"{REMARK}{first} (an example: rows that begin with # are not imported)", *rest)


def _meaning(field: Field) -> str:
    return f"{field.meaning} (needed)" if field.needed else field.meaning


def _csv(what: What, fields: Sequence[Field]) -> bytes:
    first, *rest = (_meaning(field) for field in fields)
    columns = tuple(Column(field.key) for field in fields)
    rows = [(f"{REMARK}{first}", *rest), _example(fields)]
    return b"".join(to_csv(Table(what.value, columns, rows)))


def _excel(what: What, fields: Sequence[Field]) -> bytes:
    from xlsxwriter import Workbook

    from bot.documents.tables_out import LONG_AGO

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": LONG_AGO.replace(tzinfo=None)})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet, notes = book.add_worksheet(what.value), book.add_worksheet("notes")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(fields) - 1, 18)
        for column, (field, example) in enumerate(zip(fields, _example(fields), strict=True)):
            sheet.write_string(0, column, field.key, bold)
            sheet.write_string(1, column, example)
        notes.set_column(0, 0, 18)
        notes.set_column(1, 1, 80, wrapped)
        notes.write_row(0, 0, ("column", "meaning"), bold)
        for row, field in enumerate(fields, 1):
            notes.write_row(row, 0, (field.key, _meaning(field)))
    return out.getvalue()
