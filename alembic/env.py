"""Run the revisions: offline as SQL text, or online over an async engine when asked for."""

from __future__ import annotations

import asyncio
from logging.config import fileConfig
from typing import TYPE_CHECKING

from alembic import context
from alembic.util import CommandError
from sqlalchemy import pool
from sqlalchemy.ext.asyncio import create_async_engine

from schema import metadata
from schema.settings import SettingsError, load_settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

ONLINE_REFUSED = """\
this would change a database directly. Nothing was connected to, nothing was changed.
  To make a script that a DBA reviews and runs:  make sql FROM=... TO=...
  To go online all the same:                     alembic -x online=true ..."""


def database_url() -> str:
    """Return the URL of the settings; it holds the password, so it must not be printed."""
    try:
        return load_settings().database_url.get_secret_value()
    except SettingsError as error:
        raise CommandError(str(error)) from None


def run_offline() -> None:
    """Write SQL text; needs no driver, no network and no database."""
    context.configure(
        url=database_url(),
        target_metadata=metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )
    with context.begin_transaction():
        context.run_migrations()


def run_on(connection: Connection) -> None:
    """Run the revisions on an open connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_online() -> None:
    """Connect and run the revisions; the engine is disposed of whatever happens."""
    engine = create_async_engine(database_url(), poolclass=pool.NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(run_on)
    finally:
        await engine.dispose()


def main() -> None:
    """Choose the path; the online one has to be asked for by name."""
    if context.config.config_file_name is not None:
        fileConfig(context.config.config_file_name, disable_existing_loggers=False)
    if context.is_offline_mode():
        run_offline()
    elif context.get_x_argument(as_dictionary=True).get("online") == "true":
        asyncio.run(run_online())
    else:
        raise CommandError(ONLINE_REFUSED)


main()
