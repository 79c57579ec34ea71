"""Small histories for SQL Server, and their scripts: what the goldens of golden_mssql/ are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from changescript.model import TransactionMode
from tests.projects import Rev, revs
from tests.rendering import Rendered, env_for, render

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent / "golden_mssql"
ENV = env_for("mssql+pyodbc://")


@dataclass(frozen=True, slots=True)
class History:
    """Revisions, and what is rendered of them."""

    revisions: list[Rev]
    range_: str = "base:head"
    options: Mapping[str, str | TransactionMode] = field(default_factory=dict)

    def render(self) -> Rendered:
        """Return the scripts."""
        return render(self.revisions, "", self.range_, ENV, **self.options)


_ACCOUNT = """\
op.create_table(
    "account",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("reset", sa.Integer(), comment="not the command"),
    sa.Column("note", sa.Unicode(200), server_default=sa.text("N'x'"), index=True),
    comment="who pays\\nfor what: $(costs)",
)
"""
_ROWS = """\
account = sa.Table(
    "account", sa.MetaData(),
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("note", sa.Unicode(200)),
)
op.bulk_insert(account, [
    {"id": 1, "note": "O'Hara"},
    {"id": 2, "note": "two\\nlines\\tand $(PATH)\\n:quit"},
    {"id": 3, "note": "Zürich \U0001f3d4"},
])
"""
_DEFAULTS = """\
op.alter_column("account", "note", existing_type=sa.Unicode(200), nullable=False, server_default="none")
op.alter_column("account", "note", existing_type=sa.Unicode(200), new_column_name="remark")
op.drop_column("account", "reset", mssql_drop_default=True, mssql_drop_check=True)
op.rename_table("account", "customer")
"""
_MODULES = '''\
op.execute("""CREATE PROCEDURE book @id int
AS
BEGIN
    BEGIN TRANSACTION;
    UPDATE account SET note = N'booked' WHERE id = @id;
    COMMIT TRANSACTION;
END""")
op.execute("CREATE VIEW noted AS SELECT id, note FROM account WHERE note IS NOT NULL")
op.execute("""CREATE TRIGGER account_changed ON account AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    INSERT INTO log (text) VALUES (N'first line
second line');
END""")
op.execute("CREATE SCHEMA archive")
'''
_OUTSIDE = """\
op.add_column("account", sa.Column("text", sa.UnicodeText()))
op.execute("CREATE FULLTEXT CATALOG texts AS DEFAULT")
op.execute("CREATE FULLTEXT INDEX ON account (text) KEY INDEX pk_account")
op.create_index("ix_a", "account", ["text"])
op.execute("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON")
"""
_BATCH = '''\
op.execute("""DECLARE @top int = (SELECT MAX(id) FROM account);
IF @top > 10
    UPDATE account SET note = N'; GO' WHERE id = @top;
DELETE FROM account WHERE id < @top;""")
op.execute("""MERGE INTO account AS t USING (VALUES (1)) AS s (id) ON t.id = s.id
WHEN NOT MATCHED THEN INSERT (note) VALUES (N'new');""")
op.execute("UPDATE account SET note = NULL; DELETE FROM account; -- all of them")
'''

_HALF_WAY = [
    Rev("a"),
    Rev(
        "b",
        ("a",),
        upgrade=_OUTSIDE,
        downgrade='op.execute("DROP FULLTEXT INDEX ON account")\nop.execute("DROP FULLTEXT CATALOG texts")',
    ),
    Rev("c", ("b",)),
]

HISTORIES: Mapping[str, History] = {
    "chain": History(revs("a; b < a; c < b"), "a:c"),
    "from_base": History([Rev("a", upgrade=_ACCOUNT, downgrade='op.drop_table("account")'), Rev("b", ("a",))]),
    "merge": History(revs("a; b < a; c < a; m < b c"), "b,c:m"),
    "two_heads": History(revs("a; b < a; c < a"), "a:heads"),
    "by_revision": History(revs("a; b < a; c < b"), options={"transaction": TransactionMode.REVISION}),
    "rows": History([Rev("a", upgrade=_ROWS, downgrade='op.execute("DELETE FROM account")')]),
    "defaults": History(
        [
            Rev("a"),
            Rev("b", ("a",), upgrade=_DEFAULTS, downgrade='op.rename_table("customer", "account")'),
        ],
        "a:b",
    ),
    "modules": History([Rev("a", upgrade=_MODULES, downgrade='op.execute("DROP TRIGGER account_changed")')]),
    "outside": History(_HALF_WAY),
    "going_on": History(_HALF_WAY, "b:2:b"),
    "going_on_down": History(_HALF_WAY, "b:-1:a"),
    "batches": History([Rev("a", upgrade=_BATCH, downgrade="pass")], options={"server_version": "2019"}),
}
"""By the name of their golden."""
