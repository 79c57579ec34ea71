"""What PostgreSQL's catalogue holds, as records that point to each other as its rows do."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from changescript.schema_model.undoing import Noted, Undoable
from changescript.schema_model.unknown import Exists, Outside, Unfollowed, Unknown, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

Name = tuple[str, str]
"""A schema and the name in it."""


@dataclass(frozen=True, slots=True)
class TypeName:
    """A column's type: a built-in name with what stands in parentheses, or a type of the model."""

    name: str
    modifier: str = ""
    array: bool = False
    oid: int = 0


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as the server shows it, and what would change its text; None is a text nobody knows."""

    text: str | None
    columns: frozenset[int] = frozenset()
    sequence: int = 0
    type: TypeName | None = None
    """A type of the model, whose name stands behind the text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A row of pg_attribute with its default."""

    number: int
    name: str
    type: TypeName
    not_null: bool = False
    default: Expression | None = None
    generated: str = ""
    identity: str = ""
    collation: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Constraint:
    """A row of pg_constraint."""

    oid: int
    name: str
    kind: str
    columns: tuple[int, ...] = ()
    include: tuple[int, ...] = ()
    referenced: int = 0
    referenced_columns: tuple[int, ...] = ()
    options: str = ""
    expression: Expression | None = None
    index: int = 0
    comment: str | None = None
    nulls_not_distinct: bool = False
    inherited: bool = True


@dataclass(frozen=True, slots=True)
class Element:
    """One column or expression of an index."""

    column: int
    expression: Expression | None = None
    opclass: str = ""
    flags: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """A row of pg_class. `kind` is its relkind."""

    oid: int
    schema: str
    name: str
    kind: str
    columns: tuple[Column, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    next_number: int = 1
    comment: str | None = None
    unknown: Unknown | None = None
    temporary: bool = False
    # of an index
    table: int = 0
    elements: tuple[Element, ...] = ()
    included: tuple[int, ...] = ()
    unique: bool = False
    primary: bool = False
    constraint: int = 0
    method: str = "btree"
    where: Expression | None = None
    options: tuple[str, ...] = ()
    nulls_not_distinct: bool = False
    # of a sequence
    sequence: tuple[tuple[str, int | bool], ...] = ()
    owner: tuple[int, int] = (0, 0)
    # of a view
    uses: frozenset[int] = frozenset()

    def column(self, name: str) -> Column | None:
        """Return the column of this name."""
        return next((column for column in self.columns if column.name == name), None)

    def names_of(self, numbers: tuple[int, ...]) -> list[str]:
        """Return the names of columns by their numbers."""
        names = {column.number: column.name for column in self.columns}
        return [names[number] for number in numbers]

    def constraint_named(self, name: str) -> Constraint | None:
        """Return the constraint of this name."""
        return next((constraint for constraint in self.constraints if constraint.name == name), None)


@dataclass(frozen=True, slots=True)
class Type:
    """A row of pg_type: an enum ("e"), or something whose content isn't followed; "?" is one of an unknown kind."""

    oid: int
    schema: str
    name: str
    kind: str
    labels: tuple[str, ...] = ()


@dataclass(slots=True)
class Catalogue(Undoable):
    """All rows. Records are replaced, never changed, so that a change is undone by the record before."""

    scalars = ("path", "last_oid", "unknown", "known_from", "outside", "extended")

    relations: dict[int, Relation] = field(default_factory=Noted)
    names: dict[Name, int] = field(default_factory=Noted)
    indexes: dict[int, tuple[int, ...]] = field(default_factory=Noted)
    constraint_names: dict[Name, int] = field(default_factory=Noted)
    types: dict[int, Type] = field(default_factory=Noted)
    type_names: dict[Name, int] = field(default_factory=Noted)
    schemas: dict[str, None] = field(default_factory=lambda: Noted({"public": None}))
    path: tuple[str, ...] = ("public",)
    last_oid: int = 0
    unknown: Unknown | None = None
    known_from: int = 0
    """Objects made later than this are known although `unknown` is set."""
    found: dict[tuple[str, str, str], bool] = field(default_factory=Noted)
    """Schema, name in small letters and kind (table, type, schema) of what turned out to exist that was never seen
    made; whether it is certain to be older than all that was read."""
    extended: bool = False
    """Whether an extension was made, which brings types of its own."""
    outside: Unknown | None = None
    """Set when something turned out to exist that was never seen made: what is missing here may exist."""
    place: str = ""
    """The file:line of the statement that is followed."""

    def lose(self, unknown: Unknown) -> None:
        """Note that whatever there is now may have been touched."""
        self.unknown, self.known_from = unknown, self.last_oid

    def next_oid(self) -> int:
        """Return a number that nothing has."""
        self.last_oid += 1
        return self.last_oid

    # relations

    def find(self, schema: str | None, name: str) -> Relation | None:
        """Return the relation that this name means, or None; refuse where that isn't known."""
        for place in (schema,) if schema else ("pg_temp", *self.path):
            oid = self.names.get((place, name))
            if oid is not None:
                return self._known(self.relations[oid])
        self._refuse_lost(f"whether {name} exists")
        return None

    def _refuse_lost(self, what: str) -> None:
        if self.unknown is not None:
            raise refusal(what, self.unknown)

    def _known(self, relation: Relation) -> Relation:
        if self.unknown is not None and relation.oid <= self.known_from:
            raise refusal(f"what {relation.name} is", self.unknown)
        return relation

    def has(self, schema: str, name: str) -> bool:
        """Tell whether a relation of this name is certain to be there."""
        oid = self.names.get((schema, name))
        return oid is not None and (self.unknown is None or oid > self.known_from)

    def get(self, schema: str | None, name: str, kind: str = "r") -> Relation:
        """Return the relation of this name, which must exist for the statement to have run.

        One that was never seen made is there from now on, and nobody knows what it holds.
        """
        found = self.find(schema, name)
        if found is not None:
            return found
        if kind == "i":
            raise Outside.of(name)
        unknown = Unknown("it was made outside of what was read", self.place)
        place = self.creation_schema(schema)
        if place not in self.schemas:
            self.found[place, place.lower(), "schema"] = True
        added = self.add(Relation(self.next_oid(), place, name, kind, unknown=unknown))
        self.note_outside(place, name)
        return added

    def note_outside(self, schema: str, name: str, kind: str = "table") -> None:
        """Note that something is there, or was, that was never seen made."""
        shown = f"{kind} {name}" if kind == "type" else name
        self.outside = self.outside or Unknown(str(Outside.of(shown)), self.place)
        self.found[schema, name.lower(), kind] = True

    def creation_schema(self, schema: str | None) -> str:
        """Return the schema in which something new is made."""
        if schema is None and not self.path:
            raise Unfollowed("no schema has been chosen")
        return schema or self.path[0]

    def add(self, relation: Relation) -> Relation:
        """Add a new relation."""
        self.schemas.setdefault(relation.schema)
        stale = self.names.get((relation.schema, relation.name))
        if stale is not None and self.unknown is not None and stale <= self.known_from:
            self.remove(self.relations[stale])
        elif stale is not None:
            raise Exists(f"{relation.name} exists already")
        self.relations[relation.oid] = relation
        self.names[relation.schema, relation.name] = relation.oid
        if relation.table:
            self.indexes[relation.table] = (*self.indexes.get(relation.table, ()), relation.oid)
        return relation

    def replace(self, relation: Relation, **changes: object) -> Relation:
        """Put a changed record in a relation's place."""
        changed = dataclasses.replace(relation, **changes)  # type: ignore[arg-type] # fields by name
        if (changed.schema, changed.name) != (relation.schema, relation.name):
            if (changed.schema, changed.name) in self.names:
                raise Unfollowed(f"{changed.name} exists already")
            del self.names[relation.schema, relation.name]
            self.names[changed.schema, changed.name] = changed.oid
        self.relations[changed.oid] = changed
        return changed

    def remove(self, relation: Relation) -> None:
        """Take a relation out, with its indexes, constraints and the sequences that it owns."""
        for index in self.indexes_of(relation):
            self._forget(index)
        self.indexes.pop(relation.oid, None)
        for constraint in relation.constraints:
            self.forget_name(relation, constraint.name)
        for sequence in self.owned_by(relation):
            self._forget(sequence)
        self._forget(relation)

    def _forget(self, relation: Relation) -> None:
        del self.relations[relation.oid]
        del self.names[relation.schema, relation.name]
        if relation.table in self.indexes:
            self.indexes[relation.table] = tuple(o for o in self.indexes[relation.table] if o != relation.oid)

    def indexes_of(self, relation: Relation) -> list[Relation]:
        """Return a table's indexes, in the order of their making."""
        return [self.relations[oid] for oid in self.indexes.get(relation.oid, ())]

    def owned_by(self, relation: Relation, number: int = 0) -> list[Relation]:
        """Return the sequences that a table or one of its columns owns."""
        return [
            other
            for other in self.relations.values()
            if other.owner[0] == relation.oid and number in (0, other.owner[1])
        ]

    def relations_of(self, schema: str | None, kinds: str) -> Iterator[Relation]:
        """Go through what a schema (the default one for None) holds of some kinds, by name."""
        place = schema or self.path[0]
        self._refuse_lost(f"what schema {place} holds")
        found = [r for r in self.relations.values() if r.schema == place and r.kind in kinds and not r.temporary]
        yield from sorted(found, key=lambda relation: relation.name)

    # constraints

    def remember_name(self, relation: Relation, name: str) -> None:
        """Note that a constraint of a schema has this name."""
        key = (relation.schema, name)
        self.constraint_names[key] = self.constraint_names.get(key, 0) + 1

    def forget_name(self, relation: Relation, name: str) -> None:
        """Note that one constraint fewer has this name."""
        key = (relation.schema, name)
        self.constraint_names[key] -= 1
        if not self.constraint_names[key]:
            del self.constraint_names[key]

    def referencing(self, relation: Relation) -> Iterator[tuple[Relation, Constraint]]:
        """Go through the foreign keys of all tables that point to this one."""
        for other in list(self.relations.values()):
            for constraint in other.constraints:
                if constraint.referenced == relation.oid:
                    yield other, constraint

    # types

    def find_type(self, schema: str | None, name: str) -> Type | None:
        """Return the type that this name means, or None; refuse where that isn't known."""
        for place in (schema,) if schema else self.path:
            oid = self.type_names.get((place, name))
            if oid is not None:
                found = self.types[oid]
                if self.unknown is not None and oid <= self.known_from:
                    raise refusal(f"what {name} is", self.unknown)
                return found
        self._refuse_lost(f"whether {name} exists")
        return None

    def get_type(self, schema: str | None, name: str) -> Type:
        """Return the type of this name, which must exist for the statement to have run; see get()."""
        found = self.find_type(schema, name)
        if found is None:
            found = self.add_foreign_type(schema, name)
            self.note_outside(found.schema, name, "type")
        return found

    def add_foreign_type(self, schema: str | None, name: str) -> Type:
        """Add a type of which no more is known than that it is there."""
        type_ = Type(self.next_oid(), self.creation_schema(schema), name, "?")
        self.replace_type(type_)
        self.found[type_.schema, name.lower(), "type"] = not self.extended
        return type_

    def replace_type(self, type_: Type, **changes: object) -> None:
        """Put a changed record in a type's place."""
        changed = dataclasses.replace(type_, **changes)  # type: ignore[arg-type] # fields by name
        self.type_names.pop((type_.schema, type_.name), None)
        self.types[changed.oid] = changed
        self.type_names[changed.schema, changed.name] = changed.oid

    def remove_type(self, type_: Type) -> None:
        """Take a type out."""
        del self.types[type_.oid], self.type_names[type_.schema, type_.name]
