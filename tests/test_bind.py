"""The connection that a revision gets: what it executes is in the script, what it asks is refused."""

from __future__ import annotations

import re

import pytest

from changescript.errors import ChangescriptError
from tests.projects import OFFLINE_ENV, Rev
from tests.rendering import render

_SETUP = """\
from sqlalchemy.orm import Session
t = sa.table("t", sa.column("a", sa.Integer()), sa.column("b", sa.Text()))
bind = op.get_bind()
"""
_LEFT = """\
try:
    with bind.begin_nested():
        bind.execute(t.delete())
        {}["x"]
except KeyError:
    pass
"""
_BODY = re.compile(r"^-- \[\d+\][^\n]*\n(.*?)\n\n", re.MULTILINE | re.DOTALL)
ASYNC_ENV = OFFLINE_ENV.replace("postgresql://", "postgresql+asyncpg://")


def statements(upgrade: str, env_py: str = OFFLINE_ENV) -> list[str]:
    """Return the numbered statements of a revision's upgrade, each on one line."""
    script = render([Rev("a", upgrade=_SETUP + upgrade, downgrade="pass")], env_py=env_py).upgrade
    return [" ".join(found.split()) for found in _BODY.findall(script)]


_MAPPED = """\
from sqlalchemy import orm
class T(orm.declarative_base()):
    __tablename__ = "t"
    a = sa.Column(sa.Integer, primary_key=True)
"""
_EVALUATES = (
    "(lambda where: Session(bind).execute(sa.update(T).where(where).values(a=2)"
    ".execution_options(synchronize_session='evaluate')))"
)

EXECUTED = {
    "text": ('bind.execute(sa.text("UPDATE t SET a = :v"), {"v": 7})', ["UPDATE t SET a = 7;"]),
    "many": (
        'bind.execute(sa.text("DELETE FROM t WHERE a = :v"), [{"v": 1}, {"v": 2}])',
        ["DELETE FROM t WHERE a = 1;", "DELETE FROM t WHERE a = 2;"],
    ),
    "rows": (
        'bind.execute(t.insert(), [{"a": 1, "b": "x"}, {"a": 2, "b": None}])',
        ["INSERT INTO t (a, b) VALUES (1, 'x');", "INSERT INTO t (a, b) VALUES (2, NULL);"],
    ),
    "one row": ('bind.execute(t.insert(), {"a": 1, "b": "x"})', ["INSERT INTO t (a, b) VALUES (1, 'x');"]),
    "context": ("op.get_context().connection.execute(t.delete())", ["DELETE FROM t;"]),
    "context bind": ("op.get_context().bind.execute(t.delete())", ["DELETE FROM t;"]),
    "driver": (
        "bind.exec_driver_sql(\"UPDATE t SET b = ':x 10%' || 'a:b'\")",
        ["UPDATE t SET b = ':x 10%' || 'a:b';"],
    ),
    "select unread": ("bind.execute(sa.text(\"SELECT setval('s', 5)\"))", ["SELECT setval('s', 5);"]),
    "result closed": ("bind.execute(t.delete()).close()", ["DELETE FROM t;"]),
    "savepoint": ("with bind.begin_nested():\n    bind.execute(t.delete())", ["DELETE FROM t;"]),
    "savepoint released": ("s = bind.begin_nested()\nbind.execute(t.delete())\ns.commit()", ["DELETE FROM t;"]),
    "session": (
        'with Session(bind) as s:\n    s.execute(t.delete())\n    s.execute(sa.DDL("DROP TABLE t"))\n    s.commit()',
        ["DELETE FROM t;", "DROP TABLE t;"],
    ),
    "session begun": ("with Session(bind) as s, s.begin():\n    s.execute(t.delete())", ["DELETE FROM t;"]),
    "session left": ("with Session(bind) as s:\n    s.execute(t.delete())", ["DELETE FROM t;"]),
    "session committed in a savepoint": (
        "with bind.begin_nested(), Session(bind) as s:\n    s.execute(t.delete())\n    s.commit()",
        ["DELETE FROM t;"],
    ),
    "session with a savepoint of its own": (
        'with Session(bind, join_transaction_mode="create_savepoint") as s:\n    s.execute(t.delete())\n    s.commit()',
        ["DELETE FROM t;"],
    ),
    "session that evaluates": (f"{_MAPPED}{_EVALUATES}(T.a == 1)", ["UPDATE t SET a=2 WHERE t.a = 1;"]),
    "session that can't": (
        f"{_MAPPED}try:\n    {_EVALUATES}(sa.func.abs(T.a) == 1)\nexcept Exception:\n    op.execute('DELETE FROM t')",
        ["DELETE FROM t;"],
    ),
    "options": ("bind.execution_options(stream_results=True).execute(t.delete())", ["DELETE FROM t;"]),
    "dialect": (
        "op.execute(f\"SELECT '{bind.dialect.name} {bind.engine.name}'\")",
        ["SELECT 'postgresql postgresql';"],
    ),
}


@pytest.mark.parametrize("name", EXECUTED)
def test_what_is_executed_is_in_the_script(name: str) -> None:
    """Parameters are in their place, each set of them is a statement, and nothing else is."""
    upgrade, expected = EXECUTED[name]
    assert statements(upgrade) == expected


def test_asynchronous_function_is_run() -> None:
    """With an asynchronous env.py a revision may hand a coroutine to op.run_async()."""
    upgrade = (
        "async def work(connection, value):\n"
        "    await connection.execute(t.update().values(a=value))\n"
        "    await connection.run_sync(lambda c: c.execute(t.delete()))\n"
        "    return value + 1\n"
        "assert op.run_async(work, 4) == 5"
    )
    assert statements(upgrade, ASYNC_ENV) == ["UPDATE t SET a=4;", "DELETE FROM t;"]


_VERSION = """\
if (bind.dialect.server_version_info or ()) >= (14,):
    op.execute("SELECT 1")
else:
    op.execute("SELECT 2")
"""


@pytest.mark.parametrize(("release", "found"), [("14", "SELECT 1;"), ("13", "SELECT 2;")])
def test_stated_version_of_the_server_is_told(release: str, found: str) -> None:
    """The script then refuses any other server."""
    script = render([Rev("a", upgrade=_SETUP + _VERSION, downgrade="pass")], server_version=release).upgrade
    assert found in script


REFUSED = {
    "session left in a savepoint": (
        "with bind.begin_nested(), Session(bind) as s:\n    s.execute(t.delete())",
        "would undo",
    ),
    "session left with a savepoint of its own": (
        'with Session(bind, join_transaction_mode="create_savepoint") as s:\n    s.execute(t.delete())',
        "would undo",
    ),
    "session left that controls all": (
        'with Session(bind, join_transaction_mode="control_fully") as s:\n    s.execute(t.delete())',
        "would undo",
    ),
    "session with objects": (
        _MAPPED + "o = T(a=1)\norm.make_transient_to_detached(o)\ns = Session(bind)\ns.add(o)\n"
        "s.query(T).update({'a': 2})",
        "its own objects with them",
    ),
    **{
        f"number of rows, {look}": (f"{_MAPPED}n = Session(bind).query(T).delete()\n{look}", "number of changed rows")
        for look in ("n > 0", "abs(n)", "isinstance(n, int)", "int(n)", "f'{n}'", "n & 1", "round(n)", "sum([n])")
    },
    "version": (_VERSION, "asks which version the server has"),
    "version of the context": ("op.get_context().dialect.server_version_info", "asks which version"),
    "plain text": ('bind.execute("DELETE FROM t")', "executes no plain text"),
    "scalar": ("bind.execute(sa.select(t)).scalar()", r"asked for \.scalar"),
    "rowcount": ("n = bind.execute(t.delete()).rowcount", r"asked for \.rowcount"),
    "loop": ("for row in bind.execute(sa.select(t)):\n    pass", "rows of a statement are read"),
    "connection scalar": ("bind.scalar(sa.select(t.c.a))", r"asked for \.scalar"),
    "session scalars": ("with Session(bind=bind) as s:\n    s.scalars(sa.select(t)).all()", "asked for|are read"),
    "commit": ("bind.commit()", r"commit\(\) would end the transaction"),
    "rollback": ("bind.rollback()", r"rollback\(\) would undo"),
    "begin": ("with bind.begin():\n    bind.execute(t.delete())", r"begin\(\) fails online"),
    "close": ("bind.close()", r"close\(\) would end the connection"),
    "savepoint undone": ("s = bind.begin_nested()\nbind.execute(t.delete())\ns.rollback()", "would undo"),
    "savepoint left": (
        _LEFT,
        "a savepoint is rolled back because of KeyError",
    ),
    "session undone": (
        "with Session(bind=bind) as s:\n    s.execute(t.delete())\n    s.rollback()",
        "would undo",
    ),
    "isolation": (
        'bind.execution_options(isolation_level="AUTOCOMMIT").execute(sa.text("VACUUM"))',
        "'isolation_level' has no meaning",
    ),
    "translated": ('bind.execute(t.delete(), execution_options={"schema_translate_map": {None: "x"}})', "translate"),
    "other connection": ("bind.engine.connect().execute(t.delete())", "another connection is opened"),
    "driver parameters": ('bind.exec_driver_sql("DELETE FROM t WHERE a = %s", (1,))', "in the way of one driver"),
    "swallowed": (
        "try:\n    bind.execute(sa.select(t)).fetchall()\nexcept Exception:\n    op.execute('DELETE FROM t')",
        r"asked for \.fetchall",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_meaning_in_a_script_is_refused(name: str) -> None:
    """The message names revision and line, also where the revision catches it."""
    upgrade, why = REFUSED[name]
    with pytest.raises(ChangescriptError, match=why) as caught:
        statements(upgrade)
    assert re.match(r"revision a \(migrations/versions/a\.py:\d+\)", str(caught.value))


def test_coroutine_that_waits_for_something_else_is_refused() -> None:
    """There is no event loop while a script is made."""
    with pytest.raises(ChangescriptError, match="awaits something else"):
        statements("import asyncio\nasync def work(c):\n    await asyncio.sleep(0)\nop.run_async(work)", ASYNC_ENV)
