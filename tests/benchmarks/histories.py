"""Makes Alembic projects with as many revisions as a measurement needs, and times what their number costs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.measure import ALEMBIC, CHANGESCRIPT, Ratio, alternate, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

INI = """\
[alembic]
script_location = %(here)s/alembic
prepend_sys_path = %(here)s
"""

ENV = """\
from alembic import context

context.configure(url="postgresql://", literal_binds=True, dialect_opts={"paramstyle": "named"})
with context.begin_transaction():
    context.run_migrations()
"""

_REVISION = '''\
"""change number {number}"""

import sqlalchemy as sa
from alembic import op

revision = "{id}"
down_revision = {down!r}
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "t{number}",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False, server_default="n"),
        sa.Column("price", sa.Numeric(10, 2)),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("CURRENT_TIMESTAMP")),
    )
    op.create_index("ix_t{number}_name", "t{number}", ["name"])
    op.execute("UPDATE t{number} SET name = 'x' WHERE price > 5")


def downgrade():
    op.drop_index("ix_t{number}_name", table_name="t{number}")
    op.drop_table("t{number}")
'''


def revision_id(number: int) -> str:
    """Return the id of the revision with that number, counted from 1."""
    return f"{number:06x}abcdef"


def line(count: int) -> dict[str, tuple[str, ...]]:
    """Return the ids of a history without branches, and what each stands on."""
    return {revision_id(number): (revision_id(number - 1),) if number > 1 else () for number in range(1, count + 1)}


def branched_history(count: int, merges: int) -> dict[str, tuple[str, ...]]:
    """Return the ids of a history whose branches run side by side and meet `merges` times, and what each stands on.

    A branch leaves the trunk in the middle between two merges.
    """
    length = max(count // merges, 1)
    found: dict[str, tuple[str, ...]] = {}
    trunk: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    for number in range(1, count + 1):
        id_, place = revision_id(number), number % length
        if place == 0 and side:
            found[id_] = tuple(sorted({*trunk, *side}))
            trunk, side = (id_,), ()
        elif place > length // 2 and place % 2:
            found[id_] = side or trunk
            side = (id_,)
        else:
            found[id_] = trunk
            trunk = (id_,)
    return found


def make_project(folder: Path, count: int, graph: Mapping[str, tuple[str, ...]] | None = None) -> Path:
    """Write a project with a line of `count` revisions into the folder, or with another graph of as many."""
    versions = folder / "alembic" / "versions"
    versions.mkdir(parents=True)
    (folder / "alembic.ini").write_text(INI, encoding="utf-8")
    (folder / "alembic" / "env.py").write_text(ENV, encoding="utf-8")
    for number, (id_, below) in enumerate((graph or line(count)).items(), start=1):
        text = _REVISION.format(number=number, id=id_, down=below[0] if len(below) == 1 else below or None)
        (versions / f"{id_}_change.py").write_text(text, encoding="utf-8")
    return folder


LAST_BUNDLES = ((1_000, 7, "at most 1"), (5_000, 5, "at most 0.5"))
"""Revisions, rounds, and the aim."""
SMALL, LARGE = 1_000, 10_000


def measurements() -> Iterator[Ratio]:
    """Yield what the last bundle of a history costs, and how time and memory grow with the history."""
    for count, rounds, aim in LAST_BUNDLES:
        with tempfile.TemporaryDirectory() as folder:
            yield last_bundle(make_project(Path(folder), count), count, rounds, aim)
    yield from growth("listing", (*CHANGESCRIPT, "list"), rounds=3)


def last_bundle(project: Path, count: int, rounds: int, aim: str) -> Ratio:
    """Compare one bundle, both directions, with one direction of plain Alembic."""
    span = f"{revision_id(count - 1)}:{revision_id(count)}"
    ours, theirs = alternate((*CHANGESCRIPT, "sql", span), (*ALEMBIC, "upgrade", span, "--sql"), project, rounds)
    return Ratio(f"the last of {count} bundles against `alembic upgrade X:Y --sql`", ours, theirs, aim)


def growth(name: str, command: Sequence[str], rounds: int) -> Iterator[Ratio]:
    """Compare a command on a branched history with one of a tenth of its revisions, above what an empty one costs."""
    usages = []
    for count in (0, SMALL, LARGE):
        with tempfile.TemporaryDirectory() as folder:
            graph = branched_history(count, max(count // 25, 1))
            project = make_project(Path(folder), count, graph)
            measure(command, project)
            usages.append(min((measure(command, project) for _ in range(rounds)), key=lambda use: use.seconds))
    none, small, large = usages
    what = f"{name} {LARGE} revisions against {SMALL}"
    seconds = large.seconds - none.seconds, small.seconds - none.seconds
    megabytes = large.megabytes - none.megabytes, small.megabytes - none.megabytes
    yield Ratio(f"{what}, CPU time", *seconds, "about 10")
    yield Ratio(f"{what}, memory", *megabytes, "about 10")
