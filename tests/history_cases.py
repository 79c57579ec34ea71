"""The histories of tests/histories: revisions as real projects have them, and what must become of each.

A case is a folder with an alembic.ini, its versions/ and a case.toml:

    pattern = "what the revisions do that is hard to render, in a sentence"
    class = "schema"             one of CLASSES
    range = "a100:heads"         what is rendered; default base:heads

    [[outcome]]                  one for each group of dialects with the same outcome
    dialects = ["postgresql"]

An outcome that is a script may say

    upgrade, rollback            the assumptions of each script, all of them, none if not said:
                                 "<revision> (<file:line>): <question>: <answer>"
    stops                        why rollback.sql does not lead back to FROM
    contains, lacks              what both scripts together hold and don't hold
    overrides                    the files of hand-written SQL in them
    contradictions               SQL after which a database is not as assumed, so that the script has to refuse it

and one that is none says `refused`: "revision <id> (<file:line>): <why>" of every refusal. In all of these `*` stands
for any text, and so one may stand for several. `online` and `online_back` hold words of the error that an online
upgrade or downgrade fails with.

Beside it may stand, for all dialects or as `<name>.<dialect>.sql` for one: `baseline.sql`, which a database held before
the history began, and changescript knows; `outside.sql`, the same, which it doesn't know; and `seed.sql`, rows that
are there at FROM.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from changescript.errors import ChangescriptError, RevisionError
from tests.golden_cases import Rendered, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FOLDER = Path(__file__).parent / "histories"
DIALECTS = ("mariadb", "postgresql", "sqlite")

CLASSES = {
    "schema": "it asks which tables, columns, constraints or types there are",
    "unnamed": "it drops a constraint or an index whose name the database has chosen",
    "outside": "it speaks of a schema that no revision has made as a directive",
    "batch": "it changes tables in batches, which on SQLite means that they are made anew",
    "rows": "it asks for rows",
    "executes": "it uses the connection only to execute",
    "literals": "its values are hard to write as literals",
    "app": "it needs its application, a database, or an older SQLAlchemy",
    "silent": "stock Alembic writes a script that does something else, or only fails where nobody sees it",
    "shape": "its graph, or its way back, is more than a chain of revisions",
    "directives": "it uses directives of other packages, types or sequences of its own, or what needs no transaction",
}
"""The kinds of revision that were counted in real histories, and what makes each hard."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What must become of a history for one dialect."""

    upgrade: tuple[str, ...] = ()
    rollback: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    stops: str = ""
    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    online: str = ""
    online_back: str = ""


@dataclass(frozen=True)
class History:
    """One case."""

    name: str

    @property
    def root(self) -> Path:
        """Return its folder."""
        return FOLDER / self.name

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """Return what its case.toml says."""
        return tomllib.loads((self.root / "case.toml").read_text(encoding="utf-8"))

    @property
    def range_(self) -> str:
        """Return the range that is rendered."""
        return str(self.told.get("range", "base:heads"))

    @property
    def lower(self) -> tuple[str, ...]:
        """Return the revision that it starts from; none is base."""
        lower = self.range_.partition(":")[0]
        return () if lower == "base" else (lower,)

    @property
    def upper(self) -> str:
        """Return where it leads to, as Alembic takes it."""
        return self.range_.partition(":")[2]

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """Return what must come out, by dialect."""
        return dict(self._outcomes())

    def _outcomes(self) -> Iterator[tuple[str, Outcome]]:
        for entry in self.told["outcome"]:
            said: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
            }
            for dialect in said.pop("dialects"):
                yield dialect, Outcome(**said)

    def sql(self, what: str, dialect: str) -> str:
        """Return the SQL beside it of this name, if there is any."""
        files = (self.root / f"{what}.{dialect}.sql", self.root / f"{what}.sql")
        return next((file.read_text(encoding="utf-8") for file in files if file.is_file()), "")

    def __str__(self) -> str:
        return self.name


HISTORIES = tuple(History(file.parent.name) for file in sorted(FOLDER.glob("*/case.toml")))
RUNS = tuple((dialect, case) for case in HISTORIES for dialect in sorted(case.outcomes))
"""Every history with every dialect that it is for."""


def rendered(case: History, dialect: str) -> Rendered:
    """Render its range; raises ChangescriptError where it is refused."""
    return render(case.root, dialect, [case.range_])[case.range_]


def refusals(case: History, dialect: str) -> tuple[str, ...]:
    """Return every reason for which it is not rendered; none if it is."""
    try:
        rendered(case, dialect)
    except RevisionError as error:
        return tuple(str(part) for part in error.parts or (error,))
    except ChangescriptError as error:
        return (str(error),)
    return ()


def assumptions(made: Rendered, script: str) -> tuple[str, ...]:
    """Return what a script assumes, a line each."""
    told = made.manifest["scripts"][script].get("assumptions", ())
    return tuple(f"{each['revision']} ({each['source']}): {each['question']}: {each['answer']}" for each in told)


def fits(pattern: str, text: str) -> bool:
    """Tell whether a text is as a pattern of a case.toml says, in which `*` stands for any text."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL) is not None


def misfits(patterns: Sequence[str], texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the patterns that fit no text, and the texts that none of the patterns expects."""
    missing = [pattern for pattern in patterns if not any(fits(pattern, text) for text in texts)]
    return missing, [text for text in texts if not any(fits(pattern, text) for pattern in patterns)]
