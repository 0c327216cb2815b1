"""Errors that cross rooms."""

from __future__ import annotations


class OperatorError(Exception):
    """Something the operator has to put right. The text says what to do; it never holds a secret."""


class ConflictError(Exception):
    """Somebody else has changed the same thing meanwhile; the whole request is done again from the start."""
