"""Every place of a revision that a value can stand in, as revisions write it; copied into throw-away projects.

Imports nothing of this repository, because the projects that import it can't.
"""

from __future__ import annotations

import datetime as dt
import decimal
import itertools
import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.sql.elements import quoted_name

TEXTS = (
    "plain",
    "",
    " ",
    "  two blanks before, and behind  ",
    "it's",
    "''",
    "'",
    "'; DROP TABLE alembic_version; --",
    '"',
    '""',
    "\\",
    "\\\\",
    "a trailing backslash \\",
    "\\'",
    "C:\\temp\\new",
    "\\n\\t\\x41\\u0041\\101",
    "E'\\n'",
    "\\:",
    "\\:name",
    ":name",
    ":'name'",
    ':"name"',
    ":{?name}",
    "a:b:c",
    "::text",
    ":=",
    "%",
    "%%",
    "%s",
    "%(name)s",
    "%%(name)s %% 100%",
    "{name} {} {{}}",
    "$1",
    "$$",
    "$$;$$",
    "$body$ $body$",
    "?",
    "a\nb",
    "a\n\nb\n",
    "a\r\nb",
    "a\rb",
    "\t",
    "a\tb  c",
    "a\x0b\x0c\x08\x07\x1b[31m\x7fb",
    "\x01\x02\x1a\x04",
    "-- no comment",
    "a -- no comment\nb",
    "/* no comment",
    "*/",
    "/* /* nested */",
    ";",
    "a;\nb;\n",
    "\\gexec",
    "a\n\\gexec\nb",
    "\n\\! echo shell\n",
    "\n\\q\n",
    "\n\\.\n",
    "\n\\i /etc/passwd\n\\o x\n\\copy x from y\n",
    "\n\\set name value\n\\echo :name\n",
    "é ü ß ñ",
    "日本語 😀 \U0001f468\u200d\U0001f469",
    "e\u0301 \u212b \ufb01",
    "\u202e\u2066rtl\u2069\u200f",
    "\u200b\u2060\ufeff\u2028\u2029\x85\xa0\u3000",
    "\U000e0001\U000e0041\U0010ffff",
    "\ud7ff\ue000\ufffd\uffff",
    "U&'\\0041'",
    "NULL",
    "null",
    "{a,b}",
    "[1, 2]",
    '{"k": ":v", "b": "\\u00e9"}',
    "' || current_user || '",
    "x" * 10_000,
    ("it's \\ 100% :x\n" * 700)[:10_000],
)
SHORT = tuple(text for text in TEXTS if text and len(text.encode()) < 60)
"""What fits an enum label or a name."""

MANY = 100

NUMBERED = list(enumerate(TEXTS))


def quoted(text: str) -> str:
    """Write text as the author of raw SQL would: quotes doubled, colons escaped for text()."""
    return "'" + text.replace("'", "''").replace(":", "\\:") + "'" if "\\" not in text else escaped(text)


def escaped(text: str) -> str:
    """Write text as an escape string, whose backslashes never stand before a colon."""
    characters = (f"\\U{ord(char):08x}" if char in "\\':%\n\r\t" else char for char in text)
    return f"E'{''.join(characters)}'"


def rows_of(table: str, *more: sa.Column[Any]) -> sa.Table:
    """Create a table of numbered texts."""
    made = sa.Table(table, sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("v", sa.Text), *more)
    op.execute(sa.schema.CreateTable(made))
    return made


def bulk_insert() -> None:
    """op.bulk_insert(), all rows at once."""
    op.bulk_insert(rows_of("bulk"), [{"id": number, "v": text} for number, text in NUMBERED])


def bulk_insert_inline() -> None:
    """op.inline_literal() among the rows."""
    rows = [{"id": number, "v": op.inline_literal(text)} for number, text in NUMBERED]
    op.bulk_insert(rows_of("bulk_inline"), rows, multiinsert=False)


def insert() -> None:
    """Insert by constructs, one row and many."""
    table = rows_of("inserted")
    for number, text in NUMBERED:
        op.execute(table.insert().values(id=number, v=text))
    op.execute(table.insert().values([{"id": 1000 + number, "v": text} for number, text in NUMBERED]))


def update() -> None:
    """Update by constructs, with values in SET and WHERE."""
    table = rows_of("updated", sa.Column("n", sa.Integer, server_default="0"))
    op.bulk_insert(table, [{"id": number, "v": "old"} for number, _ in NUMBERED])
    for number, text in NUMBERED:
        op.execute(table.update().values(v=text).where(table.c.id == number))
        op.execute(table.update().values(n=table.c.n + 1).where(table.c.v == text))
        op.execute(table.update().values(n=table.c.n + 1).where(table.c.v.like(text.replace("/", "//"), escape="/")))
        op.execute(table.update().values(n=table.c.n + 1).where(table.c.v.contains(text, autoescape=True)))


def delete() -> None:
    """Delete by comparisons and IN lists."""
    table = rows_of("deleted")
    for offset in (0, 1000):
        op.bulk_insert(table, [{"id": offset + number, "v": text} for number, text in NUMBERED])
    for number, text in NUMBERED[::2]:
        op.execute(table.delete().where(table.c.v == text, table.c.id != 1000 + number))
    op.execute(table.delete().where(table.c.v.in_(TEXTS[1::4])))
    op.execute(table.delete().where(sa.tuple_(table.c.id, table.c.v).in_(NUMBERED[3::4])))


def from_select() -> None:
    """INSERT ... SELECT with values in the select list, in CASE, functions and a CTE."""
    table = rows_of("selected", sa.Column("w", sa.Text))
    for number, text in NUMBERED:
        found = sa.select(sa.literal(text).label("v")).cte("found")
        case = sa.case((found.c.v == text, sa.func.concat(sa.literal(text), "|", text)), else_=text + "!")
        op.execute(table.insert().from_select(["id", "v", "w"], sa.select(sa.literal(number), found.c.v, case)))


def on_conflict() -> None:
    """on_conflict_do_update() with values in SET and WHERE."""
    table = rows_of("conflicts")
    op.bulk_insert(table, [{"id": number, "v": "old"} for number, _ in NUMBERED])
    for number, text in NUMBERED:
        insert = pg.insert(table).values(id=number, v=text)
        replaced = {"v": insert.excluded.v + text}
        op.execute(
            insert.on_conflict_do_update(index_elements=["id"], set_=replaced, where=table.c.v != sa.literal(text))
        )
        op.execute(pg.insert(table).values(id=number, v=text).on_conflict_do_nothing(index_elements=["id"]))


def bound_text() -> None:
    """text().bindparams(), typed and not, beside quotes, casts, percent signs and comments."""
    rows_of("bound", sa.Column("w", sa.Text))
    written = r"'\:v %s %% ''' || E'\n' || CAST(:v AS text) /* \:v */"
    sql = f"INSERT INTO bound VALUES (:id, :v, CAST(:w AS text) || {written})"
    for number, text in NUMBERED:
        op.execute(sa.text(sql).bindparams(sa.bindparam("v", text, sa.Text), id=number, w=text))


def executed() -> None:
    """Parameters of op.get_bind().execute(), one set and a list."""
    rows_of("executed")
    statement = sa.text("INSERT INTO executed (id, v) VALUES (:id, :v)")
    op.get_bind().execute(statement, {"id": -1, "v": TEXTS[18]})
    op.get_bind().execute(statement, [{"id": number, "v": text} for number, text in NUMBERED])


def raw_sql() -> None:
    """Literals in raw SQL, in three ways of quoting."""
    rows_of("raw", sa.Column("w", sa.Text))
    for number, text in NUMBERED:
        op.execute(f"INSERT INTO raw VALUES ({number}, {quoted(text)}, {escaped(text)})")
    for number, text in NUMBERED:
        if ":" not in text and "$" not in text:
            op.execute(f"INSERT INTO raw VALUES ({1000 + number}, $ü1${text}$ü1$, NULL)")


def driver_ddl() -> None:
    """sa.DDL(), whose percent signs are doubled."""
    rows_of("ddl")
    for number, text in NUMBERED:
        literal = escaped(text).replace("%", "%%")
        op.execute(sa.DDL(f"INSERT INTO ddl VALUES ({number}, {literal})"))  # type: ignore[no-untyped-call]


def server_defaults() -> None:
    """server_default= as a value and as SQL, in CREATE TABLE, ADD COLUMN and ALTER COLUMN."""
    columns = [sa.Column(f"c{number}", sa.Text, server_default=text) for number, text in NUMBERED]
    op.create_table("defaults", sa.Column("id", sa.Integer), *columns)
    columns = [sa.Column(f"c{number}", sa.Text, server_default=sa.text(quoted(text))) for number, text in NUMBERED]
    op.create_table("text_defaults", sa.Column("id", sa.Integer), *columns)
    op.create_table("altered", sa.Column("id", sa.Integer))
    for number, text in NUMBERED:
        op.add_column("altered", sa.Column(f"a{number}", sa.String, server_default=text, comment=text))
        op.add_column("altered", sa.Column(f"b{number}", sa.Text))
        op.alter_column("altered", f"b{number}", server_default=text, comment=text)
        op.add_column("altered", sa.Column(f"c{number}", sa.Text, server_default="x"))
        op.alter_column("altered", f"c{number}", server_default=sa.text(escaped(text)), existing_server_default="x")
    for table in ("defaults", "text_defaults", "altered"):
        op.execute(f"INSERT INTO {table} (id) VALUES (1)")


def checks() -> None:
    """CHECK constraints, as SQL and as expressions, in CREATE TABLE and by themselves."""
    column = sa.Column("v", sa.Text)
    named = [sa.CheckConstraint(f"v <> {quoted(text)}", name=f"by_text{number}") for number, text in NUMBERED]
    op.create_table("checked", column, *named)
    for number, text in NUMBERED:
        op.create_check_constraint(f"by_value{number}", "checked", sa.column("v", sa.Text) != text)
        op.create_check_constraint(f"by_list{number}", "checked", sa.column("v", sa.Text).in_([text, "x"]))
    in_words: sa.Column[str] = sa.Column(
        "k", sa.Enum(*sorted(set(TEXTS)), native_enum=False, create_constraint=True, name="of_words")
    )
    op.create_table("worded", in_words)


def comments() -> None:
    """Comments on tables and columns."""
    columns = [sa.Column(f"c{number}", sa.Integer, comment=text) for number, text in NUMBERED]
    op.create_table("commented", *columns, comment=TEXTS[17])
    for number, text in NUMBERED:
        op.create_table(f"commented{number}", sa.Column("id", sa.Integer), comment=text)
        op.create_table(f"commented_later{number}", sa.Column("id", sa.Integer))
        op.create_table_comment(f"commented_later{number}", text, existing_comment=None)
        op.alter_column("commented", f"c{number}", comment=text + "!", existing_comment=text)


def enums() -> None:
    """Labels of enumerated types, from the beginning and added, and a default and rows of them."""
    kind = pg.ENUM(*SHORT, name="kind")
    op.create_table("kinds", sa.Column("k", kind, server_default=SHORT[3]))
    op.bulk_insert(sa.table("kinds", sa.column("k", pg.ENUM(name="kind", create_type=False))), [{"k": SHORT[5]}])
    kinds = sa.table("kinds", sa.column("k", pg.ENUM(*SHORT, name="kind", create_type=False)))
    for text in SHORT:
        op.execute(kinds.insert().values(k=text))
    op.execute("CREATE TYPE added AS ENUM ()")
    for text in SHORT:
        op.execute(f"ALTER TYPE added ADD VALUE {quoted(text)}")


def indexes() -> None:
    """Index predicates and expressions, as SQL and as constructs."""
    table = rows_of("indexed")
    for number, text in NUMBERED:
        op.create_index(f"i_value{number}", "indexed", ["id"], postgresql_where=table.c.v == text)
        op.create_index(f"i_text{number}", "indexed", ["id"], postgresql_where=sa.text(f"v = {quoted(text)}"))
        op.create_index(f"i_raw{number}", "indexed", [sa.text(f"(coalesce(v, {escaped(text)}))")])
        op.create_index(f"i_expression{number}", "indexed", [sa.func.coalesce(table.c.v, sa.literal(text))])


def computed() -> None:
    """Compute columns."""
    columns = [
        sa.Column(f"c{number}", sa.Text, sa.Computed(f"v || {quoted(text)}", persisted=True))
        for number, text in NUMBERED
    ]
    op.create_table("computed", sa.Column("v", sa.Text), *columns)
    op.execute("INSERT INTO computed (v) VALUES ('<')")


def partitions() -> None:
    """Bounds of partitions, made and attached."""
    op.create_table("parted", sa.Column("v", sa.Text), postgresql_partition_by="LIST (v)")
    op.create_table("ranged", sa.Column("v", sa.Text(collation="C")), postgresql_partition_by="RANGE (v)")
    ordered = sorted({text for text in TEXTS if len(text) < MANY}, key=str.encode)
    for number, (lower, upper) in enumerate(itertools.pairwise(ordered)):
        op.execute(f"CREATE TABLE parted{number} PARTITION OF parted FOR VALUES IN ({quoted(lower)})")
        op.create_table(f"ranged{number}", sa.Column("v", sa.Text(collation="C")))
        bounds = f"({quoted(lower)}) TO ({escaped(upper)})"
        op.execute(f"ALTER TABLE ranged ATTACH PARTITION ranged{number} FOR VALUES FROM {bounds}")


def exclusions() -> None:
    """Exclusion constraints."""
    rows_of("excluded")
    for number, text in NUMBERED:
        op.create_exclude_constraint(
            f"x{number}", "excluded", (sa.column("v"), "="), using="btree", where=sa.text(f"v > {quoted(text)}")
        )


def domains() -> None:
    """Domains with defaults and checks, and sequences and casts in defaults."""
    for number, text in NUMBERED:
        domain = pg.DOMAIN(f"d{number}", sa.Text(), default=text, check=sa.text(f"VALUE <> {quoted(text + '!')}"))
        op.create_table(f"of_domain{number}", sa.Column("v", domain), sa.Column("n", sa.Integer))
        op.execute(f"INSERT INTO of_domain{number} (n) VALUES (1)")


def column_types() -> None:
    """Change the types of columns with USING."""
    op.create_table("cast_columns", *(sa.Column(f"c{number}", sa.Integer) for number, _ in NUMBERED))
    op.execute("INSERT INTO cast_columns (c0) VALUES (1)")
    for number, text in NUMBERED:
        op.alter_column("cast_columns", f"c{number}", type_=sa.Text(), postgresql_using=quoted(text))


def containers() -> None:
    """Texts inside arrays, JSON documents and hstores."""
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("a", pg.ARRAY(sa.Text)),
        sa.Column("j", sa.JSON),
        sa.Column("b", pg.JSONB),
    )
    table = rows_of("contained", *columns, sa.Column("y", sa.LargeBinary))
    rows = [
        {"id": number, "v": None, "a": [text, None, text], "j": {text: text}, "b": [text], "y": text.encode()}
        for number, text in NUMBERED
    ]
    op.bulk_insert(table, rows)
    for number, text in NUMBERED:
        op.execute(table.update().values(v=table.c.b[0].astext).where(table.c.a.contains([text]), table.c.id == number))


def names() -> None:
    """Names of tables, columns, constraints, indexes and sequences."""
    for number, text in enumerate(SHORT):
        name = quoted_name(text, quote=True)
        column: sa.Column[Any] = sa.Column(name, sa.Text, server_default=text, comment=text)
        unique = sa.UniqueConstraint(name, name=quoted_name(f"u{text}", quote=True))
        op.create_table(name, sa.Column("id", sa.Integer), column, unique, comment=text)
        op.create_index(quoted_name(f"i{text}", quote=True), name, [name])
        op.execute(sa.schema.CreateSequence(sa.Sequence(quoted_name(f"s{text}", quote=True), start=number + 1)))
        table = sa.table(name, sa.column("id", sa.Integer), sa.column(name, sa.Text))
        op.bulk_insert(table, [{"id": number, name: text}])
        op.execute(table.update().values({name: text + "!"}).where(table.c[name] == text))
        op.rename_table(name, quoted_name(f"r{text}", quote=True))


def batch() -> None:
    """batch_alter_table(), which on PostgreSQL alters in place."""
    op.create_table("batched", sa.Column("id", sa.Integer))
    with op.batch_alter_table("batched") as altered:
        for number, text in NUMBERED:
            altered.add_column(sa.Column(f"c{number}", sa.Text, server_default=text, comment=text))


CONSTANTS: tuple[tuple[Any, Any], ...] = (
    (sa.Integer(), -5),
    (sa.BigInteger(), -(2**63)),
    *((sa.Float(), number) for number in (0.1, -0.5, 1e300, 1e-7, 5.0, 5)),
    *((sa.Double(), number) for number in (0.1 + 0.2, decimal.Decimal("1E+5"))),
    *((sa.REAL(), number) for number in (0.1, 16777217.0)),
    *((sa.Numeric(10, 2), number) for number in (decimal.Decimal("1.50"), decimal.Decimal("1.239"), 9.99, 5)),
    *((sa.Numeric(), decimal.Decimal(number)) for number in ("1E+5", "-1E-9", "0.10")),
    (sa.Boolean(), False),
    (sa.Date(), dt.date(2024, 2, 29)),
    (sa.DateTime(), dt.datetime(2024, 2, 29, 1, 2, 3, 4)),  # noqa: DTZ001 - what is tested
    (sa.DateTime(timezone=True), dt.datetime(2024, 2, 29, tzinfo=dt.timezone(dt.timedelta(hours=5, seconds=28)))),
    (sa.Time(), dt.time(1, 2, 3)),
    (sa.Interval(), dt.timedelta(0, 86399, 999999)),
    (sa.Uuid(), uuid.UUID(int=5)),
    (sa.LargeBinary(), b"it's plain"),
    (pg.ARRAY(sa.Text()), ["a", "b'\t"]),
    (pg.ARRAY(sa.Integer()), [[1, -2], [3, 4]]),
    (sa.CHAR(5), "ab"),
    (sa.Enum("a'b", "c", native_enum=False), "a'b"),
)


def constants() -> None:
    """Values of other types than text in DDL: defaults, checks, predicates and expressions of indexes."""
    for number, (sqltype, value) in enumerate(CONSTANTS):
        name = f"constants{number}"
        column = sa.Column("v", sqltype, server_default=sa.literal(value, sqltype))
        table = op.create_table(name, sa.Column("id", sa.Integer), column)
        op.create_check_constraint(f"c{number}", name, table.c.v == value)
        op.create_index(f"i_{number}", name, ["id"], postgresql_where=table.c.v == value)
        op.create_index(f"l_{number}", name, ["id"], postgresql_where=table.c.v.in_([value, value]))
        op.create_index(f"x_{number}", name, [sa.func.coalesce(table.c.v, sa.literal(value, sqltype))])


PLACES = (
    bulk_insert,
    bulk_insert_inline,
    insert,
    update,
    delete,
    from_select,
    on_conflict,
    bound_text,
    executed,
    raw_sql,
    driver_ddl,
    server_defaults,
    checks,
    comments,
    enums,
    indexes,
    computed,
    partitions,
    exclusions,
    domains,
    column_types,
    containers,
    names,
    batch,
    constants,
)
