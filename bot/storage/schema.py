"""The schema's version and the way up to the newest. Alembic is imported only where there is one to go."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from bot.domain.errors import OperatorError

HEAD = "0004"
"""The newest file in `migrations/versions`."""

MIGRATIONS = Path(__file__).parent / "migrations"


def revision(connection: Connection) -> str | None:
    """The schema's version in this database; None where it has none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine) -> None:
    """Brings the schema to HEAD in one transaction: after a kill it is the old one or the new one.

    Raises OperatorError where a newer Focal has made the database.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Of several replicas that start together one migrates and the others find it done.
            connection.execute(text("SELECT pg_advisory_xact_lock(7046025)"))
        found = revision(connection)
        if found is not None:
            try:
                ScriptDirectory.from_config(config).get_revision(found)
            except CommandError as error:
                raise OperatorError(
                    f"The database has schema {found}; this version of Focal knows them up to {HEAD}. "
                    "Start the newer Focal that made it, or restore a backup."
                ) from error
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.dialect.name == "sqlite":
            # Tables are rebuilt with foreign keys off: dropping the old one would delete what points to it.
            astray = connection.execute(text("PRAGMA foreign_key_check")).all()
            if astray:
                raise OperatorError(
                    f"The upgrade of the schema was undone: {len(astray)} rows would point to nothing."
                )
