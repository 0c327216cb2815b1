"""Buttons: writing an announcement and choosing its audience."""
