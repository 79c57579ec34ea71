"""Revision files that can't be loaded, and what running one may do: each stands for itself."""

from __future__ import annotations

import builtins
import socket
import sys
from pathlib import Path

import pytest

from changescript.errors import HistoryError, RevisionError
from changescript.history import (
    files,
    plan_upgrade,
    resolve_range,
    uncovered_revisions,
)
from tests.graphs import as_we_have_it, load
from tests.projects import ThrowAway, make_project

FORK = "a1; b1 < a1; c1 < a1; m1 < b1 c1"

BROKEN = {
    "does not import": "import not_there\n",
    "has no syntax": ") oops\n",
    "exits": "import sys\nsys.exit(3)\n",
    "exits hard": "raise BaseException\n",
    "fails late": "x = 1 / 0\n",
    "asks the network": "import socket\nsocket.create_connection(('192.0.2.1', 1), 0.1)\n",
    "looks a name up": "import socket\nsocket.gethostbyname('db.example.org')\n",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_file_stops_the_ranges_that_hold_it_alone(kind: str, tmp_path: Path) -> None:
    """It is loaded, listed and planned; asked to run, it is refused by its line."""
    project = make_project(tmp_path, FORK)
    file = project.file_of("b1")
    line = file.read_text().count("\n") + BROKEN[kind].count("\n")
    file.write_text(file.read_text() + BROKEN[kind])
    history = load(project)
    assert as_we_have_it(history)["b1"][:2] == (("a1",), ())
    assert plan_upgrade(history, resolve_range(history, "base:heads"))
    assert callable(history.load_module("c1").upgrade)
    with pytest.raises(RevisionError, match=rf"^revision b1 \(migrations/versions/b1\.py:{line}\): ") as caught:
        history.load_module("b1")
    assert caught.value.hint


def test_helper_that_fails_is_named_beside_the_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line of the revision that imports it, and the line of the helper that raises."""
    project = make_project(tmp_path, "a1; b1 < a1")
    (tmp_path / "failing_helper.py").write_text("\nraise KeyError('secret')\n")
    file = project.file_of("b1")
    file.write_text(file.read_text() + "import failing_helper\n")
    monkeypatch.setattr(sys, "path", sys.path.copy())
    with pytest.raises(RevisionError) as caught:
        load(project).load_module("b1")
    assert "migrations/versions/b1.py:2" in str(caught.value)
    assert "failing_helper.py:2: KeyError" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("is_asked_for", [True, False])
def test_no_file_connects(is_asked_for: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Neither one that is asked for, nor one that runs because it may change what others do."""
    project = make_project(tmp_path, "a1; b1 < a1")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)  # noqa: FBT003
        file = project.file_of("a1")
        file.write_text(file.read_text() + f"import socket\nsocket.create_connection({server.getsockname()})\n")
        history = load(project)
        if is_asked_for:
            with pytest.raises(RevisionError, match=r"ConnectionRefusedOffline") as caught:
                history.load_module("a1")
            assert "write into the revision" in caught.value.hint
        history.load_module("b1")
        with pytest.raises(BlockingIOError):
            server.accept()


UNREADABLE = {
    "computed": 'from not_there import ID\nrevision = ID\ndown_revision = "b1"\n',
    "computed parents": 'from not_there import ID\nrevision = "c1"\ndown_revision = ID\n',
    "no revision": "x = 1\n",
    "no down_revision": 'revision = "c1"\n',
    "no text": 'revision = 1\ndown_revision = "b1"\n',
    "no names": 'revision = "c1"\ndown_revision = [1]\n',
    "no syntax": ")\n",
    "no encoding": "# coding: nothing\n",
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_file_that_tells_nothing_is_named_where_it_matters(kind: str, tmp_path: Path) -> None:
    """Ranges by id stand; what is head, next or new is not told while a file might change the answer."""
    project = make_project(tmp_path, "a1; b1 < a1")
    (tmp_path / "migrations" / "versions" / "odd.py").write_text(UNREADABLE[kind])
    history = load(project)
    assert resolve_range(history, "a1:b1").upper == ("b1",)
    assert resolve_range(history, "base:b1-1").upper == ("a1",)
    for text in ("base:head", "base:heads", "a1:+1", "-1:b1", "base:a1+1"):
        with pytest.raises(HistoryError, match=r"migrations/versions/odd\.py"):
            resolve_range(history, text)
    with pytest.raises(HistoryError, match=r"odd\.py"):
        uncovered_revisions(history, [])


def test_what_stands_on_a_file_that_tells_nothing_is_refused_with_its_reason(tmp_path: Path) -> None:
    """The rest of the graph stands."""
    project = make_project(tmp_path, "a1; b1 < a1; c1 < odd1; d1 < c1")
    (tmp_path / "migrations" / "versions" / "odd.py").write_text("import not_there\nrevision = not_there.ID\n")
    history = load(project)
    assert set(history.revisions) == {"a1", "b1"}
    assert [unplaced.path for unplaced in history.unplaced] == [
        f"migrations/versions/{name}" for name in ("odd.py:1", "c1.py", "d1.py")
    ]
    assert resolve_range(history, "base:b1").upper == ("b1",)
    with pytest.raises(HistoryError, match=r"versions/d1\.py"):
        resolve_range(history, "base:d1")


def test_file_that_can_not_be_opened_is_named(tmp_path: Path) -> None:
    """Such as a link that leads nowhere."""
    project = make_project(tmp_path, "a1")
    (tmp_path / "migrations" / "versions" / "lost.py").symlink_to(tmp_path / "nowhere.py")
    (unplaced,) = load(project).unplaced
    assert "can't be read (No such file" in unplaced.reason


# What running a file may do ------------------------------------------------------------------------


def test_computed_variables_are_those_of_the_file_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs once, whatever asks for it later."""
    project = make_project(tmp_path, "a1")
    text = "import itertools\nfrom pathlib import Path\nrevision = Path(__file__).stem\ndown_revision = 'a' + str(1)\n"
    counted = text + "import builtins\nbuiltins.runs_of_b1.append(1)\n"
    runs: list[int] = []
    monkeypatch.setattr("builtins.runs_of_b1", runs, raising=False)
    put_text(project, "b1.py", counted)
    history = load(project)
    assert history.revisions["b1"].down == ("a1",)
    assert history.load_module("b1") is history.load_module("b1")
    assert history.scripts.get_revision("b1").module is history.load_module("b1")
    assert len(runs) == 1
    assert history.load_copy("b1") is not history.load_module("b1")
    assert len(runs) == 2


def put_text(project: ThrowAway, name: str, text: str) -> Path:
    """Write any file among the revisions."""
    file = project.root / "migrations" / "versions" / name
    file.write_text(text)
    return file


def test_file_that_declares_something_else_when_it_runs_is_refused(tmp_path: Path) -> None:
    """A way to set a variable that no text shows is found before the revision is rendered."""
    project = make_project(tmp_path, "a1; b1 < a1")
    (tmp_path / "renaming_helper.py").write_text(
        "import sys\nframe = sys._getframe()\nwhile 'down_revision' not in frame.f_globals:\n    frame = frame.f_back\n"
        "frame.f_globals['down_revision'] = 'z1'\n"
    )
    file = project.file_of("b1")
    file.write_text(file.read_text() + "import renaming_helper\n")
    kept = sys.path.copy()
    try:
        history = load(project)
        with pytest.raises(RevisionError, match=r"b1\.py:1\): down_revision is another one"):
            history.load_module("b1")
    finally:
        sys.path[:] = kept
        sys.modules.pop("renaming_helper", None)


def test_what_a_file_prints_and_where_it_goes_leaves_no_trace(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """By print, by a stream that somebody kept, and below Python; and the working folder is as before."""
    project = make_project(tmp_path, "a1; b1 < a1")
    file = project.file_of("b1")
    file.write_text(
        file.read_text() + "import os, sys\nprint('by print')\nsys.__stdout__.write('by stream\\n')\n"
        "os.write(1, b'by descriptor')\nos.chdir('/')\n"
    )
    before = Path.cwd()
    load(project).load_module("b1")
    out, err = capfd.readouterr()
    assert out == ""
    assert "by print" in err
    assert "by descriptor" in err
    assert Path.cwd() == before


ACTING = {
    "by itself": "import builtins\nbuiltins.seen_by_others = 1\n",
    "by an import": "import acting_helper\n",
    "by a decorator": "import builtins\n@lambda function: setattr(builtins, 'seen_by_others', 1)\ndef f():\n    pass\n",
}


@pytest.mark.parametrize("kind", ACTING)
def test_file_that_may_change_what_others_do_runs_as_with_alembic(kind: str, tmp_path: Path) -> None:
    """A compiler, a directive or an event that one revision registers for all is there for all."""
    project = make_project(tmp_path, "a1; b1 < a1; c1 < b1")
    (tmp_path / "acting_helper.py").write_text("import builtins\nbuiltins.seen_by_others = 1\n")
    file = project.file_of("a1")
    file.write_text(file.read_text() + ACTING[kind])
    other = project.file_of("b1")
    other.write_text(other.read_text() + "raise SystemExit(3)\n")
    kept = sys.path.copy()
    try:
        history = load(project)
        assert not hasattr(builtins, "seen_by_others")
        history.load_module("c1")
        assert hasattr(builtins, "seen_by_others")
    finally:
        vars(builtins).pop("seen_by_others", None)
        sys.modules.pop("acting_helper", None)
        sys.path[:] = kept


def test_file_that_can_change_nothing_runs_only_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the start costs no more than reading."""
    project = make_project(tmp_path, FORK)
    ran: list[str] = []
    run_one = files.load_revision

    def noting(file: Path) -> object:
        ran.append(file.name)
        return run_one(file)

    monkeypatch.setattr(files, "load_revision", noting)
    history = load(project)
    history.load_module("c1")
    assert ran == ["c1.py"]


@pytest.mark.parametrize(
    ("function", "said"),
    [
        ("async def upgrade():\n    pass", "upgrade() holds `async` or `yield`, so calling it runs nothing"),
        ("def upgrade():\n    yield 1", "upgrade() holds `async` or `yield`, so calling it runs nothing"),
        ("async def upgrade():\n    yield 1", "upgrade() holds `async` or `yield`, so calling it runs nothing"),
        ("def upgrade(engine_name):\n    pass", "upgrade() missing 1 required positional argument: 'engine_name'"),
        ("upgrade = None", "it has no upgrade() function"),
    ],
)
def test_function_that_would_do_nothing_is_no_empty_script(function: str, said: str, tmp_path: Path) -> None:
    """Or a script would say that all is done; the other revisions render."""
    project = make_project(tmp_path / "project", "a; b < a")
    file = project.file_of("b")
    head, _, rest = file.read_text().partition("def upgrade():")
    file.write_text(f"{head}{function}\n\n\ndef downgrade{rest.partition('def downgrade')[2]}")
    outcome = project.run("sql", "a:b")
    assert outcome.code == 2
    assert f"{said}\n" in outcome.err
    assert "revision b (migrations/versions/b.py" in outcome.err
    assert project.run("sql", "base:a").code == 0
