# mypy: disable-error-code="no-untyped-call, override"
# ruff: noqa: ANN401 - SQLAlchemy's dialects take and return Any
"""SQLAlchemy's PostgreSQL dialect on the model: its queries are answered from the catalogue, the rest is its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.engine.reflection import ObjectScope

from changescript.schema_model.answers import UnknownType, result_of
from changescript.schema_model.postgresql.conditions import with_names
from changescript.schema_model.postgresql.expressions import shown_default
from changescript.schema_model.postgresql.types import quoted, shown
from changescript.schema_model.unknown import MARK, Unknown, refusal
from changescript.schema_model.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine.result import IteratorResult

    from changescript.schema_model.postgresql.catalogue import Catalogue, Column, Constraint, Expression, Relation

_BTREE = 1


@dataclass(frozen=True, slots=True)
class _Query:
    """Stands in for one of the dialect's SELECTs."""

    answer: Callable[..., IteratorResult[Any]]
    schema: str | None = None
    relkinds: tuple[str, ...] = ()
    filtered: bool = False
    scope: ObjectScope = ObjectScope.DEFAULT


class CatalogueConnection:
    """Answers the queries of CatalogueDialect."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def execute(self, query: _Query, parameters: dict[str, Any] | None = None) -> IteratorResult[Any]:
        """Return the rows of a query."""
        return query.answer(self.catalogue, query, parameters or {})

    def scalars(self, query: _Query, parameters: dict[str, Any] | None = None) -> Any:
        """Return the first column."""
        return self.execute(query, parameters).scalars()

    def scalar(self, query: _Query, parameters: dict[str, Any] | None = None) -> Any:
        """Return the first value."""
        return self.execute(query, parameters).scalar()


class CatalogueDialect(PGDialect):
    """PostgreSQL's dialect with each of its catalogue queries replaced."""

    supports_statement_cache = True
    _pg_am_btree_oid = _BTREE

    def _ensure_has_table_connection(self, arg: Any) -> None:
        """Take a connection that is none of SQLAlchemy's."""

    def _has_multi_table_query(self, schema: str | None) -> Any:
        return _Query(_tables, schema)

    def _columns_query(self, schema: Any, has_filter_names: Any, scope: Any, kind: Any) -> Any:
        return _Query(_columns, schema, self._kind_to_relkinds(kind), has_filter_names, scope)

    def _table_options_query(self, schema: Any, has_filter_names: Any, scope: Any, kind: Any) -> Any:
        return _Query(_table_options, schema, self._kind_to_relkinds(kind), has_filter_names, scope)

    def _table_oids_query(self, schema: Any, has_filter_names: Any, scope: Any, kind: Any) -> Any:
        return _Query(_oids, schema, self._kind_to_relkinds(kind), has_filter_names, scope)

    def _foreing_key_query(self, schema: Any, has_filter_names: Any, scope: Any, kind: Any) -> Any:
        return _Query(_foreign_keys, schema, self._kind_to_relkinds(kind), has_filter_names, scope)

    def _comment_query(self, schema: Any, has_filter_names: Any, scope: Any, kind: Any) -> Any:
        return _Query(_comments, schema, self._kind_to_relkinds(kind), has_filter_names, scope)

    def _check_constraint_query(self, schema: Any, has_filter_names: Any, scope: Any, kind: Any) -> Any:
        return _Query(_checks, schema, self._kind_to_relkinds(kind), has_filter_names, scope)

    @property
    def _constraint_query(self) -> Any:
        return _Query(_constraints)

    @property
    def _index_query(self) -> Any:
        return _Query(_indexes)

    def _enum_query(self, schema: str | None) -> Any:
        return _Query(_enums, schema)

    def _load_domains(self, connection: Any, schema: str | None = None, **_: Any) -> Any:
        types = _types(connection.catalogue, schema, "d")
        if types:
            raise refusal("what a domain is", Unknown("domains aren't followed"))
        return []

    def _load_pg_am_dict(self, connection: Any, **_: Any) -> Any:
        methods = {r.method for r in connection.catalogue.relations.values() if r.table}
        return _ByName({_method(name): name for name in methods})

    def _load_pg_opclass_notdefault_dict(self, connection: Any, **_: Any) -> Any:  # noqa: ARG002 - SQLAlchemy's
        return _ByName({})

    def _get_relnames_for_relkinds(self, connection: Any, schema: Any, relkinds: Any, scope: Any) -> Any:
        query = _Query(_tables, schema, tuple(relkinds), scope=scope)
        return [relation.name for relation in _selected(connection.catalogue, query, {})]

    def has_sequence(self, connection: Any, sequence_name: str, schema: str | None = None, **_: Any) -> bool:
        """Return whether a sequence exists."""
        found = connection.catalogue.find(schema, sequence_name)
        return found is not None and found.kind == "S"

    def has_type(self, connection: Any, type_name: str, schema: str | None = None, **_: Any) -> bool:
        """Return whether a type exists; each table has a type of its name as well."""
        catalogue = connection.catalogue
        return bool(catalogue.find_type(schema, type_name) or catalogue.find(schema, type_name))

    def get_schema_names(self, connection: Any, **_: Any) -> Any:
        """Return the schemas; PostgreSQL's own are left out."""
        if connection.catalogue.unknown:
            raise refusal("which schemas there are", connection.catalogue.unknown)
        return sorted([*connection.catalogue.schemas, "information_schema"])

    def has_schema(self, connection: Any, schema_name: str, **_: Any) -> bool:
        """Return whether a schema exists."""
        return schema_name in self.get_schema_names(connection)

    def get_view_definition(self, *_: Any, **__: Any) -> Any:
        """Refuse: only the server knows how it shows a query."""
        raise refusal("the text of a view", Unknown("only the server knows how it shows a query"))

    get_table_oid = get_view_definition

    def _reflect_type(self, format_type: Any, *arguments: Any, **options: Any) -> Any:
        if format_type and MARK in format_type:
            return UnknownType()
        return super()._reflect_type(format_type, *arguments, **options)


class _ByName(dict[int, str]):
    """Operator classes go by their names, the default ones by nothing."""

    def get(self, key: Any, default: Any = None) -> Any:
        return key or default

    def all(self) -> Any:
        return self.items()


def _method(name: str) -> int:
    """Return a number for an access method."""
    return _BTREE if name == "btree" else sum(byte << (8 * place) for place, byte in enumerate(name.encode(), 1))


def _selected(catalogue: Catalogue, query: _Query, parameters: dict[str, Any]) -> Iterator[Relation]:
    """Go through the relations that a query is about, by name."""
    temporary = query.scope is ObjectScope.TEMPORARY
    if query.filtered:
        for name in sorted(set(parameters["filter_names"])):
            found = catalogue.find(query.schema, name)
            if found is not None and found.kind in query.relkinds and not temporary:
                yield found
    elif not temporary:
        yield from catalogue.relations_of(query.schema, "".join(query.relkinds))


def _known(catalogue: Catalogue, query: _Query, parameters: dict[str, Any]) -> Iterator[Relation]:
    for relation in _selected(catalogue, query, parameters):
        if relation.unknown:
            raise refusal(f"what {relation.name} holds", relation.unknown)
        yield relation


def _tables(catalogue: Catalogue, query: _Query, parameters: dict[str, Any]) -> IteratorResult[Any]:
    found = (catalogue.find(query.schema, name) for name in parameters["table_names"])
    kinds = "rpvmf"
    return result_of(["relname"], [(one.name,) for one in found if one is not None and one.kind in kinds])


_COLUMN_KEYS = words("name format_type default not_null table_name comment generated identity_options collation")


def _columns(catalogue: Catalogue, query: _Query, parameters: dict[str, Any]) -> IteratorResult[Any]:
    rows: list[tuple[Any, ...]] = []
    for relation in _known(catalogue, query, parameters):
        if not relation.columns:
            rows.append((None, None, None, None, relation.name, None, None, None, None))
        rows += [_column(catalogue, relation, column) for column in relation.columns]
    return result_of(_COLUMN_KEYS, rows)


def _column(catalogue: Catalogue, relation: Relation, column: Column) -> tuple[Any, ...]:
    collation = {"name": column.collation, "schema": None} if column.collation not in (None, "default") else None
    return (
        column.name,
        MARK if _has_unknown_type(catalogue, column) else shown(column.type, catalogue),
        default_text(catalogue, column),
        column.not_null,
        relation.name,
        column.comment,
        column.generated,
        _identity(catalogue, relation, column),
        collation,
    )


def _has_unknown_type(catalogue: Catalogue, column: Column) -> bool:
    own = catalogue.types.get(column.type.oid)
    return column.type.name == "?" or (own is not None and own.kind != "e")


def default_text(catalogue: Catalogue, column: Column) -> str | None:
    """Return a default as pg_get_expr() shows it, or the mark of what isn't known."""
    exists, text = shown_default(column.default, catalogue)
    return (text or MARK) if exists else None


def _identity(catalogue: Catalogue, relation: Relation, column: Column) -> dict[str, Any] | None:
    if not column.identity:
        return None
    sequences = catalogue.owned_by(relation, column.number)
    return {"always": column.identity == "a", **dict(sequences[0].sequence)}


def _table_options(catalogue: Catalogue, query: _Query, parameters: dict[str, Any]) -> IteratorResult[Any]:
    keys = words("relname access_method_name parent_table_names reloptions relhasoids tablespace_name")
    rows = [(one.name, None, None, list(one.options), False, None) for one in _known(catalogue, query, parameters)]
    return result_of(keys, rows)


def _oids(catalogue: Catalogue, query: _Query, parameters: dict[str, Any]) -> IteratorResult[Any]:
    return result_of(["oid", "relname"], [(one.oid, one.name) for one in _known(catalogue, query, parameters)])


def _constraints(catalogue: Catalogue, _: _Query, parameters: dict[str, Any]) -> IteratorResult[Any]:
    keys = words("conrelid cols conname description indnkeyatts indnullsnotdistinct")
    rows = []
    for oid in parameters["oids"]:
        table = catalogue.relations[oid]
        for one in sorted(table.constraints, key=lambda constraint: constraint.name):
            if one.kind == parameters["contype"]:
                names = table.names_of(one.columns + one.include)
                rows.append((oid, names, one.name, one.comment, len(one.columns), one.nulls_not_distinct))
    return result_of(keys, rows)


def _foreign_keys(catalogue: Catalogue, query: _Query, parameters: dict[str, Any]) -> IteratorResult[Any]:
    rows: list[tuple[Any, ...]] = []
    for table in _known(catalogue, query, parameters):
        keys = [one for one in table.constraints if one.kind == "f"]
        if not keys:
            rows.append((table.name, None, None, None, None))
        for one in sorted(keys, key=lambda key: key.name):
            referenced = catalogue.relations[one.referenced]
            rows.append((table.name, one.name, _foreign_key(catalogue, table, one), referenced.schema, one.comment))
    return result_of(["relname", "conname", "condef", "nspname", "description"], rows)


def _foreign_key(catalogue: Catalogue, table: Relation, key: Constraint) -> str:
    referenced = catalogue.relations[key.referenced]
    if referenced.unknown and not key.referenced_columns:
        raise refusal(f"what {table.name} refers to", referenced.unknown)
    visible = catalogue.find(None, referenced.name) == referenced
    place = quoted(referenced.name) if visible else f"{quoted(referenced.schema)}.{quoted(referenced.name)}"
    columns = ", ".join(map(quoted, table.names_of(key.columns)))
    others = ", ".join(map(quoted, referenced.names_of(key.referenced_columns)))
    return f"FOREIGN KEY ({columns}) REFERENCES {place}({others}){key.options}"


def _comments(catalogue: Catalogue, query: _Query, parameters: dict[str, Any]) -> IteratorResult[Any]:
    rows = [(one.name, one.comment) for one in _selected(catalogue, query, parameters)]
    return result_of(["relname", "description"], rows)


def _checks(catalogue: Catalogue, query: _Query, parameters: dict[str, Any]) -> IteratorResult[Any]:
    rows: list[tuple[Any, ...]] = []
    for table in _known(catalogue, query, parameters):
        checks = [one for one in table.constraints if one.kind == "c"]
        if not checks:
            rows.append((table.name, None, None, None))
        for one in sorted(checks, key=lambda check: check.name):
            text = _text(one.expression, table) if one.expression else MARK
            rows.append((table.name, one.name, f"CHECK ({text}){one.options}", one.comment))
    return result_of(["relname", "conname", "condef", "description"], rows)


_INDEX_KEYS = words(
    "indrelid relname indisunique indisvalid has_constraint indoption reloptions relam filter_definition indnkeyatts "
    "indnullsnotdistinct elements elements_is_expr elements_opclass"
)


def _indexes(catalogue: Catalogue, _: _Query, parameters: dict[str, Any]) -> IteratorResult[Any]:
    rows = []
    for oid in parameters["oids"]:
        table = catalogue.relations[oid]
        indexes = sorted(catalogue.indexes_of(table), key=lambda one: one.name)
        rows += [_index(table, index) for index in indexes if not index.primary]
    return result_of(_INDEX_KEYS, rows)


def _index(table: Relation, index: Relation) -> tuple[Any, ...]:
    included = table.names_of(index.included)
    elements = [
        _text(element.expression, table) if element.expression else table.names_of((element.column,))[0]
        for element in index.elements
    ]
    return (
        table.oid,
        index.name,
        index.unique,
        True,
        bool(index.constraint),
        [element.flags for element in index.elements],
        list(index.options),
        _method(index.method),
        _text(index.where, table) if index.where else None,
        len(elements),
        index.nulls_not_distinct,
        elements + included,
        [bool(element.expression) for element in index.elements] + [False] * len(included),
        [element.opclass for element in index.elements] + [""] * len(included),
    )


def _text(expression: Expression, table: Relation) -> str:
    return with_names(expression.text, table) if expression.text else MARK


def _types(catalogue: Catalogue, schema: str | None, kind: str) -> list[Any]:
    if catalogue.unknown and schema != "*":
        raise refusal("which types there are", catalogue.unknown)
    places = None if schema == "*" else ((schema,) if schema else catalogue.path)
    found = [one for one in catalogue.types.values() if one.kind == kind and (places is None or one.schema in places)]
    return sorted(found, key=lambda one: (one.schema, one.name))


def _enums(catalogue: Catalogue, query: _Query, _: dict[str, Any]) -> IteratorResult[Any]:
    rows = [
        (one.name, one.schema in catalogue.path, one.schema, list(one.labels) or None)
        for one in _types(catalogue, query.schema, "e")
    ]
    return result_of(["name", "visible", "schema", "labels"], rows)
