"""What every view is."""

from __future__ import annotations


class View:
    """Base of all views."""
