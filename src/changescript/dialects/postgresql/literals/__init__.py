"""PostgreSQL literals: which Python types each SQLAlchemy type takes, and what stands around them.

A pair that is not in the table is refused. Seen on asyncpg 0.32, psycopg 3 and PostgreSQL 18.
"""

from __future__ import annotations

import datetime as dt
import decimal
import ipaddress
import uuid
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import types as sat
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.dialects.postgresql import ranges as pg_ranges

from changescript.dialects.postgresql.literals.columns import COLUMNS, integers_between
from changescript.dialects.postgresql.literals.constants import CONSTANTS
from changescript.dialects.postgresql.literals.containers import (
    render_array,
    render_domain,
    render_multirange,
    render_range,
)
from changescript.dialects.postgresql.literals.dates import render_date, render_datetime, render_interval, render_time
from changescript.dialects.postgresql.literals.scalars import (
    quote,
    render_address_as,
    render_bits,
    render_boolean,
    render_bytes,
    render_bytes_alone,
    render_char,
    render_decimal,
    render_double,
    render_float_as_decimal,
    render_int_as_decimal,
    render_text,
    render_text_as_decimal,
    render_uuid,
    render_uuid_alone,
    render_whole,
)
from changescript.literals.numbers import integer_between
from changescript.literals.rules import ColumnHandler, Handler, LiteralRules, Rendered, Target, parenthesized

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

_INT2, _INT4, _INT8 = (-(2**15), 2**15), (-(2**31), 2**31), (-(2**63), 2**63)
_INT2_RANGE = integer_between(*_INT2, render_whole)
_INT4_RANGE = integer_between(*_INT4, render_whole)
_INT8_RANGE = integer_between(*_INT8, render_whole)
_OID_RANGE = integer_between(0, 2**32, render_whole)
_INTEGER_COLUMNS: Mapping[tuple[type, Handler], ColumnHandler] = {
    (int, _INT2_RANGE): integers_between(*_INT2),
    (int, _INT4_RANGE): integers_between(*_INT4),
    (int, _INT8_RANGE): integers_between(*_INT8),
}
_NUMBER_AS_DOUBLE: Mapping[type, Handler] = {
    float: render_double,
    int: render_double,
    bool: render_double,
    decimal.Decimal: render_double,
}
_NUMBER_AS_DECIMAL: Mapping[type, Handler] = {
    decimal.Decimal: render_decimal,
    int: render_int_as_decimal,
    bool: render_int_as_decimal,
    float: render_float_as_decimal,
    str: render_text_as_decimal,
}
_BINARY: Mapping[type, Handler] = {bytes: render_bytes, bytearray: render_bytes, memoryview: render_bytes}
_TEXT: Mapping[type, Handler] = {str: render_text}
_UNTYPED: Mapping[type, Handler] = {
    bool: render_boolean,
    int: _INT8_RANGE,
    str: render_text,
    bytes: render_bytes_alone,
    uuid.UUID: render_uuid_alone,
}
_INET = render_address_as([ipaddress.ip_address, ipaddress.ip_interface])
_CIDR = render_address_as([ipaddress.ip_network])
_ANY_SCALAR = (bool, int, float, decimal.Decimal, str, bytes, uuid.UUID, dt.date, dt.datetime, dt.time, dt.timedelta)

FAMILIES: Mapping[type[TypeEngine[Any]], Mapping[type, Handler]] = MappingProxyType(
    {
        sat.SmallInteger: {int: _INT2_RANGE, bool: _INT2_RANGE},
        sat.BigInteger: {int: _INT8_RANGE, bool: _INT8_RANGE},
        sat.Integer: {int: _INT4_RANGE, bool: _INT4_RANGE},
        sat.Boolean: {bool: render_boolean},
        sat.Float: _NUMBER_AS_DOUBLE,
        sat.Numeric: _NUMBER_AS_DECIMAL,
        sat.CHAR: {str: render_char},
        sat.String: _TEXT,
        sat.LargeBinary: _BINARY,
        sat.BINARY: _BINARY,
        sat.VARBINARY: _BINARY,
        sat.Uuid: {uuid.UUID: render_uuid, str: render_uuid},
        sat.Date: {dt.date: render_date, dt.datetime: render_date},
        sat.DateTime: {dt.datetime: render_datetime, dt.date: render_datetime},
        sat.Time: {dt.time: render_time},
        sat.Interval: {dt.timedelta: render_interval},
        pg.INTERVAL: {dt.timedelta: render_interval},
        sat.JSON: _TEXT,
        sat.JSON.JSONElementType: {int: _INT4_RANGE, str: render_text},
        sat.JSON.JSONPathType: _TEXT,
        sat.ARRAY: {list: render_array, tuple: render_array},
        pg_ranges.AbstractSingleRange: {pg.Range: render_range},
        pg_ranges.AbstractMultiRange: {pg_ranges.MultiRange: render_multirange, list: render_multirange},
        pg.HSTORE: _TEXT,
        pg.INET: dict.fromkeys(
            (
                str,
                ipaddress.IPv4Address,
                ipaddress.IPv6Address,
                ipaddress.IPv4Interface,
                ipaddress.IPv6Interface,
                ipaddress.IPv4Network,
                ipaddress.IPv6Network,
            ),
            _INET,
        ),
        pg.CIDR: dict.fromkeys(
            (str, ipaddress.IPv4Address, ipaddress.IPv6Address, ipaddress.IPv4Network, ipaddress.IPv6Network), _CIDR
        ),
        pg.MACADDR: _TEXT,
        pg.MACADDR8: _TEXT,
        pg.BIT: {str: render_bits, pg.BitString: render_bits},
        pg.MONEY: _TEXT,
        pg.OID: {int: _OID_RANGE},
        pg.REGCLASS: _TEXT,
        pg.REGCONFIG: _TEXT,
        pg.TSVECTOR: _TEXT,
        pg.TSQUERY: _TEXT,
        pg.JSONPATH: _TEXT,
        pg.DOMAIN: dict.fromkeys(_ANY_SCALAR, render_domain),
        sat.UserDefinedType: _TEXT,
        sat.NullType: _UNTYPED,
    }
)


# Places

_ONLINE = asyncpg.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy's
_ONLINE_COMPILER = _ONLINE.statement_compiler(_ONLINE, None)
_CONSTANTS = frozenset({"INTEGER", "BIGINT", "NUMERIC", "BOOLEAN"})


def parameter_type(sqltype: TypeEngine[Any], _: Dialect) -> str | None:
    """Return what SQLAlchemy's asyncpg dialect casts such a parameter to: `$1::VARCHAR`."""
    impl = sqltype._unwrapped_dialect_impl(_ONLINE)  # noqa: SLF001 - as SQLAlchemy's compiler does
    if not impl.render_bind_cast:
        return None
    cast: str = _ONLINE_COMPILER.render_bind_cast(sqltype, impl, "")  # type: ignore[no-untyped-call] # as above
    return cast.removeprefix("::")


def in_expression(rendered: Rendered, target: Target) -> str:
    """Give a literal the type that the online parameter has; `10*(:a/4)` depends on it."""
    sql, own_type = rendered
    if target.cast == own_type:
        return parenthesized(sql)
    if target.cast is not None:
        return f"CAST({sql} AS {target.cast})"
    # Online the server infers the type of this parameter, as it does for a quoted constant.
    return f"'{sql}'" if own_type in _CONSTANTS else sql


POSTGRESQL_LITERALS = LiteralRules(
    dialect="postgresql",
    quote=quote,
    families=FAMILIES,
    parameter_type=parameter_type,
    in_expression=in_expression,
    columns={**COLUMNS, **_INTEGER_COLUMNS},
    compares_as_column=frozenset({sat.String, sat.Uuid, sat.Integer}),
    constants=CONSTANTS,
)
