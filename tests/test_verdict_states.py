"""What a look at a file, a folder or a clock is compared by."""

from __future__ import annotations

import os
import py_compile
import sys
from importlib.util import cache_from_source
from typing import TYPE_CHECKING

import pytest

from changescript.verdicts import Memory
from changescript.verdicts.clocks import Clock, clock_of
from changescript.verdicts.states import (
    EXACT,
    FILE,
    FOLDER,
    INSTALLED,
    KIND,
    LINK,
    MODULES,
    NAMES,
    SOURCE,
    digest_of,
    state_of,
    variables_in,
)
from changescript.verdicts.store import CI
from changescript.verdicts.watching import noted, settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from changescript.verdicts.looks import Looks

SECOND = 10**9
OLD = 1_000 * SECOND


def states(path: Path) -> dict[str, bytes]:
    """Return what each way to look at a path tells."""
    ways = (FILE, SOURCE, INSTALLED, FOLDER, MODULES, NAMES, KIND, LINK, EXACT)
    return {how: state_of((how, str(path))) for how in ways}


def test_what_is_not_there_is_a_state_too(tmp_path: Path) -> None:
    """And another one than of what is there and empty."""
    missing = states(tmp_path / "x")
    assert set(missing.values()) == {b"ENOENT"}
    (tmp_path / "x").touch()
    there = states(tmp_path / "x")
    assert [how for how in there if there[how] == missing[how]] == []


def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Nobody writes to it."""
    os.mkfifo(tmp_path / "pipe")
    assert state_of((FILE, str(tmp_path / "pipe"))) == b"other"


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_the_last_byte_counts(tmp_path: Path, size: int) -> None:
    """Also where a file is read in pieces."""
    file = tmp_path / "x"
    found = set()
    for end in (b"", b"a", b"b"):
        file.write_bytes(b"x" * size + end)
        found.add(state_of((FILE, str(file))))
    assert len(found) == 3


def compiled(source: Path, text: str, at: int, until: int) -> Path:
    """Compile a source that was written at one time, at another; return the compiled file."""
    source.write_text(text)
    os.utime(source, ns=(at, at))
    file = cache_from_source(str(source))
    py_compile.compile(str(source), cfile=file)
    os.utime(file, ns=(until, until))
    return source.parent / "__pycache__" / os.path.basename(file)  # noqa: PTH119 - text, as Python gives it


def test_source_counts_and_not_what_python_compiles_of_it(tmp_path: Path) -> None:
    """A new checkout has the same sources, and other times."""
    source = tmp_path / "x.py"
    source.write_text("A = 1")
    alone = state_of((SOURCE, str(source)))
    compiled(source, "A = 1", OLD, OLD + SECOND)
    assert state_of((SOURCE, str(source))) == alone
    os.utime(source, ns=(OLD + 5, OLD + 5))
    assert state_of((SOURCE, str(source))) == alone
    source.write_text("A = 2")
    assert state_of((SOURCE, str(source))) != alone


def test_compiled_file_counts_where_python_may_run_it_for_another_text(tmp_path: Path) -> None:
    """A source of the same length, written in the second in which the one before was compiled, is not compiled anew."""
    source = tmp_path / "x.py"
    file = compiled(source, "A = 1", OLD + 1, OLD + 2)
    source.write_text("A = 2")
    os.utime(source, ns=(OLD + 3, OLD + 3))
    stale = state_of((SOURCE, str(source)))
    file.unlink()
    assert state_of((SOURCE, str(source))) != stale


def _becomes_folder(folder: Path) -> None:
    (folder / "file").unlink()
    (folder / "file").mkdir()


def _becomes_link(folder: Path) -> None:
    (folder / "file").unlink()
    (folder / "file").symlink_to("x.py")


def _compile(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / "__pycache__").mkdir()
        (folder / "__pycache__" / f"{name}.cpython-311.pyc").touch()

    return change


FOLDERS: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "a module": (lambda folder: (folder / "m.py").touch(), {FOLDER, MODULES, NAMES}),
    "another file": (lambda folder: (folder / "m.txt").touch(), {FOLDER, NAMES}),
    "a folder": (lambda folder: (folder / "m").mkdir(), {FOLDER, MODULES, NAMES}),
    "a folder that becomes a package": (lambda folder: (folder / "data" / "__init__.py").touch(), {MODULES}),
    "a distribution": (lambda folder: (folder / "m-1.dist-info").mkdir(), {FOLDER, MODULES, NAMES}),
    "a file that becomes a folder": (_becomes_folder, {FOLDER, MODULES}),
    "a file that becomes a link": (_becomes_link, {FOLDER}),
    "what Python compiles": (_compile("x"), set()),
    "what is compiled and has no source": (_compile("y"), {FOLDER}),
}


@pytest.mark.parametrize("what", FOLDERS)
def test_folder_is_another_one_for_who_looks_at_what_has_changed(what: str, tmp_path: Path) -> None:
    """An import does not look at data, and nobody looks at what Python compiles."""
    change, seen = FOLDERS[what]
    (tmp_path / "x.py").touch()
    (tmp_path / "file").touch()
    (tmp_path / "data").mkdir()
    before = states(tmp_path)
    change(tmp_path)
    after = states(tmp_path)
    assert {how for how in (FOLDER, MODULES, NAMES) if after[how] != before[how]} == seen


def test_parts_can_not_be_cut_in_another_way() -> None:
    """Else what is in one file could stand for what is in two."""
    assert len({digest_of(parts) for parts in ([b"ab"], [b"a", b"b"], [b"", b"ab"], [b"1:ab"])}) == 4
    unset, empty = (list(variables_in(["A"], environment)) for environment in ({}, {"A": ""}))
    assert unset != empty


CLOCKS = {
    "x = 1": Clock.NEVER,
    "import datetime\nx = datetime.time(8, 30)": Clock.NEVER,
    "x = mapped_column(server_default=func.now(), onupdate=sa.func.now())": Clock.NEVER,
    "x = text('now()')  # today()": Clock.NEVER,
    "x = day.strftime('%Y')": Clock.NEVER,
    "x = mapped_column(default=datetime.utcnow)": Clock.PERHAPS,
    "def f():\n    return date.today()": Clock.PERHAPS,
    "f = lambda: datetime.now(UTC)": Clock.PERHAPS,
    "x = date.today()": Clock.AT_ONCE,
    "x = time.strftime('%Y')": Clock.AT_ONCE,
    "class A:\n    x = int(time.time())": Clock.AT_ONCE,
    "def f(day=date.today()):\n    pass": Clock.AT_ONCE,
    "from time import time as t\nx = t()": Clock.AT_ONCE,
    "now(": Clock.AT_ONCE,
}


@pytest.mark.parametrize("code", CLOCKS)
def test_clock_is_seen_in_the_syntax(code: str) -> None:
    """Functions of the database are none, and what a function does is done later."""
    assert clock_of(code.encode()) is CLOCKS[code]


def _no_clocks(looks: Looks) -> set[str]:
    """Return all files, so that none counts that another test has imported."""
    return {str(getattr(module, "__file__", "")) for module in sys.modules.values()} | {path for _, path in looks.first}


@pytest.mark.parametrize("age", [0, 3600])
def test_file_that_changes_meanwhile_leaves_no_verdict(tmp_path: Path, age: int) -> None:
    """Nobody knows which of its texts was read."""
    file = tmp_path / "x.txt"
    file.write_text("1")
    with noted(str(tmp_path)) as looks:
        looks.note_file(str(file))
        os.utime(file, ns=(OLD - age, OLD - age))
        file.write_text("2")
        os.utime(file, ns=(OLD - age, OLD - age))
    assert settle(looks, _no_clocks(looks)) is None
    with noted(str(tmp_path)) as looks:
        file.read_text()
    assert (FILE, str(file)) in (settle(looks, _no_clocks(looks)) or [])


def test_everything_is_as_it_was_behind_it(tmp_path: Path) -> None:
    """Nothing is noted any more."""
    kinds = os.stat, os.lstat, type(os.environ), type(os.environb)
    with noted(str(tmp_path)) as looks:
        assert (os.stat, type(os.environ)) != (kinds[0], kinds[2])
    assert (os.stat, os.lstat, type(os.environ), type(os.environb)) == kinds
    (tmp_path / "x").write_text("1")
    (tmp_path / "x").read_text()
    assert (FILE, str(tmp_path / "x")) not in looks.first


def test_verdict_holds_for_its_hour_where_a_function_may_ask_a_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the function gives may be another thing in the next."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in CI:
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "project" / "helper.py"
    file.parent.mkdir()
    file.write_text("def day():\n    return date.today()\n")
    memory = Memory(file.parent)
    with memory.watching():
        file.read_text()
        memory.remember("question", "answer", {str(getattr(each, "__file__", "")) for each in sys.modules.values()})
    assert Memory(file.parent).recall("question") == "answer"
    monkeypatch.setattr("changescript.verdicts.hour", lambda: "another")
    assert Memory(file.parent).recall("question") is None
