"""Which constraint is meant where one is dropped without a name: the one that the revision itself has made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.exc import CompileError, NoSuchTableError

from changescript.errors import Asks
from changescript.model import Direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Constraint

    from changescript.errors import RevisionError
    from changescript.recording.recorder import Recorder
    from changescript.schema_model import SchemaModel

_KINDS = {
    "PrimaryKeyConstraint": "primary",
    "ForeignKeyConstraint": "foreignkey",
    "UniqueConstraint": "unique",
    "CheckConstraint": "check",
}
"""What op.drop_constraint() calls a kind of constraint, by its class."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Constraints of one kind that a revision has made, one of which it has dropped without a name."""

    table: str
    schema: str | None
    kind: str
    made: frozenset[str]
    refusal: RevisionError
    """What to raise where one of them is left: then nobody can tell which was meant."""

    def are_left(self, schema: SchemaModel) -> bool:
        """Tell whether one of them is still there."""
        return not self.made.isdisjoint(_names(schema, self.table, self.kind, self.schema))


def name_of(constraint: Constraint, recorder: Recorder) -> str:
    """Return the name of the constraint that is dropped; raises RevisionError where that can't be told."""
    kind = _KINDS.get(type(constraint).__name__)
    table, schema = constraint.table.name, constraint.table.schema
    if kind is None:
        raise recorder.refuse(f"a constraint of {table} without a name and a type is dropped", _HINT)
    found = recorder.ask(lambda model: _names(model, table, kind, schema))
    if len(found) == 1:
        return str(found[0])
    below = recorder.schema_below() if recorder.direction is Direction.ROLLBACK else None
    made = sorted({*found} - {*_names(below, table, kind, schema)}) if below else []
    refusal = recorder.error(
        f"which {kind} constraint of {table} is dropped can't be told: it has no name, and {len(found)} fit",
        _HINT,
        Asks.SCHEMA,
    )
    if not made:
        if recorder.presumes:
            # So it fails online, where nobody puts a name in; some revisions catch that.
            raise CompileError("the constraint has no name")
        raise recorder.note(refusal)
    if len(made) > 1:
        recorder.remember(Unnamed(table, schema, kind, frozenset(made), refusal))
    return str(made[0])


def left(unnamed: Iterable[Unnamed], schema: SchemaModel) -> Iterator[RevisionError]:
    """Yield the refusals of those of which only some were dropped."""
    return (each.refusal for each in unnamed if each.are_left(schema))


def _names(schema: SchemaModel, table: str, kind: str, in_schema: str | None) -> tuple[str, ...]:
    try:
        return schema.names_of(table, kind, schema=in_schema)
    except NoSuchTableError:
        return ()


_HINT = "give the constraint its name"
