"""The PDF is set in a process of its own, so that the bot keeps its memory."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples_documents import document

from bot.documents.apart import to_pdf_apart
from bot.documents.typesetting import to_pdf
from bot.domain.errors import OperatorError


def test_it_is_the_same_pdf() -> None:
    assert to_pdf_apart(document()) == to_pdf(document())


def test_a_process_that_fails_is_told_and_takes_nothing_down() -> None:
    broken = replace(document(), board=None)  # type: ignore[arg-type]  # what no composer gives
    with pytest.raises(OperatorError, match="The PDF could not be set"):
        to_pdf_apart(broken)
