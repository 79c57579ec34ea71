"""PostgreSQL's SQLAlchemy dialect for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.postgresql.base import PGCompiler, PGDDLCompiler, PGDialect

from changescript.dialects.drivers import ScriptDialect
from changescript.dialects.postgresql.literals import POSTGRESQL_LITERALS
from changescript.literals.compiler import LiteralCompiler, LiteralDDLCompiler

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Dialect


class PostgreSQLLiteralCompiler(LiteralCompiler, PGCompiler):
    """PostgreSQL's compiler with exact literals."""

    literal_rules = POSTGRESQL_LITERALS


class PostgreSQLScriptDDLCompiler(LiteralDDLCompiler, PGDDLCompiler):
    """PostgreSQL's DDL compiler, which knows where it is."""


class PostgreSQLScriptDialect(ScriptDialect, PGDialect):
    """PostgreSQL for scripts."""

    statement_compiler = PostgreSQLLiteralCompiler
    ddl_compiler = PostgreSQLScriptDDLCompiler
    # Backslashes are plain: the script sets standard_conforming_strings = on.
    _backslash_escapes = False

    def __init__(
        self,
        executemany_mode: object = None,  # noqa: ARG002 - as below
        executemany_batch_page_size: object = None,  # noqa: ARG002 - as below
        use_native_hstore: object = None,  # noqa: ARG002 - as below
        client_encoding: object = None,  # noqa: ARG002 - as below
        **options: Any,  # noqa: ANN401 - SQLAlchemy's signature
    ) -> None:
        """Take, and ignore, what create_engine() hands to the drivers' own dialects."""
        super().__init__(**options)  # type: ignore[no-untyped-call] # SQLAlchemy's

    def serve(self, release: str) -> None:
        """Write for this release, as PGDialect.initialize() decides it once it is connected."""
        super().serve(release)
        version = self.server_version_info or ()
        self._supports_jsonb_subscripting = version >= (14,)
        self.supports_virtual_generated_columns = version >= (18,)

    @classmethod
    def get_async_dialect_cls(cls, url: URL) -> type[Dialect]:  # noqa: ARG003 - SQLAlchemy's signature
        """Return the dialect for create_async_engine(); psycopg has one name for both."""
        return AsyncPostgreSQLScriptDialect


class AsyncPostgreSQLScriptDialect(PostgreSQLScriptDialect):
    """The same for create_async_engine()."""

    is_async = True
