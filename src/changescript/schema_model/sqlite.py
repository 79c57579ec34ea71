# ruff: noqa: ANN401 - SQLAlchemy's dialects take and return Any
"""The model of a SQLite database: a SQLite database in memory, without a row in it."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import StaticPool

from changescript.schema_model.answers import result_of
from changescript.schema_model.assumptions import Assumption, Question
from changescript.schema_model.found import Found
from changescript.schema_model.unknown import Unknown, UnknownAnswer, refusal
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

_CATALOGUE = frozenset({"sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema"})
_PRAGMAS = frozenset({"table_info", "table_xinfo", "index_list", "index_info", "index_xinfo", "foreign_key_list"})
_PRAGMA_TABLES = frozenset(f"pragma_{name}" for name in _PRAGMAS)
_FUNCTIONS = frozenset({"count", "max", "min", "lower", "upper", "like", "glob", "instr", "substr", "length"})
_TEXT = r"'(?:[^']|'')*'"
_LOOKUP = re.compile(
    r"\s*SELECT\s+(?:1|name|type|count\s*\(\s*(?:\*|1|name)\s*\))\s+FROM\s+sqlite_(?:master|schema)\s+WHERE\s+"
    rf"(?:type\s*=\s*{_TEXT}\s+AND\s+)?name\s*=\s*({_TEXT})(?:\s+AND\s+type\s*=\s*{_TEXT})?\s*(?:LIMIT\s+1\s*)?;?\s*",
    re.IGNORECASE,
)
"""A query that asks no more than what has a name."""
_PRAGMA = re.compile(
    r"\s*PRAGMA\s+(?:main\s*\.\s*)?(\w+)\s*(?:\(|=)\s*([\"'`\[]?)([^\"'`\[\])]+?)[\"'`\]]?\s*\)?\s*;?\s*", re.IGNORECASE
)
_PARAMETER = re.compile(r":(\w+)")


class SQLiteEngine:
    """A database in memory that follows DDL. What it says is what SQLite says."""

    default_schema: str | None = None

    def __init__(self, _: Dialect) -> None:
        self._database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA temp_store = MEMORY")
        self.dialect: Any = _ModelDialect(self, dbapi=sqlite3)
        pool = StaticPool(lambda: self._database)  # type: ignore[arg-type] # sqlite3's connection
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
            self._database.execute("RELEASE s0")
            self._done.clear()
        self._database.execute(f"SAVEPOINT s{len(self._done)}")
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
            self._database.execute(statement)
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
        self.outside = self.outside or Unknown(f"{table} was {_OUTSIDE}, so more may have been", place)
        try:
            self._database.execute(f"CREATE TABLE {_identifier(table)} ({_identifier(_OUTSIDE)})")
        except sqlite3.Error:  # one of SQLite's own
            self.unknown = self.unknown or self.outside
            return
        self._doubt(table, Unknown(f"it was {_OUTSIDE}", place))
        self.found |= {Found(None, table.lower(), "table")}

    def _follow_doubts(self, statement: str, place: str) -> None:
        """Follow a table that isn't known to its new name, or to its end, or into another one."""
        renamed, dropped, created = (each.match(statement) for each in (_RENAMED, _DROPPED, _CREATED))
        if created:
            columns = self._database.execute("SELECT name FROM pragma_table_xinfo(?)", (created[2],))
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
            self._doubt(table[1], Unknown(f"a column was {_OUTSIDE}, so more may have been", place))
            self._doubt_what_is_made(statement, place)
            return
        missing = _MISSING.match(message)
        if missing:
            reason = Unknown(f"{missing[2]} was {_OUTSIDE}, so more may have been", place)
            self.outside = self.outside or reason
        else:
            self.unknown = self.unknown or Unknown("SQLite doesn't take a statement on an empty database", place)

    def pop(self) -> bool:
        """Take back the text that was followed last, unless too much has followed."""
        if not self._done:
            return False
        self.unknown, self.outside, self.doubtful, self.found = self._done.pop()
        self._database.execute(f"ROLLBACK TO s{len(self._done)}")
        self._database.execute(f"RELEASE s{len(self._done)}")
        return True

    def refuse_unknown(self, what: str, *, table: str = "") -> None:
        """Refuse a question about what isn't known."""
        unknown = self.unknown or self.doubtful.get(table.lower())
        if unknown is not None:
            raise refusal(what, unknown)

    def columns(self, _: str | None, table: str) -> Answer:
        """Return name, type, nullability, default and place in the primary key of each column."""
        rows = self._database.execute(
            'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1', (table,)
        )
        return tuple((name, type_, not required, default, place) for name, type_, required, default, place in rows)

    def question_of_raw_sql(self, sql: str, parameters: dict[str, Any]) -> Any:
        """Answer a query that reads nothing but the catalogue."""
        reading = _Reading()
        self._database.set_authorizer(reading.allow)
        try:
            cursor = self._database.execute(sql, parameters)
            rows = cursor.fetchall()
        except sqlite3.Error:
            rows, cursor = [], None
        finally:
            self._database.set_authorizer(None)
        if cursor is None or cursor.description is None or not reading.catalogue:
            raise _refused_query()
        self.refuse_unknown("what the catalogue holds")
        filled = _filled(sql, parameters)
        lookup = _LOOKUP.fullmatch(filled)
        if not lookup:
            self._refuse_doubtful(filled)
        elif not rows:
            self.refuse_unknown("whether that exists", table=_text_of(lookup))
        keys = [column[0] for column in cursor.description]
        return result_of(keys, rows, counted=False), list(self._assumed(filled, len(keys), rows))

    def _refuse_doubtful(self, sql: str) -> None:
        """Refuse a query that reads more than whether one name is there, where more may be than is known."""
        if self.outside and not _PRAGMA.fullmatch(sql):
            raise refusal("what the catalogue holds", self.outside)
        for table in self.doubtful:
            if table in sql.lower():
                self.refuse_unknown(f"what {table} holds", table=table)

    def _assumed(self, sql: str, width: int, rows: list[tuple[Any, ...]]) -> Iterator[Assumption]:
        """Go through what the rows of a query assume: all of them, where it asks more than what has a name."""
        lookup, pragma = _LOOKUP.fullmatch(sql), _PRAGMA.fullmatch(sql)
        if lookup:
            name = _text_of(lookup)
            yield Assumption(Question("object", None, "", name), self._object(name))
        elif pragma and pragma[1].lower() in ("table_info", "table_xinfo"):
            name = pragma[3]
            yield Assumption(Question("table", None, name), bool(rows))
            if rows:
                yield Assumption(Question("columns", None, name), self.columns(None, name))
        elif pragma:
            query = f"SELECT * FROM pragma_{pragma[1].lower()}({_quoted(pragma[3])})"  # noqa: S608 - a query that is checked
            yield Assumption(Question("catalogue", None, str(width), query), tuple(rows))
        elif _FIRST_WORD.match(sql)[1].lower() == "pragma":  # type: ignore[index] # it matches anything
            raise _refused_query()
        else:
            yield Assumption(Question("catalogue", None, str(width), sql.strip().rstrip(";")), tuple(rows))

    def _object(self, name: str) -> str | None:
        row = self._database.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None


def _text_of(lookup: re.Match[str]) -> str:
    """Return the name that is looked up."""
    return str(lookup[1][1:-1]).replace("''", "'")


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _quoted(value: object) -> str:
    if isinstance(value, int):
        return str(int(value))
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"


def _filled(sql: str, parameters: dict[str, Any]) -> str:
    """Return a query with its parameters in it."""
    if not parameters:
        return sql
    return _PARAMETER.sub(lambda found: _quoted(parameters[found[1]]) if found[1] in parameters else found[0], sql)


def _refused_query() -> UnknownAnswer:
    return refusal("the answer to the query", Unknown("it reads more than names from the catalogue"))


class _Reading:
    """Lets a statement read the catalogue and nothing else."""

    def __init__(self) -> None:
        self.catalogue = False

    def allow(self, action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and first in _CATALOGUE | _PRAGMA_TABLES:
            # The text of a table differs with its layout, its page with its history.
            self.catalogue = True
            return sqlite3.SQLITE_OK if second not in ("sql", "rootpage") else sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS:
            self.catalogue = True
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_UPDATE and first in _CATALOGUE:
            # So SQLite declares the table that a pragma is in FROM; it lets nobody write there.
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_SELECT or (action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS):
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY


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
