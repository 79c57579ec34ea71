"""Text, numbers and bytes of every kind arrive whole through the sqlite3 shell."""

from __future__ import annotations

import random
import struct
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changescript.dialects.sqlite.driver import SQLiteScriptDialect
from changescript.literals import compile_literal, render_rows
from changescript.literals.text import UNPRINTABLE
from tests.db.sqlite import SHELL
from tests.db.sqlite_values import run_script, stored_as, stored_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.skipif(SHELL is None, reason="no sqlite3 shell: the package sqlite3 brings it")
DIALECT = SQLiteScriptDialect()


def nasty_texts() -> list[str]:
    """Return texts of characters that clients, lexers and SQLAlchemy treat specially."""
    source = random.Random(1)  # noqa: S311 - no secret
    alphabet = "'\"\\:;%$-/*#&@{}().~^`|\n\r\t\b\f\v\0\x1a\x1b\x7f\x85\xa0\u200f\u2028\u202e\ufeffé😀xnu0"
    texts = ["".join(source.choices(alphabet, k=source.randrange(1, 25))) for _ in range(400)]
    return [
        *texts,
        *(f"{text}\n" * 7 for text in texts[:100]),
        "\\n\n" * 7,
        "\\n~n^n`n|n#n@n¡n\n" * 7,
        "/",
        "\n/\n",
        "GO",
        "\ngo\n",
        "x\n.exit\n#\n",
        "\x1a",
    ]


LINE_ENDS = ["\n", "\r\n"]
ENCODINGS = ["UTF-8", "UTF-16le", "UTF-16be"]


@pytest.mark.parametrize("line_end", LINE_ENDS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_nasty_text_arrives_whole(tmp_path: Path, line_end: str, encoding: str) -> None:
    """Text of any characters arrives unchanged, also from a file with other line ends, in any database."""
    lines = [f"PRAGMA encoding = '{encoding}'", "CREATE TABLE t (v text)", "BEGIN"]
    for text in nasty_texts():
        raw = sa.text(r"INSERT INTO t (v)" + "\n" + r"SELECT :v || '\:v'").bindparams(v=text)
        lines += [
            compile_literal(raw, DIALECT),
            *render_rows(sa.table("t", sa.column("v", sa.Text)), [{"v": text}], DIALECT),
        ]
    assert not any(UNPRINTABLE.search(line.replace("\n", "")) for line in lines)
    run_script(tmp_path / "script.db", [*lines, "COMMIT"], line_end=line_end)
    found = stored_rows(tmp_path / "script.db", "SELECT v FROM t ORDER BY rowid")
    assert found == [(stored_as(written),) for text in nasty_texts() for written in (f"{text}:v", text)]


LONG: Mapping[str, object] = {
    "ten megabytes": "x'" * 5_000_000,
    "ten megabytes of bytes": bytes(range(256)) * 40_000,
    "100,000 lines": "a line of text\n" * 100_000,
    "100,000 runs of many characters": "".join(f"{number}{chr(number % 32)}" for number in range(100_000)),
    "one run": "\n" * 100_000,
}


@pytest.mark.parametrize("name", LONG)
def test_long_values_arrive_whole(tmp_path: Path, name: str) -> None:
    """No limit of SQLite's parser stands in the way: neither length, nor depth, nor arguments of a function."""
    value = LONG[name]
    rows = render_rows(sa.table("t", sa.column("v")), [{"v": value}, {"v": 0.1 + 0.2}], DIALECT)
    run_script(tmp_path / "script.db", ["CREATE TABLE t (v)", *rows])
    assert stored_rows(tmp_path / "script.db", "SELECT v FROM t") == [(stored_as(value),), (stored_as(0.1 + 0.2),)]


NASTY = st.text(
    st.one_of(
        st.sampled_from("'\\:~^;-\n\r\t\0\x1a\u202e\u2028\ufeffnrtux0"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=40,
)
BITS = st.integers(0, 2**64 - 1).map(lambda bits: float(struct.unpack("d", struct.pack("Q", bits))[0]))
DECIMALS = st.builds(lambda digits, places: float(f"{digits}e{-places}"), st.integers(0, 10**17), st.integers(-8, 25))
ANY_VALUE = st.one_of(NASTY, BITS, DECIMALS, st.floats(), st.integers(-(2**63), 2**63 - 1), st.binary(max_size=9))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANY_VALUE, min_size=20, max_size=200))
def test_any_value_arrives_whole(tmp_path_factory: pytest.TempPathFactory, values: list[object]) -> None:
    """Whatever hypothesis finds is stored with every bit, where its column comes from and in an expression."""
    path = tmp_path_factory.mktemp("any") / "script.db"
    table = sa.table("t", sa.column("v"))
    lines = ["CREATE TABLE t (v)", *render_rows(table, [{"v": value} for value in values], DIALECT)]
    lines += [
        compile_literal(
            sa.text("INSERT INTO t SELECT :v").bindparams(sa.bindparam("v", value, sa.types.NullType())), DIALECT
        )
        for value in values
    ]
    run_script(path, ["BEGIN", *lines, "COMMIT"])
    assert stored_rows(path, "SELECT v FROM t ORDER BY rowid") == [(stored_as(value),) for value in values * 2]
