"""What every case shares: an asynchronous env.py whose options stand in the case's alembic.ini."""

import asyncio
import json
import os

from alembic import context
from sqlalchemy import pool
from sqlalchemy.ext.asyncio import create_async_engine

section = context.config.get_section("configure", {})
options = {name: json.loads(value) for name, value in section.items() if name != "here"}


def run(connection):
    context.configure(connection=connection, **options)
    with context.begin_transaction():
        context.run_migrations()


async def online():
    engine = create_async_engine(os.environ["DATABASE_URL"], poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(run)


if context.is_offline_mode():
    context.configure(url="postgresql+asyncpg://", literal_binds=True, **options)
    with context.begin_transaction():
        context.run_migrations()
else:
    asyncio.run(online())
