"""What `changescript doctor` says of a whole history."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from changescript.doctor import Status, examine, steps_of
from changescript.errors import Asks, RevisionError
from changescript.generate import generate_bundles
from changescript.history import load_history, range_below
from changescript.model import Recording, Request
from changescript.project import find_project
from changescript.recording import record_each
from tests.projects import OFFLINE_ENV, START, Rev, ThrowAway, cli_environment, make_project, run_cli, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from changescript.doctor import Diagnosis, Examination

DOCUMENT = Path(__file__).parents[1] / "docs" / "doctor.md"
SECRET = "hunter2"  # noqa: S105 # made up, to look for it in outputs
BIND = "bind = op.get_bind()\n"
MAPPED = (
    f"{BIND}from sqlalchemy.orm import Session, declarative_base\n"
    "class T(declarative_base()):\n    __tablename__ = 't'\n    id = sa.Column(sa.Integer, primary_key=True)\n"
    "session = Session(bind)\n"
)
READS = "for row in bind.execute(sa.text('SELECT id FROM t_a')):\n    pass"
SWALLOWS = f"{BIND}try:\n    n = bind.execute(sa.text('SELECT 1')).scalar()\nexcept Exception:\n    pass\n"
BATCH = 'with op.batch_alter_table("t") as batch:\n    batch.drop_column("c")'

BODIES: dict[str, tuple[str, Status, Asks | None]] = {
    "plain": ("op.execute('UPDATE t SET a = 1')", Status.RENDERS, None),
    "nothing": ("pass", Status.RENDERS, None),
    "executes": (f"{BIND}bind.execute(sa.text('UPDATE t SET a = :a'), {{'a': 1}})", Status.RENDERS, None),
    "loop": (BIND + READS, Status.NEEDS_OVERRIDE, Asks.ROWS),
    "scalar": (f"{BIND}bind.execute(sa.text('SELECT 1')).scalar()", Status.NEEDS_OVERRIDE, Asks.ROWS),
    "connection scalar": (f"{BIND}bind.scalar(sa.text('SELECT 1'))", Status.NEEDS_OVERRIDE, Asks.ROWS),
    "rowcount": (f"{BIND}n = bind.execute(sa.text('DELETE FROM t')).rowcount", Status.NEEDS_OVERRIDE, Asks.ROWS),
    "inspects": (f"{BIND}sa.inspect(bind).has_table('t')", Status.ASSUMES, None),
    "reflects": (f"{BIND}sa.Table('t', sa.MetaData(), autoload_with=bind)", Status.NEEDS_OVERRIDE, Asks.SCHEMA),
    "isolation": (f"{BIND}bind.get_isolation_level()", Status.NEEDS_OVERRIDE, Asks.DATABASE),
    "own engine": (f"sa.create_engine('postgresql://u:{SECRET}@h/d').connect()", Status.NEEDS_OVERRIDE, Asks.DATABASE),
    "next row": (f"{BIND}next(bind.execute(sa.text('SELECT 1')))", Status.NEEDS_OVERRIDE, Asks.ROWS),
    "rows in a block": (
        f"{BIND}with bind.execute(sa.text('SELECT 1')) as rows:\n    rows.all()",
        Status.NEEDS_OVERRIDE,
        Asks.ROWS,
    ),
    "query": (f"{MAPPED}session.query(T).first()", Status.NEEDS_OVERRIDE, Asks.ROWS),
    "selected objects": (f"{MAPPED}session.execute(sa.select(T))", Status.NEEDS_OVERRIDE, Asks.ROWS),
    "object by its key": (f"{MAPPED}session.get(T, 1)", Status.NEEDS_OVERRIDE, Asks.ROWS),
    "object that is added": (f"{MAPPED}session.add(T())\nsession.commit()", Status.NEEDS_OVERRIDE, Asks.ROWS),
    "objects that are changed": (f"{MAPPED}session.execute(sa.update(T).values(id=1))", Status.RENDERS, None),
    "changed without a session": (f"{MAPPED}bind.execute(sa.update(T).values(id=1))", Status.RENDERS, None),
    "swallowed": (SWALLOWS, Status.NEEDS_OVERRIDE, Asks.ROWS),
    "fails behind what it swallowed": (f"{SWALLOWS}op.execute(str(n))", Status.NEEDS_OVERRIDE, Asks.ROWS),
    "asks in other words": (
        SWALLOWS.replace("pass", f"raise KeyError('{SECRET}')"),
        Status.NEEDS_OVERRIDE,
        Asks.ROWS,
    ),
    "commits": (f"{BIND}bind.commit()", Status.BROKEN, None),
    "fails": (f"{{}}['{SECRET}']", Status.BROKEN, None),
    "exits": ("import sys\nsys.exit(3)", Status.BROKEN, None),
    "raises what no one catches": (
        f"raise BaseException('{SECRET}')",
        Status.BROKEN,
        None,
    ),
    "ends the transaction": ("op.execute('COMMIT')", Status.BROKEN, None),
    "two reasons": ("op.execute('COMMIT')\nop.execute('ROLLBACK')", Status.BROKEN, None),
    "no literal": ("op.execute(sa.text('SELECT :a').bindparams(a=object()))", Status.BROKEN, None),
    "inspects behind what can't be followed": (
        f"{BIND}list(sa.inspect(bind).get_table_names())",
        Status.NEEDS_OVERRIDE,
        Asks.SCHEMA,
    ),
    "changes": ("import uuid\nop.execute(f\"SELECT '{uuid.uuid4()}'\")", Status.BROKEN, None),
}
"""Bodies of upgrade(), and what becomes of each."""


@contextlib.contextmanager
def opened(project: ThrowAway) -> Iterator[Any]:
    """Give the project and its history, as a command has them."""
    found = find_project(project.root)
    with contextlib.chdir(project.root):
        yield found, load_history(found)


def examined(project: ThrowAway) -> Examination:
    """Return what is found out about a project."""
    with opened(project) as (found, history):
        return examine(found, history)


def line_of(names: list[str]) -> list[Rev]:
    """Return one revision for each of the bodies, on a line."""
    ids = [f"r{number}" for number in range(len(names))]
    return [
        Rev(id_, (ids[number - 1],) if number else (), upgrade=BODIES[names[number]][0], downgrade="pass")
        for number, id_ in enumerate(ids)
    ]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> ThrowAway:
    """Return a project with a revision for each body."""
    return make_project(tmp_path_factory.mktemp("doctor") / "project", line_of(list(BODIES)))


@pytest.fixture(scope="module")
def found(everything: ThrowAway) -> dict[str, Diagnosis]:
    """Return what becomes of each body."""
    return dict(zip(BODIES, (each.upgrade for each in examined(everything).revisions), strict=True))


@pytest.mark.parametrize("name", BODIES)
def test_status_says_what_becomes_of_a_revision(name: str, found: dict[str, Diagnosis]) -> None:
    """Whatever becomes of the others; a question is told from a failure, and which question it is."""
    _, status, asks = BODIES[name]
    assert found[name].status is status
    assert {reason.asks for reason in found[name].reasons} == (set() if status.renders else {asks})
    for reason in found[name].reasons:
        assert re.fullmatch(r"migrations/versions/r\d+\.py:\d+", reason.place)
        assert reason.place not in reason.why
        assert SECRET not in reason.why


def test_each_reason_is_told(found: dict[str, Diagnosis]) -> None:
    """Where a revision has several."""
    first, second = found["two reasons"].reasons
    assert first.place.endswith(":16")
    assert second.place.endswith(":17")


def test_what_renders_is_what_sql_renders(everything: ThrowAway, found: dict[str, Diagnosis]) -> None:
    """One revision at a time, by the way that `changescript sql` takes."""
    with opened(everything) as (project, history):
        requests = [Request(range_below(history, id_)) for id_ in history.rank]
        made = [not isinstance(files, RevisionError) for files in generate_bundles(project, history, requests)]
    assert made == [each.status.renders for each in found.values()]


def test_batch_that_has_to_know_the_table_asks_for_the_schema(tmp_path: Path) -> None:
    """On SQLite it copies the table; a batch that is called wrongly is broken."""
    wrong = BATCH.replace('drop_column("c")', 'add_column(sa.Column("c"), insert_after="x")').replace(
        '"t"', '"t", recreate="never"'
    )
    revs = [Rev("a", upgrade=BATCH), Rev("b", ("a",), upgrade=wrong)]
    project = make_project(tmp_path, revs, OFFLINE_ENV.replace("postgresql:", "sqlite:"))
    copies, called = (each.upgrade for each in examined(project).revisions)
    assert (copies.status, copies.reasons[0].asks) == (Status.NEEDS_OVERRIDE, Asks.SCHEMA)
    assert (called.status, called.reasons[0].asks) == (Status.BROKEN, None)


def test_long_statements_are_dropped_as_soon_as_they_were_looked_at(tmp_path: Path) -> None:
    """So that thousands of revisions take no more room than the largest."""
    long = "op.execute(\"SELECT '\" + 'x' * 3000 + \"'\")"
    revs = [Rev("a", upgrade=long), Rev("b", ("a",), upgrade=long), Rev("c", ("b",), upgrade=long)]
    alive: list[int] = []
    spools: list[weakref.ref[Any]] = []

    def look(outcome: object) -> None:
        assert isinstance(outcome, Recording)
        alive.append(sum(each() is not None for each in spools))
        text: Any = outcome.steps[0].statements[0].text
        spools.append(weakref.ref(text.spool))

    with opened(make_project(tmp_path, revs)) as (project, history):
        steps = [step for step in steps_of(history) if step.direction.value == "upgrade"]
        record_each(project, history, [[step] for step in steps], look)
    assert alive == [0, 0, 0]


def test_our_own_bug_is_not_blamed_on_env_py(tmp_path: Path) -> None:
    """What looks at an outcome runs while env.py does."""

    def look(_: object) -> None:
        raise ZeroDivisionError

    with opened(make_project(tmp_path)) as (project, history), pytest.raises(ZeroDivisionError):
        record_each(project, history, [[step] for step in steps_of(history)], look)


def test_graph_with_branches_is_examined_in_its_order(tmp_path: Path) -> None:
    """Merges, several bases and heads, depends_on."""
    project = make_project(tmp_path, "a; b < a; c < a; m < b c; x; y < x + m; z < x")
    found = examined(project)
    assert [each.id for each in found.revisions] == ["a", "b", "c", "m", "x", "y", "z"]
    assert found.all_render


# The command ---------------------------------------------------------------------------------------


@pytest.fixture
def mixed(tmp_path: Path) -> ThrowAway:
    """Return a project with a revision of each kind."""
    project = make_project(
        tmp_path / "project",
        [
            Rev("a"),
            Rev("b", ("a",), upgrade=BIND + READS, downgrade=f"{{}}['{SECRET}']", message="ask for rows"),
            Rev("c", ("b",), downgrade=f"raise NotImplementedError('{SECRET}')"),
            Rev("d", ("c",)),
            Rev("e", ("d",)),
        ],
    )
    project.file_of("d").with_name("d.postgresql.downgrade.sql").write_text("DROP TABLE t_d;")
    file = project.file_of("e")
    file.write_text(file.read_text() + "print('noise')\nimport not_there\n")
    file.with_name("odd.py").write_text("import not_there\nrevision = not_there.ID\n")
    return project


TABLE = """\
revision  upgrade                downgrade                    why
b         needs an SQL override  broken                       upgrade: migrations/versions/b.py:17: the rows of a \
statement are read; offline there are none [1]; downgrade: migrations/versions/b.py:22: downgrade() failed offline: \
KeyError [2]
c         renders                no way back                  migrations/versions/c.py:20: its downgrade() raises \
NotImplementedError [3]
d         renders                renders by hand-written SQL  migrations/versions/d.postgresql.downgrade.sql
e         broken                 broken                       migrations/versions/e.py:22: it can't be loaded: \
ModuleNotFoundError: No module named 'not_there' [4]
?         broken                 broken                       migrations/versions/odd.py:1: it can't be loaded \
(ModuleNotFoundError: No module named 'not_there') [5]

[1] write the change as one statement that needs no answer, such as UPDATE ... FROM
[2] mend what fails there, or write its SQL by hand
[3] write a downgrade() if there is a way back; `pass` says that nothing has to be taken back
[4] mend the file, or name a range without it
[5] mend the file
Any SQL can be written by hand: `changescript override REVISION`, with --rollback for its downgrade.

6 revisions, postgresql        upgrade  downgrade
  renders                      3        1
  renders by hand-written SQL  0        1
  no way back                  0        1
  needs an SQL override        1        0
  broken                       2        3
"""


def test_table_has_a_line_for_each_revision_that_does_not_simply_render(mixed: ThrowAway) -> None:
    """Then what to do, once each, and how many there are of each kind; nothing is written."""
    before = tree(mixed.root)
    outcome = mixed.run("doctor")
    assert outcome.code == 1
    assert outcome.out == TABLE
    assert set(outcome.err.splitlines()) == {"noise"}
    assert tree(mixed.root) == before


def test_whole_list_is_on_demand(mixed: ThrowAway) -> None:
    """With --all."""
    lines = mixed.run("doctor", "--all").out.splitlines()
    assert [line.split()[0] for line in lines[1:7]] == ["a", "b", "c", "d", "e", "?"]
    assert re.fullmatch(r"a +renders +renders", lines[1])


def test_json_says_the_same(mixed: ThrowAway) -> None:
    """On one line, and what a revision prints is not in it."""
    outcome = mixed.run("doctor", "--json")
    assert outcome.code == 1
    assert SECRET not in outcome.text
    data = json.loads(outcome.out)
    assert outcome.out.count("\n") == 1
    assert (data["target"], data["dialect"]) == (None, "postgresql")
    assert [each["revision"] for each in data["revisions"]] == ["b", "c", "d", "e", None]
    asking = data["revisions"][0]
    assert (asking["file"], asking["message"], asking["placed"]) == ("migrations/versions/b.py", "ask for rows", True)
    assert asking["upgrade"] == {
        "status": "needs an SQL override",
        "reasons": [
            {
                "place": "migrations/versions/b.py:17",
                "why": "the rows of a statement are read; offline there are none",
                "hint": "write the change as one statement that needs no answer, such as UPDATE ... FROM",
                "asks": "rows",
            }
        ],
        "override": None,
        "assumptions": [],
    }
    assert data["revisions"][2]["downgrade"]["override"] == "migrations/versions/d.postgresql.downgrade.sql"
    assert data["revisions"][4]["placed"] is False
    assert data["revisions"][4]["file"] == "migrations/versions/odd.py"
    assert data["summary"]["revisions"] == 6
    assert data["summary"]["downgrade"] == {
        "renders": 1,
        "renders under assumptions": 0,
        "renders by hand-written SQL": 1,
        "no way back": 1,
        "needs an SQL override": 0,
        "broken": 3,
    }
    whole = json.loads(mixed.run("doctor", "--json", "--all").out)
    assert [each["revision"] for each in whole["revisions"]] == ["a", "b", "c", "d", "e", None]
    assert whole["summary"] == data["summary"]


def test_keys_and_statuses_are_documented(mixed: ThrowAway) -> None:
    """All of them, in their order, and no other."""
    text = DOCUMENT.read_text()
    firsts = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    statuses = [status.value for status in Status]
    assert firsts[: len(statuses)] == statuses
    codes = re.findall(r"^\| `[^`]+` \| .* \| (\d) \|$", text, re.MULTILINE)
    assert codes == [str(int(not status.renders)) for status in Status]
    data = json.loads(mixed.run("doctor", "--json").out)
    keys = dict.fromkeys(_keys(data))
    told = {key.replace(".downgrade.", ".upgrade.") for key in keys if not key.startswith("summary.")}
    assert set(firsts[len(statuses) :]) == {*told, "summary.revisions", "summary.upgrade", "summary.downgrade"} - {
        "summary"
    }
    for asks in Asks:
        assert f'`"{asks.value}"`' in text


def _keys(value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield from _keys(item, f"{path}[]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            here = f"{path}.{key}" if path else key
            yield here
            yield from _keys(inner, here)


def test_history_that_renders_is_told_in_a_summary_alone(tmp_path: Path) -> None:
    """Exit code 0, also where SQL is written by hand."""
    project = make_project(tmp_path)
    outcome = project.run("doctor")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "2 revisions, postgresql  upgrade  downgrade\n  renders                2        2\n"
    project.file_of("b").with_name("b.postgresql.upgrade.sql").write_text("SELECT 1;")
    assert project.run("doctor").code == 0


def test_history_without_revisions_is_well(tmp_path: Path) -> None:
    """There is nothing that does not render."""
    outcome = make_project(tmp_path, "").run("doctor")
    assert outcome.code == 0
    assert outcome.out.startswith("0 revisions")
    assert json.loads(make_project(tmp_path / "other", "").run("doctor", "--json").out)["revisions"] == []


def test_env_py_runs_once(tmp_path: Path) -> None:
    """For all revisions and both directions; it gets what stands behind -x."""
    env_py = OFFLINE_ENV + "import sys\nprint(context.get_x_argument(), file=sys.stderr)\n"
    project = make_project(tmp_path, "a; b < a; c < b", env_py)
    outcome = project.run("doctor", "-x", "k=v", "-c", str(tmp_path / "alembic.ini"))
    assert (outcome.code, outcome.err) == (0, "['k=v']\n")


def test_env_py_that_fails_is_an_error(tmp_path: Path) -> None:
    """There is no report then; --no-env makes one."""
    project = make_project(tmp_path, env_py=f"raise KeyError('{SECRET}')")
    outcome = project.run("doctor", "--json")
    assert (outcome.code, outcome.out) == (2, "")
    assert "env.py failed offline" in outcome.err
    assert SECRET not in outcome.err
    assert project.run("doctor", "--no-env").code == 2
    assert project.run("doctor", "--no-env", "--dialect", "mariadb").out.startswith("2 revisions, mariadb")


def test_each_target_has_its_report(tmp_path: Path) -> None:
    """One line of JSON for each, and the highest exit code."""
    project = make_project(tmp_path, [Rev("a", upgrade=BATCH, downgrade="pass")])
    project.set_options('[tool.changescript.targets.one]\n[tool.changescript.targets.two]\ndialect = "sqlite"')
    outcome = project.run("doctor", "--json")
    assert outcome.code == 1
    one, two = map(json.loads, outcome.out.splitlines())
    assert (one["target"], one["dialect"], one["revisions"]) == ("one", "postgresql", [])
    assert (two["target"], two["dialect"], len(two["revisions"])) == ("two", "sqlite", 1)
    assert project.run("doctor", "--target", "one").code == 0
    assert project.run("doctor", "--target", "two").out.startswith("target two\nrevision")


def test_terminal_shows_how_far_it_is(tmp_path: Path) -> None:
    """On stderr; stdout holds the report alone."""
    project = make_project(tmp_path)
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [*START, "doctor"], cwd=project.root, env=cli_environment(), stdout=subprocess.PIPE, stderr=theirs, check=False
    )
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert re.search(r"examining .*100%", shown, re.DOTALL)
    assert done.stdout.decode().startswith("2 revisions")


def test_reader_may_leave_early(tmp_path: Path) -> None:
    """As `head` does; that is no bug of ours."""
    project = make_project(tmp_path)
    command = [*START, "doctor", "--json"]
    process = subprocess.Popen(
        command, cwd=project.root, env=cli_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141
    process.stderr.close()


def test_files_that_form_no_history_are_an_error(tmp_path: Path) -> None:
    """Such as ids that stand twice."""
    project = make_project(tmp_path)
    file = project.file_of("b")
    file.with_name("twice.py").write_text(file.read_text())
    outcome = run_cli(tmp_path, "doctor")
    assert (outcome.code, outcome.out) == (2, "")
    assert "revision b is present more than once" in outcome.err


def test_own_failure_is_not_blamed_on_env_py(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It shows its traceback, so that it can be mended where it is."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("changescript.recording.schemas.Start.assumption", fail)
    project = make_project(tmp_path, [Rev("a1", upgrade=f"{BIND}sa.inspect(bind).has_table('t')")])
    with pytest.raises(ZeroDivisionError):
        examined(project)
