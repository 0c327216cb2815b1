"""The guided dialog: one question after the other, until a draft is sent."""
