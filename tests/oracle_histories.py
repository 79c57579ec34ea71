"""Small histories for Oracle, and their scripts: what the goldens of golden_oracle/ are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from changescript.model import TransactionMode
from tests.projects import Rev, revs
from tests.rendering import Rendered, env_for, render

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent / "golden_oracle"
URL = "oracle+oracledb://"
ENV = env_for(URL)


@dataclass(frozen=True, slots=True)
class History:
    """Revisions, and what is rendered of them."""

    revisions: list[Rev]
    range_: str = "base:head"
    options: Mapping[str, str | TransactionMode] = field(default_factory=dict)
    env_py: str = ENV

    def render(self) -> Rendered:
        """Return the scripts."""
        return render(self.revisions, "", self.range_, self.env_py, **self.options)


_ACCOUNT = """\
op.create_table(
    "account",
    sa.Column("id", sa.Integer(), sa.Identity(), primary_key=True),
    sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("note", sa.String(200), server_default="two\\nlines & more", comment="what it is for"),
    comment="who pays\\nfor what: R&D -",
)
op.create_index("account_note", "account", ["note"])
"""
_ROWS = """\
account = sa.table("account", sa.column("id", sa.Integer), sa.column("note", sa.String(200)))
op.bulk_insert(account, [
    {"id": 1, "note": "O'Hara & sons"},
    {"id": 2, "note": "two\\nlines\\tand &amp; -"},
    {"id": 3, "note": "Zürich \U0001f3d4 /"},
    {"id": 4, "note": None},
])
op.execute("UPDATE account SET note = 'none' WHERE note IS NULL")
"""
_CHANGES = """\
op.alter_column("account", "note", existing_type=sa.String(200), nullable=False, server_default="none")
op.alter_column("account", "note", existing_type=sa.String(200), new_column_name="remark")
op.add_column("account", sa.Column("paid", sa.Numeric(12, 2)))
op.create_check_constraint("account_paid", "account", "paid >= 0")
op.rename_table("account", "customer")
"""
_MODULES = '''\
op.execute(r"""
CREATE OR REPLACE TRIGGER account_before BEFORE INSERT ON account FOR EACH ROW
DECLARE
  -- who pays, and for what -----
  l_note VARCHAR2(200) := q'[R&D]';
BEGIN
  /* a slash alone:
/
     and a full stop:
.
  */
  \\:NEW.note := NVL(\\:NEW.note, l_note);
END;
""")
op.execute("""
CREATE PACKAGE billing AS
  PROCEDURE bill(p_id NUMBER);
END billing;
""")
op.execute("""
CREATE PACKAGE BODY billing AS
  PROCEDURE bill(p_id NUMBER) IS
  BEGIN
    UPDATE account SET note = note || ' billed' WHERE id = p_id;

    IF SQL%ROWCOUNT = 0 THEN
      RAISE NO_DATA_FOUND;
    END IF;
  END;
END billing;
""")
op.execute("CREATE VIEW open_account AS SELECT id, note FROM account WHERE is_open = 1 WITH CHECK OPTION")
'''
_MODULES_DOWN = """\
op.execute("DROP VIEW open_account")
op.execute("DROP PACKAGE billing")
op.execute("DROP TRIGGER account_before")
"""
_NAMES = """\
op.create_table(
    "Order Line",
    sa.Column("Id", sa.Integer(), primary_key=True),
    sa.Column("date", sa.DateTime()),
    sa.Column("level", sa.Unicode(30), server_default="höher"),
    sa.Column("it's", sa.Float()),
)
op.create_unique_constraint("uq Level", "Order Line", ["level"])
"""
_CLOB = """\
columns = [sa.Column("id", sa.Integer()), sa.Column("body", sa.Text()), sa.Column("raw", sa.LargeBinary())]
page = op.create_table("page", *columns)
op.bulk_insert(page, [
    {"id": 1, "body": "It's a long text, & it has lines -\\n/\\n" * 150, "raw": b"\\x00\\xff&\\n"},
    {"id": 2, "body": "x" * 5000, "raw": b""},
])
"""
_SESSION = """\
op.execute("ALTER SESSION SET NLS_DATE_FORMAT = 'DD.MM.YYYY'")
op.execute("CREATE SEQUENCE account_seq")
op.execute("SELECT account_seq.NEXTVAL FROM dual")
op.execute("BEGIN DBMS_STATS.GATHER_TABLE_STATS(USER, 'ACCOUNT'); END;")
with op.get_context().autocommit_block():
    op.execute("UPDATE account SET note = '31.12.2024'")
op.execute("MERGE INTO account a USING dual ON (a.id = 9) WHEN NOT MATCHED THEN INSERT (id) VALUES (9)")
"""

HISTORIES: Mapping[str, History] = {
    "from_base": History(
        [Rev("a1b2", upgrade=_ACCOUNT, downgrade='op.drop_table("account")', message="accounts for R&D -")]
    ),
    "chain": History(
        [
            Rev("a1b2", upgrade=_ACCOUNT),
            Rev("c3d4", ("a1b2",), upgrade=_ROWS, downgrade='op.execute("DELETE FROM account")', message="first rows"),
            Rev("e5f6", ("c3d4",), upgrade=_CHANGES, downgrade='op.rename_table("customer", "account")'),
        ],
        "a1b2:e5f6",
        {"lock_timeout": "1500ms"},
    ),
    "merge": History(revs("root; left < root; right < root; merged < left right"), "root:merged"),
    "two_heads": History(revs("root; left < root; right < root"), "base:left,right"),
    "modules": History(
        [Rev("a1b2", upgrade=_ACCOUNT), Rev("m7", ("a1b2",), upgrade=_MODULES, downgrade=_MODULES_DOWN)], "a1b2:m7"
    ),
    "names": History(
        [Rev("n8", upgrade=_NAMES, downgrade='op.drop_table("Order Line")')],
        env_py=env_for(URL).replace(
            "literal_binds=True", 'literal_binds=True, version_table="It\'s", version_table_schema="app"'
        ),
    ),
    "clob": History([Rev("t9", upgrade=_CLOB, downgrade='op.drop_table("page")')]),
    "session": History([Rev("a1b2", upgrade=_ACCOUNT), Rev("s1", ("a1b2",), upgrade=_SESSION)], "a1b2:s1"),
    "one_transaction": History(
        [
            Rev("a1b2", upgrade=_ACCOUNT),
            Rev("c3d4", ("a1b2",), upgrade=_ROWS, downgrade='op.execute("DELETE FROM account")'),
            Rev("f1", ("c3d4",), upgrade="pass"),
            Rev("f2", ("f1",), upgrade="op.execute(\"UPDATE account SET note = 'x' WHERE id = 1\")"),
        ],
        "a1b2:f2",
        {"transaction": TransactionMode.SCRIPT},
    ),
    "release_23": History(
        [Rev("b23", upgrade=_ACCOUNT, downgrade='op.drop_table("account")')], "base:head", {"server_version": "23"}
    ),
}
