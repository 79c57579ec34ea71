"""Constants in DDL leave the schema that an online run leaves: labels, defaults, comments, checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mysql

from changescript.literals import compile_literal
from tests.db.mariadb import CLIENT_OPTIONS
from tests.db.mariadb_values import DIALECTS, PROLOGUE, nasty_texts, run_online

if TYPE_CHECKING:
    from tests.db.mariadb import MariaDBDatabase, MariaDBServer


pytestmark = pytest.mark.usefixtures("stock_mysql_drivers")


def run_script(database: MariaDBDatabase, *statements: str) -> None:
    """Run statements as a script would; all have to succeed."""
    finished = database.client(*CLIENT_OPTIONS, stdin=PROLOGUE + "".join(f"{sql};\n" for sql in statements))
    assert finished.exit_code == 0, finished.output


def ddl() -> list[sa.schema.ExecutableDDLElement]:
    """Return statements with a constant in every place that DDL has for one."""
    table = sa.Table(
        "things",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True, comment="the 'key'\n\ttwo lines \\ 100%"),
        sa.Column("a", sa.String(60), server_default="it's\ta \\ 100%\r\n\u202e", comment="c\n\\\u200b"),
        sa.Column("b", sa.Enum("it's", "b\t\n", "c\\%", "d\u202e", ":x"), server_default="b\t\n"),
        sa.Column("s", mysql.SET("it's", "b\\"), server_default="b\\"),
        sa.Column("c", sa.Numeric(6, 2), server_default=sa.text("1.50")),
        sa.Column("n", sa.Integer, server_default=sa.text("-5")),
        sa.Column("e", sa.Integer, server_default=sa.text("(5 - (-2))")),
        sa.Column("d", sa.String(90), sa.Computed("concat(a, '\\n', '%')", persisted=True)),
        sa.Column("f", sa.Boolean, server_default=sa.true()),
        sa.Column("u", sa.Uuid),
        sa.Column("j", sa.JSON, server_default=sa.text("('{\"a\": 1}')")),
        sa.Column("t", mysql.TIMESTAMP(fsp=6), server_default=sa.text("CURRENT_TIMESTAMP(6)")),
        sa.Column("x", sa.LargeBinary),
        comment="the\n\ttable's \\ 100%\u202e",
        mariadb_engine="InnoDB",
    )
    table.append_constraint(
        sa.CheckConstraint(
            sa.and_(table.c.a != "x\t\\\u202e", table.c.n > -50, table.c.f.in_([True, False])), name="ok"
        )
    )
    sa.Index("prefixed", table.c.a, table.c.x, mariadb_length={"a": 5, "x": 7})
    return [
        sa.schema.CreateTable(table),
        *map(sa.schema.CreateIndex, table.indexes),
        sa.schema.SetTableComment(table),
        sa.schema.SetColumnComment(table.c.a),
        sa.schema.DropTableComment(table),
        sa.schema.SetTableComment(table),
    ]


def test_ddl_leaves_the_same_schema(mariadb_server: MariaDBServer) -> None:
    """A script's CREATE and ALTER statements make what the driver's make."""
    by_script, by_driver = mariadb_server.create_database(), mariadb_server.create_database()
    run_script(by_script, *(compile_literal(statement, DIALECTS["mariadb"]) for statement in ddl()))

    def work(connection: sa.Connection) -> None:
        for statement in ddl():
            connection.execute(statement)

    run_online(by_driver.url_of("mariadb+pymysql"), work)
    assert by_script.dump() == by_driver.dump()
    assert by_script.dump().count("COMMENT") == 3


@pytest.mark.parametrize("dialect", DIALECTS)
def test_nasty_constants_arrive_whole(mariadb: MariaDBDatabase, dialect: str) -> None:
    """Comments, defaults and labels of any characters are stored as they are."""
    texts = nasty_texts(60)
    columns = [sa.Column(f"c{number}", sa.Text, server_default=text, comment=text) for number, text in enumerate(texts)]
    table = sa.Table(
        "t",
        sa.MetaData(),
        sa.Column("k", sa.Integer, primary_key=True),
        *columns,
        comment=texts[0],
    )
    run_script(mariadb, compile_literal(sa.schema.CreateTable(table), DIALECTS[dialect]), "INSERT INTO t () VALUES ()")
    stored = mariadb.query(f"SELECT {', '.join(f'HEX(c{number})' for number in range(len(texts)))} FROM t LIMIT 1")
    assert [bytes.fromhex(text).decode() for text in stored.split("\t")] == texts
    comments = mariadb.query(
        "SELECT HEX(column_comment) FROM information_schema.columns "
        "WHERE table_schema = DATABASE() AND column_name LIKE 'c%' ORDER BY ordinal_position"
    )
    # MariaDB 10.11 shows comments in its three-byte UTF-8, whoever wrote them.
    assert [bytes.fromhex(text).decode() for text in comments.split("\n")] == [
        text.replace("😀", "?") for text in texts
    ]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_nasty_labels_arrive_whole(mariadb: MariaDBDatabase, dialect: str) -> None:
    """Labels of ENUM are stored as they are, but for blanks at their end, which the server drops."""
    labels = list(dict.fromkeys(text.rstrip() for text in nasty_texts(100)))
    table = sa.Table("t", sa.MetaData(), sa.Column("e", mysql.ENUM(*labels, collation="utf8mb4_nopad_bin")))
    numbers = ", ".join(f"({number})" for number in range(1, len(labels) + 1))
    create = compile_literal(sa.schema.CreateTable(table), DIALECTS[dialect])
    run_script(mariadb, create, f"INSERT INTO t VALUES {numbers}")
    stored = mariadb.query("SELECT HEX(e) FROM t ORDER BY e + 0").split("\n")
    assert [bytes.fromhex(text).decode() for text in stored] == labels
