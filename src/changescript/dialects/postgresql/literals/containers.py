"""PostgreSQL literals that hold other values: arrays, ranges, multiranges, domains."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import types as sat
from sqlalchemy.dialects import postgresql as pg

from changescript.literals.rules import Inexact, LiteralRules, Rendered, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine


@lru_cache(maxsize=512)
def _item_target(rules: LiteralRules, sqltype: TypeEngine[Any], dialect: Dialect) -> Target:
    return rules.target(sqltype, dialect)


def render_array(value: Iterable[Any], target: Target) -> Rendered:
    """Render a list, nested or not, as an array of its declared type."""
    if target.cast is None:
        raise Inexact("the type of the array's items is unknown")
    items = list(value)
    _shape(items)
    if _is_empty(items):
        return f"CAST('{{}}' AS {target.cast})", target.cast
    item = _item_target(target.rules, target.impl.item_type, target.dialect)  # type: ignore[attr-defined] # ARRAY
    return f"CAST({_array_items(items, item)} AS {target.cast})", target.cast


def _array_items(items: Iterable[Any], target: Target) -> str:
    return "ARRAY[" + ", ".join(_array_item(item, target) for item in items) + "]"


def _array_item(value: object, target: Target) -> str:
    if isinstance(value, list | tuple):
        return _array_items(value, target)
    return _element(value, target)[0]


def _element(value: object, target: Target) -> Rendered:
    """Render a value inside another; the outer type's bind processor has been run already."""
    if value is None:
        return "NULL", None
    handler = target.handlers.get(type(value))
    if handler is None:
        raise Inexact(f"it holds a Python {type(value).__name__}")
    return handler(value, target)


def _is_empty(items: list[Any]) -> bool:
    return all(isinstance(item, list | tuple) and _is_empty(list(item)) for item in items)


def _shape(items: Iterable[Any]) -> tuple[int, ...]:
    shapes = [_shape(item) if isinstance(item, list | tuple) else () for item in items]
    if len(set(shapes)) > 1:
        raise Inexact("its nested lists differ in length or depth")
    return (len(shapes), *(shapes[0] if shapes else ()))


_RANGE_OF: Mapping[type[TypeEngine[Any]], TypeEngine[Any]] = MappingProxyType(
    {
        pg.INT4RANGE: sat.Integer(),
        pg.INT8RANGE: sat.BigInteger(),
        pg.NUMRANGE: sat.Numeric(),
        pg.DATERANGE: sat.Date(),
        pg.TSRANGE: sat.DateTime(),
        pg.TSTZRANGE: sat.DateTime(timezone=True),
        pg.INT4MULTIRANGE: sat.Integer(),
        pg.INT8MULTIRANGE: sat.BigInteger(),
        pg.NUMMULTIRANGE: sat.Numeric(),
        pg.DATEMULTIRANGE: sat.Date(),
        pg.TSMULTIRANGE: sat.DateTime(),
        pg.TSTZMULTIRANGE: sat.DateTime(timezone=True),
    }
)


def render_range(value: pg.Range[Any], target: Target) -> Rendered:
    """Render a range as an untyped constant."""
    return f"'{_range_text(value, target)}'", None


def render_multirange(value: Iterable[Any], target: Target) -> Rendered:
    """Render a list of ranges as an untyped constant."""
    ranges = list(value)
    if not all(isinstance(item, pg.Range) for item in ranges):
        raise Inexact("it holds something else than ranges")
    return "'{" + ",".join(_range_text(item, target) for item in ranges) + "}'", None


def _range_text(value: pg.Range[Any], target: Target) -> str:
    if value.is_empty:
        return "empty"
    bound = next((bound for kind, bound in _RANGE_OF.items() if isinstance(target.sqltype, kind)), None)
    if bound is None:
        raise Inexact("the type of its bounds is unknown")
    inner = _item_target(target.rules, bound, target.dialect)
    lower, upper = (_bound_text(value.lower, inner), _bound_text(value.upper, inner))
    return f"{value.bounds[0]}{lower},{upper}{value.bounds[1]}"


def _bound_text(value: object, target: Target) -> str:
    if value is None:
        return ""
    # `TIMESTAMP '2024-01-01 00:00:00'` -> "2024-01-01 00:00:00": a bound is text without a type.
    sql = _element(value, target)[0]
    _, quoted, rest = sql.partition("'")
    return f'"{rest.removesuffix(quoted)}"' if quoted else sql


def render_domain(value: object, target: Target) -> Rendered:
    """Render for the domain's own type; its bind processor is not run online either."""
    inner = _item_target(target.rules, target.impl.data_type, target.dialect)  # type: ignore[attr-defined] # DOMAIN
    if inner.process is not None:
        raise Inexact("the drivers do not know the type behind the domain")
    return _element(value, inner)
