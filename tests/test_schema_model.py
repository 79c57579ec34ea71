"""The schema model's answers, by database; what it can't know is refused."""

from __future__ import annotations

import contextlib
import gc
import operator
import sqlite3
import time
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic.ddl import base as alembic_ddl
from sqlalchemy import inspection
from sqlalchemy.engine.reflection import ObjectKind, ObjectScope

from changescript.dialects.mssql.driver import MSSQLScriptDialect
from changescript.dialects.mysql.driver import MariaDBScriptDialect, MySQLScriptDialect
from changescript.dialects.postgresql.driver import PostgreSQLScriptDialect
from changescript.dialects.sqlite.driver import SQLiteScriptDialect
from changescript.schema_model import (
    Assumption,
    ModelInspector,
    Question,
    ReflectingDialect,
    SchemaModel,
    UnknownAnswer,
    check_sql,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine.reflection import Inspector

DIALECTS = {
    "postgresql": PostgreSQLScriptDialect,
    "mysql": MySQLScriptDialect,
    "mariadb": MariaDBScriptDialect,
    "sqlite": SQLiteScriptDialect,
}
LONG = "a_table_with_an_extremely_long_name_that_nearly_fills_it_all_up"


def model_of(*statements: str, dialect: str = "postgresql") -> SchemaModel:
    """Return a model of what these statements make."""
    model = SchemaModel(DIALECTS[dialect]())
    for number, statement in enumerate(statements):
        model.apply(statement, f"versions/{number}.py:7")
    return model


def names(model: SchemaModel, subject: str, table: str) -> list[str]:
    """Return the names of a table's constraints or indexes."""
    return [one["name"] for one in model.reflect(f"get_{subject}", table)]


@pytest.mark.parametrize(
    ("statements", "subject", "table", "expected"),
    [
        (["CREATE TABLE t (a int UNIQUE, b int, UNIQUE (a, b))"], "unique_constraints", "t", ["t_a_b_key", "t_a_key"]),
        (["CREATE TABLE t (a int CHECK (a>0), CHECK (a>1))"], "check_constraints", "t", ["t_a_check", "t_a_check1"]),
        (["CREATE TABLE t (a int, b int, CHECK (a > b))"], "check_constraints", "t", ["t_check"]),
        (["CREATE TABLE t (a int)", *2 * ["CREATE INDEX ON t (a)"]], "indexes", "t", ["t_a_idx", "t_a_idx1"]),
        (["CREATE TABLE t (a text)", "CREATE INDEX ON t (lower(a), (a || 'x'))"], "indexes", "t", ["t_lower_expr_idx"]),
        (
            [
                "CREATE TABLE u (id int PRIMARY KEY)",
                "CREATE TABLE t (a int REFERENCES u)",
                "ALTER TABLE t RENAME TO v",
                "CREATE TABLE t (a int REFERENCES u)",
            ],
            "foreign_keys",
            "t",
            ["t_a_fkey1"],
        ),
        ([f"CREATE TABLE {LONG} (a_column int UNIQUE)"], "unique_constraints", LONG, [f"{LONG[:50]}_a_column_key"]),
    ],
)  # fmt: skip
def test_postgresql_names(statements: list[str], subject: str, table: str, expected: list[str]) -> None:
    """What has no name gets the one that the server would choose."""
    assert names(model_of(*statements), subject, table) == expected


def test_a_unique_constraint_over_the_primary_key_is_the_same_index_in_postgresql() -> None:
    """In one statement the server makes one index of both."""
    model = model_of("CREATE TABLE t (id int PRIMARY KEY UNIQUE)")
    assert names(model, "unique_constraints", "t") == []
    assert model.name_of("t", "primary") == "t_pkey"


@pytest.mark.parametrize("dialect", ["mysql", "mariadb"])
def test_mysql_names(dialect: str) -> None:
    """Keys have their first column's name, foreign keys a number; an index made for one goes when another serves."""
    model = model_of(
        "CREATE TABLE u (id INTEGER NOT NULL, PRIMARY KEY (id))",
        "CREATE TABLE t (a INTEGER, b INTEGER, UNIQUE (a), UNIQUE (a, b), FOREIGN KEY (a) REFERENCES u (id), "
        "FOREIGN KEY (b) REFERENCES u (id))",
        dialect=dialect,
    )
    assert names(model, "indexes", "t") == ["a", "a_2", "b"]
    assert model.name_of("t", "foreignkey", ("b",)) == "t_ibfk_2"
    model.apply("CREATE INDEX wide ON t (b, a)")
    model.apply("ALTER TABLE t RENAME TO v")
    assert names(model, "indexes", "v") == ["a", "a_2", "wide"]
    assert names(model, "foreign_keys", "v") == ["v_ibfk_1", "v_ibfk_2"]


def test_name_of_is_refused_where_several_fit() -> None:
    """A guess would drop another constraint."""
    model = model_of("CREATE TABLE t (a int UNIQUE, b int UNIQUE)")
    assert model.name_of("t", "unique", ("b",)) == "t_b_key"
    with pytest.raises(UnknownAnswer, match="2 fit"):
        model.name_of("t", "unique")


class Bind:
    """A connection as revisions get it, with a model."""

    schema_for_object = operator.attrgetter("schema")

    def __init__(self, dialect: str) -> None:
        mixed = type("Reflecting", (ReflectingDialect, DIALECTS[dialect]), {"supports_statement_cache": True})
        self.dialect = mixed()
        self.engine = self
        self.asked: list[Assumption] = []
        self.schema_model = SchemaModel(self.dialect, self.asked.append)


@inspection._inspects(Bind)  # noqa: SLF001 - as SQLAlchemy's own do
def _inspect(bind: Bind) -> Inspector:
    return ModelInspector.of(bind)


def a_schema() -> sa.MetaData:
    """Return two tables with what most tables have."""
    metadata = sa.MetaData()
    sa.Table("u", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.String(9), index=True))
    sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("u_id", sa.ForeignKey("u.id", name="fk")),
        sa.Column("flag", sa.Boolean, server_default=sa.false(), nullable=False),
    )
    return metadata


def bind_with_tables(dialect: str) -> Any:  # noqa: ANN401 - SQLAlchemy's functions want a connection
    """Return a bind whose model was told SQLAlchemy's own constructs."""
    bind = Bind(dialect)
    for table in a_schema().sorted_tables:
        bind.schema_model.apply(sa.schema.CreateTable(table))
        for index in table.indexes:
            bind.schema_model.apply(sa.schema.CreateIndex(index))
    return bind


@pytest.mark.parametrize("dialect", DIALECTS)
def test_sqlalchemys_reflection_works_on_a_bind(dialect: str) -> None:
    """The inspector, autoload_with, MetaData.reflect and the dialect's own methods are answered."""
    bind = bind_with_tables(dialect)
    inspector = sa.inspect(bind)
    assert "t" in inspector.get_table_names()
    assert bind.dialect.has_index(bind, "u", "ix_u_n")
    table = sa.Table("t", sa.MetaData(), autoload_with=bind)
    assert [column.name for column in table.columns] == ["id", "u_id", "flag"]
    assert [key.target_fullname for key in table.foreign_keys] == ["u.id"]
    reflected = sa.MetaData()
    reflected.reflect(bind)
    assert set(reflected.tables) == {"t", "u"}


@pytest.mark.parametrize("dialect", ["postgresql", "mariadb", "sqlite"])
def test_alembics_constructs_are_followed(dialect: str) -> None:
    """What operations emit is applied as it is."""
    bind = bind_with_tables(dialect)
    model = bind.schema_model
    model.apply(alembic_ddl.AddColumn("t", sa.Column("more", sa.Text)))
    model.apply(alembic_ddl.DropColumn("t", sa.Column("flag", sa.Boolean)))
    model.apply(alembic_ddl.RenameTable("t", "v"))
    assert [column["name"] for column in model.reflect("get_columns", "v")] == ["id", "u_id", "more"]
    assert not model.reflect("has_table", "t")


def test_a_name_that_is_searched_assumes_no_more_than_that() -> None:
    """A target may have other tables; only a list that is read as a whole assumes the whole."""
    bind = bind_with_tables("postgresql")
    listed = sa.inspect(bind).get_table_names()
    assert "x" not in listed
    assert bind.asked == [Assumption(Question("table_only", None, "x"), answer=False)]
    assert sorted(listed) == ["t", "u"]
    assert bind.asked[-1] == Assumption(Question("tables"), ("t", "u"))


def test_labels_of_a_columns_enum_are_assumed() -> None:
    """They are part of the type that a revision gets."""
    model = model_of("CREATE TYPE mood AS ENUM ('sad', 'ok')", "CREATE TABLE t (m mood, all_of_them mood[])")
    asked: list[Assumption] = []
    model.on_answer = asked.append
    (mood, _) = model.reflect("get_columns", "t")
    assert asked == [Assumption(Question("column_names", None, "t"), ("m", "all_of_them"))]
    assert mood["type"].enums == ["sad", "ok"]
    assert asked[2:] == 2 * [Assumption(Question("enum", None, "", "mood"), ("sad", "ok"))]


@pytest.mark.parametrize("dialect", ["postgresql", "mariadb", "sqlite"])
def test_names_that_are_read_assume_no_more_than_names(dialect: str) -> None:
    """A target may have another type or length; only what is read is assumed."""
    bind = bind_with_tables(dialect)
    columns = sa.inspect(bind).get_columns("t")
    assert [column["name"] for column in columns] == ["id", "u_id", "flag"]
    names_alone = Assumption(Question("column_names", None, "t"), ("id", "u_id", "flag"))
    assert set(bind.asked) == {names_alone}
    assert columns[0]["nullable"] is False
    assert bind.asked[-1].question.kind == "columns"


READINGS: dict[str, Any] = {
    "value": operator.itemgetter("type"),
    "get": lambda column: column.get("type"),
    "pop": lambda column: column.pop("type"),
    "values": lambda column: list(column.values()),
    "items": lambda column: list(column.items()),
    "dict": dict,
    "unpacked": lambda column: {**column},
    "copy": lambda column: column.copy()["type"],
    "or": lambda column: column | {},
    "equal": lambda column: column == {},
    "different": lambda column: column != {},
    "set if missing": lambda column: column.setdefault("type", None),
    "any of it": lambda column: column.popitem(),
    "shown": str,
    "in": lambda column: "comment" in column,
}


@pytest.mark.parametrize("how", READINGS)
def test_no_way_to_read_more_than_a_name_goes_unseen(how: str) -> None:
    """Whatever a dictionary offers."""
    bind = bind_with_tables("postgresql")
    column = sa.inspect(bind).get_columns("u")[1]
    READINGS[how](column)
    assert Question("columns", None, "u") in [one.question for one in bind.asked]


def test_a_list_of_names_behind_another_list_is_read() -> None:
    """A plain list would take it over without a word."""
    bind = bind_with_tables("postgresql")
    found = ["x"] + sa.inspect(bind).get_table_names()  # noqa: RUF005 - what this is about
    assert sorted(found) == ["t", "u", "x"]
    assert "tables" in [one.question.kind for one in bind.asked]


def test_a_missing_table_is_an_answer_too() -> None:
    """SQLAlchemy raises its own error, and the assumption is that the table doesn't exist."""
    bind = bind_with_tables("postgresql")
    with pytest.raises(sa.exc.NoSuchTableError):
        sa.Table("x", sa.MetaData(), autoload_with=bind)
    assert bind.asked[-1] == Assumption(Question("table", None, "x"), answer=False)


@pytest.mark.parametrize(
    "statement",
    [
        "DO $$ BEGIN EXECUTE 'DROP TABLE t'; END $$",
        "CALL migrate()",
        "SELECT create_hypertable('t', 'at')",
        "ALTER TABLE t ADD COLUMN a int, SET ACCESS METHOD other",
        "CREATE TABLE !",
    ],
)
def test_what_cant_be_followed_makes_later_questions_refused(statement: str) -> None:
    """The refusal says why and where; what is made afterwards is known again."""
    model = model_of("CREATE TABLE t (id int)", statement, "CREATE TABLE later (id int)")
    with pytest.raises(UnknownAnswer, match=r"versions/1\.py:7"):
        model.reflect("has_table", "t")
    with pytest.raises(UnknownAnswer):
        model.reflect("get_table_names")
    assert model.reflect("has_table", "later")


@pytest.mark.parametrize(
    "statement",
    [
        "DO $$ BEGIN UPDATE t SET id = 1; END $$",
        "UPDATE t SET id = migrate(id)",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN EXECUTE ''x''; END'",
        "SELECT setval('s', 1)",
        "GRANT SELECT ON t TO somebody",
        "CREATE TABLE IF NOT EXISTS t (other int)",
        "DROP TABLE IF EXISTS other",
    ],
)
def test_what_changes_no_table_changes_no_answer(statement: str) -> None:
    """Rows, functions and rights are none of the model's business."""
    model = model_of("CREATE TABLE t (id int)", statement)
    assert [column["name"] for column in model.reflect("get_columns", "t")] == ["id"]
    assert model.reflect("get_table_names") == ["t"]


def test_a_type_that_is_made_in_a_guarded_block_is_followed() -> None:
    """CREATE TYPE has no IF NOT EXISTS, so histories write this block."""
    block = "DO $$ BEGIN CREATE TYPE m AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN null; END $$"
    model = model_of(block, block)
    assert [one["labels"] for one in model.reflect("_load_enums")] == [["a"]]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_was_made_outside_is_there_and_more_may_be(dialect: str) -> None:
    """A table that is altered exists, whatever it holds; any other is taken as missing; nobody knows all of them."""
    model = model_of("CREATE TABLE t (id INTEGER)", "ALTER TABLE old ADD COLUMN a INTEGER", dialect=dialect)
    asked: list[Assumption] = []
    model.on_answer = asked.append
    assert [model.reflect("has_table", name) for name in ("t", "old", "other")] == [True, True, False]
    names = model.reflect("get_table_names")
    assert [name in names for name in ("t", "old", "other")] == [True, True, False]
    assert [one.answer for one in asked] == [True, True, False] * 2
    for read in (list, len, sorted):
        with pytest.raises(UnknownAnswer, match="old was made outside"):
            read(names)
    with pytest.raises(UnknownAnswer, match="made outside"):
        model.reflect("get_columns", "old")
    with pytest.raises(UnknownAnswer, match="made outside"):
        model.reflect(
            "get_multi_columns", schema=None, filter_names=None, scope=ObjectScope.DEFAULT, kind=ObjectKind.TABLE
        )
    assert [column["name"] for column in model.reflect("get_columns", "t")] == ["id"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_was_made_outside_keeps_what_it_is_under_another_name(dialect: str) -> None:
    """Nobody knows what it holds after a rename either; one that is made anew under the old name is known."""
    model = model_of("ALTER TABLE old RENAME TO new", "CREATE TABLE old (id INTEGER)", dialect=dialect)
    assert model.reflect("has_table", "new")
    with pytest.raises(UnknownAnswer, match="made outside"):
        model.reflect("get_columns", "new")
    assert [column["name"] for column in model.reflect("get_columns", "old")] == ["id"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_was_made_outside_is_gone_once_it_is_dropped(dialect: str) -> None:
    """That it was there is certain, and that it is no more."""
    model = model_of("DROP TABLE old", dialect=dialect)
    assert not model.reflect("has_table", "old")
    assert model.found(Question("table", None, "old"))
    assert not model.found(Question("table", None, "other"))
    assert model_of("DROP TABLE IF EXISTS old", dialect=dialect).reflect("get_table_names") == []


@pytest.mark.parametrize("dialect", ["postgresql", "mysql", "mariadb"])
def test_a_table_that_a_foreign_key_refers_to_is_there(dialect: str) -> None:
    """The key is known with the names of the columns that it refers to."""
    model = model_of(
        "CREATE TABLE t (id INTEGER, old_id INTEGER, CONSTRAINT fk_old FOREIGN KEY (old_id) REFERENCES old (id))",
        dialect=dialect,
    )
    assert model.reflect("has_table", "old")
    (key,) = model.reflect("get_foreign_keys", "t")
    assert (key["name"], key["referred_table"], key["referred_columns"]) == ("fk_old", "old", ["id"])
    with pytest.raises(UnknownAnswer, match="made outside"):
        model.reflect("get_columns", "old")


LOOKUPS = {
    "postgresql": "SELECT 1 FROM information_schema.tables WHERE table_name = '{}'",
    "mysql": "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '{}'",
    "mariadb": "SHOW TABLES LIKE '{}'",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name = '{}'",
}
LISTS = {
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    "mysql": "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()",
    "mariadb": "SHOW TABLES LIKE 'o%'",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_name_is_looked_up_where_more_was_made_outside(dialect: str) -> None:
    """A query for one name is answered, one for all of them isn't."""
    model = model_of("CREATE TABLE t (id INTEGER)", "ALTER TABLE old ADD COLUMN a INTEGER", dialect=dialect)
    found = [bool(model.query(LOOKUPS[dialect].format(name)).fetchall()) for name in ("t", "old", "other")]
    assert found == [True, True, False]
    with pytest.raises(UnknownAnswer):
        model.query(LISTS[dialect])


def test_a_type_that_was_made_outside_is_there() -> None:
    """Its labels aren't known, and neither whether it is an enum."""
    model = model_of("ALTER TYPE mood ADD VALUE 'ok'", "CREATE TABLE t (a colour)")
    assert [model.reflect("has_type", name) for name in ("mood", "colour", "other")] == [True, True, False]
    assert model.query("SELECT 1 FROM pg_type WHERE typname = 'mood'").scalar() == 1
    for query in (
        "SELECT e.enumlabel FROM pg_enum e JOIN pg_type t ON e.enumtypid = t.oid WHERE t.typname = 'mood'",
        "SELECT 1 FROM pg_type WHERE typname = 'mood' AND typtype = 'e'",
    ):
        with pytest.raises(UnknownAnswer):
            model.query(query)


@pytest.mark.parametrize(
    ("statement", "lost"),
    [
        ("ALTER TABLE t CONVERT TO CHARACTER SET utf8", True),
        ('ALTER TABLE ONLY public."t" MODIFY id bigint', True),
        ("alter table T engine = InnoDB;", True),
        ("ALTER TABLE other CONVERT TO CHARACTER SET utf8", None),
        ("ALTER TABLE t RENAME TO u NOW", None),
        ("ALTER TABLE t ENGINE = InnoDB; DROP TABLE u WITH ALL", None),
    ],
)
def test_words_of_another_database_may_change_their_one_table(statement: str, *, lost: bool | None) -> None:
    """PostgreSQL's parser reads none of them, a later server might; None: all that there is."""
    model = model_of("CREATE TABLE t (id INTEGER)", "CREATE TABLE u (id INTEGER)", statement)
    for table, unknown in (("t", True), ("u", lost is None)):
        with pytest.raises(UnknownAnswer, match="parser") if unknown else contextlib.nullcontext():
            assert model.reflect("get_columns", table)


@pytest.mark.parametrize(
    ("statement", "asked"),
    [
        ("ALTER TABLE t ALTER COLUMN id TYPE BIGINT", ["id"]),
        ("ALTER TABLE t ADD CONSTRAINT u UNIQUE (id)", ["id"]),
        ("ALTER TABLE t DROP CONSTRAINT u", ["id"]),
        ("CREATE SEQUENCE s", ["id"]),
        ("ALTER INDEX i RENAME TO j", ["id"]),
        ("ALTER TABLE t ADD COLUMN a INTEGER", ["id", "a"]),
    ],
)
def test_what_sqlite_has_no_grammar_for_changes_nothing(statement: str, asked: list[str]) -> None:
    """It fails everywhere, and a revision that emits it all the same passes over the error."""
    model = model_of("CREATE TABLE t (id INTEGER)", statement, dialect="sqlite")
    assert [column["name"] for column in model.reflect("get_columns", "t")] == asked


def test_a_default_that_only_the_server_can_show_is_refused_alone() -> None:
    """The other facts of the column are answered, and a copy of the dictionary refuses as well."""
    (column,) = model_of("CREATE TABLE t (at interval DEFAULT '1 day')").reflect("get_columns", "t")
    assert (column["name"], column["nullable"]) == ("at", True)
    for read in (lambda: column["default"], lambda: column.get("default"), lambda: dict(column), lambda: {**column}):
        with pytest.raises(UnknownAnswer, match="default"):
            read()


def test_what_only_the_server_knows_may_be_read_where_nothing_rests_on_it() -> None:
    """A revision that is only followed reflects tables whole, and mostly looks at their names."""
    model = model_of("CREATE TABLE t (at interval DEFAULT '1 day', shape geometry)")
    (at, shape) = model.for_learning(yes=True).reflect("get_columns", "t")
    assert (at["name"], shape["name"]) == ("at", "shape")
    following = model.copy()
    following.apply(f"ALTER TABLE t ADD COLUMN later interval DEFAULT '{at['default']}'")
    with pytest.raises(UnknownAnswer):
        following.reflect("get_columns", "t")[2]["default"]
    assert isinstance(shape["type"], sa.types.NullType)


def test_a_table_from_a_query_exists_with_unknown_columns() -> None:
    """CREATE TABLE AS tells a name and nothing else."""
    model = model_of("CREATE TABLE t AS SELECT 1 AS a")
    assert model.reflect("has_table", "t")
    with pytest.raises(UnknownAnswer, match="query"):
        model.reflect("get_columns", "t")


def test_models_of_other_databases_refuse_when_asked() -> None:
    """Statements are taken; only a question needs a model."""
    model = SchemaModel(MSSQLScriptDialect())
    model.apply("CREATE TABLE t (id INT)")
    with pytest.raises(UnknownAnswer, match="mssql"):
        model.reflect("has_table", "t")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_copies_go_their_own_way(dialect: str) -> None:
    """Questions to one copy and another in turn are each answered from its own statements."""
    model = model_of("CREATE TABLE t (id INTEGER, a INTEGER)", dialect=dialect)
    other = model.copy()
    model.apply("ALTER TABLE t RENAME TO v")
    other.apply("ALTER TABLE t ADD COLUMN b INTEGER")
    for _ in range(2):
        assert list(model.reflect("get_table_names")) == ["v"]
        assert [column["name"] for column in other.reflect("get_columns", "t")] == ["id", "a", "b"]
        assert [column["name"] for column in model.reflect("get_columns", "v")] == ["id", "a"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_time_is_linear_in_statements(dialect: str) -> None:
    """Four times as many statements, with a question and a way back after each, take about four times as long."""
    spent = []
    with without_collecting():
        for count in (75, 300):
            start = time.process_time()
            model = model_of(dialect=dialect)
            for number in range(count):
                tried = model.copy()
                for one in (tried, model):
                    one.apply(f"CREATE TABLE t{number} (id INTEGER NOT NULL PRIMARY KEY, a VARCHAR(9))")
                    assert one.reflect("has_table", f"t{number}")
            spent.append(time.process_time() - start)
    assert spent[1] < 12 * spent[0]


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """Keep the garbage collector from looking through all that earlier tests hold, as long as time is measured."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


LABELS = (
    "SELECT enumlabel FROM pg_enum WHERE enumtypid = 'mood'::regtype ORDER BY enumsortorder",
    "SELECT e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE typname = 'mood' ORDER BY enumlabel",
    "SELECT enumlabel FROM pg_type t, pg_enum WHERE t.oid=enumtypid AND typname='mood' AND pg_type_is_visible(t.oid)",
    "SELECT enumlabel FROM pg_enum WHERE enumtypid = (SELECT oid FROM pg_type WHERE typname = 'mood') LIMIT 1",
    "SELECT enumlabel FROM pg_enum, pg_type WHERE enumtypid = pg_type.oid AND typname = 'mood' AND typtype = 'e'",
)
QUERIES = {
    "postgresql": {
        "SELECT 1 FROM information_schema.tables WHERE table_name = 't'": [(1,)],
        "SELECT to_regclass('public.missing') IS NOT NULL": [(False,)],
        "SELECT to_regclass('t')": [("t",)],
        "SELECT to_regclass(CAST('missing' AS VARCHAR))": [(None,)],
        "SELECT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood')": [(True,)],
        "SELECT count(*) FROM information_schema.columns WHERE table_name = 't' AND column_name = 'b'": [(0,)],
        "SELECT column_name FROM information_schema.columns WHERE table_name = 't'": [("id",), ("a",)],
        "SELECT indexname FROM pg_indexes WHERE indexname = 'ix'": [("ix",)],
        "SELECT 1 FROM pg_constraint WHERE conname = 't_pkey'": [(1,)],
        "SELECT enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE typname = 'mood'": [("sad",)],
        **{query: [("sad",)] for query in LABELS},
        "SELECT 1 FROM pg_enum WHERE enumlabel='x' AND enumtypid = (SELECT oid FROM pg_type WHERE typname='mood')": [],
        "SELECT EXISTS (SELECT 1 FROM pg_enum WHERE enumlabel = 'sad' AND enumtypid = 'mood'::regtype)": [(True,)],
        "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('ix')": [(True,)],
        "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('public.missing')": [],
        "SELECT 1 FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid WHERE relname = 'ix' AND NOT indisvalid": [],
        "SELECT c.relname FROM pg_index, pg_class c WHERE oid = indexrelid AND relname = 'ix' AND indisvalid": [
            ("ix",)
        ],
        "SELECT indisvalid FROM pg_class JOIN pg_index ON indexrelid = oid WHERE relname = 'ix' AND relkind = 'i'": [
            (True,)
        ],
    },
    "mariadb": {
        "SHOW TABLES LIKE 't'": [("t",)],
        "SHOW TABLES LIKE 't%'": [("t",)],
        "SHOW COLUMNS FROM t": [("id",), ("a",)],
        "SHOW FULL COLUMNS IN `t` LIKE 'a'": [("a",)],
        "SHOW COLUMNS FROM t WHERE Field = 'x_y'": [],
        "SHOW INDEX FROM t WHERE Key_name = 'ix'": [("t", 1, "ix", 1, "a")],
        "SHOW KEYS FROM t WHERE key_name = 'no'": [],
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'x'": [(0,)],
        "SELECT 1 FROM INFORMATION_SCHEMA.STATISTICS WHERE table_schema = DATABASE() AND index_name = 'ix'": [(1,)],
    },
    "sqlite": {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 't'": [("t",)],
        "SELECT name FROM pragma_table_info('t')": [("id",), ("a",)],
        "PRAGMA index_list(t)": [(0, "ix", 0, "c", 0)],
    },
}


def model_with_index(dialect: str) -> SchemaModel:
    """Return a model with a table, an index and, in PostgreSQL, an enum."""
    enum = ["CREATE TYPE mood AS ENUM ('sad')"] if dialect == "postgresql" else []
    table = "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a INTEGER)"
    return model_of(*enum, table, "CREATE INDEX ix ON t (a)", dialect=dialect)


@pytest.mark.parametrize(
    ("dialect", "query"), [(dialect, query) for dialect, asked in QUERIES.items() for query in asked]
)
def test_lookups_in_the_catalogue_are_answered_with_rows(dialect: str, query: str) -> None:
    """Each answer is an assumption that can be checked."""
    model = model_with_index(dialect)
    asked: list[Assumption] = []
    model.on_answer = asked.append
    assert [tuple(row) for row in model.query(query)] == QUERIES[dialect][query]
    assert asked
    assert all("SELECT" in check_sql(one, dialect) for one in asked)


@pytest.mark.parametrize("dialect", QUERIES)
@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM t",
        "SELECT count(*) FROM t",
        "SELECT 1",
        "SELECT a FROM t WHERE id IN (SELECT 1 FROM information_schema.tables WHERE table_name = 't')",
        "SELECT relname FROM pg_class",
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
        "SELECT sql FROM sqlite_master WHERE name = 't'",
        "DELETE FROM t",
        "SELECT 1 FROM information_schema.tables WHERE table_name LIKE 't%'",
        "SELECT 1 FROM information_schema.tables WHERE table_name = 't' OR table_name = 'u'",
        "SELECT tablename FROM pg_indexes WHERE indexname = 'ix'",
        "SELECT schemaname FROM pg_tables WHERE tablename = 't'",
        "SELECT enumlabel FROM pg_enum",
        "SELECT enumlabel FROM pg_enum, pg_type WHERE typname = 'mood'",
        "SELECT enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.oid WHERE typname = 'mood'",
        "SELECT enumlabel FROM pg_enum e LEFT JOIN pg_type t ON t.oid = e.enumtypid WHERE typname = 'mood'",
        "SELECT enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE typname LIKE 'm%'",
        "SELECT enumsortorder FROM pg_enum WHERE enumtypid = 'mood'::regtype",
        "SELECT enumlabel FROM pg_enum WHERE enumtypid = 'mood'::regtype ORDER BY oid",
        "SELECT enumlabel FROM pg_enum WHERE enumtypid = 'mood'::regtype ORDER BY enumsortorder DESC",
        "SELECT enumlabel FROM pg_enum WHERE enumtypid <> 'mood'::regtype",
        "SELECT indisunique FROM pg_index WHERE indexrelid = to_regclass('ix')",
        "SELECT 1 FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid WHERE relname = 't' AND NOT indisvalid",
        "SELECT 1 FROM pg_index WHERE NOT indisvalid",
        "SELECT indexrelid FROM pg_index WHERE indexrelid = to_regclass('ix')",
        "SELECT table_name FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name = 'ix'",
        "nonsense",
    ],
)
def test_other_queries_are_refused(dialect: str, query: str) -> None:
    """Rows are never answered, and a query that isn't understood isn't either."""
    with pytest.raises(UnknownAnswer):
        model_with_index(dialect).query(query)


def test_a_question_means_something_for_the_beginning_of_a_script() -> None:
    """A guard runs before the script, so an answer in its middle is asked again for there."""
    model = model_of("CREATE TABLE t (id int)")
    beginning = model.copy()
    model.apply("ALTER TABLE t ADD COLUMN a int")
    asked: list[Assumption] = []
    model.on_answer = asked.append
    model.reflect("get_columns", "t")[1].get("type")
    _, assumption = asked
    assert beginning.ask(asked[0].question).answer == ("id",)
    assert [row[0] for row in beginning.ask(assumption.question).answer] == ["id"]  # type: ignore[union-attr] # a tuple
    missing = Question("columns", None, "missing")
    assert beginning.ask(missing) == Assumption(Question("table", None, "missing"), answer=False)


def test_a_name_that_was_searched_in_a_list_means_something_for_the_beginning() -> None:
    """It is asked again for a state in which the name may not be there yet."""
    bind = bind_with_tables("postgresql")
    model = bind.schema_model
    beginning = model.copy()
    model.apply("CREATE TABLE later (id int)")
    model.apply("CREATE VIEW seen AS SELECT id FROM t")
    assert "later" in sa.inspect(bind).get_table_names()
    assert "seen" in sa.inspect(bind).get_view_names()
    assert [beginning.ask(each.question).answer for each in bind.asked] == [False, False]
    assert [model.ask(each.question).answer for each in bind.asked] == [True, True]


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        ("a int, b int", "none"),
        ("a int, b int, PRIMARY KEY (b, a)", "b, a"),
        ("a int, CONSTRAINT k PRIMARY KEY (a)", "a"),
    ],
)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_primary_key_is_shown_by_its_columns(dialect: str, columns: str, shown: str) -> None:
    """Also where there is none, or it has no name."""
    model = model_of(f"CREATE TABLE t ({columns})", dialect=dialect)
    asked: list[Assumption] = []
    model.on_answer = asked.append
    model.reflect("get_pk_constraint", "t")
    (answered,) = [each.answered for each in asked]
    # Behind the name, where it has one.
    assert answered.rpartition(" (")[2].removesuffix(")") == shown


def test_dump_commands_of_psql_are_taken() -> None:
    """A dump holds commands of the client, and rows."""
    dump = (
        "\\restrict abc\nSET client_encoding = 'UTF8';\nSELECT pg_catalog.set_config('search_path', '', false);\n"
        "CREATE TABLE public.t (id integer NOT NULL);\nALTER TABLE public.t OWNER TO somebody;\n"
        "COPY public.t (id) FROM stdin;\n1\n\\.\n\n"
        "ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);\n\\unrestrict abc\n"
    )
    model = model_of()
    model.apply_sql(dump)
    model.apply("CREATE TABLE v (t_id int REFERENCES t)")
    assert names(model, "foreign_keys", "v") == ["v_t_id_fkey"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_texts_in_checks_are_quoted(dialect: str) -> None:
    """A name can hold whatever SQL can quote."""
    sql = check_sql(Assumption(Question("table", None, "it's"), answer=True), dialect)
    assert "'it''s'" in sql


def column_types(model: SchemaModel, table: str) -> dict[str, Any]:
    """Return the types of a table's columns."""
    return {column["name"]: repr(column["type"]) for column in model.reflect("get_columns", table)}


def test_mysql_shows_no_width_where_mariadb_does() -> None:
    """MySQL left the width of integers out in 8.0.19, but for a boolean's."""
    table = "CREATE TABLE t (a INTEGER, b BOOL, c BIGINT UNSIGNED)"
    assert column_types(model_of(table, dialect="mysql"), "t") == {
        "a": "INTEGER()",
        "b": "TINYINT(display_width=1)",
        "c": "BIGINT(unsigned=True)",
    }
    assert column_types(model_of(table, dialect="mariadb"), "t")["a"] == "INTEGER(display_width=11)"


def agrees(assumptions: list[Assumption], *statements: str) -> bool:
    """Tell whether a SQLite database that these statements make agrees with all assumptions."""
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        for statement in statements:
            database.execute(statement)
        return all(database.execute(f"SELECT {check_sql(one, 'sqlite')}").fetchone() == (1,) for one in assumptions)


def test_sqlite_is_asked_for_the_key_where_columns_are_read() -> None:
    """A column tells whether it is part of the primary key."""
    model, other = "CREATE TABLE t (a int NOT NULL, b int)", "CREATE TABLE t (a int NOT NULL, b int, PRIMARY KEY (b))"
    asked: list[Assumption] = []
    (column, _) = SchemaModel.reflect(listening(model_of(model, dialect="sqlite"), asked), "get_columns", "t")
    assert column["primary_key"] == 0
    assert agrees(asked, model)
    assert not agrees(asked, other)


def listening(model: SchemaModel, asked: list[Assumption]) -> SchemaModel:
    """Return the model, which notes its assumptions there."""
    model.on_answer = asked.append
    return model


@pytest.mark.parametrize(
    ("method", "arguments"), [("has_schema", ["x"]), ("get_schema_names", []), ("get_view_definition", ["v"])]
)
def test_sqlite_is_not_asked_for_schemas_and_texts_of_views(method: str, arguments: list[str]) -> None:
    """No check of a script could tell whether a target agrees."""
    model = model_of("CREATE VIEW v AS SELECT 1 AS a", dialect="sqlite")
    with pytest.raises(UnknownAnswer):
        model.reflect(method, *arguments)


@pytest.mark.parametrize(
    ("dialect", "method"),
    [
        *((dialect, "get_table_options") for dialect in ("postgresql", "mariadb", "sqlite")),
        *((dialect, "get_temp_table_names") for dialect in ("postgresql", "sqlite")),
    ],
)
def test_what_no_target_can_be_asked_for_is_refused(dialect: str, method: str) -> None:
    """But for what only earlier revisions ask, on whose answers no script rests."""
    model = model_of(TABLE, dialect=dialect)
    arguments = ["t"] if method == "get_table_options" else []
    with pytest.raises(UnknownAnswer, match="no way to ask the target"):
        model.reflect(method, *arguments)
    model.for_learning(yes=True).reflect(method, *arguments)


def test_a_view_that_is_looked_up_is_found_at_the_beginning_too() -> None:
    """The guard asks about the view, not about nothing."""
    asked: list[Assumption] = []
    model = listening(model_of("CREATE VIEW v AS SELECT 1 AS a"), asked)
    model.query("SELECT 1 FROM pg_views WHERE schemaname = 'public' AND viewname = 'v'")
    assert asked == [Assumption(Question("view_only", "public", "v"), answer=True)]
    assert model.ask(asked[0].question) == asked[0]


def test_domains_are_no_answer_that_a_script_rests_on() -> None:
    """There is no check of them."""
    with pytest.raises(UnknownAnswer, match="load_domains"):
        model_of(TABLE).reflect("_load_domains")


@pytest.mark.parametrize(
    ("method", "key"), [("get_unique_constraints", "dialect_options"), ("get_foreign_keys", "comment")]
)
def test_what_no_check_compares_is_refused_where_it_is_read(method: str, key: str) -> None:
    """The rest of the answer is known."""
    model = model_of(f"{TABLE}; ALTER TABLE t ADD UNIQUE (b); ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES t (b)")
    (found,) = model.reflect(method, "t")
    assert found["name"]
    with pytest.raises(UnknownAnswer, match=f"'{key}' of"):
        found.get(key)


TABLE = "CREATE TABLE t (a int NOT NULL, b int)"
IN_THE_CATALOGUE = {
    "indexes by PRAGMA": ("PRAGMA index_list(t)", ["CREATE INDEX i ON t (a)"]),
    "indexes by table": (
        "SELECT name FROM sqlite_master WHERE tbl_name = 't' AND type = 'index'",
        ["CREATE INDEX i ON t (a)"],
    ),
    "foreign keys": (
        "PRAGMA foreign_key_list('t')",
        ["DROP TABLE t", "CREATE TABLE t (a int NOT NULL, b int REFERENCES t)"],
    ),
    "all but one": ("SELECT name FROM sqlite_master WHERE name != 'alembic_version'", ["CREATE TABLE u (a)"]),
    "greater": ("SELECT name FROM sqlite_master WHERE name > 'm'", ["CREATE TABLE u (a)"]),
    "small letters": ("SELECT 1 FROM sqlite_master WHERE lower(name) = 'log'", ["CREATE TABLE Log (a)"]),
    "pattern": ("SELECT 1 FROM sqlite_master WHERE name LIKE 'lo_' -- one", ["CREATE TABLE log (a)"]),
    "columns": ("PRAGMA table_info(T)", ["ALTER TABLE t ADD c int"]),
    "key": ("PRAGMA table_info(t)", ["DROP TABLE t", "CREATE TABLE t (a int NOT NULL, b int, PRIMARY KEY (b))"]),
    "by name": ("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'u'", ["CREATE TABLE u (a)"]),
}


@pytest.mark.parametrize("what", IN_THE_CATALOGUE)
def test_what_a_query_of_sqlites_catalogue_finds_is_asked_of_the_target(what: str) -> None:
    """Not only whether the names in its text are there."""
    query, others = IN_THE_CATALOGUE[what]
    asked: list[Assumption] = []
    listening(model_of(TABLE, dialect="sqlite"), asked).query(query)
    assert agrees(asked, TABLE)
    assert not agrees(asked, TABLE, *others)
