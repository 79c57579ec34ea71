"""A batch operation renders the same in every process, though Alembic takes constraints out of a set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.golden_cases import render
from tests.projects import Rev, make_project

if TYPE_CHECKING:
    from pathlib import Path

_BATCH = """\
checks = [sa.CheckConstraint(f"a > {n}", name=f"ck_{n}") for n in range(30)]
unnamed = [sa.CheckConstraint(f"a <> {n}") for n in range(30)]
t = sa.Table("t", sa.MetaData(), sa.Column("a", sa.Integer), *checks, *unnamed)
with op.batch_alter_table("t", copy_from=t) as batch:
    batch.alter_column("a", nullable=False)"""


def test_constraints_are_copied_in_the_order_in_which_they_are_written(tmp_path: Path) -> None:
    """The named ones first, as Alembic has it."""
    project = make_project(tmp_path, [Rev("a", upgrade=_BATCH)])
    upgrade = render(project.root, "sqlite", ["base:a"])["base:a"].upgrade
    assert [int(number) for number in re.findall(r"a (?:>|<>) (\d+)\)", upgrade)] == [*range(30), *range(30)]


_CONVENTION = """\
keys = ", ".join(f"FOREIGN KEY (c{n}) REFERENCES other (id)" for n in range(30))
op.execute("CREATE TABLE other (id INTEGER PRIMARY KEY)")
op.execute(f"CREATE TABLE t ({', '.join(f'c{n} INTEGER' for n in range(30))}, {keys})")
with op.batch_alter_table("t", naming_convention={"fk": "fk_%(column_0_name)s"}) as batch:
    batch.drop_constraint("fk_c7", type_="foreignkey")"""


def test_a_naming_convention_names_constraints_in_the_order_in_which_they_are_written(tmp_path: Path) -> None:
    """SQLAlchemy copies the table for it, out of a set too."""
    project = make_project(tmp_path, [Rev("a", upgrade=_CONVENTION)])
    upgrade = render(project.root, "sqlite", ["base:a"])["base:a"].upgrade
    named = [int(number) for number in re.findall(r"CONSTRAINT fk_c(\d+) FOREIGN KEY", upgrade)]
    assert named == [number for number in range(30) if number != 7]
