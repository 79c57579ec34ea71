"""No password and no value of a statement shows where others read: files, stdout, stderr."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import OFFLINE_ENV, Rev, contents, make_project, run_cli

SECRET = "hunter2"  # noqa: S105  # made up, to look for it in outputs
URL = f"postgresql+asyncpg://deploy:{SECRET}@db.example.com/threats"
BROKEN_URLS = [
    f"postgresql://deploy:{SECRET}@db.example.com:{SECRET}/threats",
    f"deploy:{SECRET}@db.example.com",
    SECRET,
]
REPOSITORY = Path(__file__).parents[1]

URL_FROM_INI = OFFLINE_ENV.replace('"postgresql://"', 'context.config.get_main_option("sqlalchemy.url")')
URL_FROM_ENVIRONMENT = "import os\n" + OFFLINE_ENV.replace('"postgresql://"', 'os.environ["DATABASE_URL"]')
RAISING = [
    "raise RuntimeError(f'can not connect to {url}')",
    "raise ValueError(url)",
    "raise SystemExit(url)",
    "raise KeyError(url)",
    "raise SyntaxError(url)",
    "raise ImportError(url)",
    "raise NameError(url)",
    "from alembic.util import CommandError; raise CommandError(f'no such database: {url}')",
    "import sqlalchemy as sa; sa.make_url(url.replace('.com/', '.com:hunter2/'))",
    "import sqlalchemy as sa; sa.create_engine(url.replace('postgresql', 'nosuch'))",
]


def assert_hidden(folder: Path, text: str) -> None:
    """Fail where the secret shows in any file that changescript wrote, or in what it said."""
    assert SECRET not in text
    leaks = [name for name, data in contents(folder).items() if name.startswith("sql_out/") and SECRET.encode() in data]
    assert leaks == []


@pytest.mark.parametrize("command", [["sql", "base:head", "--ticket", "CHG1"], ["check"], ["list"]])
def test_password_of_the_environment_shows_nowhere(tmp_path: Path, command: list[str]) -> None:
    """DATABASE_URL is read by env.py alone, and used only for its dialect."""
    project = make_project(tmp_path, env_py=URL_FROM_ENVIRONMENT)
    outcome = project.run(*command, env={"DATABASE_URL": URL})
    assert outcome.code == (1 if command == ["check"] else 0), outcome.err
    assert_hidden(tmp_path, outcome.text)


def test_password_of_the_ini_shows_nowhere(tmp_path: Path) -> None:
    """Neither in a bundle, nor in a script on stdout, nor in what is said meanwhile."""
    project = make_project(tmp_path, env_py=URL_FROM_INI)
    ini = tmp_path / "alembic.ini"
    ini.write_text(ini.read_text() + f"sqlalchemy.url = {URL}\n")
    for args in (["sql", "base:head"], ["sql", "base:head", "--stdout"], ["check"]):
        outcome = project.run(*args)
        assert outcome.code == 0, outcome.err
        assert_hidden(tmp_path, outcome.text)


@pytest.mark.parametrize("url", BROKEN_URLS)
def test_url_that_can_not_be_read_is_not_quoted(tmp_path: Path, url: str) -> None:
    """What is broken may still hold a password."""
    project = make_project(tmp_path, env_py=URL_FROM_ENVIRONMENT)
    outcome = project.run("sql", "base:head", env={"DATABASE_URL": url})
    assert outcome.code == 2
    assert "migrations/env.py:" in outcome.err
    assert_hidden(tmp_path, outcome.text)


@pytest.mark.parametrize("url", [URL, *BROKEN_URLS])
def test_this_repository_shows_no_password(url: str) -> None:
    """With its own env.py and settings, whether the URL can be read or not."""
    outcome = run_cli(REPOSITORY, "sql", "base:head", "--stdout", env={"DATABASE_URL": url})
    assert outcome.code == (0 if url == URL else 2), outcome.err
    assert ("DATABASE_URL" in outcome.err) == (url != URL)
    assert SECRET not in outcome.text


@pytest.mark.parametrize("line", RAISING)
def test_error_that_quotes_the_url_is_told_without_its_text(tmp_path: Path, line: str) -> None:
    """env.py may put the URL into any error; the message says type, file and line."""
    project = make_project(tmp_path, env_py=f"import os\nurl = os.environ['DATABASE_URL']\n{line}\n")
    outcome = project.run("sql", "base:head", env={"DATABASE_URL": URL})
    assert outcome.code == 2
    assert "migrations/env.py:3" in outcome.err
    assert_hidden(tmp_path, outcome.text)


def test_refusals_of_env_py_keep_what_they_say(tmp_path: Path) -> None:
    """Hiding secrets must not hide the one sentence that tells what to do."""
    refusal = "from alembic.util import CommandError\nraise CommandError('use the staging branch')\n"
    outcome = make_project(tmp_path, env_py=refusal).run("sql", "base:head")
    assert outcome.code == 2
    assert "use the staging branch" in outcome.err


REFUSED = {
    "parameter beside the statement": (
        'op.get_bind().execute(sa.text("UPDATE t SET a = :a, b = :b"), [{"a": "hunter2"}, 3])'
    ),
    "type without a literal": (
        'op.execute(sa.text("UPDATE t SET a = :a").bindparams(a=type("T", (), {"x": "hunter2"})()))'
    ),
    "value of another type": ('op.bulk_insert(sa.table("t", sa.column("a", sa.Integer())), [{"a": "hunter2"}])'),
    "unknown column": ('op.bulk_insert(sa.table("t", sa.column("a")), [{"a": 1}, {"a": 1, "b": "hunter2"}])'),
    "NUL character": ('op.execute(sa.text("UPDATE t SET a = :a").bindparams(a="hunter2\\0"))'),
    "half a surrogate pair": ('op.execute(sa.text("UPDATE t SET a = :a").bindparams(a="hunter2\\ud800"))'),
    "JSON that can't be written": (
        'op.bulk_insert(sa.table("t", sa.column("a", sa.JSON())), [{"a": {"hunter2": object()}}])'
    ),
    "error of the revision's own": 'raise ValueError("hunter2")',
    "error of a lookup": '{}["hunter2"]',
    "question with a value": ('op.get_bind().execute(sa.text("SELECT 1 WHERE a = :a").bindparams(a="hunter2")).all()'),
    "unfinished quote": 'op.execute("UPDATE t SET a = \'hunter2")',
    "backslash for psql": 'op.execute("SELECT 1 \\\\! hunter2")',
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusal_names_types_and_places_but_no_value(tmp_path: Path, name: str) -> None:
    """Rows and parameters can be secrets, and an error ends up in a log."""
    project = make_project(tmp_path, [Rev("a", upgrade=REFUSED[name])])
    outcome = project.run("sql", "base:head")
    assert outcome.code == 2, outcome.text
    assert "migrations/versions/a.py:16" in outcome.err
    assert_hidden(tmp_path, outcome.text)
