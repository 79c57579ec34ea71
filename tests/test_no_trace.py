"""What revisions do besides emitting SQL: it is refused by name, or leaves no trace; and no clock decides a script."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from changescript.isolation import contained
from tests.projects import Rev, ThrowAway, contents, make_project

if TYPE_CHECKING:
    from pathlib import Path

SELECT = "op.execute('SELECT 1')"

REFUSED = {
    "sys.exit": ("import sys\nsys.exit(0)", 17, "failed offline: SystemExit"),
    "os._exit": ("import os\nos._exit(0)", 17, "failed offline: SystemExit"),
    "an error that nobody catches": ("class Odd(BaseException): pass\nraise Odd", 17, "failed offline: Odd"),
    "a file is written": ("open('x.txt', 'w')", 16, "changes files"),
    "a file is written by pathlib": ("from pathlib import Path\nPath('x.txt').write_text('x')", 17, "changes files"),
    "a file is written by another thread": (
        (
            "import threading\nimport contextlib\ndef write():\n    with contextlib.suppress(OSError):\n"
            "        open('x.txt', 'a')\nthread = threading.Thread(target=write)\nthread.start()\nthread.join()"
        ),
        20,
        "changes files",
    ),
    "a failure to write is swallowed": ("try:\n    open('x.txt', 'x')\nexcept OSError:\n    pass", 17, "changes files"),
    "a file is removed": ("import os\nos.remove('alembic.ini')", 17, "changes files"),
    "a file is moved": ("import os\nos.replace('alembic.ini', 'x.ini')", 17, "changes files"),
    "a folder is made": ("import os\nos.makedirs('exports', exist_ok=True)", 17, "changes files"),
    "a program is started": ("import subprocess\nsubprocess.run(['touch', 'x.txt'])", 17, "starts another program"),
    "a shell is started": ("import os\nos.system('touch x.txt')", 17, "starts another program"),
    "the network is asked": (
        "import socket\nsocket.create_connection(('127.0.0.1', 9))",
        17,
        "asks the network",
    ),
    "the network's silence is swallowed": (
        "import urllib.request\ntry:\n    urllib.request.urlopen('http://localhost:9/')\nexcept OSError:\n    pass",
        18,
        "asks the network",
    ),
    "a database is opened": ("import sqlite3\nsqlite3.connect('app.db')", 17, "opens a connection of its own"),
    "an engine's failure is swallowed": (
        "try:\n    sa.create_engine('sqlite:///app.db').connect()\nexcept Exception:\n    pass",
        17,
        "opens a connection of its own",
    ),
}


@pytest.mark.parametrize("act", REFUSED)
def test_what_is_no_sql_is_refused_with_its_line(act: str, tmp_path: Path) -> None:
    """Even where the revision goes on as if nothing were; and nothing of it is done."""
    upgrade, line, said = REFUSED[act]
    project = make_project(tmp_path / "project", [Rev("a", upgrade=f"{upgrade}\n{SELECT}")])
    before = contents(project.root)
    outcome = project.run("sql", "base:a")
    assert outcome.code == 2, outcome.text
    assert f"revision a (migrations/versions/a.py:{line}): upgrade() {said}" in outcome.err
    assert contents(project.root) == before


def test_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that waits for a person would be asked in the dark, and the answer would decide the script."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    with contained(), pytest.raises(EOFError):
        input()
    assert sys.stdin.readline() == "yes\n"


def test_file_that_ends_the_process_is_refused(tmp_path: Path) -> None:
    """Else nothing would be written, with exit code 0."""
    project = _with_lines_above("import os\nos._exit(0)", SELECT, tmp_path)
    outcome = project.run("sql", "base:a")
    assert outcome.code == 2
    assert "SystemExit" in outcome.err


@pytest.mark.parametrize(
    "act",
    ["open('x.txt', 'w')", "import os\nos.makedirs('exports')", "import subprocess\nsubprocess.run(['touch', 'x'])"],
)
def test_file_that_changes_something_when_it_is_loaded_is_refused(act: str, tmp_path: Path) -> None:
    """As its function would be; nothing of it is done."""
    project = _with_lines_above(act, SELECT, tmp_path)
    before = contents(project.root)
    outcome = project.run("sql", "base:a")
    assert outcome.code == 2
    assert "it can't be loaded: ChangeRefusedOffline\n  loading a revision must change nothing" in outcome.err
    assert contents(project.root) == before


HARMLESS = {
    "it goes elsewhere": "import os\nos.chdir('/')",
    "it prints": "print('seeding')",
    "it logs": "import logging\nlogging.getLogger('x').warning('seeding')",
    "it reads data of the project": "assert '[alembic]' in open('alembic.ini').read()",
    "it reads a file outside": "import os\nassert open(os.__file__).read()",
    "it uses a file that goes away": (
        "import tempfile\nwith tempfile.TemporaryDirectory():\n    pass\nwith tempfile.NamedTemporaryFile() as file:\n"
        "    file.write(b'1')"
    ),
    "it takes the time": "import time\nstart = time.time()\nprint(time.time() - start, time.strftime('%H:%M'))",
}


@pytest.mark.parametrize("act", HARMLESS)
def test_what_changes_nothing_leaves_no_trace(act: str, tmp_path: Path) -> None:
    """The script is that of a revision which does nothing of it."""
    project = make_project(tmp_path / "project", [Rev("a", upgrade=f"{HARMLESS[act]}\n{SELECT}")])
    before = contents(project.root)
    outcome = project.run("sql", "base:a", "--stdout")
    assert outcome.code == 0, outcome.text
    assert "SELECT 1;" in outcome.out
    assert "seeding" not in outcome.out
    assert contents(project.root) == before


EXECUTE = "op.execute(f\"UPDATE t SET v = '{%s}'\")"
TOLD_BY_A_CLOCK = {
    "imported in the function": ("", "import datetime\n" + EXECUTE % "datetime.date.today()"),
    "imported above it": ("from datetime import date", EXECUTE % "date.today()"),
    "the year alone": ("import datetime as dt", EXECUTE % "dt.datetime.now().year"),
    "whole seconds": ("import time", EXECUTE % "int(time.time())"),
    "formatted": ("from time import strftime", EXECUTE % "strftime('%%Y-%%m')".replace("%%", "%")),
    "kept by the module": ("import datetime\nTODAY = datetime.date.today()", EXECUTE % "TODAY"),
    "told by a helper": ("from helper import day", EXECUTE % "day()"),
    "no clock, but kept by the module": ("import uuid\nID = uuid.uuid4()", EXECUTE % "ID"),
}


@pytest.mark.parametrize("kind", TOLD_BY_A_CLOCK)
def test_what_a_clock_tells_is_refused_however_coarse(kind: str, tmp_path: Path) -> None:
    """Two runs of a revision in one second say the same, and yet the script of tomorrow would be another."""
    above, upgrade = TOLD_BY_A_CLOCK[kind]
    project = _with_lines_above(above, upgrade, tmp_path)
    (project.root / "helper.py").write_text("from datetime import date\n\n\ndef day():\n    return date.today()\n")
    outcome = project.run("sql", "base:a")
    assert outcome.code == 2, outcome.text
    assert "it emits something else each time it runs" in outcome.err


DATES = """\
t = sa.table("t", sa.column("d", sa.Date), sa.column("e", sa.DateTime))
op.bulk_insert(t, [{"d": date(2020, 1, 2), "e": datetime(2020, 1, 2, 3)}])
assert isinstance(date(2020, 1, 1), date) and not isinstance(date(2020, 1, 1), datetime)
op.execute(sa.text("UPDATE t SET d = :d").bindparams(d=datetime.fromisoformat("2021-01-02")))
op.execute(sa.text("UPDATE t SET d = :d").bindparams(d=datetime.strptime("2022", "%Y").date() - timedelta(days=1)))
"""


def test_dates_that_no_clock_tells_are_rendered(tmp_path: Path) -> None:
    """They are made by the same classes."""
    project = _with_lines_above("from datetime import date, datetime, timedelta", DATES, tmp_path)
    outcome = project.run("sql", "base:a", "--stdout")
    assert outcome.code == 0, outcome.text
    assert [each for each in ("2020-01-02", "2021-01-02", "2021-12-31") if f"'{each}" not in outcome.out] == []


def _with_lines_above(above: str, upgrade: str, tmp_path: Path) -> ThrowAway:
    """Return a project of one revision, with lines above its functions."""
    project = make_project(tmp_path / "project", [Rev("a", upgrade=upgrade)])
    file = project.file_of("a")
    file.write_text(file.read_text().replace("def upgrade", f"{above}\n\n\ndef upgrade"))
    return project
