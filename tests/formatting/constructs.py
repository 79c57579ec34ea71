"""Statements as SQLAlchemy and Alembic write them, for every dialect that can express them."""

import contextlib
import io
import warnings
from collections.abc import Callable, Iterator

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.dialects import mysql, postgresql, registry, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import CompileError
from sqlalchemy.schema import CreateIndex, CreateSequence, CreateTable, DropTable, SetTableComment
from sqlalchemy.sql.elements import ClauseElement

_MISSING = (AssertionError, CompileError, NotImplementedError)
"""How a dialect says that it lacks something."""
_NAMES = ("account", "order", "a_table_with_quite_a_long_name_for_a_table", "Mixed Case", "payment_history")
_METADATA = sa.MetaData(
    naming_convention={"fk": "fk_%(table_name)s_%(column_0_N_name)s", "ck": "ck_%(constraint_name)s"}
)


def statements(dialect: str) -> list[str]:
    """Return the statements of a dialect, each once."""
    with warnings.catch_warnings(), _stock_dialects():
        warnings.simplefilter("ignore")  # of what a dialect leaves out
        return list(dict.fromkeys([*_compiled(dialect), *_directives(dialect)]))


@contextlib.contextmanager
def _stock_dialects() -> Iterator[None]:
    """Let URLs mean SQLAlchemy's own dialects, also where something was rendered in this process before."""
    installed = dict(registry.impls)
    registry.impls.clear()
    try:
        yield
    finally:
        registry.impls.clear()
        registry.impls.update(installed)


def _compiled(dialect: str) -> Iterator[str]:
    target = make_url(f"{dialect}://").get_dialect()()
    target.default_schema_name = "dbo"  # what SQL Server's dialect otherwise asks the server for
    for construct in _constructs(dialect):
        try:
            compiled = construct.compile(dialect=target, compile_kwargs={"literal_binds": True})
        except _MISSING:
            continue  # not every dialect has everything
        yield str(compiled).strip()


def _constructs(dialect: str) -> Iterator[ClauseElement]:
    for index, name in enumerate(_NAMES):
        for schema in (None, "app"):
            table = _table(f"{name}{index}", schema)
            yield from _ddl(table)
            yield from _dml(table)
            yield from _queries(table)
            yield from _upserts(table, dialect)


def _table(name: str, schema: str | None) -> sa.Table:
    metadata = sa.MetaData(naming_convention=_METADATA.naming_convention)
    sa.Table("parent", metadata, sa.Column("id", sa.Integer, primary_key=True), schema=schema)
    parent = f"{schema}.parent.id" if schema else "parent.id"
    return sa.Table(
        name,
        metadata,
        sa.Column("id", sa.Integer, sa.Identity(start=5), primary_key=True),
        sa.Column(
            "name", sa.String(50), nullable=False, server_default="it's -- a /* name", comment="what it's called"
        ),
        sa.Column("price", sa.Numeric(12, 2), server_default=sa.text("0.00")),
        sa.Column("quantity", sa.Integer, sa.CheckConstraint("quantity >= 0 AND quantity < 1000", name="quantity")),
        sa.Column("total", sa.Numeric(12, 2), sa.Computed("price * quantity")),
        sa.Column("order", sa.SmallInteger, index=True),
        sa.Column("created at", sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.Column("kind", sa.Enum("new", "used", "it's", name="kind", native_enum=True, create_constraint=True)),
        sa.Column("data", sa.LargeBinary),
        sa.Column("flag", sa.Boolean(name="flag", create_constraint=True), server_default=sa.true()),
        sa.Column("parent_id", sa.ForeignKey(parent, ondelete="SET NULL", deferrable=True, initially="DEFERRED")),
        sa.UniqueConstraint("name", "parent_id", name="uq_name"),
        sa.CheckConstraint("price > 0 OR (quantity = 0 AND name LIKE 'free%' AND parent_id IS NOT NULL)", name="free"),
        comment="a table; with -- signs",
        schema=schema,
        mysql_engine="InnoDB",
        mysql_default_charset="utf8mb4",
        mysql_row_format="DYNAMIC",
        postgresql_partition_by="RANGE (id)",
        sqlite_strict=True,
        oracle_compress=True,
    )


def _ddl(table: sa.Table) -> Iterator[ClauseElement]:
    yield CreateTable(table)
    yield CreateTable(table, if_not_exists=True)
    yield DropTable(table, if_exists=True)
    yield SetTableComment(table)
    yield CreateSequence(sa.Sequence(f"seq_{table.name}", start=5, increment=2, schema=table.schema))
    for number, index in enumerate(
        [
            sa.Index(f"ix_{table.name}", table.c.name, sa.desc(table.c.order), unique=True),
            sa.Index(
                "ix_parts",
                sa.func.lower(table.c.name),
                table.c.price,
                postgresql_where=table.c.flag.is_(True) & (table.c.kind == "it's"),
                postgresql_using="btree",
                postgresql_include=["quantity", "parent_id"],
                postgresql_with={"fillfactor": 70},
                postgresql_concurrently=True,
                sqlite_where=table.c.price > 0,
                mssql_include=["quantity", "parent_id"],
                mssql_where=table.c.price > 0,
                mssql_clustered=False,
                mysql_length={"name": 10},
                mysql_using="btree",
                oracle_bitmap=False,
            ),
        ]
    ):
        yield CreateIndex(index, if_not_exists=bool(number))


def _dml(table: sa.Table) -> Iterator[ClauseElement]:
    parent = table.metadata.tables[next(iter(table.foreign_keys)).target_fullname.rpartition(".")[0]]
    row = {"name": "it's; -- x", "price": sa.literal(5), "quantity": None, "order": 1}
    yield table.insert().values(row)
    yield table.insert().values([{**row, "order": n, "name": "long text " * n} for n in range(1, 15)])
    yield table.insert().from_select(["name", "order"], sa.select(table.c.name, table.c.order).where(table.c.id > 5))
    yield table.insert().values(row).returning(table.c.id, table.c.total)
    yield table.update().values(row).where(table.c.id == 5)
    yield (
        table.update().values(price=table.c.price * 2, name=sa.func.upper(table.c.name) + "x").where(_condition(table))
    )
    yield table.update().values(name=_case(table)).where(table.c.parent_id == parent.c.id)
    yield table.update().values(parent_id=sa.select(sa.func.max(parent.c.id)).scalar_subquery())
    yield table.delete().where(_condition(table))
    yield table.delete().where(table.c.parent_id == parent.c.id, parent.c.id.in_([1, 2, 3]))
    yield table.delete().where(table.c.id.in_(range(60)))


def _condition(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.and_(table.c.price.between(1, 2), table.c.name.like("a%", escape="/"), table.c.flag.is_(None)),
        table.c.name.in_(["a", "it's", "-- c", "/* d */", "a name that is rather long", "another name that is long"]),
        sa.exists().where(table.c.id == 5, sa.not_(table.c.order.is_distinct_from(1))),
    )


def _case(table: sa.Table) -> sa.ColumnElement[str]:
    return sa.case((table.c.price > 10, "big"), (table.c.price > 5, "it's middling"), else_=table.c.name)


def _queries(table: sa.Table) -> Iterator[ClauseElement]:
    other = table.alias("other")
    counted = sa.select(table.c.order, sa.func.count().label("n")).group_by(table.c.order).cte("counted")
    rank = sa.func.row_number().over(partition_by=table.c.order, order_by=table.c.price.desc(), rows=(None, 0))
    yield sa.select(table).where(_condition(table)).order_by(table.c.name.desc()).limit(10).offset(5)
    yield sa.select(table.c.name, rank.label("rank"), _case(table).label("size")).distinct()
    yield sa.select(table.c.name, counted.c.n).join(counted, counted.c.order == table.c.order)
    yield sa.select(table.c.name).outerjoin(other, sa.and_(other.c.id == table.c.parent_id, other.c.price > 5))
    yield sa.union_all(sa.select(table.c.name), sa.select(other.c.name)).order_by("name")
    yield sa.select(sa.cast(table.c.price, sa.String(20)), sa.extract("year", table.c["created at"]))
    yield sa.insert(table).from_select(["order"], sa.select(counted.c.order))


def _upserts(table: sa.Table, dialect: str) -> Iterator[ClauseElement]:
    row = {"name": "it's", "price": 5}
    if dialect == "postgresql":
        insert = postgresql.insert(table).values(row)
        yield insert.on_conflict_do_nothing(index_elements=["name"])
        excluded = {"price": insert.excluded.price, "name": insert.excluded.name + "-- x"}
        yield insert.on_conflict_do_update(index_elements=["name"], set_=excluded, where=table.c.price > 5)
    elif dialect == "sqlite":
        lite = sqlite.insert(table).values(row)
        yield lite.on_conflict_do_update(index_elements=["name"], set_={"price": lite.excluded.price})
    elif dialect in {"mysql", "mariadb"}:
        my = mysql.insert(table).values(row)
        yield my.on_duplicate_key_update(price=my.inserted.price, name="it's", quantity=5)


def _directives(dialect: str) -> Iterator[str]:
    for directive in _DIRECTIVES:
        buffer = io.StringIO()
        options = {"as_sql": True, "output_buffer": buffer, "mssql_batch_separator": "", "oracle_batch_separator": ""}
        context = MigrationContext.configure(dialect_name=dialect, opts=options)
        context.dialect.default_schema_name = "dbo"
        try:
            directive(Operations(context))
        except _MISSING:
            continue  # SQLite alters little
        yield from (part.strip().removesuffix(";") for part in buffer.getvalue().split(";\n\n") if part.strip())


def _rename(op: Operations) -> None:
    op.alter_column("account", "name", new_column_name="order", existing_type=sa.String(50), existing_nullable=False)


_DIRECTIVES: tuple[Callable[[Operations], object], ...] = (
    _rename,
    lambda op: op.add_column("account", sa.Column("a", sa.String(50), server_default="it's", nullable=False)),
    lambda op: op.add_column("account", sa.Column("b", sa.Numeric(10, 2), comment="-- a comment"), schema="app"),
    lambda op: op.drop_column("account", "a"),
    lambda op: op.drop_column("account", "b", mssql_drop_default=True, mssql_drop_check=True),
    lambda op: op.alter_column("account", "a", type_=sa.Text(), existing_type=sa.String(50), nullable=False),
    lambda op: op.alter_column("account", "a", server_default="it's; --", existing_type=sa.String(50)),
    lambda op: op.alter_column("account", "a", server_default=None, existing_type=sa.String(50)),
    lambda op: op.alter_column("account", "a", comment="it's\na comment", existing_type=sa.String(50)),
    lambda op: op.alter_column("t", "a", type_=sa.Integer(), postgresql_using="a::integer", existing_type=sa.Text()),
    lambda op: op.create_table("t", sa.Column("a", sa.Integer), sa.Column("b", sa.Text), comment="it's"),
    lambda op: op.create_table_comment("a_table_with_a_long_name", "a comment that is so long " * 5),
    lambda op: op.drop_table("t"),
    lambda op: op.rename_table("t", "u"),
    lambda op: op.create_index(
        "ix_of_a_table_with_a_long_name", "a_table_with_a_long_name", [f"column_{n}" for n in "abcdef"]
    ),
    lambda op: op.create_index("ix", "t", [sa.text("lower(a)"), "b"], unique=True, postgresql_where=sa.text("b > 5")),
    lambda op: op.drop_index("ix", "t"),
    lambda op: op.create_check_constraint("ck", "t", sa.text("a > 5 AND b IN ('x', 'it''s')")),
    lambda op: op.create_unique_constraint("uq", "t", ["a", "b"]),
    lambda op: op.create_primary_key("pk", "t", ["a", "b"]),
    lambda op: op.create_foreign_key(
        "fk_t_account", "t", "account", ["a"], ["id"], ondelete="CASCADE", onupdate="SET NULL"
    ),
    lambda op: op.drop_constraint("uq", "t", type_="unique"),
)
