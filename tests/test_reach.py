"""Which names a revision that failed could still have touched."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from changescript.recording.reach import names_in

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '''"""a revision of "documents" """
from alembic import op
from others import helper

TABLES = ["ones", "twos"]
TABLES.append("threes")
KEPT = {"key": "kept"}


def shared():
    """Touch the "docstring"."""
    op.drop_table("shared")
    for table in TABLES:
        op.drop_table(table)


def never():
    op.drop_table("never")


def downgrade():
    op.drop_table("downgraded")


def upgrade():
'''
BODIES = {
    "what had run before is known": (
        """
        op.drop_table("before")
        helper("here")  # fails
        op.drop_table("after")
        """,
        {"here", "after"},
    ),
    "what is used by what was left": (
        """
        mine = ["listed"]
        mine.append("more")
        other = "other"
        helper()  # fails
        op.drop_table(mine[0])
        """,
        {"listed", "more"},
    ),
    "functions, and what these use": (
        """
        op.drop_table("before")
        helper()  # fails
        shared()
        """,
        {"shared", "ones", "twos", "threes"},
    ),
    "a loop runs again": (
        """
        op.drop_table("before")
        for each in "in", "out":
            op.drop_table("loop")
            helper()  # fails
        """,
        {"in", "out", "loop"},
    ),
    "a batch ends with what was begun": (
        """
        op.drop_table("before")
        with op.batch_alter_table("batch") as batch_op:
            batch_op.drop_column("c")
            helper()  # fails
        """,
        {"batch", "c"},
    ),
    "a failure may be caught": (
        """
        op.drop_table("before")
        try:
            op.drop_table("tried")
            helper()  # fails
        finally:
            op.drop_table("finally")
        """,
        {"tried", "finally"},
    ),
    "one branch of a condition": (
        """
        if helper("asked"):
            op.drop_table("before")
            helper()  # fails
            op.drop_table("then")
        else:
            op.drop_table("otherwise")
        op.drop_table("after")
        """,
        {"then", "after"},
    ),
    "a condition itself": (
        """
        op.drop_table("before")
        if helper():  # fails
            op.drop_table("then")
        else:
            op.drop_table("otherwise")
        """,
        {"then", "otherwise"},
    ),
    "what finds code by its name": (
        """
        op.drop_table("before")
        helper()  # fails
        globals()["never"]()
        """,
        {"before", "ones", "twos", "threes", "key", "kept", "shared", "never"},
    ),
    "a function of its own": (
        """
        def inner():
            op.drop_table("in")
            helper()  # fails
            op.drop_table("out")
        inner()  # calls
        op.drop_table("after")
        """,
        {"out", "after"},
    ),
    "a function that is called again": (
        """
        def inner():
            op.drop_table("in")
            helper()  # fails
        inner()  # calls
        inner()
        """,
        {"in"},
    ),
    "a function that is called in a loop": (
        """
        def inner():
            op.drop_table("in")
            helper()  # fails
        for _ in 1, 2:
            inner()  # calls
        """,
        {"in"},
    ),
}


def lines_of(source: str) -> tuple[int, ...]:
    """Return the lines that are marked, behind the one that has called what holds them."""
    lines = list(enumerate(source.split("\n"), start=1))
    return tuple(at for mark in ("# calls", "# fails") for at, line in lines if line.endswith(mark))


@pytest.mark.parametrize("what", BODIES)
def test_only_what_was_left_to_run_may_have_been_touched(tmp_path: Path, what: str) -> None:
    """Everything before is known, because each statement was followed."""
    body, expected = BODIES[what]
    source = HEAD + textwrap.indent(textwrap.dedent(body), "    ")
    file = tmp_path / "a.py"
    file.write_text(source, encoding="utf-8")
    assert names_in(file, "upgrade", lines_of(source)) == expected


def test_all_may_be_touched_where_nobody_knows_how_far_it_came(tmp_path: Path) -> None:
    """But what the other function names, or what only explains."""
    file = tmp_path / "a.py"
    file.write_text(HEAD + '    op.drop_table("upgraded")\n', encoding="utf-8")
    every = {"ones", "twos", "threes", "key", "kept", "shared", "never"}
    assert names_in(file, "upgrade") == every | {"upgraded"}
    assert names_in(file, "downgrade") == every | {"downgraded"}
    assert names_in(file, "upgrade", (1,)) == every | {"upgraded"}, "a line outside of any function"


def test_a_decorator_may_go_on_behind_its_function(tmp_path: Path) -> None:
    """As one does that makes an index for the time of a function."""
    file = tmp_path / "a.py"
    file.write_text(
        "from others import helper, temporary_index\n\n\n"
        '@temporary_index("ix", "indexed")\ndef upgrade():\n    helper("before")\n    helper()\n',
        encoding="utf-8",
    )
    assert names_in(file, "upgrade", (7,)) == {"ix", "indexed"}


def test_a_file_that_does_not_parse_tells_all_its_words(tmp_path: Path) -> None:
    """They are all that is known of it."""
    file = tmp_path / "a.py"
    file.write_text("def upgrade(:\n    op.drop(T)", encoding="utf-8")
    assert {"op", "drop", "t"} <= names_in(file, "upgrade", (2,))
    assert names_in(tmp_path / "b.py", "upgrade") == frozenset()
