"""Scripts for the sqlite3 shell do what an online run does, or leave the database alone."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from changescript.model import TransactionMode
from tests.db.sqlite import (
    BROKEN,
    BROKEN_MESSAGE,
    FAILED_EXIT,
    OTHER_CLIENTS,
    RUN,
    SHELL,
    SHELL_OPTIONS,
    Bundle,
    File,
    Script,
    ok_line,
    pieces,
    render,
    run_online,
    shell,
    succeeded,
)
from tests.db.sqlite_histories import HISTORIES, History
from tests.projects import Rev

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

pytestmark = pytest.mark.skipif(SHELL is None, reason="no sqlite3: apt-get install sqlite3 brings it")

BATCH = "parents:batch"
OTHER = "0123456789ab"
VERSION_TABLE = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL{});"
KEY = ", CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)"
BY_REVISION = ("own version table", "one after the other")
"""Histories whose env.py asks for a transaction for each revision."""
of_histories = pytest.mark.parametrize("name", HISTORIES)


@pytest.fixture(scope="session")
def roots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write a project for each history."""
    folder = tmp_path_factory.mktemp("histories")
    return {name: history.make(folder / name.replace(" ", "_")) for name, history in HISTORIES.items()}


@pytest.fixture(scope="session")
def bundles(roots: dict[str, Path]) -> dict[str, dict[str, Bundle]]:
    """Render every range of every history."""
    return {name: render(root, HISTORIES[name].ranges) for name, root in roots.items()}


@pytest.fixture(scope="session")
def online(roots: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, File]]:
    """Make a database at each stop of each history, on the way up and, with a hyphen before its name, back."""
    folder = tmp_path_factory.mktemp("online")
    runs, found = [], {}
    for name, history in HISTORIES.items():
        stops = [*(f"+{stop}" for stop in history.stops), *(f"-{stop}" for stop in (*history.stops[-2::-1], "base"))]
        found[name] = {stop: File(folder / f"{name} {stop}.db") for stop in stops}
        copies = [(_alembic_words(name, stop), file) for stop, file in found[name].items()]
        runs.append((roots[name], File(folder / f"{name}.db"), copies))
    run_online(runs)
    return found


def _alembic_words(name: str, stop: str) -> list[str]:
    """Return what `alembic upgrade`, or with a hyphen `alembic downgrade`, is given for a stop."""
    heads = stop[1:].split(",")
    if stop.startswith("+"):
        return heads
    if name == "depends":
        # A revision that only depends on another one does not go with it.
        return {"core2,extra": ["-extra"], "core": ["-extra@base", "-core"], "base": ["-base"]}[stop[1:]]
    # Of two branches one is enough: what stands on it goes, the merge as well.
    return [f"-{heads[0]}"]


@pytest.fixture
def empty(tmp_path: Path) -> File:
    """Make an empty file, which SQLite takes for an empty database."""
    (tmp_path / "app.db").touch()
    return File(tmp_path / "app.db")


def apply(file: File, script: Script) -> None:
    """Run a script that has to work."""
    finished = shell(file, script.text)
    assert succeeded(file, script.upper, finished), finished.output
    assert finished.stderr == ""


@of_histories
def test_scripts_leave_what_online_runs_leave(
    bundles: dict[str, dict[str, Bundle]], online: dict[str, dict[str, File]], empty: File, name: str
) -> None:
    """Up by ranges, down by ranges, and up in one: schema, rows and version rows are those of Alembic online."""
    history, whole = HISTORIES[name], empty.copy("whole.db")
    made = [bundles[name][range_] for range_ in history.ranges[: len(history.stops)]]
    for stop, bundle in zip(history.stops, made, strict=True):
        apply(empty, bundle.upgrade)
        assert empty.state() == online[name][f"+{stop}"].state(), stop
    apply(whole, bundles[name][f"base:{history.stops[-1]}"].upgrade)
    assert whole.state() == empty.state()
    for stop, bundle in zip((*history.stops[-2::-1], "base"), reversed(made), strict=True):
        apply(empty, bundle.rollback)
        assert empty.state() == online[name][f"-{stop}"].state(), stop
    apply(whole, bundles[name][f"base:{history.stops[-1]}"].rollback)
    assert whole.state() == empty.state()


def wrong_rows(script: Script) -> Iterator[tuple[str, ...]]:
    """Yield what the version table may hold that is not what the script starts from."""
    strangers = {
        (),
        script.upper,
        (OTHER,),
        ("base",),
        (", ".join(script.lower),) if len(script.lower) > 1 else ("",),
        (*script.lower, OTHER),
        (*script.lower, *script.lower),
        tuple(sorted({*script.lower, *script.upper})),
        script.lower[:1],
        script.lower[1:],
        *((f"{head}:1",) for head in script.lower),
        (*(head.upper() for head in script.lower),),
    }
    yield from sorted(strangers - {script.lower})


def set_rows(file: File, rows: Sequence[str]) -> None:
    """Put rows into a version table that takes the same one twice."""
    values = "".join(f"INSERT INTO alembic_version VALUES ('{row}');" for row in rows)
    file.execute(f"DROP TABLE IF EXISTS alembic_version; {VERSION_TABLE.format('')} {values}")


def sessions(file: File, text: str) -> Iterator[tuple[str, str, int | None]]:
    """Run a script in every way there is; yield the way, what was shown, and the shell's exit code."""
    (file.path.parent / "sqliterc").write_text(".mode box\n.headers on\n.bail off\nPRAGMA foreign_keys = ON;\n")
    for name, options in SHELL_OPTIONS.items():
        given = [option.replace("sqliterc", str(file.path.parent / "sqliterc")) for option in options]
        finished = shell(file, text, *given)
        yield name, finished.output, finished.exit_code
    for name, client in OTHER_CLIENTS.items():
        yield name, client(file, text), None


def refused_everywhere(file: File, script: Script) -> None:
    """Run the script in every way, and look at what each shows and leaves."""
    before = file.path.read_bytes()
    for name, shown, exit_code in sessions(file, script.text):
        if exit_code is not None:
            assert "REFUSED: " in shown, name
            assert exit_code == FAILED_EXIT or name == "interactive", f"{name}\n{shown}"
            assert shown.count(" error near line ") == 1 or name == "interactive", f"{name}\n{shown}"
        assert file.path.read_bytes() == before, f"{name}\n{shown}"


WRONG = [("batch", BATCH), ("branches", "base:trunk"), ("branches", "left,right:merged")]


@pytest.mark.parametrize(("name", "range_"), WRONG)
def test_any_version_rows_but_from_are_refused(
    bundles: dict[str, dict[str, Bundle]],
    online: dict[str, dict[str, File]],
    tmp_path: Path,
    name: str,
    range_: str,
) -> None:
    """A database that the script would fit, but for its version rows, keeps every byte, whatever runs the script."""
    low = range_.partition(":")[0]
    for script, stop in zip(bundles[name][range_].both, (low, range_.partition(":")[2]), strict=True):
        file = File(tmp_path / "app.db")
        file.path.unlink(missing_ok=True)
        if stop != "base":
            shutil.copyfile(online[name][f"+{stop}"].path, file.path)
        for rows in wrong_rows(script):
            set_rows(file, rows)
            refused_everywhere(file, script)
        if script.lower:
            file.execute("DROP TABLE alembic_version")
            refused_everywhere(file, script)


def test_a_database_where_a_later_transaction_starts_is_refused(
    bundles: dict[str, dict[str, Bundle]], online: dict[str, dict[str, File]], empty: File
) -> None:
    """Whatever goes on after the first check has refused it does not enter the script in the middle."""
    for stop in ("one", "two"):
        shutil.copyfile(online["own version table"][f"+{stop}"].path, empty.path)
        for script in bundles["own version table"]["base:three"].both:
            refused_everywhere(empty, script)


def test_the_line_before_a_refusal_says_where_the_database_is(
    bundles: dict[str, dict[str, Bundle]], empty: File
) -> None:
    """The shell shows the state, and where the database is at TO that there is nothing to do."""
    script, back = bundles["texts"]["texts:rows"].both
    refused = shell(empty, script.text)
    assert refused.stdout == f'REFUSED: database "{empty.path}" is at base, this script needs texts\n'
    assert "REFUSED: the database is at base, it has no version table" in refused.stderr
    set_rows(empty, ["b", "a"])
    assert shell(empty, back.text).stdout == f'REFUSED: database "{empty.path}" is at a, b, this script needs rows\n'
    set_rows(empty, ["rows"])
    refused = shell(empty, script.text)
    assert refused.stdout == f'REFUSED: database "{empty.path}" is already at rows, nothing to do\n'
    assert "REFUSED: the database is not where this script needs it" in refused.stderr


def test_a_second_run_is_told_that_there_is_nothing_to_do(bundles: dict[str, dict[str, Bundle]], empty: File) -> None:
    """So is one back to base, and neither changes a byte."""
    for script in bundles["batch"]["base:batch"].both:
        apply(empty, script)
        before = empty.path.read_bytes()
        again = shell(empty, script.text)
        where = ", ".join(script.upper) or "base"
        assert again.stdout == f'REFUSED: database "{empty.path}" is already at {where}, nothing to do\n'
        assert (again.exit_code, empty.path.read_bytes() == before) == (FAILED_EXIT, True)


def test_the_guard_is_what_refuses(bundles: dict[str, dict[str, Bundle]], empty: File) -> None:
    """Without its checks, the same script does change a wrong database."""
    script = bundles["texts"]["base:texts"].upgrade
    set_rows(empty, [OTHER])
    before = empty.state()
    lines = script.text.splitlines(keepends=True)
    shell(empty, "".join(line for line in lines if "INTO temp.changescript_c" not in line or "COMMIT" in line))
    assert empty.state() == before
    ended = [line.replace("INSERT INTO temp.changescript_commits", "-- ") for line in lines if "COMMIT;" not in line]
    shell(empty, "".join(line for line in ended if "INTO temp.changescript_c" not in line) + "COMMIT;\n")
    assert empty.state() != before


@of_histories
def test_the_right_database_is_changed_by_the_shell_alone(
    bundles: dict[str, dict[str, Bundle]], empty: File, name: str
) -> None:
    """However the shell is started it completes the script; any other client leaves every byte as it is."""
    whole = bundles[name][f"base:{HISTORIES[name].stops[-1]}"]
    complete = None
    for script in whole.both:
        before = empty.path.read_bytes()
        for way, shown, exit_code in sessions(empty, script.text):
            if exit_code is None:
                assert empty.path.read_bytes() == before, f"{way}\n{shown}"
                continue
            assert exit_code == 0, f"{way}\n{shown}"
            assert ok_line(empty, script.upper) in shown.splitlines(), f"{way}\n{shown}"
            complete = complete or empty.state()
            assert empty.state() == complete, way
            empty.path.write_bytes(before)
        complete = None
        apply(empty, script)


def failing(script: Script) -> Iterator[tuple[str, str]]:
    """Yield the script with one statement after the other failing, with what stands on its line."""
    for start, sql in script.places:
        well = "RELEASE all_well; "
        if sql.startswith(well):
            rest = script.text[start + len(well) :]
            yield sql, f"{script.text[:start]}{well}{BROKEN.strip()} {rest}"
        else:
            yield sql, script.broken_at(start)


@of_histories
def test_a_failure_anywhere_changes_nothing(bundles: dict[str, dict[str, Bundle]], empty: File, name: str) -> None:
    """Whichever statement, check, stamp or COMMIT fails, the file keeps every byte, and no line says OK."""
    stops = HISTORIES[name].stops
    one_transaction = name not in BY_REVISION
    for script in bundles[name][f"base:{stops[-1] if one_transaction else stops[0]}"].both:
        before = empty.path.read_bytes()
        for sql, text in failing(script):
            finished = shell(empty, text)
            assert (finished.exit_code, "OK:" in finished.stdout) == (FAILED_EXIT, False), f"{sql}\n{finished.output}"
            assert BROKEN_MESSAGE in finished.stderr, f"{sql}\n{finished.output}"
            assert empty.path.read_bytes() == before, sql
        apply(empty, script)


@pytest.mark.parametrize("name", ["batch"])
def test_a_failure_in_an_interactive_shell_changes_nothing(
    bundles: dict[str, dict[str, Bundle]], empty: File, name: str
) -> None:
    """A script that is pasted goes on after an error; what it goes on to does nothing."""
    for script in bundles[name][f"base:{HISTORIES[name].stops[-1]}"].both:
        before = empty.path.read_bytes()
        for sql, text in failing(script):
            if not sql.startswith("RELEASE"):
                continue
            finished = shell(empty, text + "COMMIT;\n", "-interactive")
            assert BROKEN_MESSAGE in finished.stderr, f"{sql}\n{finished.output}"
            assert ok_line(empty, script.upper) not in finished.stdout.splitlines(), f"{sql}\n{finished.output}"
            assert empty.path.read_bytes() == before, f"{sql}\n{finished.output}"
        apply(empty, script)


@pytest.mark.parametrize("name", BY_REVISION)
def test_with_a_transaction_for_each_revision_those_before_a_failure_stay(
    bundles: dict[str, dict[str, Bundle]], online: dict[str, dict[str, File]], empty: File, name: str
) -> None:
    """The database is then at the last of them, as an online run would leave it, and the rest can go on from there."""
    stops = HISTORIES[name].stops
    script = bundles[name][f"base:{stops[-1]}"].upgrade
    committed = 0
    states = {at: online[name][f"+{stop}"].state() for at, stop in enumerate(stops, start=1) if name.startswith("own")}
    for start, sql in script.places:
        file = empty.copy("copy.db")
        finished = shell(file, script.broken_at(start))
        assert finished.exit_code == FAILED_EXIT
        if committed in states:
            assert file.state() == states[committed], sql
        if not committed:
            assert file.path.read_bytes() == b"", sql
        committed += "; COMMIT;" in sql
    assert committed == len(HISTORIES[name].revs)


def test_a_script_that_is_cut_off_changes_nothing(bundles: dict[str, dict[str, Bundle]], empty: File) -> None:
    """Wherever it ends, there is no line that says OK, and up to the COMMIT every byte stays."""
    script = bundles["batch"]["base:batch"].upgrade
    end = script.text.rindex("; COMMIT;")
    for length in [*range(0, end, 499), *range(end - 30, end + 1), end + len("; COMMI")]:
        finished = shell(empty, script.text[:length])
        assert "OK:" not in finished.stdout, finished.output
        assert empty.path.read_bytes() == b"", script.text[length - 80 : length]
    finished = shell(empty, script.text[: end + len("; COMMIT;\n")])
    assert (finished.exit_code, "OK:" in finished.stdout, empty.heads()) == (0, False, ["batch"])


def test_a_shell_that_is_killed_leaves_nothing(bundles: dict[str, dict[str, Bundle]], empty: File) -> None:
    """What it had done is undone by the next one that looks."""
    script = bundles["batch"]["base:batch"].upgrade
    assert SHELL
    with subprocess.Popen([SHELL, *RUN, str(empty.path)], stdin=subprocess.PIPE) as process:
        assert process.stdin
        process.stdin.write(script.text[: script.text.index("INSERT INTO temp.changescript_commits V")].encode())
        process.stdin.write(b"PRAGMA cache_spill = 1; PRAGMA cache_size = 1;\n")
        process.stdin.flush()
        time.sleep(0.3)
        process.send_signal(signal.SIGKILL)
    assert empty.query("SELECT * FROM sqlite_master") == []
    apply(empty, script)


def test_of_two_at_once_one_is_refused(bundles: dict[str, dict[str, Bundle]], empty: File) -> None:
    """The second waits for the first, and finds that there is nothing to do."""
    script = bundles["batch"]["base:batch"].upgrade
    assert SHELL
    processes = [
        subprocess.Popen([SHELL, *RUN, str(empty.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=-1)
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdin
        process.stdin.write(script.text.encode())
        process.stdin.close()
        process.stdin = None
    shown = [process.communicate()[0].decode() for process in processes]
    assert sorted(process.returncode for process in processes) == [0, 1, 1, 1]
    assert sum("OK:" in text for text in shown) == 1
    assert sum("is already at batch, nothing to do" in text for text in shown) == len(processes) - 1


def test_a_database_that_is_in_use_is_left_alone(bundles: dict[str, dict[str, Bundle]], empty: File) -> None:
    """After `lock_timeout` the shell gives up; a pasted script does nothing either, though the lock goes meanwhile."""
    script = bundles["texts"]["base:texts"].upgrade
    text = script.text.replace(".timeout 5000\n", ".timeout 50\n")
    assert text != script.text
    set_rows(empty, [])
    before = empty.path.read_bytes()
    with subprocess.Popen([str(SHELL), str(empty.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdin
        assert holder.stdout
        holder.stdin.write(b"BEGIN IMMEDIATE;\nSELECT 'held';\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == b"held\n"
        finished = shell(empty, text)
        assert (finished.exit_code, "database is locked" in finished.stderr) == (FAILED_EXIT, True), finished.output
        start, sql = script.places[0]
        behind_begin = start + len(sql) - len(script.text)
        with subprocess.Popen(
            [str(SHELL), "-interactive", str(empty.path)], stdin=subprocess.PIPE, stdout=-1, stderr=-1
        ) as pasted:
            assert pasted.stdin
            pasted.stdin.write(text[:behind_begin].encode())
            pasted.stdin.flush()
            time.sleep(0.4)
            holder.stdin.write(b"ROLLBACK;\nSELECT 'released';\n")
            holder.stdin.flush()
            assert holder.stdout.readline() == b"released\n"
            pasted.communicate(text[behind_begin:].encode())
        holder.stdin.close()
    assert empty.path.read_bytes() == before


@pytest.mark.parametrize("name", [name for name in OTHER_CLIENTS if "keeps commands" in name])
def test_clients_that_do_not_know_the_commands_can_write_nothing(
    bundles: dict[str, dict[str, Bundle]], empty: File, name: str
) -> None:
    """Not even where their BEGIN fails, so that each statement is committed by itself."""
    text = bundles["batch"]["base:batch"].upgrade.text
    shown = OTHER_CLIENTS[name](empty, text.replace("BEGIN IMMEDIATE; SAVEPOINT all_well;", ""))
    assert empty.path.read_bytes() == b"", shown


@pytest.mark.parametrize("options", [RUN, ("-batch",)], ids=["-bail", "no -bail"])
@pytest.mark.parametrize("change", ["BOM", "CRLF"])
def test_a_file_that_was_converted_works_and_refuses_all_the_same(
    bundles: dict[str, dict[str, Bundle]], empty: File, change: str, options: tuple[str, ...]
) -> None:
    """A byte order mark hides nothing from the shell, and line ends of Windows do not reach the rows."""

    def converted(text: str) -> bytes:
        return b"\xef\xbb\xbf" + text.encode() if change == "BOM" else text.replace("\n", "\r\n").encode()

    for name in ("texts", "triggers"):
        script = bundles[name][f"base:{HISTORIES[name].stops[-1]}"].upgrade
        file, plain = empty.copy("converted.db"), empty.copy("plain.db")
        apply(plain, script)
        finished = shell(file, converted(script.text), *options)
        assert succeeded(file, script.upper, finished), finished.output
        assert file.state() == plain.state()
        before = file.path.read_bytes()
        again = shell(file, converted(script.text), *options)
        assert (again.exit_code, file.path.read_bytes() == before) == (FAILED_EXIT, True), again.output


def test_scripts_follow_each_other_in_one_session(bundles: dict[str, dict[str, Bundle]], empty: File) -> None:
    """What one leaves in the session does not hinder the next; one that is refused ends it."""
    made = [bundles["batch"][range_] for range_ in ("base:parents", "parents:batch")]
    texts = [bundle.upgrade.text for bundle in made] + [bundle.rollback.text for bundle in reversed(made)]
    finished = shell(empty, "".join(texts))
    lines = [line for line in finished.stdout.splitlines() if line.startswith("OK")]
    assert lines == [ok_line(empty, heads) for heads in (["parents"], ["batch"], ["parents"], [])], finished.output
    finished = shell(empty, texts[0] + texts[0] + texts[1])
    assert (finished.exit_code, empty.heads()) == (FAILED_EXIT, ["parents"])


@pytest.mark.parametrize("setup", ["journal_mode = WAL", "encoding = 'UTF-16le'", "encoding = 'UTF-16be'"])
def test_any_kind_of_file_will_do(bundles: dict[str, dict[str, Bundle]], empty: File, setup: str) -> None:
    """Heads are compared alike in every encoding, and locks hold in every journal mode."""
    made = bundles["branches"]
    empty.execute(f"PRAGMA {setup}; CREATE TABLE other (a)")
    for range_ in HISTORIES["branches"].ranges[:-1]:
        apply(empty, made[range_].upgrade)
    apply(empty, made["base:top"].rollback)
    refused = shell(empty, made["left,right:merged"].upgrade.text)
    assert "is at base, this script needs left, right" in refused.stdout


def test_a_file_in_which_bytes_would_be_other_text_is_refused(tmp_path: Path, empty: File) -> None:
    """A default with control characters can only be written as bytes, which are read in the file's own encoding."""
    added = 'op.add_column("t_a", sa.Column("v", sa.Text, server_default="a\\tb"))'
    root = History((Rev("a"), Rev("b", ("a",), upgrade=added)), ("a", "b")).make(tmp_path / "project")
    made = render(root, ["base:a", "a:b"])
    empty.execute("PRAGMA encoding = 'UTF-16le'; CREATE TABLE other (a)")
    apply(empty, made["base:a"].upgrade)
    refused = shell(empty, made["a:b"].upgrade.text)
    assert refused.exit_code == FAILED_EXIT
    assert "is at a in UTF-16le, this script needs a" in refused.stdout
    assert empty.heads() == ["a"]


def test_a_script_can_be_read_into_a_session(bundles: dict[str, dict[str, Bundle]], empty: File) -> None:
    """`.read` in an interactive shell ends at a refusal, and leaves no transaction open."""
    file = empty.path.with_name("upgrade.sql")
    file.write_text(bundles["texts"]["base:texts"].upgrade.text, encoding="utf-8", newline="")
    for _ in range(2):
        finished = shell(empty, f".read {file}\n", "-interactive")
        assert ok_line(empty, ["texts"]) in finished.stdout or "is already at texts" in finished.stdout
    assert "REFUSED: the database is not where this script needs it" in finished.stderr
    assert finished.stderr.count(" error") == 1
    file.write_text(bundles["batch"][BATCH].upgrade.text, encoding="utf-8", newline="")
    finished = shell(empty, f".read {file}\nBEGIN;\n", "-interactive")
    assert "is at texts, this script needs parents" in finished.stdout
    assert finished.stderr.count(" error") == 1, finished.output


def test_a_mistyped_path_makes_no_database(bundles: dict[str, dict[str, Bundle]], tmp_path: Path) -> None:
    """The command of the header opens only what is there."""
    finished = shell(File(tmp_path / "mistyped.db"), bundles["texts"]["base:texts"].upgrade.text)
    assert (finished.exit_code, list(tmp_path.iterdir())) == (FAILED_EXIT, [])
    assert "unable to open database" in finished.stderr


def test_a_reference_that_breaks_undoes_the_script(
    bundles: dict[str, dict[str, Bundle]], online: dict[str, dict[str, File]], empty: File
) -> None:
    """Rows that lose their parent undo it; rows that had none before do not matter."""
    shutil.copyfile(online["batch"]["+parents"].path, empty.path)
    empty.execute("INSERT INTO c (note, p_id) VALUES ('orphan', 99)")  # of a table that gets another name
    script = bundles["batch"][BATCH].upgrade
    start = next(start for start, sql in script.places if "INSERT INTO main.alembic" in sql or "UPDATE main." in sql)
    breaking = f"{script.text[:start]}DELETE FROM p WHERE id = 1;\n{script.text[start:]}"
    before = empty.path.read_bytes()
    for options in (RUN, ("-interactive",)):
        finished = shell(empty, breaking, *options)
        assert "FAILED: rows of child without their row in p: 2 more than before" in finished.stdout, finished.output
        assert "FAILED: rows have lost what they refer to" in finished.stderr
        assert empty.path.read_bytes() == before
    apply(empty, script)
    assert empty.query("SELECT note FROM child WHERE p_id = 99") == [("orphan",)]


def test_foreign_keys_of_the_session_do_not_delete_rows(
    bundles: dict[str, dict[str, Bundle]], online: dict[str, dict[str, File]], empty: File
) -> None:
    """A table that is made anew keeps the rows that would go with it ON DELETE CASCADE."""
    shutil.copyfile(online["batch"]["+parents"].path, empty.path)
    finished = shell(empty, "PRAGMA foreign_keys = ON;\n" + bundles["batch"][BATCH].upgrade.text)
    assert succeeded(empty, ["batch"], finished), finished.output
    assert empty.state() == online["batch"]["+batch"].state()


def test_a_rollback_restores_what_was(
    bundles: dict[str, dict[str, Bundle]], online: dict[str, dict[str, File]], empty: File
) -> None:
    """Tables, columns and rows are those from before the upgrade; RENAME writes some names anew, online as well."""
    shutil.copyfile(online["batch"]["+parents"].path, empty.path)
    before = empty.state()
    apply(empty, bundles["batch"][BATCH].upgrade)
    assert empty.state() != before
    apply(empty, bundles["batch"][BATCH].rollback)
    assert [item for item in empty.state() if _is_rows(item)] == [item for item in before if _is_rows(item)]


def _is_rows(item: object) -> bool:
    return isinstance(item, tuple) and isinstance(item[1:2], tuple) and isinstance(item[-1], list)


def test_a_log_is_progress_and_the_computed_line(bundles: dict[str, dict[str, Bundle]], empty: File) -> None:
    """A log holds one line for each revision and, last, where the database is by its own word."""
    finished = shell(empty, bundles["texts"]["base:rows"].upgrade.text)
    assert finished.stdout == f"1 of 2: base -> texts\n2 of 2: texts -> rows\n{ok_line(empty, ['rows'])}\n"
    assert finished.stderr == ""


def test_the_last_line_is_computed(bundles: dict[str, dict[str, Bundle]], empty: File) -> None:
    """Where the rows are not what they should be, no line says OK, even if every check were gone."""
    script = bundles["texts"]["base:texts"].upgrade
    apply(empty, script)
    found = list(pieces(script.text))
    begin = next(start for start, sql in found if sql.startswith("BEGIN IMMEDIATE"))
    shown = script.text[:begin] + found[-1][1]
    assert shell(empty, shown).stdout == f"{ok_line(empty, ['texts'])}\n"
    empty.execute("DELETE FROM alembic_version")
    assert shell(empty, shown).stdout == f"FAILED: database {empty.path} is at base\n"


def test_transactions_are_as_the_settings_say(roots: dict[str, Path]) -> None:
    """The setting decides how many transactions a script has, and else env.py."""
    for mode, count in ((None, 1), (TransactionMode.SCRIPT, 1), (TransactionMode.REVISION, 2)):
        script = render(roots["batch"], ["base:batch"], mode)["base:batch"].upgrade
        assert sum("_commits VALUES" in sql for _, sql in pieces(script.text)) == count
    for mode, count in ((None, 3), (TransactionMode.SCRIPT, 1)):
        script = render(roots["own version table"], ["base:three"], mode)["base:three"].upgrade
        assert sum("_commits VALUES" in sql for _, sql in pieces(script.text)) == count
    assert BROKEN not in script.text
