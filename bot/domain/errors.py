"""What only an operator can put right."""

from __future__ import annotations


class OperatorError(Exception):
    """Something the operator has to put right. The text says what to do; it never holds a secret."""
