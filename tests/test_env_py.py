"""What env.py is handed, and what is rendered without it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.projects import OFFLINE_ENV, Rev, ThrowAway, make_project, run_cli

if TYPE_CHECKING:
    from pathlib import Path

TENANTS = OFFLINE_ENV.replace(
    "context.configure(",
    'tenant = context.get_x_argument(as_dictionary=True)["tenant"]\ncontext.configure(version_table_schema=tenant, ',
)


@pytest.fixture
def tenants(tmp_path: Path) -> ThrowAway:
    """Return a project whose env.py asks for a tenant."""
    return make_project(tmp_path / "project", "a; b < a", TENANTS)


def test_arguments_are_handed_on(tenants: ThrowAway) -> None:
    """They reach env.py as from alembic; what is committed names them and not their values, which may be secrets."""
    assert tenants.run("sql", "base:b", "-x", "tenant=hunter2", "-x", "k=v").code == 0
    folder = tenants.output / "base__b"
    text = (folder / "upgrade.sql").read_text()
    assert "--   Regenerate   changescript sql base:b -x tenant=... -x k=...\n" in text
    assert "hunter2.alembic_version" in text
    assert "hunter2" not in text.partition("-- Client and session")[0]
    assert "hunter2" not in (folder / "manifest.json").read_text()
    assert tenants.run("check", "-x", "tenant=hunter2", "-x", "k=v").code == 0
    assert tenants.run("check", "-x", "tenant=other", "-x", "k=v").code == 1


def test_missing_argument_is_told_with_its_line(tenants: ThrowAway) -> None:
    """As any other failure of env.py."""
    outcome = tenants.run("sql", "base:b")
    assert outcome.code == 2
    assert "env.py failed offline: migrations/env.py:3: KeyError" in outcome.err


@pytest.fixture
def broken(tmp_path: Path) -> ThrowAway:
    """Return a project whose env.py needs what is not installed."""
    return make_project(tmp_path / "project", [Rev("a"), Rev("b", ("a",))], "from myapp.models import Base\n")


def test_project_is_rendered_without_its_env_py(broken: ThrowAway) -> None:
    """`check` renders the bundle as it was made, without being told again."""
    assert "myapp" in broken.run("sql", "base:b").err
    assert broken.run("sql", "base:b", "--no-env", "--dialect", "postgresql").code == 0
    folder = broken.output / "base__b"
    text = (folder / "upgrade.sql").read_text()
    assert "--   Regenerate   changescript sql base:b --dialect postgresql --no-env\n" in text
    assert text.index("CREATE TABLE t_a") < text.index("CREATE TABLE t_b")
    assert json.loads((folder / "manifest.json").read_text())["env_py"] is False
    assert broken.run("check").code == 0


def test_without_env_py_the_dialect_must_be_named(broken: ThrowAway) -> None:
    """Nothing else says what the database is."""
    outcome = broken.run("sql", "base:b", "--no-env")
    assert outcome.code == 2
    assert "--no-env goes with --dialect" in outcome.err


def test_without_env_py_revisions_find_what_models_would_have_imported(tmp_path: Path) -> None:
    """`sa.orm` is there once anybody has imported it, as every project's models do."""
    project = make_project(tmp_path, [Rev("a", upgrade="sa.orm.Session(op.get_bind()).execute(sa.text('SELECT 1'))")])
    started = (sys.executable, "-m", "changescript")
    outcome = run_cli(project.root, "sql", "base:a", "--stdout", "--no-env", "--dialect", "sqlite", start=started)
    assert outcome.code == 0, outcome.text
