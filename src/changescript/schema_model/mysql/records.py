"""What a table of MySQL or MariaDB is, as records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from changescript.schema_model.undoing import Noted, Undoable
from changescript.schema_model.unknown import Outside, Unknown, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `type` is as SHOW CREATE TABLE writes it, "?" comes first where that isn't sure."""

    name: str
    type: str
    not_null: bool = False
    default: str | None = None
    on_update: str = ""
    auto_increment: bool = False
    comment: str = ""
    collation: str = ""
    generated: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A column of an index."""

    column: str
    length: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """An index. `generated` ones were made for a foreign key and go when another serves it."""

    name: str
    kind: str
    parts: tuple[Part, ...]
    using: str = ""
    generated: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns' names in small letters."""
        return tuple(part.column.lower() for part in self.parts)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key."""

    name: str
    columns: tuple[str, ...]
    table: str
    referenced: tuple[str, ...]
    actions: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a table."""

    name: str
    text: str
    columns: frozenset[str] = frozenset()
    """In small letters."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or a view without columns that are known."""

    name: str
    columns: tuple[Column, ...] = ()
    keys: tuple[Key, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    collation: str = ""
    engine: str = "InnoDB"
    comment: str = ""
    unknown: Unknown | None = None
    kind: str = "BASE TABLE"

    def column(self, name: str) -> Column | None:
        """Return the column of this name, whatever the case of its letters."""
        return next((one for one in self.columns if one.name.lower() == name.lower()), None)

    def key(self, name: str) -> Key | None:
        """Return the index of this name."""
        return next((one for one in self.keys if one.name.lower() == name.lower()), None)


@dataclass(slots=True)
class Schema(Undoable):
    """All tables and views."""

    scalars = ("unknown", "outside", "checks_keys")

    place: str = ""
    """The file:line of the statement that is followed."""

    tables: dict[str, Table] = field(default_factory=Noted)
    unknown: Unknown | None = None
    outside: Unknown | None = None
    found: dict[str, None] = field(default_factory=Noted)
    """Names, in small letters, of what turned out to exist that was never seen made."""

    checks_keys: bool = True
    """Whether a foreign key needs what it refers to."""

    def lose(self, unknown: Unknown) -> None:
        """Note that whatever there is now may have been touched."""
        self.unknown = self.unknown or unknown

    def find(self, name: str) -> Table | None:
        """Return the table or view of this name, or None; refuse where that isn't known."""
        if self.unknown is not None:
            raise refusal(f"whether {name} exists", self.unknown)
        return self.tables.get(name)

    def get(self, name: str) -> Table:
        """Return the table of this name, which must exist for the statement to have run.

        One that was never seen made is there from now on, and nobody knows what it holds.
        """
        if name not in self.tables:
            self.outside = self.outside or Unknown(str(Outside.of(name)), self.place)
            self._stand_in(name)
        return self.tables[name]

    def note(self, name: str) -> None:
        """Note that there is a table of this name, as a foreign key refers to it."""
        if self.checks_keys and name.lower() not in map(str.lower, self.tables):
            self._stand_in(name)

    def _stand_in(self, name: str) -> None:
        self.tables[name] = Table(name, unknown=Unknown("it was made outside of what was read", self.place))
        self.found[name.lower()] = None

    def all(self) -> Iterator[Table]:
        """Go through all tables and views by name."""
        if self.unknown is not None:
            raise refusal("what the schema holds", self.unknown)
        yield from sorted(self.tables.values(), key=lambda table: table.name)
