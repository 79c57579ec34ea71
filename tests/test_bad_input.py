"""Bad input: exit 2, a message with what, where and what to do, no traceback, nothing written."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from changescript.errors import ProjectError, UsageError
from changescript.generate import check_ticket
from changescript.project import find_project
from tests.projects import OFFLINE_ENV, Rev, ThrowAway, make_project, revs, run_cli, tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINE = "aa10; aa20 < aa10; bb30 < aa20"
FORK = f"{LINE}; cc40 < aa20"


@dataclass(frozen=True)
class Bad:
    """What is typed, in which project, and what must be said about it."""

    name: str
    args: tuple[str, ...]
    said: tuple[str, ...]
    graph: str = LINE
    spoil: Callable[[ThrowAway], object] = lambda _project: None


def _append(name: str, text: str) -> Callable[[ThrowAway], object]:
    """Return what adds lines to a file of the project."""

    def spoil(project: ThrowAway) -> None:
        file = project.root / name
        file.write_text((file.read_text() if file.exists() else "") + text, encoding="utf-8")

    return spoil


def _put(rev: Rev) -> Callable[[ThrowAway], object]:
    return lambda project: project.put(rev)


def _put_as(rev: Rev, file: str) -> Callable[[ThrowAway], object]:
    return lambda project: project.file_of(file).write_text(rev.text(), encoding="utf-8")


def _options(lines: str) -> Callable[[ThrowAway], object]:
    return lambda project: project.set_options(lines)


def _file_for_bundle(project: ThrowAway) -> None:
    project.output.mkdir()
    (project.output / "base__bb30").write_text("mine")


def _link_output(project: ThrowAway) -> None:
    (project.root / "elsewhere").mkdir()
    project.output.symlink_to("elsewhere")


VERSIONS = "migrations/versions"

RANGES = [
    Bad("unknown FROM", ("sql", "zz99:head"), ("'zz99'", "alembic history")),
    Bad("unknown TO", ("sql", "base:zz99"), ("'zz99'", "alembic history")),
    Bad("ambiguous id", ("sql", "base:aa"), ("2 revisions", "aa10, aa20", "more characters")),
    Bad("TO below FROM", ("sql", "bb30:aa10"), ("TO (aa10) is not above FROM (bb30)", "swap")),
    Bad("unrelated ends", ("sql", "bb30:cc40"), ("is not above", "branches"), FORK),
    Bad("FROM equal TO", ("sql", "aa10:aa10"), ("the same: aa10", "nothing to write")),
    Bad("head is FROM", ("sql", "head:head"), ("the same: bb30", "nothing to write")),
    Bad("several heads", ("sql", "base:head"), ("2 heads: bb30, cc40", "heads"), FORK),
    Bad("no colon", ("sql", "aa10"), ("'aa10' is not a range", "FROM:TO")),
    Bad("empty TO", ("sql", "base:"), ("'base:' is not a range", "FROM:TO")),
    Bad("line break in a range", ("sql", "base:aa\n10"), (r"'aa\n10'", "alembic history")),
    Bad("path as a range", ("sql", "base:../../etc"), ("'../../etc'", "alembic history")),
    Bad("checked range unknown", ("check", "base:zz99"), ("'zz99'", "alembic history")),
    Bad("checked range unwritten", ("check", "base:aa10"), ("no bundle base__aa10", "list")),
]

OPTIONS = [
    Bad("ticket of two lines", ("sql", "base:head", "--ticket", "CHG\n1"), ("the ticket", "CHG")),
    Bad("unknown option", ("sql", "base:head", "--frob"), ("--frob", "--help")),
    Bad("unknown command", ("frob",), ("frob", "--help")),
    Bad("too many ranges", ("sql", "base:aa10", "aa10:head"), ("aa10:head", "--help")),
    Bad("rollback of a folder", ("sql", "base:head", "--rollback"), ("--rollback", "--stdout")),
    Bad("drifted with a range", ("sql", "base:head", "--drifted"), ("--drifted", "own range")),
    Bad("drifted with a ticket", ("sql", "--drifted", "--ticket", "X"), ("--drifted", "ticket")),
    Bad("no such dialect", ("sql", "base:head", "--dialect", "db2"), ("'db2'", "postgresql")),
    Bad("no such config", ("sql", "base:head", "-c", "no.ini"), ("no.ini", "alembic.ini")),
    Bad("config is a folder", ("sql", "base:head", "-c", "migrations"), ("migrations", "alembic.ini")),
]

TICKETS = [
    "CHG\n1",
    "CHG\r1",
    "CHG1\n",
    "CHG\t1",
    "CHG\x1b[2J",
    "CHG\u202e1",
    "CHG\u20281",
    "CHG\x851",
    "CHG\u200b1",
    " CHG1",
    "CHG1 ",
    "x" * 65,
]

SETTINGS = [
    Bad(
        "unknown setting",
        ("sql", "base:head"),
        ("pyproject.toml", "'lock_timout'", "did you mean 'lock_timeout'"),
        spoil=_options('lock_timout = "5s"'),
    ),
    Bad(
        "unknown setting for check",
        ("check",),
        ("pyproject.toml", "'frob'", "lock_timeout"),
        spoil=_options("frob = 1"),
    ),
    Bad(
        "wrong setting",
        ("sql", "base:head"),
        ("pyproject.toml", "lock_timeout", "must be"),
        spoil=_options("lock_timeout = true"),
    ),
    Bad(
        "settings are no table",
        ("sql", "base:head"),
        ("pyproject.toml", "table"),
        spoil=_append("pyproject.toml", "[tool]\nchangescript = 1\n"),
    ),
    Bad(
        "broken toml",
        ("sql", "base:head"),
        ("pyproject.toml", "line 2"),
        spoil=_append("pyproject.toml", "[tool.changescript]\nlock_timeout = \n"),
    ),
]

SETTINGS_LINES = [
    'lock_timeout = "5 parsecs"',
    "lock_timeout = true",
    'lock_timeout = "5s\'; DROP TABLE t; --"',
    "statement_timeout = -1",
    'search_path = "public; DROP TABLE t"',
    'search_path = ""',
    "search_path = 7",
    'transaction = "both"',
    'output = "../elsewhere"',
    'output = "/tmp/elsewhere"',
    'output = ""',
    "rows_per_insert = 0",
]

HISTORIES = [
    Bad(
        "syntax error",
        ("sql", "base:head"),
        (f"{VERSIONS}/aa20.py:23", "SyntaxError"),
        spoil=_append(f"{VERSIONS}/aa20.py", "\n\n) oops\n"),
    ),
    Bad(
        "import error",
        ("sql", "base:head"),
        (f"{VERSIONS}/aa20.py:21", "ModuleNotFoundError", "not_there"),
        spoil=_append(f"{VERSIONS}/aa20.py", "import not_there\n"),
    ),
    Bad(
        "error while loading",
        ("sql", "base:head"),
        (f"{VERSIONS}/aa20.py:21", "ZeroDivisionError"),
        spoil=_append(f"{VERSIONS}/aa20.py", "1 / 0\n"),
    ),
    Bad(
        "exit while loading",
        ("sql", "base:head"),
        (f"{VERSIONS}/aa20.py:21", "SystemExit"),
        spoil=_append(f"{VERSIONS}/aa20.py", "raise SystemExit(0)\n"),
    ),
    Bad(
        "file without a place for check",
        ("check",),
        (f"{VERSIONS}/odd.py:1", "SyntaxError"),
        spoil=_append(f"{VERSIONS}/odd.py", ") oops\n"),
    ),
    Bad(
        "duplicate id",
        ("sql", "base:head"),
        ("aa20", "more than once"),
        spoil=_put_as(Rev("aa20", ("aa10",)), "copy"),
    ),
    Bad(
        "missing down_revision",
        ("sql", "base:head"),
        ("gone", "aa20"),
        spoil=_put(Rev("aa20", ("gone",))),
    ),
    Bad(
        "missing dependency",
        ("sql", "base:head"),
        ("gone",),
        spoil=_put(Rev("aa20", ("aa10",), ("gone",))),
    ),
    Bad(
        "cycle",
        ("sql", "base:head"),
        ("aa10", "aa20", "bb30", "ycle"),
        spoil=_put(Rev("aa10", ("bb30",))),
    ),
    Bad(
        "loop",
        ("sql", "base:head"),
        ("aa20", "oop"),
        spoil=_put(Rev("aa20", ("aa20",))),
    ),
    Bad(
        "no revisions",
        ("sql", "base:head"),
        ("base", "nothing to write"),
        graph="",
    ),
    *(
        Bad(
            f"id {id_}",
            ("sql", "base:head"),
            ("cc40", "letters, digits"),
            spoil=_put_as(Rev(id_, ("bb30",)), "cc40"),
        )
        for id_ in ["../../out", "a/b", "..", "a'b", "a\nb"]
    ),
]

ENVIRONMENTS = [
    Bad(
        "env.py raises",
        ("sql", "base:head"),
        ("env.py failed", "migrations/env.py:1", "KeyError", "--sql"),
        spoil=lambda project: (project.root / "migrations" / "env.py").write_text(
            "import os; os.environ['NO_SUCH_NAME']\n"
        ),
    ),
    Bad(
        "env.py has a syntax error",
        ("sql", "base:head"),
        ("migrations/env.py:2", "SyntaxError"),
        spoil=lambda project: (project.root / "migrations" / "env.py").write_text("x = 1\n)\n"),
    ),
    Bad(
        "env.py does nothing",
        ("sql", "base:head"),
        ("env.py", "run_migrations"),
        spoil=lambda project: (project.root / "migrations" / "env.py").write_text(""),
    ),
    Bad(
        "env.py runs twice",
        ("sql", "base:head"),
        ("env.py", "2 times"),
        spoil=_append("migrations/env.py", "context.run_migrations()\n"),
    ),
    Bad(
        "no env.py",
        ("sql", "base:head"),
        ("env.py",),
        spoil=lambda project: (project.root / "migrations" / "env.py").unlink(),
    ),
    Bad(
        "no migrations folder",
        ("sql", "base:head"),
        ("migrations",),
        spoil=lambda project: (project.root / "migrations").rename(project.root / "moved"),
    ),
    Bad(
        "no script_location",
        ("sql", "base:head"),
        ("script_location",),
        spoil=lambda project: (project.root / "alembic.ini").write_text("[alembic]\n"),
    ),
    Bad(
        "broken ini",
        ("sql", "base:head"),
        ("alembic.ini",),
        spoil=lambda project: (project.root / "alembic.ini").write_text("script_location = x\n"),
    ),
    Bad(
        "other dialect",
        ("sql", "base:head"),
        ("nosuchdb",),
        spoil=lambda project: (project.root / "migrations" / "env.py").write_text(
            OFFLINE_ENV.replace("postgresql://", "nosuchdb://")
        ),
    ),
]

OUTPUTS = [
    Bad(
        "output is a file",
        ("sql", "base:head"),
        ("sql_out", "file"),
        spoil=_append("sql_out", "mine"),
    ),
    Bad(
        "-o is a file",
        ("sql", "base:head", "-o", "alembic.ini"),
        ("alembic.ini", "file"),
    ),
    Bad(
        "-o below a file",
        ("sql", "base:head", "-o", "alembic.ini/out"),
        ("Not a directory",),
    ),
    Bad("unwritable output", ("sql", "base:head", "-o", "/proc/out"), ("/proc/out",)),
    Bad(
        "bundle is a file",
        ("sql", "base:head"),
        ("base__bb30 is a file", "move it away"),
        spoil=_file_for_bundle,
    ),
    Bad("output is a link", ("sql", "base:head"), ("sql_out", "symbolic link"), spoil=_link_output),
]

REVISIONS = [
    Bad(
        "name without a value",
        ("sql", "base:head"),
        ("aa20", f"{VERSIONS}/aa20.py:16", r"\:"),
        spoil=_put(Rev("aa20", ("aa10",), upgrade='op.execute("UPDATE t SET a = :v")')),
    ),
    Bad(
        "question to the database",
        ("sql", "base:head"),
        ("aa20", f"{VERSIONS}/aa20.py:16", "offline"),
        spoil=_put(Rev("aa20", ("aa10",), upgrade='op.get_bind().execute(sa.text("SELECT 1")).fetchall()')),
    ),
    Bad(
        "revision raises",
        ("sql", "base:head", "--stdout"),
        ("aa20", f"{VERSIONS}/aa20.py:16", "ValueError"),
        spoil=_put(Rev("aa20", ("aa10",), upgrade='raise ValueError("no")')),
    ),
    Bad(
        "rollback alone fails",
        ("sql", "base:head"),
        ("aa20", f"{VERSIONS}/aa20.py:20", "ValueError"),
        spoil=_put(Rev("aa20", ("aa10",), upgrade="pass", downgrade="int('x')")),
    ),
]


@pytest.mark.parametrize(
    "bad",
    [
        *RANGES,
        *OPTIONS,
        *SETTINGS,
        *HISTORIES,
        *ENVIRONMENTS,
        *OUTPUTS,
        *REVISIONS,
    ],
    ids=lambda bad: bad.name,
)
def test_bad_input_is_explained_and_changes_nothing(bad: Bad, tmp_path: Path) -> None:
    """Exit code 2; stderr names what and where, and says what to do; stdout stays empty."""
    project = make_project(tmp_path / "project", bad.graph)
    bad.spoil(project)
    before = tree(tmp_path)
    outcome = project.run(*bad.args)
    assert outcome.code == 2, outcome.text
    missing = [said for said in bad.said if said not in outcome.err]
    assert not missing, f"{missing} not in:\n{outcome.err}"
    assert outcome.out == ""
    assert tree(tmp_path) == before


@pytest.mark.parametrize("ticket", TICKETS)
def test_ticket_that_can_not_stand_in_a_comment_is_refused(ticket: str) -> None:
    """It is printed as it was given or not at all; the message doesn't repeat it."""
    with pytest.raises(UsageError, match="the ticket has") as caught:
        check_ticket(ticket)
    assert "--ticket CHG0012345" in caught.value.hint
    assert ticket not in str(caught.value)


@pytest.mark.parametrize("ticket", ["", "CHG0012345", "Ä 1 & 2", "x" * 64, "#12; --"])
def test_any_other_ticket_is_taken(ticket: str) -> None:
    """Whatever a team calls its changes."""
    assert check_ticket(ticket) == ticket


@pytest.mark.parametrize("line", SETTINGS_LINES)
def test_setting_that_can_not_be_meant_is_refused(tmp_path: Path, line: str) -> None:
    """The message names the file, the setting, and what it must be; nothing of it can become SQL."""
    project = make_project(tmp_path, "")
    project.set_options(line)
    with pytest.raises(ProjectError, match=rf"pyproject\.toml: .* {line.split(maxsplit=1)[0]} must be"):
        find_project(tmp_path)


def test_folder_without_a_project_is_explained(tmp_path: Path) -> None:
    """No alembic.ini here or above: the message says how to name one."""
    for command in (["sql", "base:head"], ["check"], ["list"]):
        outcome = run_cli(tmp_path, *command)
        assert outcome.code == 2
        assert "no alembic.ini" in outcome.err
        assert "-c path/to/alembic.ini" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_failing_bundle_keeps_the_one_that_is_there(tmp_path: Path) -> None:
    """A range that could be written once stays as it was when it can't be any more."""
    project = make_project(tmp_path, LINE)
    assert project.run("sql", "base:head").code == 0
    (broken,) = [rev for rev in revs(LINE) if rev.id == "bb30"]
    project.put(Rev(broken.id, broken.down, upgrade='op.execute("SELECT :v")'))
    before = tree(project.output)
    assert project.run("sql", "base:head").code == 2
    assert tree(project.output) == before


def test_two_projects_in_one_process_keep_their_modules_apart(tmp_path: Path) -> None:
    """They may have modules of the same name; what one has imported is not what the other means."""
    emits = "from shop.names import NAME\nfrom helper import NUMBER\nop.execute(f\"SELECT '{NAME} {NUMBER}'\")"
    for number, name in enumerate(("first", "second")):
        project = make_project(tmp_path / name, [Rev("a", upgrade=emits)], f"import shop.names\n{OFFLINE_ENV}")
        (project.root / "shop").mkdir()
        (project.root / "shop" / "names.py").write_text(f"NAME = {name!r}\n")
        (project.root / "helper.py").write_text(f"NUMBER = {number}\n")
    code = (
        "import os; from changescript.cli import main\n"
        "for name in ('first', 'second', 'first'):\n"
        f"    os.chdir(os.path.join({str(tmp_path)!r}, name))\n"
        "    main(['sql', 'base:a', '--stdout'], standalone_mode=False)"
    )
    outcome = run_cli(tmp_path, code=code)
    assert outcome.code == 0, outcome.err
    emitted = [line for line in outcome.out.splitlines() if line.startswith(("SELECT 'first", "SELECT 'second"))]
    assert emitted == ["SELECT 'first 0';", "SELECT 'second 1';", "SELECT 'first 0';"]


def test_folder_that_has_been_removed_is_explained(tmp_path: Path) -> None:
    """As another terminal may have done."""
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f'cd "{gone}" && rmdir "{gone}" && exec "{sys.executable}" -m changescript list'
    outcome = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert outcome.returncode == 2
    assert "the folder that you stand in has been removed" in outcome.stderr
