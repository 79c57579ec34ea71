# ruff: noqa: ANN401 - SQLAlchemy's dialects take and return Any
"""What a dialect for scripts is asked about the schema: the model of the connection answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.engine.reflection import Inspector

from changescript.schema_model.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

_SUBJECTS = words(
    "columns pk_constraint foreign_keys indexes unique_constraints check_constraints table_comment table_options"
)
METHODS = (
    *(f"get_{subject}" for subject in _SUBJECTS),
    *(f"get_multi_{subject}" for subject in _SUBJECTS),
    "get_table_names",
    "get_view_names",
    "get_materialized_view_names",
    "get_temp_table_names",
    "get_temp_view_names",
    "get_view_definition",
    "get_sequence_names",
    "get_schema_names",
    "has_table",
    "has_sequence",
    "has_schema",
    "has_type",
    "_load_enums",
    "_load_domains",
)


class ReflectingDialect:
    """Mixed in front of a dialect, answers its reflection from `connection.schema_model`.

    Like the dialects of servers it keeps answers in an inspector's cache, so that an inspector that was made before
    a change answers as it did.
    """

    def has_multi_table(self, connection: Any, table_names: Any, schema: Any = None, **_: Any) -> Any:
        """Return each of the names, as a key of the answers, with whether there is a table or view of it."""
        model = connection.schema_model
        return {(schema, name): model.reflect("has_table", name, schema=schema) for name in table_names}.items()

    def has_index(self, connection: Any, table_name: str, index_name: str, schema: Any = None, **_: Any) -> bool:
        """Return whether a table has an index of this name."""
        model = connection.schema_model
        if not model.reflect("has_table", table_name, schema=schema):
            return False
        return any(index["name"] == index_name for index in model.reflect("get_indexes", table_name, schema=schema))


def _cached(name: str) -> Callable[..., Any]:
    def method(_: Any, connection: Any, *arguments: Any, **options: Any) -> Any:
        cache = options.pop("info_cache", None)
        if cache is None or name.startswith("get_multi_"):
            return connection.schema_model.reflect(name, *arguments, **options)
        key = (name, arguments, tuple(options.items()))
        if key not in cache:
            cache[key] = connection.schema_model.reflect(name, *arguments, **options)
        return cache[key]

    method.__name__ = name
    return method


for _name in METHODS:
    setattr(ReflectingDialect, _name, _cached(_name))


def answer_reflection(dialect: Any) -> None:
    """Make a dialect that is there already one of these. A class with two bases would have another layout."""
    real = type(dialect)
    methods = {name: value for name, value in vars(ReflectingDialect).items() if not name.startswith("__")}
    own = {"supports_statement_cache": True, "__module__": real.__module__}
    dialect.__class__ = type(real.__name__, (real,), {**methods, **own})


class ModelInspector(Inspector):
    """SQLAlchemy's inspector of a bind that has a schema model."""

    @classmethod
    def of(cls, bind: Any) -> Inspector:
        """Return what `sa.inspect(bind)` gives; the dialect's own inspector where it has one."""
        made: Any = Inspector._construct(Inspector._init_connection, bind)  # noqa: SLF001 - as sa.inspect() does
        # Its own looks at each type to see whether it is an object, which all are here, and so reads more than names.
        made._instantiate_types = lambda _: None  # noqa: SLF001 - as above
        inspector: Inspector = made
        return inspector
