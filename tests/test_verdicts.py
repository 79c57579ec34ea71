"""What check remembers: nothing is rendered again where nothing has changed, and whatever matters is seen."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from changescript.bundle import MANIFEST, SUMS, read_bundle
from tests.projects import START, Outcome, Rev, ThrowAway, contents, make_project, run_cli, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RENDERED = "env.py runs\n"
"""What the project says on stderr whenever it is rendered."""
ENV = """\
import os
import sys

from alembic import context

print("env.py runs", file=sys.stderr)
context.configure(
    url="postgresql://", version_table="v" + os.environ.get("SUFFIX", ""), dialect_opts={"paramstyle": "named"}
)
with context.begin_transaction():
    context.run_migrations()
"""
INI = """\
[alembic]
script_location = %(here)s/migrations
prepend_sys_path = %(here)s/first:%(here)s
path_separator = os
"""
ABOVE = """\
from pathlib import Path

from helper import NAME

try:
    from optional import VALUE
except ImportError:
    VALUE = "none"
HERE = Path(__file__).parents[2]
"""
UPGRADE = """\
import os
from package.deep import LAZY
more = (HERE / "more.sql").read_text() if (HERE / "more.sql").exists() else ""
seeds = ",".join(sorted(os.listdir(HERE / "seeds")))
for value in (NAME, VALUE, LAZY, os.environ.get("FLAVOUR", ""), more, seeds, (HERE / "data.txt").read_text()):
    op.execute(f"SELECT '{value}'")
"""
FILES = {
    "alembic.ini": INI,
    "data.txt": "data",
    "helper.py": "from inner import NAME\n",
    "inner.py": "NAME = 'inner'\n",
    "package/__init__.py": "",
    "package/deep.py": "LAZY = 'lazy'\n",
    "seeds/one.csv": "1",
    "first/readme.txt": "",
}


@dataclass(frozen=True)
class Remembering:
    """A project, and a cache that nobody else uses."""

    project: ThrowAway
    cache: Path

    def check(self, *args: str, env: Mapping[str, str] | None = None) -> Outcome:
        """Run check with this cache."""
        return self.project.run("check", *args, env={"XDG_CACHE_HOME": str(self.cache), **(env or {})})

    def verdicts(self) -> list[Path]:
        """Return the files of the cache."""
        return [path for path in self.cache.rglob("*") if path.is_file()]

    def write(self, path: str, text: str) -> None:
        """Write a file of the project."""
        file = self.project.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def fill(project: ThrowAway) -> None:
    """Make two revisions, of which the first depends on all that is above, and a bundle for each."""
    for path, text in FILES.items():
        file = project.root / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    revision = project.put(Rev("a", upgrade=UPGRADE))
    revision.write_text(revision.read_text().replace("import sqlalchemy", f"{ABOVE}\nimport sqlalchemy"))
    project.write_bundles({"base:a": "CHG1", "a:b": "CHG2"})


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of such a project."""
    project = make_project(tmp_path_factory.mktemp("verdicts") / "project", "a; b < a", ENV)
    fill(project)
    return project.root


@pytest.fixture
def fresh(template: Path, tmp_path: Path) -> Remembering:
    """Return a copy of the project, of which nothing is remembered."""
    shutil.copytree(template, tmp_path / "project")
    return Remembering(ThrowAway(tmp_path / "project"), tmp_path / "cache")


@pytest.fixture
def known(fresh: Remembering) -> Remembering:
    """Return a copy that has been checked, and is current."""
    outcome = fresh.check()
    assert (outcome.code, outcome.err) == (0, RENDERED), outcome.text
    assert len(fresh.verdicts()) == 1
    return fresh


def test_nothing_is_rendered_again_where_nothing_has_changed(known: Remembering) -> None:
    """The report and the exit code are the same, and the project's own code does not run."""
    rendered = known.check("--no-cache")
    assert rendered.err == RENDERED
    remembered = known.check()
    assert remembered == Outcome(0, rendered.out, "")
    assert remembered.out == "current           base__a\ncurrent           a__b\n"


COLD = """\
import sys
sys.argv[0] = "changescript"
from changescript.cli import main
try:
    main()
finally:
    print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_what_is_remembered_needs_neither_alembic_nor_sqlalchemy(fresh: Remembering) -> None:
    """Importing them takes longer than all the rest."""
    start = (sys.executable, "-c", COLD)
    env = {"XDG_CACHE_HOME": str(fresh.cache)}
    first, second = (run_cli(fresh.project.root, "check", env=env, start=start) for _ in range(2))
    assert {"alembic", "sqlalchemy"} <= set(first.out.split())
    assert second.out.startswith("current           base__a\n")
    assert {"alembic", "sqlalchemy", "mako", "sqlparse"} & set(second.out.split()) == set()


def reseal(folder: Path) -> None:
    """Write SHA256SUMS for what lies there."""
    sums = {name: data for name, data in read_bundle(folder).files.items() if name != SUMS}
    (folder / SUMS).write_text("".join(f"{data.sha256}  {name}\n" for name, data in sorted(sums.items())))


def _edit_bundle(it: Remembering) -> None:
    with (it.project.output / "a__b" / "upgrade.sql").open("a") as script:
        script.write("DROP TABLE t_a;\n")


def _forge_bundle(it: Remembering) -> None:
    _edit_bundle(it)
    reseal(it.project.output / "a__b")


def _forge_manifest(it: Remembering) -> None:
    file = it.project.output / "a__b" / MANIFEST
    manifest = json.loads(file.read_text())
    manifest["ticket"] = "CHG9"
    file.write_text(json.dumps(manifest, indent=2) + "\n")
    reseal(file.parent)


def _append(path: str, text: str) -> Callable[[Remembering], None]:
    return lambda it: it.write(path, (it.project.root / path).read_text() + text)


def _write(path: str, text: str) -> Callable[[Remembering], None]:
    return lambda it: it.write(path, text)


def _remove(path: str) -> Callable[[Remembering], None]:
    return lambda it: (it.project.root / path).unlink()


CHANGES: dict[str, Callable[[Remembering], object]] = {
    "a revision": _append("migrations/versions/b.py", "# a remark\n"),
    "a new revision": lambda it: it.project.put(Rev("c", ("b",))),
    "a revision that is gone": _remove("migrations/versions/b.py"),
    "a module": _write("helper.py", "NAME = 'else'\n"),
    "a module that a module imports": _write("inner.py", "NAME = 'else'\n"),
    "a module that upgrade() imports": _write("package/deep.py", "LAZY = 'else'\n"),
    "a package": _write("package/__init__.py", "import package.deep\npackage.deep.LAZY = 'else'\n"),
    "a module that has not been there": _write("optional.py", "VALUE = 'there'\n"),
    "a package that has not been there": _write("optional/__init__.py", "VALUE = 'there'\n"),
    "a module that comes first": _write("first/helper.py", "NAME = 'else'\n"),
    "a package that comes first": _write("helper/__init__.py", "NAME = 'else'\n"),
    "a module that comes before one that is imported by another": _write("first/inner.py", "NAME = 'else'\n"),
    "a file that is read": _write("data.txt", "other"),
    "a file that has not been there": _write("more.sql", "more"),
    "a file in a folder that is listed": _write("seeds/two.csv", "2"),
    "env.py": lambda it: it.write("migrations/env.py", ENV.replace('"v"', '"w"')),
    "alembic.ini": lambda it: it.write("alembic.ini", INI.replace("%(here)s/first:", "")),
    "a setting": lambda it: it.project.set_options('lock_timeout = "9s"'),
    "hand-written SQL": _write("migrations/versions/b.postgresql.upgrade.sql", "SELECT 1;\n"),
    "a byte of a bundle": _edit_bundle,
    "a bundle with sums that fit": _forge_bundle,
    "a manifest with sums that fit": _forge_manifest,
    "another file in a bundle": _write("sql_out/a__b/notes.txt", "mine"),
    "a script that is gone": _remove("sql_out/a__b/upgrade.sql"),
    "another bundle": _write("sql_out/junk/notes.txt", "mine"),
    "a bundle that is gone": lambda it: shutil.rmtree(it.project.output / "a__b"),
}
HARMLESS = {"alembic.ini"}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_is_seen(known: Remembering, what: str) -> None:
    """And what check then says is what it says without any memory; back again, the first verdict holds again."""
    before = contents(known.project.root)
    CHANGES[what](known)
    outcome = known.check()
    assert outcome.err == RENDERED
    assert outcome == known.check("--no-cache")
    assert outcome.code == (0 if what in HARMLESS else 1), outcome.text
    assert len(known.verdicts()) == (2 if what in HARMLESS else 1)
    _restore(known.project.root, before)
    assert known.check() == Outcome(0, "current           base__a\ncurrent           a__b\n", "")


def _restore(root: Path, before: Mapping[str, bytes]) -> None:
    for path in sorted(root.rglob("*"), reverse=True):
        name = path.relative_to(root).as_posix()
        if path.is_file() and name not in before:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for name, data in before.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if not (root / name).exists() or (root / name).read_bytes() != data:
            (root / name).write_bytes(data)


@pytest.mark.parametrize("name", ["FLAVOUR", "SUFFIX"])
def test_variable_that_the_project_reads_is_seen(known: Remembering, name: str) -> None:
    """Whether env.py reads it or a revision, and though it was not set before; any other one is nobody's."""
    env = {name: "else"}
    assert known.check(env={"UNREAD": "x"}).err == ""
    outcome = known.check(env=env)
    assert (outcome.code, outcome.err) == (1, RENDERED)
    assert outcome == known.check("--no-cache", env=env)


def test_all_variables_are_seen_where_all_are_read(fresh: Remembering) -> None:
    """As classes for settings do."""
    fresh.write("helper.py", "import os\nfrom inner import NAME\nFOUND = {key.lower(): key for key in os.environ}\n")
    assert [fresh.check().err for _ in range(2)] == [RENDERED, ""]
    assert fresh.check(env={"OTHER": "x"}).err == RENDERED


def test_other_options_are_other_questions(known: Remembering) -> None:
    """Each has a verdict of its own."""
    known.project.put(Rev("c", ("b",)))
    questions = [("--allow-uncovered",), ("a:b",), ("base:a", "a:b")]
    for said in (RENDERED, ""):
        outcomes = [known.check(*options) for options in questions]
        assert [outcome.err for outcome in outcomes] == [said] * 3
    assert [outcome.out for outcome in outcomes] == [known.check(*options, "--no-cache").out for options in questions]
    assert known.check().code == 1


def test_what_env_py_is_handed_is_part_of_the_question(fresh: Remembering) -> None:
    """The values stand in no script, so a bundle may be current with one and not with another; nor in the memory."""
    env_py = ENV.replace('os.environ.get("SUFFIX", "")', 'context.get_x_argument(as_dictionary=True)["k"][:1]')
    fresh.write("migrations/env.py", env_py)
    shutil.rmtree(fresh.project.output)
    assert fresh.project.run("sql", "base:b", "-x", "k=s3cret").code == 0
    assert [fresh.check("-x", "k=s3cret").err for _ in range(2)] == [RENDERED, ""]
    assert "s3cret" not in fresh.verdicts()[0].read_text()
    assert fresh.check("-x", "k=other").code == 1


def test_installed_package_is_seen(fresh: Remembering, tmp_path: Path) -> None:
    """By its version, and by its files where somebody has edited them."""
    packages = tmp_path / "site-packages"
    (packages / "shop-1.0.dist-info").mkdir(parents=True)
    (packages / "shop.py").write_text("NAME = 'inner'\n")
    fresh.write("helper.py", "from shop import NAME\n")
    env = {"PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(packages)]).strip(os.pathsep)}
    env["PYTHONPATH"] += os.pathsep + str(Path(sys.modules["changescript"].__path__[0]).parent)
    assert [fresh.check(env=env).err for _ in range(2)] == [RENDERED, ""]
    (packages / "shop-1.0.dist-info").rename(packages / "shop-1.1.dist-info")
    assert [fresh.check(env=env).err for _ in range(2)] == [RENDERED, ""]
    (packages / "shop.py").write_text("NAME = 'other'\n")
    assert fresh.check(env=env).code == 1


BY_ITS_PATH = """\
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
spec = spec_from_file_location("plugin", Path(__file__).with_name("plugin.py"))
plugin = module_from_spec(spec)
spec.loader.exec_module(plugin)
NAME = plugin.NAME
"""


def test_source_is_seen_where_only_its_compiled_file_is_read(fresh: Remembering) -> None:
    """And where the module is known to nobody by its name."""
    fresh.write("helper.py", BY_ITS_PATH)
    fresh.write("plugin.py", "NAME = 'inner'\n")
    compiled = fresh.project.root / "__pycache__"
    env = {"PYTHONDONTWRITEBYTECODE": ""}
    fresh.check("--no-cache", env=env)
    assert [path.name for path in compiled.glob("plugin.*.pyc")]
    assert [fresh.check(env=env).err for _ in range(2)] == [RENDERED, ""]
    fresh.write("plugin.py", "NAME = 'other than that'\n")
    assert fresh.check(env=env).code == 1


def test_drift_is_never_remembered(fresh: Remembering) -> None:
    """It is found each time, and nothing is written for it."""
    _edit_bundle(fresh)
    assert [fresh.check().code for _ in range(2)] == [1, 1]
    assert fresh.verdicts() == []


def test_memory_lies_outside_of_the_project(known: Remembering) -> None:
    """Check writes nothing there, and nobody else may read what it writes; it holds no value that was read."""
    before = tree(known.project.root)
    known.check(env={"FLAVOUR": "s3cret"})
    known.write("helper.py", "from inner import NAME\nimport os\nos.environ.get('PASSWORD')\n")
    known.check(env={"PASSWORD": "s3cret"})
    known.write("helper.py", FILES["helper.py"])
    assert tree(known.project.root).keys() == before.keys()
    assert len(known.verdicts()) == 2
    for file in known.verdicts():
        assert file.stat().st_mode & 0o077 == 0
        assert "s3cret" not in file.read_text()


UNTELLABLE = {
    "a program is started": "import subprocess\nsubprocess.run(['true'])\n",
    "a day is taken when it is imported": "import datetime\nTODAY = datetime.date.today()\n",
    "a clock is read when it is imported": "from time import time as clock\nNOW = clock()\n",
    "the machine is asked for its name": "import platform, os\nos.uname()\n",
    "a folder is opened": "import os\nos.close(os.open('.', os.O_RDONLY))\n",
    "the system is asked": "open('/proc/loadavg').read()\n",
}


@pytest.mark.parametrize("what", UNTELLABLE)
def test_what_nobody_can_compare_is_rendered_each_time(fresh: Remembering, what: str) -> None:
    """A module may do so when it is imported."""
    fresh.write("helper.py", f"{UNTELLABLE[what]}from inner import NAME\n")
    assert [fresh.check().err for _ in range(2)] == [RENDERED, RENDERED]
    assert fresh.verdicts() == []


def test_verdict_with_a_clock_in_a_function_holds_for_its_hour(fresh: Remembering) -> None:
    """Nobody knows whether the function is called."""
    fresh.write("helper.py", "import datetime\nfrom inner import NAME\ndef day():\n    return datetime.date.today()\n")
    assert [fresh.check().err for _ in range(2)] == [RENDERED, ""]
    (file,) = fresh.verdicts()
    assert json.loads(file.read_text())["hour"]


def test_clone_that_comes_with_a_memory_proves_all_the_same(known: Remembering) -> None:
    """Somebody may commit one; in CI there is none at all."""
    inside = known.project.root / ".cache"
    shutil.copytree(known.cache, inside)
    assert known.check(env={"XDG_CACHE_HOME": str(inside)}).err == RENDERED
    for name in ("CI", "JENKINS_URL", "TF_BUILD"):
        assert known.check(env={name: "true"}).err == RENDERED
    assert known.check().err == ""


def test_new_clone_at_the_same_place_is_rendered(fresh: Remembering) -> None:
    """Its files are the same, and it is not what was proven."""
    description = fresh.project.root / ".git" / "description"
    for _ in range(2):
        description.parent.mkdir()
        description.write_text("Unnamed repository")
        assert [fresh.check().err for _ in range(2)] == [RENDERED, ""]
        shutil.rmtree(description.parent)


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut off": lambda data: data[: len(data) // 2],
    "no JSON": lambda _: b"\xff\xfe",
    "another JSON": lambda _: b"[1]",
    "without parts": lambda _: b"{}",
    "with parts of other kinds": lambda _: b'{"answer": 1, "looks": [], "variables": 2, "hour": "", "digest": null}',
    "with another answer": lambda data: data.replace(b"base__a", b"base__x"),
    "with a way to look that is none": lambda data: data.replace(b'"folder"', b'"folders"'),
    "with a path that is none": lambda data: data.replace(b"data.txt", b"data\\u0000.txt"),
}


@pytest.mark.parametrize("how", SPOILED)
def test_spoiled_memory_is_none(known: Remembering, how: str) -> None:
    """It is written anew."""
    expected = known.check("--no-cache")
    (file,) = known.verdicts()
    file.write_bytes(SPOILED[how](file.read_bytes()))
    assert known.check() == expected
    assert known.check().err == ""


def test_memory_that_others_can_write_is_none(known: Remembering) -> None:
    """They could say that anything is current."""
    (file,) = known.verdicts()
    file.chmod(0o666)
    assert known.check().err == RENDERED


def test_check_needs_no_memory(fresh: Remembering) -> None:
    """Where none can be written, nothing is said of it."""
    fresh.cache.write_text("a file where the folder belongs")
    assert [fresh.check() for _ in range(2)] == [
        Outcome(0, "current           base__a\ncurrent           a__b\n", RENDERED)
    ] * 2
    assert fresh.check(env={"XDG_CACHE_HOME": "", "HOME": ""}).code == 0


def test_checks_may_run_at_once(fresh: Remembering) -> None:
    """Each says what it says alone, and the next one remembers."""
    env = {"XDG_CACHE_HOME": str(fresh.cache)}

    def run(_: int) -> Outcome:
        return run_cli(fresh.project.root, "check", env=env, start=START)

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(run, range(4)))
    assert {(outcome.code, outcome.out) for outcome in outcomes} == {
        (0, "current           base__a\ncurrent           a__b\n")
    }
    assert run(0).err == ""


def test_each_target_has_a_memory_of_its_own(tmp_path: Path) -> None:
    """One that has drifted is rendered each time, and the others are not."""
    project = make_project(tmp_path / "project", "a; b < a", ENV)
    targets = "[tool.changescript.targets.{}]\ndialect = '{}'\n"
    (project.root / "pyproject.toml").write_text(targets.format("shop", "mariadb") + targets.format("main", "sqlite"))
    assert project.run("sql", "base:head").code == 0
    it = Remembering(project, tmp_path / "cache")
    assert [it.check().err for _ in range(2)] == [RENDERED * 2, ""]
    with (project.output / "main" / "base__b" / "upgrade.sql").open("a") as script:
        script.write("DROP TABLE t_a;\n")
    outcome = it.check()
    assert (outcome.code, outcome.err) == (1, RENDERED)
    assert outcome.out == it.check("--no-cache").out
    (project.output / "gone").mkdir()
    assert "no target is called gone" in it.check().out


def test_no_more_than_a_few_verdicts_are_kept(fresh: Remembering) -> None:
    """As many as a person goes back and forth between."""
    for number in range(6):
        fresh.write("package/__init__.py", f"# {number}\n")
        assert fresh.check().err == RENDERED
    assert len(fresh.verdicts()) == 4
    for number, said in ((5, ""), (4, ""), (0, RENDERED)):
        fresh.write("package/__init__.py", f"# {number}\n")
        assert fresh.check().err == said


@pytest.mark.parametrize("seed", range(2))
def test_memory_never_changes_what_check_says(fresh: Remembering, seed: int) -> None:
    """Whatever is done, undone and done again."""
    chance = random.Random(seed)  # noqa: S311 - any order will do
    original = contents(fresh.project.root)
    for _ in range(14):
        if chance.random() < 0.4:
            _restore(fresh.project.root, original)
        else:
            what = chance.choice(list(CHANGES))
            try:
                CHANGES[what](fresh)
            except (FileNotFoundError, FileExistsError):
                continue
        remembered, rendered = fresh.check(), fresh.check("--no-cache")
        assert (remembered.code, remembered.out) == (rendered.code, rendered.out)
