# mypy: disable-error-code="no-untyped-call"
# ruff: noqa: ANN401, ARG002 - SQLAlchemy's dialects take and return Any
"""The model of a MySQL or MariaDB database: SQLAlchemy's dialect reads the SHOW CREATE TABLE that the model writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exc
from sqlalchemy.dialects.mysql.base import MySQLDialect
from sqlalchemy.dialects.mysql.mariadb import MariaDBDialect

from changescript.schema_model.answers import UnknownType
from changescript.schema_model.found import Found
from changescript.schema_model.mysql.records import Schema
from changescript.schema_model.mysql.showing import show_create_table
from changescript.schema_model.mysql.statements import follow
from changescript.schema_model.mysql.tokens import statements_in
from changescript.schema_model.unknown import MARK, Unknown, refusal

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

    from changescript.schema_model.assumptions import Answer
    from changescript.schema_model.mysql.records import Table

_TABLES = "BASE TABLE"


class MySQLEngine:
    """Tables that follow statements and can take back what they followed."""

    default_schema: str | None = None

    def __init__(self, dialect: Dialect) -> None:
        self.schema = Schema()
        self.mariadb = bool(getattr(dialect, "is_mariadb", False))
        self.connection = _ModelConnection(self)
        made: Any = (_ModelMariaDB if self.mariadb else _ModelMySQL)()
        made.server_version_info = getattr(dialect, "server_version_info", None) or (
            (10, 11) if self.mariadb else (8, 0, 19)
        )
        made.default_schema_name = ""
        made.supports_sequences = self.mariadb
        made._needs_correct_for_88718_96365 = False  # noqa: SLF001 - set on connect
        made._connection_charset, made._server_ansiquotes, made._casing = "utf8mb4", False, 0  # noqa: SLF001 - set on connect
        self.dialect = self.connection.dialect = made
        self._done: list[tuple[Any, tuple[object, ...]]] = []

    @property
    def outside(self) -> Unknown | None:
        """Why something may exist that was never seen made, or None."""
        return self.schema.outside

    @outside.setter
    def outside(self, reason: Unknown | None) -> None:
        self.schema.outside = reason

    @property
    def found(self) -> frozenset[Found]:
        """What turned out to be there without having been made."""
        return frozenset(Found(None, name, "table") for name in self.schema.found)

    @property
    def unsure(self) -> frozenset[str]:
        """Kinds of questions about which statements so far may have done more than is known."""
        return frozenset({"all"} if self.schema.outside or self.schema.found else ())

    def push(self, sql: str, place: str) -> None:
        """Follow a text of statements."""
        plain = self.schema.plain_values()
        self._done.append((self.schema.begin(), plain))
        for tokens in statements_in(sql):
            follow(self.schema, tokens, place, mariadb=self.mariadb)

    def pop(self) -> bool:
        """Take back the text that was followed last."""
        journal, plain = self._done.pop()
        self.schema.undo(journal, plain)
        return True

    def known(self, name: str) -> Table:
        """Return a table whose content is known; SQLAlchemy's error where there is none."""
        found = self.schema.find(name)
        if found is None:
            raise exc.NoSuchTableError(name)
        if found.unknown:
            raise refusal(f"what {name} holds", found.unknown)
        return found

    def columns(self, _: str | None, table: str) -> Answer:
        """Return name, type, nullability, whether there is a default and AUTO_INCREMENT of each column."""
        return tuple(
            (
                one.name,
                None if one.type[0] == "?" else one.type,
                not one.not_null,
                one.default is not None,
                one.auto_increment,
            )
            for one in self.known(table).columns
        )

    def question_of_raw_sql(self, sql: str, parameters: dict[str, Any]) -> Any:
        """Answer a recognised query of the catalogue."""
        from changescript.schema_model.mysql.queries import answer_query  # noqa: PLC0415 - it needs this module's class

        return answer_query(self, sql, parameters)


class _ModelConnection:
    """Hands the engine to the dialect's methods."""

    def __init__(self, engine: MySQLEngine) -> None:
        self.engine = engine
        self.dialect: Any = None


class _Model(MySQLDialect):
    """MySQL's dialect on the model."""

    supports_statement_cache = True

    def _show_create_table(self, connection: Any, table: Any, charset: Any = None, full_name: Any = None) -> Any:
        name = self.identifier_preparer._unescape_identifier(full_name.strip("`"))  # noqa: SLF001 - SQLAlchemy has no other
        return show_create_table(connection.engine.known(name), mariadb=connection.engine.mariadb)

    def _refuse_schema(self, schema: str | None) -> None:
        if schema:
            raise refusal(f"what schema {schema} holds", Unknown("only the default schema is followed"))

    def _setup_parser(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> Any:
        self._refuse_schema(schema)
        return super()._setup_parser(connection, table_name, schema, **kw)

    def _correct_for_mysql_bugs_88718_96365(self, fkeys: Any, connection: Any) -> None:
        """Leave the names as they are: the model has them in their own case."""

    def get_columns(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> Any:
        """Return the columns; a type that isn't known refuses to be read."""
        found = super().get_columns(connection, table_name, schema, **kw)
        for shown, column in zip(found, connection.engine.known(table_name).columns, strict=True):
            if column.type[0] == "?":
                shown["type"] = UnknownType()
                shown.pop("autoincrement", None)  # what it has where the model shows an integer in its place
            if column.default is not None and MARK in column.default:
                shown["default"] = MARK
                # SQLAlchemy doesn't find a comment behind some defaults.
                shown["comment"] = MARK if column.comment else None
        return found

    def get_table_options(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> Any:
        """Return the options; the characters that weren't stated are the database's, which isn't known."""
        found = dict(super().get_table_options(connection, table_name, schema, **kw))
        if not connection.engine.known(table_name).collation:
            found |= {f"{self.name}_default charset": MARK, f"{self.name}_collate": MARK}
        return found

    def get_multi_table_options(self, connection: Any, **kw: Any) -> Any:
        """Return what Table(autoload_with=...) asks for: without its characters a new table has the database's too."""
        return {
            key: {name: value for name, value in options.items() if value != MARK}
            for key, options in dict(super().get_multi_table_options(connection, **kw)).items()
        }.items()

    def has_table(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Return whether a table or view exists."""
        self._refuse_schema(schema)
        return connection.engine.schema.find(table_name) is not None

    def has_sequence(self, connection: Any, sequence_name: str, schema: str | None = None, **_: Any) -> bool:
        """Return whether a sequence exists."""
        self._refuse_schema(schema)
        found = connection.engine.schema.find(sequence_name)
        return found is not None and found.kind == "SEQUENCE"

    def _names(self, connection: Any, schema: str | None, kind: str) -> list[str]:
        self._refuse_schema(schema)
        return [table.name for table in connection.engine.schema.all() if table.kind == kind]

    def get_table_names(self, connection: Any, schema: str | None = None, **_: Any) -> list[str]:
        """Return the names of the tables."""
        return self._names(connection, schema, _TABLES)

    def get_view_names(self, connection: Any, schema: str | None = None, **_: Any) -> list[str]:
        """Return the names of the views."""
        return self._names(connection, schema, "VIEW")

    def get_sequence_names(self, connection: Any, schema: str | None = None, **_: Any) -> list[str]:
        """Return the names of the sequences."""
        return self._names(connection, schema, "SEQUENCE")

    def get_schema_names(self, *_: Any, **__: Any) -> Any:
        """Refuse: the other databases of the server aren't the model's."""
        raise refusal("which schemas there are", Unknown("only the default schema is followed"))

    get_view_definition = get_schema_names


class _ModelMySQL(_Model):
    """MySQL's."""

    supports_statement_cache = True


class _ModelMariaDB(_Model, MariaDBDialect):
    """MariaDB's."""

    supports_statement_cache = True
