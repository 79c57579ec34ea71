"""The graph is read from the text of revision files, and is the one that Alembic makes by running them all."""

from __future__ import annotations

import io
import itertools
import py_compile
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changescript.errors import HistoryError
from changescript.history import (
    History,
    plan_rollback,
    plan_upgrade,
    resolve_range,
)
from changescript.model import Revision
from tests.benchmarks.histories import branched_history, revision_id
from tests.benchmarks.histories import make_project as make_large_project
from tests.graphs import as_alembic_has_it, as_we_have_it, load, put
from tests.projects import Rev, make_project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _spelled(draw: st.DrawFn, names: Sequence[str]) -> str:
    if not names:
        return draw(st.sampled_from(["None", "()", "[]", "(None)"]))
    texts = ", ".join(map(repr, names))
    if len(names) == 1:
        return draw(st.sampled_from([repr(names[0]), f"({texts},)", f"[{texts}]", f"({texts})", f"'' {texts}"]))
    return draw(
        st.sampled_from([f"({texts})", f"[{texts}]", f"{{{texts}}}", f"(\n    {texts},\n)", f"tuple([{texts}])"])
    )


@st.composite
def histories(draw: st.DrawFn) -> dict[str, str]:
    """Return the texts of revision files by name; some stand in a second folder."""
    ids = draw(st.permutations([f"{letter}1f0" for letter in "abcdefgh"[: draw(st.integers(1, 8))]]))
    labels = {id_: f"label_{id_}" for id_ in ids if draw(st.integers(0, 3)) == 0}
    files = {}
    for at, id_ in enumerate(ids):
        below = draw(st.lists(st.sampled_from(ids[:at]), max_size=3, unique=True)) if at else []
        count = draw(st.integers(0, len(below)))
        needed = [labels.get(name, name) if draw(st.booleans()) else name for name in below[count:]]
        typed = draw(st.sampled_from(["", ": str", ": Union[str, None]", ": 'str | None'"]))
        lines = [
            draw(st.sampled_from(['"""step {id}"""', '"""step {id}\n\nmore\n"""', "'step {id}'", "# none"])).format(
                id=id_
            ),
            "from __future__ import annotations" if typed else "",
            f"revision{typed} = {id_!r}",
            f"down_revision{typed} = {_spelled(draw, below[:count])}",
            f"branch_labels{typed} = {_spelled(draw, [labels[id_]] if id_ in labels else [])}",
            f"depends_on{typed} = {_spelled(draw, needed)}",
            draw(st.sampled_from(["", "x = 1", "SQL = '''\nrevision = 1\n'''", "def upgrade():\n    pass"])),
        ]
        folder = draw(st.sampled_from(["migrations/versions", "more versions"]))
        files[f"{folder}/{id_}.py"] = draw(st.sampled_from(["\n", "\r\n"])).join("\n".join(lines).split("\n"))
    return files


LAYOUT = """\
[alembic]
script_location = %(here)s/migrations
path_separator = os
version_locations = %(here)s/migrations/versions:%(here)s/more versions
"""


@given(histories())
@settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
def test_graph_is_the_one_that_alembic_makes(
    tmp_path_factory: pytest.TempPathFactory, files: Mapping[str, str]
) -> None:
    """Branches, merges, dependencies, labels and several bases, in every spelling."""
    root = make_project(tmp_path_factory.mktemp("project"), "").root
    (root / "alembic.ini").write_text(LAYOUT)
    (root / "more versions").mkdir()
    for name, text in files.items():
        (root / name).write_bytes(text.encode())
    history = load(root)
    assert as_we_have_it(history) == as_alembic_has_it(root)
    scripts = ScriptDirectory.from_config(history.config)
    assert set(history.heads) == set(scripts.get_heads(consider_depends_on=True))
    assert {
        script.revision: (script.nextrev, script.doc, script.branch_labels) for script in scripts.walk_revisions()
    } == {
        script.revision: (script.nextrev, script.doc, script.branch_labels)
        for script in history.scripts.walk_revisions()
    }


@pytest.mark.parametrize("template", ["generic", "async", "multidb", "pyproject", "pyproject_async"])
def test_stock_templates_are_read_without_running_a_file(
    template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `alembic init` and `alembic revision` write, to the end, and not even Alembic is asked."""
    monkeypatch.chdir(tmp_path)
    config = Config("alembic.ini", toml_file="pyproject.toml", stdout=io.StringIO())
    command.init(config, "migrations", template=template)
    if template == "multidb":
        ini = tmp_path / "alembic.ini"
        ini.write_text(ini.read_text().replace("databases = engine1, engine2", "databases = one, two"))
    config = Config("alembic.ini", toml_file="pyproject.toml", stdout=io.StringIO())
    command.revision(config, 'first: a "quoted" message', rev_id="a1f0", branch_label="left")
    command.revision(config, "second", rev_id="b1f0", head="base", splice=True, depends_on="left")
    command.revision(config, "third", rev_id="c1f0", head="b1f0")
    command.merge(config, ["a1f0", "c1f0"], "all", rev_id="d1f0")
    monkeypatch.setattr("changescript.history.files.load_revision", forbidden)
    monkeypatch.setattr("changescript.history.reading.read_syntax", forbidden)
    monkeypatch.setattr("changescript.history.loading._places_of", forbidden)
    history = load(tmp_path)
    assert as_we_have_it(history) == as_alembic_has_it(tmp_path)
    assert history.revisions["a1f0"].message == 'first: a "quoted" message'
    assert history.revisions["b1f0"].down == ("a1f0",)


def forbidden(*_arguments: object) -> None:
    """Fail the test that comes here."""
    pytest.fail("this must not be called")


SEPARATORS = [
    "path_separator = os",
    "path_separator = space",
    "path_separator = newline",
    "path_separator = ;",
    "version_path_separator = :",
    "",
]


@pytest.mark.parametrize("separator", SEPARATORS)
def test_folders_are_those_that_alembic_reads(separator: str, tmp_path: Path) -> None:
    """Separated in each way that alembic.ini can say, and in the way it had when it said none."""
    character = {"os": ":", "space": " ", "newline": "\n  ", "": ", "}.get(separator.rpartition(" ")[2], separator[-1:])
    project = make_project(tmp_path, "")
    (tmp_path / "more").mkdir()
    locations = character.join(["%(here)s/migrations/versions", "%(here)s/more", "%(here)s/none"])
    project_ini = f"[alembic]\nscript_location = %(here)s/migrations\n{separator}\nversion_locations = {locations}\n"
    (tmp_path / "alembic.ini").write_text(project_ini)
    put(project, Rev("a1f0"), "migrations/versions")
    put(project, Rev("b1f0", ("a1f0",)), "more")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        history = load(project)
    assert set(history.revisions) == {"a1f0", "b1f0"}
    assert as_we_have_it(history) == as_alembic_has_it(tmp_path)


def test_folders_below_and_links_and_other_names_are_taken_as_alembic_takes_them(tmp_path: Path) -> None:
    """Recursive folders; a file that two names lead to counts once; what is no revision file is left out."""
    project = make_project(tmp_path, "")
    (tmp_path / "alembic.ini").write_text(LAYOUT.replace("path_sep", "recursive_version_locations = true\npath_sep"))
    versions = "migrations/versions"
    put(project, Rev("a1f0"), f"{versions}/2024/05")
    put(project, Rev("b1f0", ("a1f0",)), "elsewhere")
    (tmp_path / versions / "linked.py").symlink_to(tmp_path / "elsewhere" / "b1f0.py")
    (tmp_path / versions / "again.py").symlink_to(tmp_path / "elsewhere" / "b1f0.py")
    (tmp_path / versions / "folder").symlink_to(tmp_path / "elsewhere")
    for name in ("__init__.py", ".#a1f0.py", "notes.txt", "a1f0.sql", "2024/__init__.py", "__pycache__/x.py"):
        put(project, Rev("zz"), versions, name)
    expected = as_alembic_has_it(tmp_path)
    assert set(expected) == {"a1f0", "b1f0"}
    assert as_we_have_it(load(project)) == expected


def test_package_can_hold_the_revisions(tmp_path: Path) -> None:
    """`package:folder` in place of a path."""
    project = make_project(tmp_path, "a1f0")
    (tmp_path / "packed_migrations").mkdir()
    (tmp_path / "packed_migrations" / "__init__.py").touch()
    put(project, Rev("b1f0", ("a1f0",)), "packed_migrations/versions")
    locations = "migrations/versions packed_migrations:versions"
    (tmp_path / "alembic.ini").write_text(
        "[alembic]\nscript_location = %(here)s/migrations\nprepend_sys_path = %(here)s\npath_separator = space\n"
        f"version_locations = %(here)s/{locations}\n"
    )
    kept = sys.path.copy()
    try:
        assert as_we_have_it(load(project)) == as_alembic_has_it(tmp_path)
    finally:
        sys.path[:] = kept
        sys.modules.pop("packed_migrations", None)


def test_compiled_files_stand_for_sources_that_are_not_there(tmp_path: Path) -> None:
    """Where the project is `sourceless`, and only there."""
    project = make_project(tmp_path, "a1f0; b1f0 < a1f0; c1f0 < b1f0")
    file = project.file_of("c1f0")
    py_compile.compile(str(file), str(file.with_suffix(".pyc")))
    assert len(load(project).revisions) == 3
    file.unlink()
    assert len(load(project).revisions) == 2
    py_compile.compile(str(project.file_of("b1f0")))
    project.file_of("b1f0").unlink()
    with (tmp_path / "alembic.ini").open("a") as ini:
        ini.write("sourceless = true\n")
    history = load(project)
    assert set(history.revisions) == {"a1f0", "b1f0", "c1f0"}
    assert as_we_have_it(history) == as_alembic_has_it(tmp_path)
    assert callable(history.load_module("c1f0").upgrade)


# What is wrong with a graph ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("graph", "more", "said"),
    [
        ("a1; b1 < a1", Rev("b1", ("a1",)), ["b1 is present more than once", "versions/b1.py", "versions/more.py"]),
        ("a1; b1 < a1", Rev("c1", ("gone",)), ["versions/more.py", "down_revision of revision c1 names 'gone'"]),
        ("a1; b1 < a1", Rev("c1", ("a1",), ("gone",)), ["versions/more.py", "depends_on of revision c1 names 'gone'"]),
        ("a1ff; b1 < a1ff", Rev("c1", ("a1f",)), ["versions/more.py", "'a1f'", "in full"]),
        ("a1 @ left; b1 < a1", Rev("c1", ("left",)), ["versions/more.py", "'left'", "is a branch label"]),
        (
            "a1 @ left; b1 < a1",
            Rev("c1", ("a1",), label="left"),
            ["label 'left'", "versions/a1.py", "versions/more.py"],
        ),
        ("a1; b1 < a1", Rev("c1", ("a1",), label="b1"), ["label 'b1'", "versions/b1.py", "versions/more.py"]),
        ("a1; b1 < a1 z1", Rev("z1", ("b1",)), ["2 revisions stand on each other in a cycle", "b1 (", "z1 ("]),
        (
            "a1; b1 < a1; c1 < b1",
            Rev("z1", ("c1",), ("z1",)),
            ["revision z1 (migrations/versions/more.py) stands on itself"],
        ),
        (
            "a1; b1 < a1; c1 < b1",
            Rev("z1", ("c1",), ("l",), "l"),
            ["revision z1 (migrations/versions/more.py) stands on itself"],
        ),
        ("a1; b1 < a1", Rev("c-1", ("b1",)), ["versions/more.py", "'c-1'", "letters, digits"]),
    ],
)
def test_what_is_wrong_with_a_graph_is_said_by_name(graph: str, more: Rev, said: Sequence[str], tmp_path: Path) -> None:
    """The ids, and the files that they stand in."""
    project = make_project(tmp_path, graph)
    put(project, more, "migrations/versions", "more.py")
    with pytest.raises(HistoryError) as caught:
        load(project)
    text = f"{caught.value} {caught.value.hint}"
    assert [word for word in said if word not in text] == [], text


def test_problems_of_one_kind_are_told_together(tmp_path: Path) -> None:
    """So that a merge gone wrong is mended in one go."""
    project = make_project(tmp_path, "a1; b1 < gone1; c1 < gone2 gone3; d1 < a1")
    with pytest.raises(HistoryError) as caught:
        load(project)
    assert all(f"'gone{number}'" in str(caught.value) for number in (1, 2, 3))


# Large histories ------------------------------------------------------------------------------------


def test_large_history_is_read_and_planned_right(tmp_path: Path) -> None:
    """5,000 revisions with 200 merges: the graph, the order in both directions, and each range between merges."""
    graph = branched_history(5_000, 200)
    history = load(make_large_project(tmp_path, 5_000, graph))
    assert {id_: revision.down for id_, revision in history.revisions.items()} == graph
    merges = [id_ for id_, down in graph.items() if len(down) > 1]
    assert len(merges) == 200
    steps = plan_upgrade(history, resolve_range(history, "base:heads"))
    place = {step.revision.id: at for at, step in enumerate(steps)}
    assert all(place[down] < place[id_] for id_, below in graph.items() for down in below)
    assert [step.after for step in plan_rollback(history, resolve_range(history, "base:heads"))][-1] == ()
    spans = [f"{lower}:{upper}" for lower, upper in itertools.pairwise(merges)]
    parts = [plan_upgrade(history, resolve_range(history, span)) for span in spans]
    assert sum(len(part) for part in parts) == place[merges[-1]] - place[merges[0]]


class Counting(dict[str, Revision]):
    """Counts how often a revision is looked at."""

    looks = 0

    def __getitem__(self, key: str) -> Revision:
        self.looks += 1
        return super().__getitem__(key)


def looks(count: int) -> int:
    """Return how often revisions are looked at to plan a whole history and its last step."""
    graph = branched_history(count, count // 25)
    counting = Counting(
        {id_: Revision(id_, down, "", Path(), "") for id_, down in graph.items()},
    )
    history = History(counting)
    for text in ("base:heads", "base:+9", f"{revision_id(count - 60)}:heads"):
        plan_upgrade(history, resolve_range(history, text))
        plan_rollback(history, resolve_range(history, text))
    assert len(history.rank) == count
    return counting.looks


def test_work_grows_as_the_history_does() -> None:
    """Ten times the revisions, about ten times the looks at one, and no recursion: 10,000 is deeper than Python goes.

    How often a revision is looked at depends a little on the order of sets, and so on the hash seed.
    """
    assert looks(10_000) < 11 * looks(1_000)
