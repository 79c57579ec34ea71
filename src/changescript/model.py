"""The frozen dataclasses that the modules hand to each other; imports nothing of ours."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from changescript.content import Content, Stretch

TARGET = re.compile(r"[A-Za-z0-9_][\w-]*", re.ASCII)
"""What a target may be called: its name is a folder."""
Heads = tuple[str, ...]
"""The rows of alembic_version: revision ids, sorted; empty means base."""


class Direction(enum.Enum):
    """Which way a script goes; the value is the name of its file without the suffix."""

    UPGRADE = "upgrade"
    ROLLBACK = "rollback"


class TransactionMode(enum.Enum):
    """What one transaction of a script holds."""

    SCRIPT = "script"
    REVISION = "revision"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A place in the project's source: path relative to the project's root, with `/`, and 1-based line."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision file as far as the graph needs it."""

    id: str
    down: tuple[str, ...]
    """Ids that must be applied before this one: its down_revision and depends_on, sorted."""
    message: str
    file: Path
    path: str
    """`file` as shown to people: relative to the project's root."""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """FROM and TO as rows of alembic_version: what the guard compares with."""

    lower: Heads
    """One may be a half-done state: `b:3`, three statements of b's upgrade are done, or `b:-3`, of its downgrade."""
    upper: Heads

    @property
    def name(self) -> str:
        """The folder's name: `<from>__<to>`."""
        return f"{heads_name(self.lower)}__{heads_name(self.upper)}".replace(":", "-")

    def __str__(self) -> str:
        return f"{','.join(self.lower) or 'base'}:{','.join(self.upper) or 'base'}"


@dataclass(frozen=True, slots=True)
class Request:
    """One bundle that is asked for."""

    revisions: Range
    ticket: str = ""
    dialect: str = ""
    """Empty: as the project says."""
    no_env: bool = False
    """Without the project's env.py."""
    engine: str | None = None
    """Which of the databases that env.py migrates, by its engine_name; None: the only one."""


def heads_name(heads: Heads) -> str:
    """Return heads as one word: `base`, an id, or several ids joined by `+`."""
    return "+".join(heads) or "base"


def spelled(heads: Heads) -> str:
    """Return heads as messages spell them."""
    return ", ".join(heads) or "base"


@dataclass(frozen=True, slots=True)
class Step:
    """One revision in one direction, and the rows of alembic_version before and after it."""

    revision: Revision
    direction: Direction
    """Which of the revision's functions is run."""
    before: Heads
    after: Heads
    done: int | None = None
    """How many of its statements have been executed before, where it starts half-way."""
    undoes: bool = False
    """Whether those are undone, instead of the rest being executed."""


@dataclass(frozen=True, slots=True)
class ManualStep:
    """What a person has to do before a script goes on, and the variable that says so."""

    name: str
    """What the variable's name ends in: other than that of any other manual step of a script."""
    text: str
    """What is to be done, on one line."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement as a directive emitted it, without its terminator, and where it came from."""

    text: str | Stretch
    """A long one is kept out of memory."""
    directive: str | None
    source: SourceLine
    autocommit: bool = False
    """Emitted inside `autocommit_block()`."""
    inverse: Callable[[], str] | None = field(default=None, compare=False)
    """Makes the SQL that undoes it; None where nothing does."""
    manual: ManualStep | None = None
    """What it stops the script for; it has no text of its own then, the dialect makes it."""

    @property
    def sql(self) -> str:
        """The statement."""
        return str(self.text)


@dataclass(frozen=True, slots=True)
class Override:
    """A file of SQL that a person has written in place of a revision's function."""

    path: str
    """As shown to people: relative to the project's root."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """A question about the schema that a step asked, and the answer that its statements rest on."""

    source: SourceLine
    kind: str
    """What is asked for: `table`, `columns of`, ..."""
    about: str
    """Its name; empty for a question about all there are."""
    answer: str
    at_start: str
    """SQL condition of what the answer means before the script's first statement; empty: nothing that is known."""
    start: str
    """The same in words."""
    later: str
    """SQL condition of the answer itself, where that is another one than at the start; else empty."""
    after: int
    """How many of the step's statements come before the question."""

    @property
    def question(self) -> str:
        """The question in words."""
        return f"{self.kind} {self.about}".rstrip()

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"


@dataclass(frozen=True, slots=True)
class Assumed:
    """An assumption, in its place in a script."""

    revision: str
    assumption: Assumption
    behind: int
    """Number of the statement behind which it was asked; 0: before the first."""


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """A step and the statements that its function emitted, in order."""

    step: Step
    statements: tuple[Statement, ...]
    override: Override | None = None
    """What stands in place of the revision's function."""
    assumptions: tuple[Assumption, ...] = ()
    """What the function was told about the schema, in the order in which it asked."""


@dataclass(frozen=True, slots=True)
class VersionTable:
    """Where env.py keeps the version rows."""

    name: str = "alembic_version"
    schema: str | None = None
    primary_key: bool = True


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a way back ends before FROM: a revision that can't be taken back, as its own code says."""

    revision: Revision
    source: SourceLine
    reason: str

    def __str__(self) -> str:
        return f"{self.revision.id} ({self.source}): {self.reason}"


@dataclass(frozen=True, slots=True)
class Recording:
    """What a range does in one direction, and what env.py said about how."""

    steps: tuple[RecordedStep, ...]
    start: Heads
    """The rows of alembic_version before the first step."""
    dialect: str
    version_table: VersionTable
    transaction_per_migration: bool
    asked_for: bool = False
    """Whether the dialect is another one than env.py configures."""
    stop: Stop | None = None
    """Where a way back ends before FROM."""


@dataclass(frozen=True, slots=True)
class ScriptStatement:
    """One numbered statement of a script, as the manifest lists it."""

    number: int
    revision: str
    directive: str | None
    source: SourceLine
    line: int
    """1-based line of the script that its text starts on."""
    outside_transaction: bool
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Script:
    """The text of one file that a DBA runs, and what the manifest says about it."""

    direction: Direction
    content: Content
    statements: tuple[ScriptStatement, ...]
    stop: Stop | None = None
    overrides: tuple[tuple[str, Override], ...] = ()
    """Revisions, and what stands in their place."""
    assumptions: tuple[Assumed, ...] = ()
    """What revisions were told about the schema."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`[tool.changescript]` with its defaults."""

    output: str = "sql_out"
    transaction: TransactionMode | None = None
    """None: as env.py's transaction_per_migration says."""
    lock_timeout: str = "5s"
    statement_timeout: str = "0"
    search_path: str = "public"
    rows_per_insert: int = 100
    overrides: str | None = None
    """The folder of SQL that stands in place of revisions; None: beside them."""
    server_version: str | None = None
    """The release of the server that the scripts are for; None: any that the dialect knows."""
    baseline: str | None = None
    """The file with the DDL of what was there before the first revision; None: nothing was."""


@dataclass(frozen=True, slots=True)
class Target:
    """A database that scripts are written for beside others, from the same revisions."""

    name: str
    """The folder of its bundles."""
    dialect: str
    """Empty: as env.py configures it."""
    settings: Settings
    engine: str | None = None
    """Which of the databases that env.py migrates, by its engine_name; None: the only one."""


@dataclass(frozen=True, slots=True)
class Project:
    """Where an Alembic project stands and how it wants its scripts."""

    root: Path
    ini: Path | None
    pyproject: Path | None
    output: Path
    """The folder for its bundles."""
    settings: Settings = field(default_factory=Settings)
    dialect: str = ""
    """Name of the dialect to write for; empty: as env.py configures it."""
    targets: tuple[Target, ...] = ()
    """Those of its settings, in their order."""
    target: str = ""
    """Name of the one that this project has been narrowed to; empty: of none."""
    x: tuple[str, ...] = ()
    """What env.py is handed as `-x key=value`; may hold secrets."""
    engine: str | None = None
    """Which of the databases that env.py migrates, by its engine_name; None: the only one."""
    migrations: Path | None = None
    """The folder of env.py where no file names it: alembic.ini lies in it, as with Flask-Migrate."""

    def for_target(self, target: Target) -> Project:
        """Return the project as it writes for one of its targets."""
        return replace(
            self,
            output=self.output / target.name,
            settings=target.settings,
            dialect=target.dialect,
            targets=(),
            target=target.name,
            engine=target.engine,
        )
