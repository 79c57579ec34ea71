"""SQL Server literals: which Python types each SQLAlchemy type takes, and what stands around them.

A pair that is not in the table is refused. Read from SQLAlchemy's dialects, from pyodbc 5, pymssql 2.4 and
mssql-python 1.16, and from Microsoft's reference of Transact-SQL: no server was there to measure against.
"""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import types as sat
from sqlalchemy.dialects import mssql as ms
from sqlalchemy.dialects.mssql.json import JSONIndexType, JSONPathType
from sqlalchemy.sql.elements import ClauseElement

from changescript.dialects.mssql.literals.dates import (
    render_date,
    render_datetime,
    render_datetime_as_time,
    render_time,
)
from changescript.dialects.mssql.literals.numbers import (
    render_decimal,
    render_decimal_as_float,
    render_float,
    render_float_as_decimal,
    render_int_as_decimal,
    render_int_as_float,
    render_money,
    render_text_as_decimal,
    render_whole,
)
from changescript.dialects.mssql.literals.text import (
    quote,
    refuse_because,
    render_bytes,
    render_json_path,
    render_text,
    render_uuid,
    render_xml,
)
from changescript.literals.numbers import integer_between
from changescript.literals.rules import Handler, LiteralRefused, LiteralRules, Rendered, Target, parenthesized

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

_TINYINT_RANGE = integer_between(0, 2**8, render_whole)
_SMALLINT_RANGE = integer_between(-(2**15), 2**15, render_whole)
_INT_RANGE = integer_between(-(2**31), 2**31, render_whole)
_BIGINT_RANGE = integer_between(-(2**63), 2**63, render_whole)
_ANY = (bool, int, float, decimal.Decimal, str, bytes, uuid.UUID, dt.date, dt.datetime, dt.time, dt.timedelta)
_TEXT: Mapping[type, Handler] = {str: render_text}
_BINARY: Mapping[type, Handler] = {bytes: render_bytes, bytearray: render_bytes, memoryview: render_bytes}
_DATETIME: Mapping[type, Handler] = {dt.datetime: render_datetime, dt.date: render_datetime}
_BY_VALUE: Mapping[type, Handler] = {
    bool: _BIGINT_RANGE,
    int: _BIGINT_RANGE,
    float: render_float,
    decimal.Decimal: render_decimal,
    str: render_text,
    bytes: render_bytes,
    dt.date: render_date,
    dt.datetime: render_datetime,
}
_READ_ONLY = dict.fromkeys(_ANY, refuse_because("the server alone fills a ROWVERSION", "leave the column out"))
_VARIANT = dict.fromkeys(
    _ANY, refuse_because("a SQL_VARIANT keeps the type that a driver gives the value", "write it in SQL with a CAST")
)

FAMILIES: Mapping[type[TypeEngine[Any]], Mapping[type, Handler]] = MappingProxyType(
    {
        ms.TINYINT: {int: _TINYINT_RANGE, bool: _TINYINT_RANGE},
        sat.SmallInteger: {int: _SMALLINT_RANGE, bool: _SMALLINT_RANGE},
        sat.BigInteger: {int: _BIGINT_RANGE, bool: _BIGINT_RANGE},
        sat.Integer: {int: _INT_RANGE, bool: _INT_RANGE},
        # SQLAlchemy's bind processor makes 0 and 1 of truth values, and refuses all else.
        sat.Boolean: {int: _TINYINT_RANGE},
        sat.Float: {
            float: render_float,
            int: render_int_as_float,
            bool: render_int_as_float,
            decimal.Decimal: render_decimal_as_float,
        },
        sat.Numeric: {
            decimal.Decimal: render_decimal,
            int: render_int_as_decimal,
            bool: render_int_as_decimal,
            float: render_float_as_decimal,
            str: render_text_as_decimal,
        },
        ms.MONEY: {decimal.Decimal: render_money, int: render_money},
        ms.SMALLMONEY: {decimal.Decimal: render_money, int: render_money},
        sat.String: _TEXT,
        ms.XML: {str: render_xml},
        sat.LargeBinary: _BINARY,
        sat.BINARY: _BINARY,
        sat.VARBINARY: _BINARY,
        ms.TIMESTAMP: _READ_ONLY,
        ms.SQL_VARIANT: _VARIANT,
        sat.Uuid: {uuid.UUID: render_uuid, str: render_uuid},
        sat.Date: {dt.date: render_date, dt.datetime: render_date},
        sat.DateTime: _DATETIME,
        # Emulated: SQLAlchemy adds the timedelta to 1970-01-01.
        sat.Interval: _DATETIME,
        sat.Time: {dt.time: render_time, str: render_time, dt.datetime: render_datetime_as_time},
        sat.JSON: _TEXT,
        JSONIndexType: {str: render_json_path},
        JSONPathType: {str: render_json_path},
        sat.UserDefinedType: _BY_VALUE,
        sat.NullType: _BY_VALUE,
    }
)


# Places

_TYPES = ((sat.String, "NVARCHAR(MAX)"), (sat.Integer, "BIGINT"), (sat.Uuid, "UNIQUEIDENTIFIER"))
_IN_EXPRESSION = MappingProxyType(
    {
        "NVARCHAR": "NVARCHAR(MAX)",
        "INT AS NUMERIC": "INT",
        "BIGINT AS NUMERIC": "BIGINT",
        "FLOAT AS NUMERIC": "FLOAT",
        "DATE": "DATETIME2",
        "DATETIMEOFFSET": "DATETIMEOFFSET",
        "UNIQUEIDENTIFIER": "UNIQUEIDENTIFIER",
    }
)
"""What a parameter is online, where the literal alone would be something else.

Of text beside VARCHAR(8000) or NVARCHAR(4000), an expression without (MAX) loses what is longer, in silence.
"""


def parameter_type(sqltype: TypeEngine[Any], _: Dialect) -> str | None:
    """Return which values are compared as a column of this type is."""
    return next((name for family, name in _TYPES if isinstance(sqltype, family)), None)


def in_expression(rendered: Rendered, _: Target) -> str:
    """Give a literal the type that the online parameter has; `10 / (:a / 4)` depends on it."""
    sql, own_type = rendered
    if own_type is None:
        return f"({sql})" if " + " in sql else parenthesized(sql)
    cast = _IN_EXPRESSION.get(own_type, own_type if own_type.startswith("NUMERIC(") else None)
    return parenthesized(sql) if cast is None else f"CAST({sql} AS {cast})"


def in_constant(rendered: Rendered, target: Target) -> str:
    """Write what DDL takes; text is a plain constant online unless its type is Unicode."""
    sql, own_type = rendered
    unicode_type = isinstance(target.impl, sat.Unicode | sat.UnicodeText | sat.NVARCHAR | sat.NCHAR)
    if own_type == "NVARCHAR" and not unicode_type and sql.isascii() and is_one_constant(sql):
        return sql.removeprefix("N")
    return f"({sql})" if not is_one_constant(sql) else parenthesized(sql)


def is_one_constant(sql: str) -> bool:
    """Tell whether a literal is a single constant, as the arguments of a procedure must be."""
    text = sql.removeprefix("N")
    if text.startswith("'"):
        return text.endswith("'") and "'" not in text[1:-1].replace("''", "")
    return sql == "NULL" or sql[:1] in "-0123456789"


def one_below_another(target: Target, values: Iterable[Any]) -> bool:
    """Tell whether one VALUES list stores each value as it would be stored alone.

    Raises LiteralRefused for values that drivers convert to each other's types, or don't.
    """
    kinds = {int if type(value) is bool else type(value) for value in values if value is not None}
    if any(issubclass(kind, ClauseElement) for kind in kinds):
        return False
    if len(kinds) > 1 and target.handlers is _BY_VALUE:
        raise LiteralRefused(
            f"the column has no type, and its rows hold values of several ({', '.join(sorted(map(_name, kinds)))}): "
            "drivers that send many rows at once convert them to one",
            hint="give it a type, as in sa.column('x', sa.Unicode)",
            column=target.column,
        )
    return True


def _name(kind: type) -> str:
    return kind.__name__


MSSQL_LITERALS = LiteralRules(
    dialect="mssql",
    quote=quote,
    families=FAMILIES,
    parameter_type=parameter_type,
    in_expression=in_expression,
    compares_as_column=frozenset({sat.String, sat.Uuid, sat.Integer}),
    in_constant=in_constant,
    one_below_another=one_below_another,
)
