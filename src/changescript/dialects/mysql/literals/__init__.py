"""MySQL's and MariaDB's literals: which Python types each SQLAlchemy type takes.

A pair that is not in the table is refused. A driver writes a value by its Python type alone; what
is left out is what drivers write, and the server then stores, differently.
"""

from __future__ import annotations

import datetime as dt
import decimal
import ipaddress
import re
import uuid
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import types as sat
from sqlalchemy.dialects import mysql
from sqlalchemy.dialects.mysql import mariadb

from changescript.dialects.mysql.literals.dates import render_date, render_datetime, render_time, render_timedelta
from changescript.dialects.mysql.literals.scalars import (
    BYTES,
    quote,
    render_as_text,
    render_bytes,
    render_decimal,
    render_float,
    render_float_as_int,
    render_int,
    render_text,
    render_text_constant,
)
from changescript.literals.rules import Handler, Inexact, LiteralRules, Rendered, Target, parenthesized

if TYPE_CHECKING:
    import enum
    from collections.abc import Mapping
    from typing import Any

    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

    Row = Mapping[type, Handler]
    Families = Mapping[type[TypeEngine[Any]], Row]

_WHOLE_NUMBER = re.compile(r"-?\d+", re.ASCII)
_EXACT_NUMBER: Row = {bool: render_int, int: render_int, decimal.Decimal: render_decimal}
_BYTES: Row = {bytes: render_bytes, bytearray: render_bytes, memoryview: render_bytes}
_MOMENT: Row = {dt.date: render_date, dt.datetime: render_datetime}
_TIME: Row = {dt.time: render_time}
_SPAN: Row = {dt.timedelta: render_timedelta}
_ADDRESS: Row = {ipaddress.IPv4Address: render_as_text, ipaddress.IPv6Address: render_as_text}


def _families(text_handler: Handler) -> Families:
    text: Row = {str: text_handler}
    number: Row = {**_EXACT_NUMBER, **text, float: render_float}
    anything: Row = {**number, **_MOMENT, **_TIME, **_SPAN, bytes: render_bytes}
    families: dict[type[TypeEngine[Any]], Row] = {
        sat.Integer: {**number, float: render_float_as_int},
        sat.Boolean: {bool: render_int, int: render_int},
        sat.Numeric: number,
        # A float is '100000' or '100000.0', a span '00:00:05' or '0 0:0:5'.
        sat.String: {**_EXACT_NUMBER, **text, **_MOMENT, **_TIME, bytes: render_bytes},
        sat.LargeBinary: _BYTES,
        sat.BINARY: _BYTES,
        sat.VARBINARY: _BYTES,
        mysql.TINYBLOB: _BYTES,
        mysql.MEDIUMBLOB: _BYTES,
        mysql.LONGBLOB: _BYTES,
        sat.Uuid: {**text, uuid.UUID: render_as_text},
        sat.Date: {**_MOMENT, **text},
        sat.DateTime: {**_MOMENT, **text},
        sat.Time: {**_TIME, **_SPAN, **text},
        sat.JSON: text,
        sat.JSON.JSONElementType: {int: render_int, **text},
        mysql.BIT: {bool: render_int, int: render_int, bytes: render_bytes},
        mysql.YEAR: {int: render_int, **text},
        mariadb.INET4: {**_ADDRESS, **text},
        mariadb.INET6: {**_ADDRESS, **text},
        sat.NullType: anything,
    }
    return MappingProxyType(families)


def parameter_type(_sqltype: TypeEngine[Any], _dialect: Dialect) -> str | None:
    """Return None: no driver gives a parameter a type but that of its literal."""
    return None


def number_of_enum(member: enum.Enum) -> str:
    """Return a member of an IntEnum as text, which is what drivers write: '3', and not 3."""
    text = str(member)
    if not _WHOLE_NUMBER.fullmatch(text):
        raise Inexact("drivers write the name of the member", "pass its .value, or derive it from enum.IntEnum")
    return text


def in_expression(rendered: Rendered, _: Target) -> str:
    """Keep a minus apart, and bytes a string where a number is wanted: in MySQL 1 + x'32' is 51."""
    sql, own_type = rendered
    return f"_binary {sql}" if own_type == BYTES else parenthesized(sql)


MYSQL_LITERALS = LiteralRules(
    dialect="mysql",
    quote=quote,
    families=_families(render_text),
    # COMMENT and DEFAULT take no expression.
    constants=_families(render_text_constant),
    parameter_type=parameter_type,
    in_expression=in_expression,
    compares_as_column=frozenset(),
    number_of_enum=number_of_enum,
)
MARIADB_LITERALS = replace(MYSQL_LITERALS, dialect="mariadb")
