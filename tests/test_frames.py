"""One small history in the frame of each dialect of the PostgreSQL family and of other packages: read by a person.

The scripts stand in tests/frames. They are only compared here; `make golden` writes them anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import sqlglot

from tests.projects import Rev
from tests.rendering import env_for, render

FOLDER = Path(__file__).parent / "frames"
REWRITES = os.environ.get("CHANGESCRIPT_GOLDEN") == "rewrite"

HISTORY = (
    Rev(
        "a",
        message="make accounts",
        upgrade="""\
op.create_table(
    "account",
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("value", sa.Numeric(10, 2)),
    sa.Column("good", sa.Boolean()),
)
op.bulk_insert(
    sa.table("account", sa.column("id", sa.Integer()), sa.column("name", sa.String()), sa.column("good", sa.Boolean())),
    [{"id": 1, "name": "one", "good": True}, {"id": 2, "name": "100 %", "good": None}],
)""",
        downgrade='op.drop_table("account")',
    ),
    Rev(
        "b",
        ("a",),
        message="add notes",
        upgrade="""\
op.add_column("account", sa.Column("note", sa.String(10)))
op.execute(sa.text("UPDATE account SET note = :note WHERE id = 1").bindparams(note="x"))""",
        downgrade='op.drop_column("account", "note")',
    ),
    Rev(
        "c",
        ("a",),
        message="name is unique",
        upgrade='op.create_unique_constraint("uq_name", "account", ["name"])',
        downgrade='op.drop_constraint("uq_name", "account", type_="unique")',
    ),
    Rev("m", ("b", "c"), message="merge", upgrade="pass", downgrade="pass"),
)
GRAMMARS = {"citus": "postgres", "cockroachdb": "postgres", "yugabytedb": "postgres", "redshift": "redshift"}
PACKAGES = {"cockroachdb": "sqlalchemy_cockroachdb", "redshift": "sqlalchemy_redshift", "duckdb": "duckdb_engine"}
IMPLEMENTED_IN_ENV = {"duckdb"}
DIALECTS = ("citus", "cockroachdb", "duckdb", "redshift", "yugabytedb")


@pytest.mark.parametrize("name", DIALECTS)
def test_script_is_the_one_that_was_read(name: str) -> None:
    """Its frame, its SQL and its header are as they were when a person last read them."""
    if name in PACKAGES:
        pytest.importorskip(PACKAGES[name], reason="its package is in the extra `test`")
    implementation = f'import alembic.ddl.impl\nclass Impl(alembic.ddl.impl.DefaultImpl):\n    __dialect__ = "{name}"\n'
    if name in IMPLEMENTED_IN_ENV:
        made = render(HISTORY, env_py=env_for(f"{name}://", implementation))
    else:
        made = render(HISTORY, name)
    for direction, text in (("upgrade", made.upgrade), ("rollback", made.rollback)):
        file = FOLDER / f"{name}.{direction}.sql"
        if REWRITES:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert file.read_text(encoding="utf-8") == text, "see this module's first lines for how to write it anew"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.sql")), ids=lambda file: file.name)
def test_an_independent_parser_reads_every_statement(file: Path) -> None:
    """What is psql's own is taken out first; PREPARE and EXECUTE are beyond its grammars."""
    name = file.name.partition(".")[0]
    text = re.sub(r"^\\(?:set|unset|encoding|pset)\b.*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = re.sub(r"\s*\\gset\n", ";\n", text).replace(":'before'", "'x'").replace(":'state'", "'x'")
    statements = sqlglot.parse(text, read=GRAMMARS.get(name, name), error_level=sqlglot.ErrorLevel.RAISE)
    assert len([statement for statement in statements if statement]) > 10


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.sql")), ids=lambda file: file.name)
def test_every_state_between_has_its_line_to_go_on_from(file: Path) -> None:
    """Where DDL commits by itself, each marker that a stamp writes is one that a later line names."""
    text = file.read_text(encoding="utf-8")
    written = set(re.findall(r"(?:SET version_num = |VALUES \()'([^']*:[^']*)'", text))
    named = {
        row
        for rows in re.findall(r"^-- go on at ([^\n]*?)(?:, statement \d+ done)?$", text, re.MULTILINE)
        for row in rows.split(", ")
        if ":" in row
    }
    assert written == named
    assert bool(written) == (not file.name.startswith("citus"))
