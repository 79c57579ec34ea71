"""Small throw-away Alembic projects, and the command line as its users start it: a whole process."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.warm_start import Ended, run_code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ALEMBIC_INI = """\
[alembic]
script_location = %(here)s/migrations
prepend_sys_path = %(here)s
path_separator = os
"""

OFFLINE_ENV = """\
from alembic import context

context.configure(url="postgresql://", literal_binds=True, dialect_opts={"paramstyle": "named"})
with context.begin_transaction():
    context.run_migrations()
"""

_REVISION = '''\
"""{message}

Revision: {id}
"""

import sqlalchemy as sa
from alembic import op

revision = {id!r}
down_revision = {down!r}
branch_labels = {labels!r}
depends_on = {depends_on!r}


def upgrade():
{upgrade}


def downgrade():
{downgrade}
'''

_SPELLED = re.compile(r"(?P<id>\S+)(?: < (?P<down>[^<+@]+?))?(?: \+ (?P<depends_on>[^<+@]+?))?(?: @ (?P<label>\S+))?")


@dataclass(frozen=True, slots=True)
class Rev:
    """One revision file of a throw-away project; the bodies are source lines."""

    id: str
    down: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    label: str | None = None
    upgrade: str | None = None
    """None: it creates a table of its own, and the downgrade drops it."""
    downgrade: str | None = None
    message: str | None = None

    def text(self) -> str:
        """Return the file's text."""
        table = f"t_{re.sub(r'[^0-9A-Za-z]', '_', self.id)}".lower()
        created = f'op.create_table("{table}", sa.Column("id", sa.Integer(), primary_key=True))'
        upgrade = self.upgrade if self.upgrade is not None else created
        downgrade = self.downgrade if self.downgrade is not None else f'op.drop_table("{table}")'
        return _REVISION.format(
            id=self.id,
            message=self.message if self.message is not None else f"step {self.id}",
            down=self.down[0] if len(self.down) == 1 else self.down or None,
            labels=self.label,
            depends_on=self.depends_on or None,
            upgrade=_indented(upgrade),
            downgrade=_indented(downgrade if self.upgrade is None or self.downgrade else "pass"),
        )


def _indented(lines: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in lines.splitlines())


def revs(graph: str) -> list[Rev]:
    """Return the revisions of a graph such as `a; b < a; m < b c; d < m + x @ label`.

    `<` names the down revisions, `+` what it depends on, `@` its branch label.
    """
    found = [_SPELLED.fullmatch(part.strip()) for part in graph.split(";") if part.strip()]
    assert all(found), graph
    return [
        Rev(
            id=match["id"],
            down=tuple((match["down"] or "").split()),
            depends_on=tuple((match["depends_on"] or "").split()),
            label=match["label"],
        )
        for match in found
        if match
    ]


@dataclass(frozen=True, slots=True)
class ThrowAway:
    """An Alembic project in a folder of its own."""

    root: Path

    @property
    def output(self) -> Path:
        """Where its bundles go."""
        return self.root / "sql_out"

    def file_of(self, id_: str) -> Path:
        """Return the file of a revision."""
        return self.root / "migrations" / "versions" / f"{re.sub(r'[^0-9A-Za-z_]', '_', id_)}.py"

    def put(self, rev: Rev) -> Path:
        """Write a revision's file, or write it anew."""
        file = self.file_of(rev.id)
        file.write_text(rev.text(), encoding="utf-8")
        return file

    def set_options(self, lines: str) -> None:
        """Write `[tool.changescript]`."""
        text = f"[tool.changescript]\n{lines}\n"
        (self.root / "pyproject.toml").write_text(text, encoding="utf-8")

    def write_bundles(self, tickets: Mapping[str, str]) -> None:
        """Write a bundle for each range, with its ticket; all in one process."""
        code = (
            "import json, sys; from changescript.cli import main\n"
            "for range_, ticket in json.loads(sys.argv[1]).items():\n"
            "    main(['sql', range_, '--ticket', ticket], standalone_mode=False)"
        )
        outcome = run_cli(self.root, json.dumps(tickets), code=code)
        assert outcome.code == 0, outcome.err

    def run(self, *args: str, env: Mapping[str, str] | None = None) -> Outcome:
        """Run changescript in the project's folder."""
        return run_cli(self.root, *args, env=env)


def make_project(root: Path, revisions: str | Sequence[Rev] = "a; b < a", env_py: str = OFFLINE_ENV) -> ThrowAway:
    """Write a project with these revisions and a synchronous env.py that needs no database."""
    (root / "migrations" / "versions").mkdir(parents=True)
    (root / "alembic.ini").write_text(ALEMBIC_INI, encoding="utf-8")
    (root / "migrations" / "env.py").write_text(env_py, encoding="utf-8")
    project = ThrowAway(root)
    for rev in revs(revisions) if isinstance(revisions, str) else revisions:
        project.put(rev)
    return project


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """Everything that a terminal would show."""
        return self.out + self.err


def _import_folder() -> str:
    """Return the folder that changescript is imported from, installed or not."""
    spec = importlib.util.find_spec("changescript")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parents[1])


IMPORT_FOLDER = _import_folder()
_AS_INSTALLED = "import sys; sys.argv[0] = 'changescript'; from changescript.cli import main; main()"
START = (sys.executable, "-c", _AS_INSTALLED)
"""How the installed command starts, which the tests do without."""


def cli_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment that says nothing of the machine, and finds changescript.

    The working folder is not on the import path, as with the installed command.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": IMPORT_FOLDER,
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
        **(extra or {}),
    }


_READ_AT_START = ("PYTHON", "LC_", "LANG", "TZ")
_SECONDS = 120


def run_cli(
    folder: Path,
    *args: str,
    env: Mapping[str, str] | None = None,
    code: str = _AS_INSTALLED,
    start: Sequence[str] | None = None,
) -> Outcome:
    """Run changescript, or other code, in `folder`, in a process of its own. A traceback fails the test.

    The process is forked off one that has imported already, but for what Python reads when it starts; `start` is
    a command to start instead.
    """
    environment = cli_environment(env)
    if start is None and not any(name.startswith(_READ_AT_START) for name in env or {}):
        done = run_code(code, *args, folder=folder, env=environment, timeout=_SECONDS)
    else:
        done = _started([*(start or (sys.executable, "-c", code)), *args], folder, environment)
    outcome = Outcome(done.exit_code, done.stdout.decode(), done.stderr.decode())
    if "Traceback" in outcome.text:
        pytest.fail(f"changescript {' '.join(args)} shows a traceback:\n{outcome.text}")
    return outcome


def _started(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> Ended:
    done = subprocess.run(
        command, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=_SECONDS
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def tree(folder: Path) -> dict[str, tuple[object, ...]]:
    """Return everything under a folder by path: kind and mode, content or link target, and time."""
    found: dict[str, tuple[object, ...]] = {}
    for path in sorted([folder, *folder.rglob("*")]):
        state = path.lstat()
        if path.is_symlink():
            content: object = path.readlink()
        else:
            content = path.read_bytes() if stat.S_ISREG(state.st_mode) else None
        found[str(path.relative_to(folder))] = (state.st_mode, content, state.st_mtime_ns)
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
