"""Buttons: when to be reminded, and asking for more time."""
