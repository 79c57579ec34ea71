# ruff: noqa: ANN401 - SQLAlchemy's dialects take and return Any
"""The model of a SQLite database: a SQLite database in memory, without a row in it."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import StaticPool

from changescript.schema_model.found import Found
from changescript.schema_model.sqlite.queries import answer_query
from changescript.schema_model.unknown import Outside, Unknown, refusal
from changescript.schema_model.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Dialect

    from changescript.schema_model.assumptions import Answer

_FIRST_WORD = re.compile(r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*([A-Za-z]*)\s*([A-Za-z_]*)", re.DOTALL)
_DDL = frozenset({"create", "alter", "drop", "reindex"})
_WITHOUT_EFFECT = frozenset(
    words("insert update delete replace select with values begin commit end savepoint release vacuum explain analyze")
) | {""}
_HARMLESS_PRAGMAS = frozenset({"foreign_keys", "legacy_alter_table", "defer_foreign_keys", "encoding", "journal_mode"})
_MOST_SAVEPOINTS = 100
_NO_COLUMN = re.compile(r"no such column|has no column named")
_TABLE = re.compile(r"(?:\bALTER\s+TABLE|\bON)\s+[\"`\[]?(\w+)", re.IGNORECASE)
_NO_GRAMMAR = re.compile(
    r"\s*(?:ALTER\s+TABLE\s+\S+\s+(?:(?:ALTER|MODIFY|CHANGE)\b"
    r"|(?:ADD|DROP)\s+(?:CONSTRAINT|PRIMARY|UNIQUE|FOREIGN|CHECK)\b)"
    r"|(?:ALTER|CREATE|DROP)\s+(?:SEQUENCE|TYPE|SCHEMA|DATABASE|EXTENSION|FUNCTION|PROCEDURE|ROLE|USER|DOMAIN)\b"
    r"|ALTER\s+(?:INDEX|VIEW|COLUMN)\b)",
    re.IGNORECASE,
)
"""Statements of other databases."""
_EXISTS = re.compile(r"already exists|duplicate column name")
_MISSING = re.compile(r"no such (table|index|view): (?:main\.)?(.*)")
_RENAMED = re.compile(
    r"\s*ALTER\s+TABLE\s+(?:main\s*\.\s*)?([\"'`\[]?)(\w+)[\"'`\]]?\s+RENAME\s+TO\s+[\"'`\[]?(\w+)", re.IGNORECASE
)
_DROPPED = re.compile(r"\s*DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:main\s*\.\s*)?([\"'`\[]?)(\w+)", re.IGNORECASE)
_MADE = re.compile(
    r"\s*CREATE\s+(?:TEMP(?:ORARY)?\s+)?(?:UNIQUE\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\s+(?:IF\s+NOT\s+EXISTS\s+)?"
    r"(?:main\s*\.\s*)?([\"'`\[]?)(\w+)",
    re.IGNORECASE,
)
_CREATED = re.compile(r"\s*CREATE\s+TABLE\s+(?:main\s*\.\s*)?([\"'`\[]?)(\w+)", re.IGNORECASE)
_OUTSIDE = "made outside of what was read"


class SQLiteEngine:
    """A database in memory that follows DDL. What it says is what SQLite says."""

    default_schema: str | None = None

    def __init__(self, _: Dialect) -> None:
        self.database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self.database.execute("PRAGMA temp_store = MEMORY")
        self.dialect: Any = _ModelDialect(self, dbapi=sqlite3)
        pool = StaticPool(lambda: self.database)  # type: ignore[arg-type] # sqlite3's connection
        engine = Engine(pool, self.dialect, URL.create("sqlite"))
        self.dialect.default_schema_name = "main"
        self.dialect.server_version_info = sqlite3.sqlite_version_info
        self.connection = Connection(engine, connection=None, _has_events=False, _allow_autobegin=False)
        self.unknown: Unknown | None = None
        self.outside: Unknown | None = None
        self.doubtful: dict[str, Unknown] = {}
        """Tables, in small letters, of which a statement wanted a column or more that was never seen made."""
        self.found: frozenset[Found] = frozenset()
        self._done: list[tuple[Any, ...]] = []

    def push(self, sql: str, place: str) -> None:
        """Follow a text of statements."""
        if len(self._done) >= _MOST_SAVEPOINTS:
            # Each write looks at each savepoint that is open.
            self.database.execute("RELEASE s0")
            self._done.clear()
        self.database.execute(f"SAVEPOINT s{len(self._done)}")
        self._done.append((self.unknown, self.outside, self.doubtful, self.found))
        for statement in _split(sql):
            self._follow(statement, place)

    def _follow(self, statement: str, place: str) -> None:
        found = _FIRST_WORD.match(statement)
        first, second = (found[1].lower(), found[2].lower()) if found else ("", "")
        if first in _WITHOUT_EFFECT or (first == "pragma" and second not in _HARMLESS_PRAGMAS):
            return
        if first not in _DDL and first != "pragma":
            self.unknown = self.unknown or Unknown(f"it isn't known what {first.upper()} changes", place)
            return
        self._change(statement, place)

    def _change(self, statement: str, place: str, *, again: bool = False) -> None:
        try:
            self.database.execute(statement)
        except sqlite3.Error as error:
            missing = _MISSING.match(str(error))
            if again:
                # Nobody knows what the table holds, and so whether what hangs on it is made.
                self._doubt_what_is_made(statement, place)
            elif missing and missing[1] == "table":
                self._stand_in(missing[2], place)
                self._change(statement, place, again=True)
            else:
                self._note_failure(str(error), statement, place)
        else:
            self._follow_doubts(statement, place)

    @property
    def unsure(self) -> frozenset[str]:
        """Kinds of questions about which statements so far may have done more than is known."""
        return frozenset({"all"} if self.outside or self.doubtful else ())

    def _doubt(self, name: str, unknown: Unknown) -> None:
        self.doubtful = {name.lower(): unknown, **self.doubtful}

    def _doubt_what_is_made(self, statement: str, place: str) -> None:
        made = _MADE.match(statement)
        if made:
            self._doubt(made[2], Unknown(f"it is made of what was {_OUTSIDE}", place))

    def _stand_in(self, table: str, place: str) -> None:
        """Make the table that a statement needs, of which nobody knows what it holds."""
        self.outside = self.outside or Unknown(str(Outside.of(table)), place)
        try:
            self.database.execute(f"CREATE TABLE {_identifier(table)} ({_identifier(_OUTSIDE)})")
        except sqlite3.Error:  # one of SQLite's own
            self.unknown = self.unknown or self.outside
            return
        self._doubt(table, Unknown(f"it was {_OUTSIDE}", place))
        self.found |= {Found(None, table.lower(), "table")}

    def _follow_doubts(self, statement: str, place: str) -> None:
        """Follow a table that isn't known to its new name, or to its end, or into another one."""
        renamed, dropped, created = (each.match(statement) for each in (_RENAMED, _DROPPED, _CREATED))
        if created:
            columns = self.database.execute("SELECT name FROM pragma_table_xinfo(?)", (created[2],))
            if (_OUTSIDE,) in columns.fetchall():
                self._doubt_what_is_made(statement, place)
        for found in (renamed, dropped):
            old = found[2].lower() if found else ""
            if found and old in self.doubtful:
                others = {name: why for name, why in self.doubtful.items() if name != old}
                self.doubtful = others | ({found[3].lower(): self.doubtful[old]} if renamed else {})

    def _note_failure(self, message: str, statement: str, place: str) -> None:
        if _EXISTS.search(message) or _NO_GRAMMAR.match(statement):
            return  # it fails everywhere, and changes nothing
        table = _TABLE.search(statement)
        if _NO_COLUMN.search(message) and table:
            self._doubt(table[1], Unknown(str(Outside.of("a column")), place))
            self._doubt_what_is_made(statement, place)
            return
        missing = _MISSING.match(message)
        if missing:
            self.outside = self.outside or Unknown(str(Outside.of(missing[2])), place)
        else:
            self.unknown = self.unknown or Unknown("SQLite doesn't take a statement on an empty database", place)

    def pop(self) -> bool:
        """Take back the text that was followed last, unless too much has followed."""
        if not self._done:
            return False
        self.unknown, self.outside, self.doubtful, self.found = self._done.pop()
        self.database.execute(f"ROLLBACK TO s{len(self._done)}")
        self.database.execute(f"RELEASE s{len(self._done)}")
        return True

    def refuse_unknown(self, what: str, *, table: str = "") -> None:
        """Refuse a question about what isn't known."""
        unknown = self.unknown or self.doubtful.get(table.lower())
        if unknown is not None:
            raise refusal(what, unknown)

    def columns(self, _: str | None, table: str) -> Answer:
        """Return name, type, nullability, default and place in the primary key of each column."""
        rows = self.database.execute(
            'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1', (table,)
        )
        return tuple((name, type_, not required, default, place) for name, type_, required, default, place in rows)

    def question_of_raw_sql(self, sql: str, parameters: dict[str, Any]) -> Any:
        """Answer a query that reads nothing but the catalogue."""
        return answer_query(self, sql, parameters)


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _split(sql: str) -> Iterator[str]:
    pending = ""
    for part in re.split(r"(;)", sql):
        pending += part
        if part == ";" and sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending


class _ModelDialect(SQLiteDialect_pysqlite):
    """The driver's own dialect, which refuses what the engine doesn't know."""

    supports_statement_cache = True

    def __init__(self, engine: SQLiteEngine, **options: Any) -> None:
        self._engine = engine
        super().__init__(**options)

    def has_table(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Return whether a table or view exists."""
        found = super().has_table(connection, table_name, schema, **kw)  # type: ignore[no-untyped-call] # as above
        self._engine.refuse_unknown(f"whether {table_name} exists", table="" if found else table_name)
        return bool(found)

    def get_schema_names(self, connection: Any, **kw: Any) -> Any:  # noqa: ARG002 - as inherited
        """Refuse: what is attached is the connection's own business."""
        raise refusal("which schemas there are", Unknown("they are files that the connection has attached"))

    def get_view_definition(self, connection: Any, view_name: str, schema: str | None = None, **kw: Any) -> Any:  # noqa: ARG002 - as inherited
        """Refuse: the text of a view differs with its layout."""
        raise refusal("the text of a view", Unknown("the database may have it in another layout"))


def _refusing(name: str, *, lists: bool) -> Any:
    inherited = getattr(SQLiteDialect_pysqlite, name)

    def method(self: _ModelDialect, connection: Any, table_name: str = "", schema: str | None = None, **kw: Any) -> Any:
        self._engine.refuse_unknown("the schema", table=table_name)
        return inherited(self, connection, table_name, schema, **kw)

    def listing(self: _ModelDialect, connection: Any, schema: str | None = None, **kw: Any) -> Any:
        self._engine.refuse_unknown("what the schema holds")
        return inherited(self, connection, schema, **kw)

    return listing if lists else method


for _name in words(
    "get_columns get_pk_constraint get_foreign_keys get_indexes get_unique_constraints get_check_constraints "
    "get_table_options"
):
    setattr(_ModelDialect, _name, _refusing(_name, lists=False))
for _name in ("get_table_names", "get_view_names"):
    setattr(_ModelDialect, _name, _refusing(_name, lists=True))
