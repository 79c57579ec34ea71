"""A bundle's folder is written whole or not at all, only where it belongs, and loses nobody's files."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from changescript.bundle import read_bundle, read_bundles, read_sums, write_bundle
from changescript.errors import WriteError
from tests.projects import cli_environment, contents, tree
from tests.two_versions import NAME, NEW, OLD, plain, version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from changescript.content import Content


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return a sql_out that holds the old version."""
    write_bundle(tmp_path / "sql_out", NAME, OLD)
    return tmp_path / "sql_out"


def start(code: str, *args: str, before: Callable[[], object] | None = None) -> subprocess.Popen[str]:
    """Start a process that has the two versions and the place at hand, and runs `code`."""
    opening = """\
    import ctypes, errno, os, signal, sys
    from pathlib import Path
    from changescript.bundle import write_bundle
    from changescript.errors import WriteError
    from tests.two_versions import NAME, NEW, OLD, version
    output = Path(sys.argv[1])
    """
    root = str(Path(__file__).parents[1])
    environment = cli_environment()
    environment["PYTHONPATH"] += os.pathsep + root
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(opening) + textwrap.dedent(code), *args],
        env=environment,
        preexec_fn=before,  # noqa: PLW1509  # the tests start no threads
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> int:
    """Wait for a process, and show what it said if it failed by a traceback."""
    said, _ = process.communicate(timeout=60)
    assert "Traceback" not in said, said
    return process.returncode


# What is written ----------------------------------------------------------------------------------


def test_folder_holds_exactly_the_files(tmp_path: Path) -> None:
    """Folders above it are made; nothing else stays behind."""
    folder = write_bundle(tmp_path / "deep" / "sql_out", NAME, OLD)
    assert folder == tmp_path / "deep" / "sql_out" / NAME
    assert contents(tmp_path) == {f"deep/sql_out/{NAME}/{name}": data for name, data in plain(OLD).items()}


def test_folder_can_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    """Not by the writer alone, as temporary folders are."""
    mask = os.umask(0o022)
    try:
        folder = write_bundle(tmp_path, NAME, OLD)
    finally:
        os.umask(mask)
    assert folder.stat().st_mode & 0o777 == 0o755
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o644}


def test_sha256sum_accepts_the_sums(output: Path) -> None:
    """A DBA checks a bundle with nothing but coreutils."""
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]  # from PATH, as a DBA calls it
    done = subprocess.run(command, cwd=output / NAME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "manifest.json: OK\nrollback.sql: OK\nupgrade.sql: OK\n"
    (output / NAME / "upgrade.sql").write_text("-- edited\n")
    assert subprocess.run(command, cwd=output / NAME, capture_output=True, check=False).returncode == 1


def test_sums_name_every_file_but_themselves() -> None:
    """Whatever is in the folder is signed with it."""
    sums = read_sums(OLD["SHA256SUMS"].read())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in plain(OLD).items() if name != "SHA256SUMS"}


def test_bundle_reads_back_as_it_was_written(output: Path) -> None:
    """Bytes and manifest; a signature beside them is no file of the bundle."""
    (output / NAME / "SHA256SUMS.asc").write_text("signed")
    (bundle,) = read_bundles(output)
    assert bundle.name == NAME
    assert bundle.files == OLD
    assert bundle.manifest is not None
    assert bundle.manifest["word"] == "old"


def test_bundles_are_the_folders_and_come_sorted(output: Path) -> None:
    """Neither a file beside them nor what a killed run left is one."""
    write_bundle(output, "b__c", OLD)
    write_bundle(output, "a__a", OLD)
    (output / "README").write_text("ours")
    (output / ".unfinished-x").mkdir()
    (output / f".previous-{NAME}").mkdir()
    assert [bundle.name for bundle in read_bundles(output)] == ["a__a", NAME, "b__c"]
    assert read_bundles(output / "nowhere") == []


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 99}', '"x"', "\udcff"])
def test_unreadable_manifest_is_none(output: Path, text: str) -> None:
    """A folder with something else in it is still a folder that can be looked at."""
    (output / NAME / "manifest.json").write_text(text, errors="surrogateescape")
    assert read_bundle(output / NAME).manifest is None


# Killed, full, broken -----------------------------------------------------------------------------

KILLED_AT = """
    import pathlib
    calls = 0
    def dying(call):
        def instead(*args, **kwargs):
            global calls
            calls += 1
            if calls == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **kwargs)
        return instead
"""
KILLED_AT_SYNC = KILLED_AT + "    os.fsync = dying(os.fsync)\n    write_bundle(output, NAME, NEW)\n"
NO_EXCHANGE = "    ctypes.CDLL = lambda *args, **kwargs: object()\n"
KILLED_AT_RENAME = (
    KILLED_AT
    + NO_EXCHANGE
    + "    pathlib.Path.rename = dying(pathlib.Path.rename)\n    write_bundle(output, NAME, NEW)\n"
)


@pytest.mark.parametrize("call", range(1, 7))
def test_run_killed_at_any_write_leaves_a_whole_folder(output: Path, call: int) -> None:
    """The old version until the swap, the new one from then on; the next run clears up."""
    process = start(KILLED_AT_SYNC, str(output), str(call))
    assert finish(process) == -signal.SIGKILL
    assert contents(output / NAME) == plain(NEW if call == 6 else OLD)
    assert [bundle.name for bundle in read_bundles(output)] == [NAME]
    write_bundle(output, "b__c", NEW)
    assert sorted(path.name for path in output.iterdir()) == [NAME, "b__c"]
    assert contents(output / NAME) == plain(NEW if call == 6 else OLD)


def test_killed_first_run_leaves_no_folder(tmp_path: Path) -> None:
    """Not even an empty one under the bundle's name."""
    process = start(KILLED_AT_SYNC, str(tmp_path), "3")
    assert finish(process) == -signal.SIGKILL
    assert read_bundles(tmp_path) == []
    assert not (tmp_path / NAME).exists()


def test_run_killed_at_a_random_moment_leaves_a_whole_folder(output: Path) -> None:
    """Whenever it is: whole, and either version."""
    endless = """
    print("ready", flush=True)
    while True:
        write_bundle(output, NAME, OLD)
        write_bundle(output, NAME, NEW)
    """
    chance = random.Random(20)  # noqa: S311  # moments, not secrets
    for _ in range(8):
        process = start(endless, str(output))
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        assert finish(process) == -signal.SIGKILL
        assert contents(output / NAME) in (plain(OLD), plain(NEW))
    write_bundle(output, NAME, NEW)
    assert [path.name for path in output.iterdir()] == [NAME]


@pytest.mark.parametrize(("call", "stays"), [(1, OLD), (2, None), (3, NEW)])
def test_system_without_an_exchange_can_be_recovered(
    output: Path, call: int, stays: Mapping[str, Content] | None
) -> None:
    """Two renames leave a moment without a folder: what was there is put back by the next run."""
    writes_again = "    write_bundle(output, NAME, OLD)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    process = start(KILLED_AT_RENAME + writes_again, str(output), str(call))
    assert finish(process) == -signal.SIGKILL
    if stays is None:
        assert not (output / NAME).exists()
        assert contents(output / f".previous-{NAME}") == plain(OLD)
    else:
        assert contents(output / NAME) == plain(stays)
    write_bundle(output, "b__c", NEW)
    assert contents(output / NAME) == plain(stays or OLD)
    assert sorted(path.name for path in output.iterdir()) == [NAME, "b__c"]


def test_without_an_exchange_the_folder_is_replaced_all_the_same(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system, or a file system, that can't swap two folders."""
    monkeypatch.setattr(ctypes, "CDLL", lambda *_args, **_options: object())
    write_bundle(output, NAME, NEW)
    assert contents(output) == {f"{NAME}/{name}": data for name, data in plain(NEW).items()}


def test_previous_folder_beside_a_whole_one_is_cleared_away(output: Path) -> None:
    """A run that was killed after the swap had only the old one left to remove."""
    (output / f".previous-{NAME}").mkdir()
    (output / f".previous-{NAME}" / "upgrade.sql").write_text("-- older\n")
    write_bundle(output, "b__c", NEW)
    assert contents(output / NAME) == plain(OLD)
    assert not (output / f".previous-{NAME}").exists()


@pytest.mark.parametrize("limit", [1, 5000, 13_000])
def test_full_disk_leaves_the_folder_as_it_was(output: Path, limit: int) -> None:
    """The write fails with a message, and nothing half-done stays behind."""
    before = tree(output)
    failing = """
    try:
        write_bundle(output, NAME, NEW)
    except WriteError as error:
        print(error, error.hint)
        sys.exit(7)
    """
    process = start(
        failing,
        str(output),
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert finish(process) == 7
    assert _without_times(tree(output)) == _without_times(before)


def _without_times(found: Mapping[str, Sequence[object]]) -> dict[str, Sequence[object]]:
    return {path: state[:2] for path, state in found.items()}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("failing_call", range(1, 6))
def test_error_at_any_write_leaves_the_folder_as_it_was(
    output: Path, monkeypatch: pytest.MonkeyPatch, failing_call: int, code: int
) -> None:
    """A disk that fills up at any file, and one that fails."""
    real, calls = os.fsync, 0

    def fsync(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == failing_call:
            raise OSError(code, os.strerror(code))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(WriteError, match=os.strerror(code)) as caught:
        write_bundle(output, NAME, NEW)
    assert NAME in str(caught.value)
    assert caught.value.hint
    assert contents(output) == {f"{NAME}/{name}": data for name, data in plain(OLD).items()}


def test_interrupted_run_leaves_the_folder_as_it_was(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C clears up what it had begun."""

    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bundle(output, NAME, NEW)
    assert contents(output) == {f"{NAME}/{name}": data for name, data in plain(OLD).items()}


# Two at once --------------------------------------------------------------------------------------


def test_runs_at_once_never_mix(output: Path) -> None:
    """Four writers of two versions: a reader always sees one of them, whole."""
    writer = """
    files = {"old": OLD, "new": NEW}[sys.argv[2]]
    for _ in range(12):
        write_bundle(output, NAME, files)
    """
    writers = [start(writer, str(output), word) for word in ("old", "new", "old", "new")]
    seen = set()
    while any(process.poll() is None for process in writers):
        seen.add(_read_at_once(output / NAME))
    assert [finish(process) for process in writers] == [0, 0, 0, 0]
    assert seen == {_frozen(plain(OLD)), _frozen(plain(NEW))}
    assert [path.name for path in output.iterdir()] == [NAME]


def _frozen(files: Mapping[str, bytes]) -> frozenset[tuple[str, bytes]]:
    return frozenset(files.items())


def _read_at_once(folder: Path) -> frozenset[tuple[str, bytes]]:
    """Return the files of the folder that stands there now, again if it is replaced meanwhile."""
    while True:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            found = {name: _read_in(descriptor, name) for name in os.listdir(descriptor)}  # noqa: PTH208  # no path
        except FileNotFoundError:
            found = {}
        replaced = os.fstat(descriptor).st_ino != folder.stat().st_ino
        os.close(descriptor)
        if not replaced:
            return _frozen(found)


def _read_in(folder: int, name: str) -> bytes:
    with open(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:  # noqa: PTH123  # no path
        return file.read()


def test_runs_at_once_write_different_bundles(tmp_path: Path) -> None:
    """One doesn't take the other's unfinished folder for what a killed run left."""
    writer = """
    for number in range(6):
        write_bundle(output, f"{sys.argv[2]}__{number}", version(sys.argv[2]))
    """
    processes = [start(writer, str(tmp_path), word) for word in ("p", "q", "r")]
    assert [finish(process) for process in processes] == [0, 0, 0]
    assert {bundle.name: bundle.files for bundle in read_bundles(tmp_path)} == {
        f"{word}__{number}": version(word) for word in ("p", "q", "r") for number in range(6)
    }


# Only where it belongs ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["folder", "dangling", "file"])
@pytest.mark.parametrize("place", ["sql_out", f"sql_out/{NAME}"])
def test_symbolic_link_in_the_place_of_a_folder_is_refused(tmp_path: Path, place: str, kind: str) -> None:
    """Wherever it leads, and if it leads nowhere: nothing is written on either side."""
    target = tmp_path / "elsewhere"
    if kind == "folder":
        write_bundle(target, NAME, OLD)
        (target / "notes.txt").write_text("mine")
    elif kind == "file":
        target.write_text("mine")
    link = tmp_path / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target)
    before = tree(tmp_path)
    with pytest.raises(WriteError, match="symbolic link") as caught:
        write_bundle(tmp_path / "sql_out", NAME, NEW)
    assert caught.value.hint
    assert tree(tmp_path) == before


def test_symbolic_link_in_the_place_of_a_file_is_replaced_itself(output: Path, tmp_path: Path) -> None:
    """What it led to keeps its content, and is not read as the bundle's either."""
    target = tmp_path / "precious.sql"
    target.write_text("mine")
    (output / NAME / "upgrade.sql").unlink()
    (output / NAME / "upgrade.sql").symlink_to(target)
    assert read_bundle(output / NAME).files["upgrade.sql"].read() == b""
    write_bundle(output, NAME, NEW)
    assert target.read_text() == "mine"
    assert not (output / NAME / "upgrade.sql").is_symlink()
    assert contents(output / NAME) == plain(NEW)


@pytest.mark.parametrize("leftover", [".unfinished-x", f".previous-{NAME}", ".previous-other"])
def test_symbolic_link_in_the_place_of_a_leftover_leads_nowhere(output: Path, tmp_path: Path, leftover: str) -> None:
    """Clearing up removes nothing beyond it."""
    target = tmp_path / "elsewhere"
    target.mkdir()
    (target / "notes.txt").write_text("mine")
    (output / leftover).symlink_to(target)
    try:
        write_bundle(output, NAME, NEW)
    except WriteError:
        assert contents(output / NAME) == plain(OLD)
    else:
        assert contents(output / NAME) == plain(NEW)
    assert contents(target) == {"notes.txt": b"mine"}


@pytest.mark.parametrize("stranger", ["notes.txt", "preflight.sql", "upgrade.sql.bak", ".hidden"])
def test_file_of_somebody_else_is_not_lost(output: Path, stranger: str) -> None:
    """The folder is replaced as a whole, so a file that isn't ours stops it."""
    (output / NAME / stranger).write_text("mine")
    before = tree(output)
    with pytest.raises(WriteError, match="did not write") as caught:
        write_bundle(output, NAME, NEW)
    assert stranger in str(caught.value)
    assert caught.value.hint
    assert tree(output) == before


def test_folder_of_somebody_else_is_not_lost(output: Path) -> None:
    """Not even where it stands under the name of one of our files."""
    (output / NAME / "upgrade.sql").unlink()
    (output / NAME / "upgrade.sql").mkdir()
    (output / NAME / "upgrade.sql" / "notes.txt").write_text("mine")
    with pytest.raises(WriteError):
        write_bundle(output, NAME, NEW)
    assert (output / NAME / "upgrade.sql" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("place", ["sql_out", f"sql_out/{NAME}"])
def test_file_in_the_place_of_a_folder_is_refused(tmp_path: Path, place: str) -> None:
    """It stays, and the message names it."""
    file = tmp_path / place
    file.parent.mkdir(exist_ok=True)
    file.write_text("mine")
    with pytest.raises(WriteError) as caught:
        write_bundle(tmp_path / "sql_out", NAME, NEW)
    assert file.name in str(caught.value)
    assert caught.value.hint
    assert contents(tmp_path) == {place: b"mine"}


def test_folder_without_the_right_to_write_is_refused(output: Path) -> None:
    """The message says so; nothing changes."""
    as_nobody = """
    os.chdir(output.parent)
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        write_bundle(Path("sql_out"), NAME, NEW)
    except WriteError as error:
        assert "Permission denied" in str(error), error
        sys.exit(7)
    """
    output.chmod(0o555)
    output.parent.chmod(0o755)
    try:
        assert finish(start(as_nobody, str(output))) == 7
    finally:
        output.chmod(0o755)
    assert contents(output) == {f"{NAME}/{name}": data for name, data in plain(OLD).items()}
