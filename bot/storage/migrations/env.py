"""How Alembic runs here: over the connection of `bot.storage.schema.migrate`, in its transaction."""

from __future__ import annotations

from alembic import context

from bot.storage.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
)
context.run_migrations()
