"""Bring a database to this version's tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from vigwidgets.errors import Refusal

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = ["HEAD", "migrate", "migrations_config"]

# The newest revision in migrations/versions; a test compares. It spares importing Alembic at each start.
HEAD = "0005"


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing, in the transaction that ``connection`` is in.

    Raises:
        Refusal: A newer version of the project made the database.
    """
    at = _revision(connection)
    if at == HEAD:
        return
    from alembic import command  # noqa: PLC0415 - a second to import, and seldom needed
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = migrations_config()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if at is not None and at not in known:
        raise Refusal(
            f"This database is at revision {at!r}, which a newer version of vigwidgets made; this version knows "
            f"{HEAD!r}. Install the newer version again; nothing was changed."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def migrations_config() -> Config:
    """Return Alembic's configuration for the migrations that lie in the package."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
