"""From the data of a report to a document in the reader's language: every word is chosen here, once."""

from bot.documents.composition.whole import compose

__all__ = ["compose"]
