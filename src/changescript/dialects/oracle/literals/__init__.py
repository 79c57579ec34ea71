"""Oracle literals: which Python types each SQLAlchemy type takes, and what stands around them.

A pair that is not in the table is refused. Read from SQLAlchemy's dialect, from python-oracledb and from
Oracle's references: no server was there to measure against.
"""

from __future__ import annotations

import array
import datetime as dt
import decimal
import uuid
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import types as sat
from sqlalchemy.dialects import oracle
from sqlalchemy.dialects.oracle.json import JSONIndexType, JSONPathType
from sqlalchemy.dialects.oracle.vector import VECTOR, SparseVector
from sqlalchemy.sql.base import NO_ARG

from changescript.dialects.oracle.literals.dates import render_date, render_interval, render_timestamp
from changescript.dialects.oracle.literals.numbers import (
    render_decimal,
    render_double,
    render_float,
    render_integer,
    render_truth,
)
from changescript.dialects.oracle.literals.text import (
    quote,
    refuse_because,
    render_bytes,
    render_char,
    render_json_path,
    render_long,
    render_text,
)
from changescript.literals.rules import Handler, Inexact, LiteralRules, Rendered, Target, parenthesized

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

_ANY = (bool, int, float, decimal.Decimal, str, bytes, uuid.UUID, dt.date, dt.datetime, dt.time, dt.timedelta)
_TEXT: Mapping[type, Handler] = {str: render_text}
_INTEGER: Mapping[type, Handler] = {int: render_integer, bool: render_integer}
_NUMBER: Mapping[type, Handler] = {**_INTEGER, float: render_float, decimal.Decimal: render_decimal}
_DOUBLE = dict.fromkeys((float, int, bool, decimal.Decimal), render_double)
_BINARY: Mapping[type, Handler] = {bytes: render_bytes, bytearray: render_bytes, memoryview: render_bytes}
_DATE: Mapping[type, Handler] = {dt.date: render_date, dt.datetime: render_date}
_TIMESTAMP: Mapping[type, Handler] = {dt.date: render_timestamp, dt.datetime: render_timestamp}
_NO_TIME = dict.fromkeys(_ANY, refuse_because("Oracle has no type for a time without a date", "store text"))
_NO_ROWID = dict.fromkeys(_ANY, refuse_because("a ROWID is the server's own", "write CHARTOROWID(...) in SQL"))
_NO_VECTOR = dict.fromkeys(
    (*_ANY, list, tuple, array.array, SparseVector),
    refuse_because("the format of the vector depends on the driver", "write TO_VECTOR('[...]') in SQL"),
)


def _render_json(value: str | bytes, target: Target) -> Rendered:
    if getattr(target.impl, "use_blob", NO_ARG) is NO_ARG:
        raise Inexact(
            "it is a BLOB up to Oracle 19 and a JSON column from 21 on",
            "say which: sqlalchemy.dialects.oracle.JSON(use_blob=True), or use_blob=False",
        )
    return render_bytes(value, target) if isinstance(value, bytes) else render_text(value, target)


FAMILIES: Mapping[type[TypeEngine[Any]], Mapping[type, Handler]] = MappingProxyType(
    {
        sat.Integer: _INTEGER,
        # SQLAlchemy's bind processor makes 0 and 1 of truth values, or lets them be from 23 on, and refuses all else.
        sat.Boolean: {int: render_integer, bool: render_truth},
        oracle.NUMBER: _NUMBER,
        sat.Numeric: _NUMBER,
        sat.Float: _NUMBER,
        oracle.BINARY_DOUBLE: _DOUBLE,
        oracle.BINARY_FLOAT: _DOUBLE,
        sat.String: _TEXT,
        sat.CHAR: {str: render_char},
        oracle.LONG: {str: render_long},
        sat.LargeBinary: _BINARY,
        sat.BINARY: _BINARY,
        sat.VARBINARY: _BINARY,
        oracle.RAW: _BINARY,
        oracle.ROWID: _NO_ROWID,
        VECTOR: _NO_VECTOR,
        # SQLAlchemy's bind processor makes CHAR(32) of it.
        sat.Uuid: _TEXT,
        sat.Date: _DATE,
        # SQLAlchemy's DateTime is a DATE here.
        sat.DateTime: _DATE,
        sat.TIMESTAMP: _TIMESTAMP,
        oracle.INTERVAL: {dt.timedelta: render_interval},
        sat.Interval: {dt.timedelta: render_interval},
        sat.Time: _NO_TIME,
        sat.JSON: {str: _render_json, bytes: _render_json},
        JSONIndexType: {str: render_json_path},
        JSONPathType: {str: render_json_path},
        sat.NullType: {
            **_NUMBER,
            str: render_text,
            bytes: render_bytes,
            dt.date: render_date,
            dt.datetime: render_date,
            dt.timedelta: render_interval,
        },
    }
)


# Places


def parameter_type(sqltype: TypeEngine[Any], dialect: Dialect) -> str | None:
    """Return what drivers bind such a parameter as, where a constant would be something else.

    A constant is a CHAR, and `WHERE code = 'x'` finds 'x  ' in a CHAR column; a VARCHAR2 does not.
    """
    impl = sqltype._unwrapped_dialect_impl(dialect)  # noqa: SLF001 - no public way past a TypeDecorator
    if isinstance(impl, sat.NCHAR | sat.NVARCHAR | oracle.NCLOB):
        return "NVARCHAR2(2000)"
    if isinstance(impl, sat.CHAR):
        return "CHAR"
    return "VARCHAR2(4000)" if isinstance(impl, sat.String) else None


def in_expression(rendered: Rendered, target: Target) -> str:
    """Give text the type that the online parameter has; numbers and dates have it by themselves."""
    sql, own_type = rendered
    if own_type == "VARCHAR2" and target.cast != "CHAR":
        return f"CAST({sql} AS VARCHAR2(4000))"
    if own_type == "NVARCHAR2":
        return f"CAST({sql} AS NVARCHAR2(2000))"
    if own_type is not None and own_type.startswith("CHAR(") and not is_one_constant(sql):
        return f"CAST({sql} AS {own_type})"
    return in_constant(rendered, target)


def in_constant(rendered: Rendered, _: Target) -> str:
    """Keep a concatenation together."""
    sql, _own_type = rendered
    return f"({sql})" if " || " in sql and not is_one_constant(sql) else parenthesized(sql)


def is_one_constant(sql: str) -> bool:
    """Tell whether text was rendered as one constant, as COMMENT ON takes it."""
    return sql.startswith("'") and sql.endswith("'") and "'" not in sql[1:-1].replace("''", "")


def one_below_another(_target: Target, _values: Iterable[Any]) -> bool:
    """Give each row an INSERT of its own: before Oracle 23 VALUES takes one."""
    return False


ORACLE_LITERALS = LiteralRules(
    dialect="oracle",
    quote=quote,
    families=FAMILIES,
    parameter_type=parameter_type,
    in_expression=in_expression,
    compares_as_column=frozenset({sat.String, sat.Integer}),
    in_constant=in_constant,
    one_below_another=one_below_another,
)
