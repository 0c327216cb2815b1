"""Whole tables into content files: row by row, with a verdict for each, and nothing put in place yet."""
