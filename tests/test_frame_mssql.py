"""Scripts for SQL Server: what they say, and what sqlcmd and two parsers read in them; no server is there."""

from __future__ import annotations

import os

import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st

from changescript.errors import ChangescriptError
from tests import sqlparser
from tests.mssql_histories import ENV, FOLDER, HISTORIES
from tests.mssql_runs import NUMBER, all_scripts, before, is_ok, own_scripts, run, scripts_of
from tests.projects import Rev
from tests.rendering import Rendered, render
from tests.sqlcmd import Triggered, batches

REWRITES = os.environ.get("CHANGESCRIPT_GOLDEN") == "rewrite"


@pytest.mark.parametrize("name", HISTORIES)
def test_history_is_rendered_as_written(name: str) -> None:
    """To the last byte; `CHANGESCRIPT_GOLDEN=rewrite` writes the files anew."""
    for file, text in scripts_of(name).items():
        if REWRITES:
            (FOLDER / file).write_text(text, encoding="utf-8", newline="")
        assert (FOLDER / file).read_bytes() == text.encode()


def test_no_golden_is_left_over() -> None:
    """Each file is one that is compared."""
    assert {path.name for path in FOLDER.iterdir()} == set(own_scripts())


def test_nothing_but_go_makes_sqlcmd_act() -> None:
    """In every script that the tests have, for clients that know quotes and for those that don't."""
    assert len(all_scripts()) > 40
    for text in all_scripts().values():
        assert batches(text)


@pytest.mark.parametrize("line", [":r x.sql", "go 2", "GO;", "!!dir", "exit", "  QUIT", "ON ERROR exit", "x $(PATH)"])
def test_the_model_of_sqlcmd_sees_what_it_is_for(line: str) -> None:
    """Alone on a line; in quotes too."""
    for text in (f"SELECT 1\n{line}\nGO\n", f"SELECT '\n{line}\n'\nGO\n"):
        with pytest.raises(Triggered):
            batches(text)


@pytest.mark.skipif(
    not sqlparser.is_installed() and os.environ.get("CHANGESCRIPT_REQUIRE_SERVERS", "") in ("", "0"),
    reason="the packages of Microsoft's parser are not installed",
)
def test_microsofts_parser_reads_every_script() -> None:
    """But for raw SQL of the shared histories in which `file` is no quoted name."""
    texts = {name: text for name, text in all_scripts().items() if not name.startswith("foreign_keys.")}
    found = sqlparser.errors_of([*texts.values(), "SELECT 1 FROM;"])
    assert dict(zip(texts, found, strict=False)) == {name: [] for name in texts}
    assert found[-1]


def statements_of(script: str) -> dict[int, str]:
    """Return the batches that hold a revision's statements, by their numbers."""
    parts = batches(script)
    found: dict[int, str] = {}
    for at, batch in enumerate(parts):
        for number in NUMBER.findall(batch):
            code = "\n".join(line for line in batch.split("\n") if not line.startswith("-- "))
            found[int(number)] = code.strip() or parts[at + 1]
    return found


def test_sqlglot_reads_every_statement() -> None:
    """The frame itself, and what follows IF, is more T-SQL than it knows."""
    count = 0
    for text in all_scripts().values():
        for sql in statements_of(text).values():
            if not sql.startswith(("IF NOT (", "DECLARE @top")):
                sqlglot.parse(sql, dialect="tsql")
                count += 1
    assert count > 100


def test_the_text_of_a_routine_stands_alone_in_its_batch() -> None:
    """The server stores all of the batch: not the comment above it, and no semicolon that the author didn't write."""
    (procedure, view, *_) = statements_of(scripts_of("modules")["modules.upgrade.sql"]).values()
    assert procedure.startswith("CREATE PROCEDURE book")
    assert procedure.endswith("END")
    assert view.endswith("WHERE note IS NOT NULL")
    assert procedure in batches(scripts_of("modules")["modules.upgrade.sql"])


NASTY = st.lists(
    st.sampled_from(
        [
            *("\n", "\r", "\t", " ", "$", "(", "$(PATH)", "'", '"', "--", "/*", "*/", ";", "\\", "[", "]", "@x", "#t"),
            *("GO", "go 2", ":r x", "!!dir", "exit", "quit", "reset", "ed", "ON ERROR exit", "ä", "\u202e", "x", "0"),
        ]
    ),
    max_size=12,
).map("".join)


def rendered_or_refused(upgrade: str, downgrade: str) -> Rendered:
    """Return the scripts; what is refused by revision is left out of the downgrade."""
    try:
        return render([Rev("a", upgrade=upgrade, downgrade=downgrade)], "", "base:a", ENV)
    except ChangescriptError as error:
        refused = str(error)
    assert "revision a" in refused
    return render([Rev("a", upgrade=upgrade, downgrade="pass")], "", "base:a", ENV)


@settings(max_examples=40, deadline=None)
@given(NASTY, NASTY, NASTY)
def test_no_literal_comment_or_raw_sql_makes_sqlcmd_act(value: str, comment: str, raw: str) -> None:
    """Through the whole pipeline: it is refused, or the client sees nothing but our own GO lines."""
    upgrade = (
        f"op.create_table('t', sa.Column('reset', sa.Unicode(9), comment={comment!r}), sa.Column('go', sa.Integer()))\n"
        f"op.bulk_insert(sa.table('t', sa.column('reset', sa.Unicode())), [{{'reset': {value!r}}}])\n"
        f"op.execute(sa.table('t', sa.column('quit', sa.Unicode())).update().values(quit={value!r}))\n"
    )
    rendered = rendered_or_refused(upgrade, f"op.execute({'SELECT ' + raw!r})")
    for text in (rendered.upgrade, rendered.rollback):
        assert is_ok(run(text, before(text))), text
