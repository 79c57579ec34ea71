"""The same bytes every time: no clock, user, place, locale, hash seed or file order shows."""

from __future__ import annotations

import os
import shutil
import sys
from functools import lru_cache
from pathlib import Path

import pytest

from tests.projects import IMPORT_FOLDER, Outcome, Rev, make_project, revs, run_cli

REPOSITORY = Path(__file__).parents[1]
PARTS = ("alembic.ini", "pyproject.toml", "alembic", "schema", "src")
BYTES_OF_A_BUNDLE = ("sql", "base:head", "--ticket", "CHG0012345", "-o")

MANY_INDEXES = """\
op.create_table(
    "wide",
    *(sa.Column(f"c{n}", sa.Integer(), index=True, unique=n % 3 == 0) for n in range(12)),
    sa.Column("tags", sa.Enum(*sorted({"x", "y", "z"}), name="tag"), index=True),
)
"""

FORKED = "a; z1 < a; y2 < a; x3 < a; m < y2 x3 z1; q + m; r < m + q; s < m"

ENVIRONMENTS = {
    "C": {"PYTHONHASHSEED": "0", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "COLUMNS": "20"},
    "Turkish": {"PYTHONHASHSEED": "1", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr", "COLUMNS": "400"},
    "no UTF-8": {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    "terminal": {"PYTHONHASHSEED": "4294967295", "TERM": "xterm-256color", "FORCE_COLOR": "1"},
    "somebody": {"USER": "x", "LOGNAME": "x", "HOME": "/nonexistent", "HOSTNAME": "elsewhere"},
    "without assertions and docstrings": {"PYTHONOPTIMIZE": "2"},
}


@lru_cache(maxsize=1)
def expected() -> str:
    """Return this repository's whole script, as this process's environment gives it."""
    return script(REPOSITORY).out


def script(folder: Path, *args: str, env: dict[str, str] | None = None) -> Outcome:
    """Return a run that prints the whole script."""
    outcome = run_cli(folder, "sql", "base:head", "--stdout", *args, env=env)
    assert outcome.code == 0, outcome.err
    return outcome


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_environment_does_not_show(name: str) -> None:
    """Whatever a shell, a CI runner or a desk sets."""
    assert script(REPOSITORY, env=ENVIRONMENTS[name]).out == expected()


def test_working_folder_does_not_show(tmp_path: Path) -> None:
    """A folder inside the project, and any other with -c."""
    assert script(REPOSITORY / "alembic" / "versions").out == expected()
    ini = str(REPOSITORY / "alembic.ini")
    assert script(tmp_path, "-c", ini).out == expected()
    assert script(REPOSITORY.parent, "-c", f"{REPOSITORY.name}/alembic.ini").out == expected()


def copy_of_the_repository(folder: Path) -> Path:
    """Return a copy of what a fresh clone would have, under another path."""
    folder.mkdir(parents=True)
    for part in PARTS:
        source = REPOSITORY / part
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
            shutil.copytree(source, folder / part, ignore=ignored, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(source, folder / part)
    return folder


def test_fresh_clone_writes_the_same_bundle(tmp_path: Path) -> None:
    """At another path, with other times and rights, files in another order: every file is the same."""
    clone = copy_of_the_repository(tmp_path / "some where" / "Täst")
    for number, file in enumerate(sorted((clone / "alembic" / "versions").iterdir(), reverse=True)):
        os.utime(file, (10**9 + number, 10**9 + number))
        file.chmod(0o600)
    here, there = tmp_path / "here", tmp_path / "there"
    first = run_cli(REPOSITORY, *BYTES_OF_A_BUNDLE, str(here))
    # Installed elsewhere, too: the clone runs its own code.
    second = run_cli(clone, *BYTES_OF_A_BUNDLE, str(there), env={"PYTHONPATH": str(clone / "src"), "TZ": "Asia/Tokyo"})
    assert (first.code, second.code) == (0, 0), first.err + second.err
    (one,), (other,) = here.iterdir(), there.iterdir()
    assert one.name == other.name
    assert {path.name: path.read_bytes() for path in one.iterdir()} == {
        path.name: path.read_bytes() for path in other.iterdir()
    }


def test_no_file_of_a_bundle_knows_where_or_when_it_was_made(tmp_path: Path) -> None:
    """Neither this machine's paths and names, nor the home of the packages."""
    assert run_cli(REPOSITORY, *BYTES_OF_A_BUNDLE, str(tmp_path)).code == 0
    (bundle,) = tmp_path.iterdir()
    words = {str(REPOSITORY), str(tmp_path), IMPORT_FOLDER, sys.prefix, os.uname().nodename}
    for file in bundle.iterdir():
        text = file.read_text()
        assert [word for word in words if word in text] == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_user_does_not_show() -> None:
    """One without a name, a home or any rights of his own."""
    twice = """
import os, sys
from changescript.cli import main
# The first run loads what the new user may not be allowed to read: Python's own files.
kept = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
main(prog_name="changescript", standalone_mode=False)
os.dup2(kept, 1)
os.setgid(65534)
os.setuid(65534)
main(prog_name="changescript")
"""
    if not _others_may_enter(REPOSITORY):
        pytest.skip("no other user can reach this checkout")
    arguments = ("sql", "base:head", "--stdout")
    outcome = run_cli(REPOSITORY, *arguments, code=twice)
    assert outcome.code == 0, outcome.err
    assert outcome.out == expected()


def _others_may_enter(folder: Path) -> bool:
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))


def test_indexes_of_a_table_stand_in_one_order(tmp_path: Path) -> None:
    """Alembic takes them out of a set, whose order changes from run to run."""
    project = make_project(tmp_path, [Rev("a", upgrade=MANY_INDEXES)])
    outcome = script(project.root, env={"PYTHONHASHSEED": "1"})
    names = [line.split()[-4] for line in outcome.out.splitlines() if " INDEX " in line]
    lines = [line for line in outcome.out.splitlines() if line.startswith("CREATE ") and " INDEX " in line]
    assert len(lines) == 13, names
    assert lines == sorted(lines)


@pytest.mark.parametrize("direction", [[], ["--rollback"]])
def test_branches_and_merges_stand_in_one_order(tmp_path: Path, direction: list[str]) -> None:
    """With any hash seed, and however the files are called."""
    first = make_project(tmp_path / "first", FORKED)
    second = make_project(tmp_path / "second", "")
    for number, rev in enumerate(revs(FORKED)):
        second.file_of(f"{9 - number}_renamed").write_text(rev.text())
    scripts = {
        _without_sources(project.run("sql", "base:heads", "--stdout", *direction, env={"PYTHONHASHSEED": seed}).out)
        for project in (first, second)
        for seed in ("1", "2")
    }
    assert len(scripts) == 1
    assert "q" in scripts.pop()


ALL_THAT_MOVES = """\
metadata = sa.MetaData()
parent = sa.Table("parent", metadata, sa.Column("id", sa.Integer(), primary_key=True))
for n in range(5):
    key = sa.Column("id", sa.ForeignKey("parent.id"), index=True)
    sa.Table(f"child{n}", metadata, key, sa.Column("x", sa.Text, index=True))
metadata.create_all(op.get_bind(), checkfirst=False)
op.bulk_insert(parent, [{"id": n} for n in range(250)])
op.execute(sa.update(parent).values(id=5).where(parent.c.id.in_([3, 1, 2])))
"""


@pytest.mark.slow
def test_twenty_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    """Merges, branches, indexes out of sets, rows and constraints, in both directions."""
    revisions = [rev for rev in revs(FORKED) if rev.id != "m"]
    merge = Rev("m", ("y2", "x3", "z1"), upgrade=MANY_INDEXES + ALL_THAT_MOVES, downgrade='op.drop_table("wide")')
    project = make_project(tmp_path, [*revisions, merge])
    written = set()
    for seed in range(20):
        folder = tmp_path / f"out{seed}"
        outcome = project.run("sql", "base:heads", "-o", str(folder), env={"PYTHONHASHSEED": str(seed)})
        assert outcome.code == 0, outcome.err
        written.add(tuple(sorted((path.name, path.read_bytes()) for path in folder.glob("*/*"))))
    assert len(written) == 1


def test_enum_types_of_several_revisions_are_made_in_each(tmp_path: Path) -> None:
    """SQLAlchemy remembers those that exist; a revision that runs again must not find its own among them."""
    column = 'sa.Column("kind", sa.Enum("x", "y", name="kind_{0}"))'
    revisions = [
        Rev(id_, down, upgrade=f'op.create_table("t_{id_}", {column.format(id_)})')
        for id_, down in (("a", ()), ("b", ("a",)), ("c", ("b",)))
    ]
    script = make_project(tmp_path / "project", revisions).run("sql", "base:c", "--stdout").out
    for id_ in "abc":
        assert script.count(f"CREATE TYPE kind_{id_} AS ENUM ('x', 'y');") == 1


# What is not the same twice -------------------------------------------------------------------------

NOT_THE_SAME_TWICE = {
    "uuid4 in a row": (
        (
            'import uuid\nt = sa.table("t", sa.column("v"))\n'
            'op.bulk_insert(t, [{"v": 1}] * 300)\nop.bulk_insert(t, [{"v": str(uuid.uuid4())}])'
        ),
        19,
    ),
    "clock in a statement": ('import time\nop.execute(f"UPDATE t SET v = {time.time_ns()}")', 17),
    "a random number of statements": (
        (
            "import itertools, sys\nsys.changescript_runs = getattr(sys, 'changescript_runs', itertools.count())\n"
            "for _ in range(next(sys.changescript_runs)):\n    op.execute('SELECT 1')"
        ),
        19,
    ),
    "the last of many rows": (
        (
            'import random\nt = sa.table("t", sa.column("v", sa.Float))\n'
            'op.bulk_insert(t, [{"v": n} for n in range(5000)] + [{"v": random.random()}])'
        ),
        18,
    ),
}


@pytest.mark.parametrize("name", NOT_THE_SAME_TWICE)
def test_what_is_not_the_same_twice_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    """A reviewed script would say something else than the next one made from the same revision."""
    upgrade, line = NOT_THE_SAME_TWICE[name]
    project = make_project(tmp_path, [Rev("a", upgrade=upgrade)])
    outcome = project.run("sql", "base:a")
    assert outcome.code == 2, outcome.text
    assert f"revision a (migrations/versions/a.py:{line}): it emits something else each time it runs" in outcome.err
    assert not project.output.exists()


SAME_FROM_A_FRESH_MODULE = {
    "table of a MetaData at module level": (
        "metadata = sa.MetaData()",
        'sa.Table("t", metadata, sa.Column("id", sa.Integer())).create(op.get_bind(), checkfirst=False)',
    ),
    "counter at module level": (
        "import itertools\ncounter = itertools.count()",
        'op.execute(f"INSERT INTO t VALUES ({next(counter)})")',
    ),
    "list that is used up": ("names = ['a', 'b']", 'while names:\n    op.execute(f"DROP TABLE {names.pop()}")'),
}


@pytest.mark.parametrize("name", SAME_FROM_A_FRESH_MODULE)
def test_module_that_keeps_what_it_made_is_no_fault(tmp_path: Path, name: str) -> None:
    """Each process starts with a fresh module, so each makes the same script."""
    before, upgrade = SAME_FROM_A_FRESH_MODULE[name]
    project = make_project(tmp_path, "")
    text = Rev("a", upgrade=upgrade).text().replace("def upgrade", f"{before}\n\n\ndef upgrade")
    project.file_of("a").write_text(text)
    assert script(project.root).out == script(project.root).out


def test_revision_speaks_only_once(tmp_path: Path) -> None:
    """It is asked twice, but what it prints is shown once."""
    project = make_project(tmp_path, [Rev("a", upgrade='print("seeding")\nop.execute("SELECT 1")')])
    assert script(project.root).err.count("seeding") == 1


def _without_sources(text: str) -> str:
    """Return a script without what names its files, and the digest over that."""
    kept = [line for line in text.splitlines() if not line.startswith(("-- [", "--   SHA-256"))]
    return "\n".join(kept)
