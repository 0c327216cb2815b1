"""Buttons: the pulse of a cycle."""
