"""What can go wrong, as a code and fields; the sentence is made late, in the reader's language."""

from __future__ import annotations


class FocalError(Exception):
    """A request that cannot be done. `code` names the view that explains it, `fields` fill it."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


class OperatorError(Exception):
    """Something the operator has to put right. The text says what to do; it never holds a secret."""
