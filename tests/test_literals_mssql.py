# ruff: noqa: ANN401, DTZ001 - any value, naive datetimes too, and any type are what is tested
# mypy: disable-error-code="no-untyped-call, arg-type"
"""Literals of SQL Server: how values read, what is refused, and what server and sqlcmd would make of them."""

from __future__ import annotations

import datetime as dt
import decimal
import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import mssql as ms
from sqlalchemy.dialects import registry
from sqlalchemy.ext.asyncio import create_async_engine

from changescript.dialects.drivers import install
from changescript.dialects.mssql.driver import MSSQLScriptDialect
from changescript.dialects.mssql.literals.text import quote
from changescript.formatting import format_statement
from changescript.formatting.lexicon import LEXICONS
from changescript.literals import LiteralRefused, compile_literal, render_rows
from changescript.literals.text import UNPRINTABLE
from tests.literal_readers import MSSQLReader, sqlcmd_hazards
from tests.literal_values import (
    ADVERSARIAL,
    Colour,
    HierarchyId,
    Lowered,
    Marked,
    NoneIsText,
    Rank,
    Salted,
    Size,
    Talkative,
    in_column,
    in_expression,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

DIALECT = MSSQLScriptDialect()
UTC = dt.UTC
PLUS_2 = dt.timezone(dt.timedelta(hours=2))
Decimal = decimal.Decimal
UUID5 = uuid.UUID(int=5)


def compiled(construct: Any) -> str:
    """Compile on one line."""
    return " ".join(compile_literal(construct, DIALECT).split())


IN_COLUMN: list[tuple[Any, Any, str]] = [
    ("x", sa.String(3), "N'x'"),
    ("", sa.String, "N''"),
    ("it's \\ 100%", sa.Text, "N'it''s \\ 100%'"),
    ("''", sa.String, "N''''''"),
    ("a\nb", sa.Text, "N'a' + NCHAR(10) + N'b'"),
    ("a\r\n\tb", sa.Text, "N'a' + NCHAR(13) + NCHAR(10) + NCHAR(9) + N'b'"),
    ("\n", sa.String, "N'' + NCHAR(10)"),
    ("\n\n", sa.String, "N'' + NCHAR(10) + NCHAR(10)"),
    ("a\\\nb", sa.Text, "N'a\\' + NCHAR(10) + N'b'"),
    ("$(PATH)", sa.String, "N'$' + N'(PATH)'"),
    ("$$((", sa.String, "N'$$' + N'(('"),
    ("a $ (b) $(c)$(d)", sa.String, "N'a $ (b) $' + N'(c)$' + N'(d)'"),
    ("'$(x)'", sa.String, "N'''$' + N'(x)'''"),
    ("AT&T", sa.String, "N'AT&T'"),
    ("&&x &y.", sa.String, "N'&&x &y.'"),
    ("-- no comment", sa.String, "N'-- no comment'"),
    ("/* open", sa.String, "N'/* open'"),
    ("a;", sa.String, "N'a;'"),
    ("a-", sa.String, "N'a-'"),
    ("GO", sa.String, "N'GO'"),
    ("x\nGO\ny", sa.Text, "N'x' + NCHAR(10) + N'GO' + NCHAR(10) + N'y'"),
    ("x\n/\ny", sa.Text, "N'x' + NCHAR(10) + N'/' + NCHAR(10) + N'y'"),
    (":setvar a b", sa.String, "N':setvar a b'"),
    ("!!dir", sa.String, "N'!!dir'"),
    ("@file", sa.String, "N'@file'"),
    ("#cmd", sa.String, "N'#cmd'"),
    ("é", sa.Unicode, "N'é'"),
    ("Zürich", sa.String(20), "N'Zürich'"),
    ("日本", sa.UnicodeText, "N'日本'"),
    ("😀", sa.Unicode, "N'😀'"),
    ("a\u202eb", sa.Unicode, "N'a' + NCHAR(8238) + N'b'"),
    ("a\u202eb", sa.String, "N'a' + NCHAR(8238) + N'b'"),
    ("\U000e0001", sa.Unicode, "N'' + NCHAR(56128) + NCHAR(56321)"),
    ("\ufeffx", sa.UnicodeText, "N'' + NCHAR(65279) + N'x'"),
    ("a\x07b", sa.CHAR(5), "N'a' + NCHAR(7) + N'b'"),
    ("a\x7fb", sa.VARCHAR(5), "N'a' + NCHAR(127) + N'b'"),
    ("a\x85b", sa.VARCHAR(5), "N'a' + NCHAR(133) + N'b'"),
    ("abc", sa.CHAR(5), "N'abc'"),
    ("abc", sa.NCHAR(5), "N'abc'"),
    ("é", sa.NCHAR(5), "N'é'"),
    ("é", sa.NVARCHAR(5), "N'é'"),
    ("a\né&", sa.NVARCHAR(50), "N'a' + NCHAR(10) + N'é&'"),
    ("%s %(x)s", sa.VARCHAR, "N'%s %(x)s'"),
    ("q'[x]'", sa.CLOB, "N'q''[x]'''"),
    ("N'x'", sa.TEXT, "N'N''x'''"),
    (None, sa.String, "NULL"),
    (Size.BIG, sa.String, "N'big'"),
    (5, sa.Integer, "5"),
    (-5, sa.Integer, "-5"),
    (0, sa.SmallInteger, "0"),
    (-32768, sa.SmallInteger, "-32768"),
    (32767, sa.SmallInteger, "32767"),
    (-2147483648, sa.Integer, "-2147483648"),
    (2147483647, sa.INTEGER, "2147483647"),
    (2147483648, sa.BigInteger, "2147483648"),
    (-9223372036854775808, sa.BigInteger, "-9223372036854775808"),
    (9223372036854775807, sa.BIGINT, "9223372036854775807"),
    (True, sa.Integer, "1"),
    (False, sa.SMALLINT, "0"),
    (Rank.TOP, sa.Integer, "1"),
    (None, sa.Integer, "NULL"),
    (True, sa.Boolean, "1"),
    (False, sa.Boolean, "0"),
    (1, sa.Boolean, "1"),
    (0, sa.BOOLEAN, "0"),
    (None, sa.Boolean, "NULL"),
    (1.5, sa.Float, "1.5E0"),
    (0.1, sa.Float, "0.1E0"),
    (-2.5, sa.Float(53), "-2.5E0"),
    (1e22, sa.Float, "1E22"),
    (1e-7, sa.Float, "1E-7"),
    (123456789.125, sa.Double, "123456789.125E0"),
    (5, sa.Float, "5E0"),
    (True, sa.Float, "1E0"),
    (0.0, sa.Float, "0E0"),
    (0.1 + 0.2, sa.Double, "0.30000000000000004E0"),
    (0.5, sa.REAL, "0.5E0"),
    (3.4e38, sa.REAL, "3.4E38"),
    (1e100, sa.DOUBLE, "1E100"),
    (Decimal("1.5"), sa.Float, "1.5E0"),
    (Decimal("0.1"), sa.Float, "0.1E0"),
    (None, sa.Float, "NULL"),
    (Decimal("1.50"), sa.Numeric(10, 2), "1.50"),
    (Decimal("-1.5"), sa.Numeric(10, 2), "-1.5"),
    (Decimal("1.239"), sa.Numeric(10, 2), "CAST(1.239 AS NUMERIC(10, 2))"),
    (Decimal("1.235"), sa.Numeric(10, 2), "CAST(1.235 AS NUMERIC(10, 2))"),
    (Decimal("-0.005"), sa.Numeric(10, 2), "CAST(-0.005 AS NUMERIC(10, 2))"),
    (Decimal("0.004"), sa.Numeric(10, 2), "CAST(0.004 AS NUMERIC(10, 2))"),
    (Decimal("2.5"), sa.Numeric(5), "CAST(2.5 AS NUMERIC(5, 0))"),
    (Decimal("1E+3"), sa.Numeric(10, 2), "1000"),
    (Decimal("1E-9"), sa.Numeric(20, 10), "0.000000001"),
    (Decimal("1E-9"), sa.Numeric, "0.000000001"),
    (Decimal(5), sa.Numeric(10, 2), "5"),
    (Decimal("-0"), sa.Numeric(10, 2), "0"),
    (Decimal("0.00"), sa.Numeric(10, 2), "0.00"),
    (Decimal(5), sa.Numeric(38, 30), "5.0"),
    (Decimal("12345678901234567890.123456789012345678"), sa.Numeric(38, 18), "12345678901234567890.123456789012345678"),
    (Decimal("99999999.99"), sa.DECIMAL(10, 2), "99999999.99"),
    (5, sa.Numeric(10, 2), "5"),
    (3000000000, sa.Numeric(20, 2), "3000000000"),
    (True, sa.Numeric(10, 2), "1"),
    (9.99, sa.Numeric(10, 2), "9.99"),
    (2.5, sa.Numeric, "2.5"),
    (2.25, sa.NUMERIC(10, 2), "2.25"),
    (0.1, sa.Numeric(10, 2, asdecimal=False), "0.10"),
    (None, sa.Numeric, "NULL"),
    (b"a\xff\x00\\", sa.LargeBinary, "0x61FF005C"),
    (b"", sa.LargeBinary, "0x"),
    (bytearray(b"ab"), sa.LargeBinary, "0x6162"),
    (memoryview(b"ab"), sa.LargeBinary, "0x6162"),
    (b"ab", sa.BINARY(5), "0x6162"),
    (b"ab", sa.VARBINARY(5), "0x6162"),
    (b"ab", sa.BLOB, "0x6162"),
    (None, sa.LargeBinary, "NULL"),
    (UUID5, sa.Uuid, "'00000000-0000-0000-0000-000000000005'"),
    (UUID5, sa.UUID, "'00000000-0000-0000-0000-000000000005'"),
    (UUID5, sa.Uuid(native_uuid=False), "N'00000000000000000000000000000005'"),
    (str(UUID5), sa.Uuid(as_uuid=False), "'00000000-0000-0000-0000-000000000005'"),
    (None, sa.Uuid, "NULL"),
    (dt.date(2024, 2, 29), sa.Date, "CAST('2024-02-29' AS DATE)"),
    (dt.date(1, 1, 1), sa.Date, "CAST('0001-01-01' AS DATE)"),
    (dt.date(9999, 12, 31), sa.DATE, "CAST('9999-12-31' AS DATE)"),
    (dt.datetime(2024, 2, 29), sa.Date, "CAST('2024-02-29' AS DATE)"),
    (dt.datetime(2024, 2, 29, 1, 2, 3), sa.Date, "CAST('2024-02-29T01:02:03' AS DATETIME2)"),
    (dt.datetime(2024, 2, 29, 1, 2, 3), sa.DateTime, "CAST('2024-02-29T01:02:03' AS DATETIME2)"),
    (dt.datetime(2024, 2, 29, 1, 2, 3, 123456), sa.DateTime, "CAST('2024-02-29T01:02:03.123456' AS DATETIME2)"),
    (dt.datetime(2024, 2, 29, 1, 2, 3, 4), sa.DATETIME, "CAST('2024-02-29T01:02:03.000004' AS DATETIME2)"),
    (dt.datetime(2024, 2, 29), sa.DateTime, "CAST('2024-02-29T00:00:00' AS DATETIME2)"),
    (dt.date(2024, 2, 29), sa.DateTime, "CAST('2024-02-29T00:00:00' AS DATETIME2)"),
    (dt.datetime(2024, 2, 29, 23, 59, 59, 999999), sa.TIMESTAMP, "CAST('2024-02-29T23:59:59.999999' AS DATETIME2)"),
    (dt.datetime(753, 2, 1), sa.TIMESTAMP, "CAST('0753-02-01T00:00:00' AS DATETIME2)"),
    (dt.datetime(2024, 2, 29, 1), sa.DateTime(timezone=True), "'2024-02-29T01:00:00+00:00'"),
    (None, sa.DateTime, "NULL"),
    (dt.timedelta(1, 5, 3), sa.Interval, "CAST('1970-01-02T00:00:05.000003' AS DATETIME2)"),
    (dt.timedelta(days=-3), sa.Interval, "CAST('1969-12-29T00:00:00' AS DATETIME2)"),
    (dt.timedelta(0), sa.Interval, "CAST('1970-01-01T00:00:00' AS DATETIME2)"),
    (dt.timedelta(1, 3661, 5), sa.Interval(native=False), "CAST('1970-01-02T01:01:01.000005' AS DATETIME2)"),
    (Colour.RED, sa.Enum(Colour, name="colour"), "N'RED'"),
    ("big", sa.Enum("big", "small", name="size"), "N'big'"),
    (Size.BIG, sa.Enum(Size, name="size2"), "N'BIG'"),
    (None, sa.Enum("big", name="size3"), "NULL"),
    (None, NoneIsText, "N'nothing'"),
    ("AbC", Lowered, "lower(CAST(N'AbC' AS NVARCHAR(MAX)))"),
    ("AbC", Marked, "N'<AbC>'"),
    ({"a": [1, None]}, sa.PickleType(protocol=2), "0x80027D710058010000006171015D7102284B014E65732E"),
    ("007", sa.types.NullType, "N'007'"),
    (5, sa.types.NullType, "5"),
    (True, sa.types.NullType, "1"),
    (1.5, sa.types.NullType, "1.5E0"),
    (Decimal("1.50"), sa.types.NullType, "1.50"),
    (b"\xff", sa.types.NullType, "0xFF"),
    (dt.date(2024, 2, 29), sa.types.NullType, "CAST('2024-02-29' AS DATE)"),
    (dt.datetime(2024, 2, 29, 1), sa.types.NullType, "CAST('2024-02-29T01:00:00' AS DATETIME2)"),
    (None, sa.types.NullType, "NULL"),
    (255, ms.TINYINT, "255"),
    (True, ms.BIT, "1"),
    (Decimal("12.3456"), ms.MONEY, "12.3456"),
    (5, ms.MONEY, "5"),
    (Decimal("-0.5"), ms.SMALLMONEY, "-0.5"),
    (None, ms.SQL_VARIANT, "NULL"),
    (None, ms.ROWVERSION, "NULL"),
    ("<a>é</a>", ms.XML, "N'<a>é</a>'"),
    ("x", ms.NTEXT, "N'x'"),
    ("x", ms.TEXT, "N'x'"),
    ("x", ms.NVARCHAR("max"), "N'x'"),
    ("é", ms.VARCHAR(5), "N'é'"),
    ("abc", sa.String(5, collation="Latin1_General_BIN"), "N'abc'"),
    ("é", sa.Unicode(5, collation="Latin1_General_BIN"), "N'é'"),
    (b"ab", ms.IMAGE, "0x6162"),
    (b"ab", ms.VARBINARY("max"), "0x6162"),
    (UUID5, ms.UNIQUEIDENTIFIER, "'00000000-0000-0000-0000-000000000005'"),
    (
        "A972C577-DFB0-064E-1189-0154C99310DA",
        ms.UNIQUEIDENTIFIER(as_uuid=False),
        "'a972c577-dfb0-064e-1189-0154c99310da'",
    ),
    (1.5, ms.REAL, "1.5E0"),
    (1.5, ms.DOUBLE_PRECISION, "1.5E0"),
    (dt.datetime(2024, 2, 29, 1, 2, 3, 4), ms.DATETIME2, "CAST('2024-02-29T01:02:03.000004' AS DATETIME2)"),
    (dt.datetime(2024, 2, 29, 1, 2, 3, 4), ms.DATETIME2(3), "CAST('2024-02-29T01:02:03.000004' AS DATETIME2)"),
    (dt.date(2024, 2, 29), ms.DATETIME2, "CAST('2024-02-29T00:00:00' AS DATETIME2)"),
    (dt.datetime(2024, 2, 29, 1, 2), ms.SMALLDATETIME, "CAST('2024-02-29T01:02:00' AS DATETIME2)"),
    (dt.datetime(2024, 2, 29, 1, 2), ms.DATETIME, "CAST('2024-02-29T01:02:00' AS DATETIME2)"),
    (dt.datetime(2024, 2, 29, 1, tzinfo=UTC), ms.DATETIMEOFFSET, "'2024-02-29T01:00:00+00:00'"),
    (dt.datetime(2024, 2, 29, 1, 2, 3, 4, tzinfo=PLUS_2), ms.DATETIMEOFFSET(3), "'2024-02-29T01:02:03.000004+02:00'"),
    (dt.datetime(2024, 2, 29, 1, tzinfo=PLUS_2), sa.DateTime(timezone=True), "'2024-02-29T01:00:00+02:00'"),
    (dt.datetime(2024, 2, 29, 1), ms.DATETIMEOFFSET, "'2024-02-29T01:00:00+00:00'"),
    (dt.date(2024, 2, 29), ms.DATETIMEOFFSET, "'2024-02-29T00:00:00+00:00'"),
    (dt.time(1, 2, 3), sa.Time, "'01:02:03'"),
    (dt.time(1, 2, 3, 4), sa.TIME, "'01:02:03.000004'"),
    (dt.time(1, 2, 3, 4), ms.TIME(7), "'01:02:03.000004'"),
    (dt.datetime(2024, 2, 29, 1, 2, 3), sa.Time, "'01:02:03'"),
    ("01:02:03", sa.Time, "'01:02:03'"),
    (dt.timedelta(hours=-1), sa.Interval, "CAST('1969-12-31T23:00:00' AS DATETIME2)"),
    (None, sa.JSON, "N'null'"),
    (None, sa.JSON(none_as_null=True), "NULL"),
    (sa.null(), sa.JSON, "NULL"),
    ({"k": "it's"}, sa.JSON, "N'{\"k\": \"it''s\"}'"),
    (["é\n"], ms.JSON, "N'[\"\\u00e9\\n\"]'"),
    ("10.50", sa.Numeric(10, 2), "10.50"),
    ("/1/", HierarchyId, "N'/1/'"),
]

REFUSED: list[tuple[Any, Any, str]] = [
    (5.7, sa.Integer, "does not take it"),
    ("5", sa.Integer, "does not take it"),
    (5, sa.String, "does not take it"),
    (b"x", sa.String, "does not take it"),
    ({"a": 1}, sa.Text, "does not take it"),
    (object(), sa.String, "does not take it"),
    (Colour.RED, sa.String, "drivers disagree on plain Enum members"),
    ("a\0b", sa.Text, "SQL Server text can't well hold a NUL character"),
    ("\ud800", sa.Text, "it holds a lone surrogate, which is no character"),
    (5, sa.Enum(Colour, name="c"), "its type's bind processor raised LookupError"),
    (2, sa.Boolean, "its type's bind processor raised ValueError"),
    ("yes", sa.Boolean, "its type's bind processor raised TypeError"),
    ("x", sa.LargeBinary, "does not take it"),
    ("2024-01-01", sa.Date, "does not take it"),
    ("2024-01-01", sa.DateTime, "does not take it"),
    (dt.datetime(2024, 1, 1, tzinfo=UTC), sa.DateTime, "its time zone would be lost: the column has none"),
    (dt.datetime(2024, 1, 1, tzinfo=UTC), sa.Date, "its time zone would be lost"),
    (dt.time(1, tzinfo=UTC), sa.Time, "its time zone would be lost: the column has none"),
    (5, sa.Interval, "its type's bind processor raised TypeError"),
    (Decimal("NaN"), sa.Numeric(10, 2), "SQL Server has neither NaN nor infinity"),
    (Decimal("Infinity"), sa.Numeric(10, 2), "SQL Server has neither NaN nor infinity"),
    (float("nan"), sa.Float, "SQL Server has neither NaN nor infinity"),
    (float("inf"), sa.Float, "SQL Server has neither NaN nor infinity"),
    ("x", sa.Float, "does not take it"),
    ({1: object()}, sa.JSON, "its type's bind processor raised TypeError"),
    ("x", Salted, "its type makes something different of it each time"),
    ("x", Talkative, "its type's bind processor raised ValueError"),
    ({"b", "a"}, sa.PickleType, "its pickle may differ from run to run"),
    ([1], sa.types.NullType, "the column or parameter has no type"),
    (UUID5, sa.types.NullType, "the column or parameter has no type"),
    (dt.time(1), sa.types.NullType, "the column or parameter has no type"),
    ("5.0e1", sa.Numeric(10, 2), "it is not written as a plain decimal number"),
    (2**31, sa.Integer, "it is out of the range of its type"),
    (-(2**31) - 1, sa.Integer, "it is out of the range of its type"),
    (2**15, sa.SmallInteger, "it is out of the range of its type"),
    (2**63, sa.BigInteger, "it is out of the range of its type"),
    (-1, ms.TINYINT, "it is out of the range of its type"),
    (256, ms.TINYINT, "it is out of the range of its type"),
    (-0.0, sa.Float, "pyodbc sends negative zero, pymssql a zero without a sign"),
    (5e-324, sa.Float, "it is too small for FLOAT"),
    (2**53 + 1, sa.Float, "FLOAT can't hold all its digits"),
    (Decimal("0.12345678901234567"), sa.Float, "FLOAT can't hold all its digits"),
    (Decimal("1E+30"), sa.Float, "FLOAT can't hold all its digits"),
    (Decimal("123.4"), sa.Numeric(4, 2), "it does not fit NUMERIC(4, 2)"),
    (Decimal("99.999"), sa.Numeric(4, 2), "it does not fit NUMERIC(4, 2)"),
    (Decimal("1E+19"), sa.Numeric, "it has more than 19 digits before the point or 19 behind it"),
    (Decimal("1E-20"), sa.Numeric, "it has more than 19 digits before the point or 19 behind it"),
    (2**63, sa.Numeric(38, 0), "drivers bind an int only up to a BIGINT"),
    (0.1, sa.Numeric, "pyodbc sends a float's binary digits, pymssql its decimal ones"),
    (2.675, sa.Numeric(10, 2), "pyodbc sends a float's binary digits, pymssql its decimal ones"),
    ("1.239", sa.Numeric(10, 2), "it has more digits than its column"),
    (Decimal("1.23456"), ms.MONEY, "it has more than 15 digits before the point or 4 behind it"),
    (1.5, ms.MONEY, "does not take it"),
    ("5", ms.MONEY, "does not take it"),
    (5, ms.SQL_VARIANT, "a SQL_VARIANT keeps the type that a driver gives the value"),
    ("x", ms.SQL_VARIANT, "a SQL_VARIANT keeps the type that a driver gives the value"),
    (b"x", ms.ROWVERSION, "the server alone fills a ROWVERSION"),
    (b"x", ms.TIMESTAMP, "the server alone fills a ROWVERSION"),
    (
        "é",
        sa.String(5, collation="Latin1_General_BIN"),
        "the column has a collation of its own: pyodbc sends text in the database's code page, pymssql in Unicode",
    ),
    (
        "é",
        ms.VARCHAR(5, collation="Latin1_General_100_CI_AS_SC_UTF8"),
        "the column has a collation of its own: pyodbc sends text in the database's code page, pymssql in Unicode",
    ),
    (
        "<?xml version='1.0' encoding='utf-8'?><a/>",
        ms.XML,
        "it names an encoding, which pyodbc's VARCHAR fits and pymssql's NVARCHAR does not",
    ),
    ("not a uuid", sa.Uuid(as_uuid=False), "it is not written as a UUID"),
    ("00000000000000000000000000000005", sa.Uuid(as_uuid=False), "it is not written as a UUID"),
    ("{00000000-0000-0000-0000-000000000005}", sa.Uuid(as_uuid=False), "it is not written as a UUID"),
    ("00000000-0000-0000-0000-000000000005 and more", sa.Uuid(as_uuid=False), "it is not written as a UUID"),
    (
        dt.datetime(2024, 1, 1, tzinfo=dt.timezone(dt.timedelta(seconds=28))),
        sa.DateTime(timezone=True),
        "SQL Server has offsets in whole minutes up to 14 hours",
    ),
    (
        dt.datetime(2024, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=15))),
        ms.DATETIMEOFFSET,
        "SQL Server has offsets in whole minutes up to 14 hours",
    ),
    (dt.datetime(1, 1, 1, tzinfo=PLUS_2), ms.DATETIMEOFFSET, "in UTC it is outside the years 1 to 9999"),
    (dt.datetime(2024, 1, 1, tzinfo=UTC), ms.DATETIME2, "its time zone would be lost: the column has none"),
    ("noon", sa.Time, "it is not written as a time"),
    (dt.timedelta(days=10**7), sa.Interval, "its type's bind processor raised OverflowError"),
]


@pytest.mark.parametrize(("value", "sqltype", "sql"), IN_COLUMN)
def test_value_of_a_column(value: object, sqltype: Any, sql: str) -> None:
    """A column's value reads plainly, is the same alone and among rows, and Transact-SQL can parse it."""
    assert in_column(value, sqltype, DIALECT) == sql
    sqlglot.parse_one(f"INSERT INTO t (c) VALUES ({sql})", dialect="tsql")


@pytest.mark.parametrize(("value", "sqltype", "reason"), REFUSED)
def test_refusal_names_type_and_column_but_never_the_value(value: object, sqltype: Any, reason: str) -> None:
    """What drivers reject, store differently or can't store is refused, at both ways in."""
    table = sa.Table("acct", sa.MetaData(), sa.Column("f", sqltype))
    for way in (
        lambda: compile_literal(table.insert().values(f=value), DIALECT),
        lambda: list(render_rows(table, [{"f": value}], DIALECT)),
    ):
        with pytest.raises(LiteralRefused, match=re.escape(reason)) as caught:
            way()
        error = caught.value
        assert error.column == "acct.f"
        assert error.type_name
        assert error.__cause__ is None
        assert error.__context__ is None


IN_EXPRESSION: list[tuple[Any, Any, str]] = [
    (5, None, "5"),
    (-5, None, "(-5)"),
    (2**31, None, "CAST(2147483648 AS BIGINT)"),
    (-(2**31), None, "CAST(-2147483648 AS INT)"),
    (True, None, "1"),
    ("x", None, "CAST(N'x' AS NVARCHAR(MAX))"),
    ("é", None, "CAST(N'é' AS NVARCHAR(MAX))"),
    ("a\n", None, "CAST(N'a' + NCHAR(10) AS NVARCHAR(MAX))"),
    (Decimal(5), None, "CAST(5 AS NUMERIC(1, 0))"),
    (Decimal(-12), None, "CAST(-12 AS NUMERIC(2, 0))"),
    (Decimal("-5.5"), None, "(-5.5)"),
    (5.0, None, "5E0"),
    (-1.5, None, "(-1.5E0)"),
    (2.5, sa.Numeric(10, 2), "CAST(2.50 AS FLOAT)"),
    (3000000000, sa.Numeric(20, 2), "CAST(3000000000 AS BIGINT)"),
    (b"\x01", None, "0x01"),
    (None, None, "NULL"),
    (dt.date(2024, 2, 29), None, "CAST(CAST('2024-02-29' AS DATE) AS DATETIME2)"),
    (dt.datetime(2024, 2, 29, 1), None, "CAST('2024-02-29T01:00:00' AS DATETIME2)"),
    (dt.datetime(2024, 2, 29, 1, tzinfo=UTC), None, "CAST('2024-02-29T01:00:00+00:00' AS DATETIMEOFFSET)"),
    (dt.time(1, 2), None, "'01:02:00'"),
    (dt.timedelta(1), None, "CAST('1970-01-02T00:00:00' AS DATETIME2)"),
    (UUID5, None, "CAST('00000000-0000-0000-0000-000000000005' AS UNIQUEIDENTIFIER)"),
    (Colour.RED, sa.Enum(Colour), "CAST(N'RED' AS NVARCHAR(MAX))"),
]


@pytest.mark.parametrize(("value", "sqltype", "sql"), IN_EXPRESSION)
def test_parameter_in_an_expression(value: object, sqltype: Any, sql: str) -> None:
    """In an expression a value has the type that the online parameter has, and no leading minus."""
    assert in_expression(value, sqltype, DIALECT) == sql
    sqlglot.parse_one(f"SELECT {sql}", dialect="tsql")


PIPELINES: list[tuple[str, dict[str, Any], str]] = [
    ("UPDATE t SET a = :v WHERE b = :w", {"v": "x", "w": 5}, "UPDATE t SET a = N'x' WHERE b = 5"),
    ("UPDATE t SET a = :v + a", {"v": "x"}, "UPDATE t SET a = CAST(N'x' AS NVARCHAR(MAX)) + a"),
    ("UPDATE t SET a = b + :v", {"v": "x"}, "UPDATE t SET a = b + CAST(N'x' AS NVARCHAR(MAX))"),
    ("UPDATE t SET a = 1 +:v", {"v": -5}, "UPDATE t SET a = 1 +(-5)"),
    ("DELETE FROM t WHERE a <> :v AND b >= :w", {"v": "x", "w": 2}, "DELETE FROM t WHERE a <> N'x' AND b >= 2"),
    (
        "INSERT INTO [t] (a, b, c) VALUES (:a, :b, 'x :y')",
        {"a": "q", "b": b"\1"},
        "INSERT INTO [t] (a, b, c) VALUES (N'q', 0x01, 'x :y')",
    ),
    ("INSERT INTO t VALUES (UPPER(:a))", {"a": "q"}, "INSERT INTO t VALUES (UPPER(CAST(N'q' AS NVARCHAR(MAX))))"),
    ("SELECT x = :v INTO u", {"v": "x"}, "SELECT x = CAST(N'x' AS NVARCHAR(MAX)) INTO u"),
    ("UPDATE t SET a += :v", {"v": "x"}, "UPDATE t SET a += CAST(N'x' AS NVARCHAR(MAX))"),
    (
        "DELETE FROM t WHERE a = :v COLLATE Latin1_General_BIN",
        {"v": "x"},
        "DELETE FROM t WHERE a = CAST(N'x' AS NVARCHAR(MAX)) COLLATE Latin1_General_BIN",
    ),
    ("SELECT a-:v FROM t", {"v": -5}, "SELECT a-(-5) FROM t"),
    ("EXEC sp_rename :a, :b", {"a": "x", "b": "y"}, "EXEC sp_rename N'x', N'y'"),
    ("execute p @a = :a", {"a": None}, "execute p @a = NULL"),
    (r"SELECT :v, '\:x'", {"v": r"C\:x"}, r"SELECT CAST(N'C\:x' AS NVARCHAR(MAX)), ':x'"),
]


@pytest.mark.parametrize(("sql", "values", "expected"), PIPELINES)
def test_raw_sql(sql: str, values: dict[str, Any], expected: str) -> None:
    """A whole value stays plain in raw SQL too; in an expression it has its online type."""
    text = sa.text(sql.replace("'x :y'", r"'x \:y'")).bindparams(**values)
    assert compiled(text) == expected


TABLE = sa.Table(
    "t",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("c", sa.String(20), server_default="x", comment="it's\n$(x)"),
    sa.Column("u", sa.Unicode(10), server_default="é\n"),
    sa.Column("n", sa.Numeric(10, 2), comment="plain"),
    sa.Column("e", sa.Enum("a", "é", name="k", create_constraint=True, native_enum=False)),
    sa.Column("x", sa.Text, sa.Computed("c + ':'")),
    schema="s",
)

CONSTRUCTS: list[tuple[Any, str]] = [
    (TABLE.insert().values(c="é", n=Decimal(5)), "INSERT INTO s.t (c, n) VALUES (N'é', 5)"),
    (
        TABLE.update().values(c=TABLE.c.c + "x").where(TABLE.c.c.in_(["a", "b"]), TABLE.c.id == 5),
        "UPDATE s.t SET c=(s.t.c + CAST(N'x' AS NVARCHAR(MAX))) WHERE s.t.c IN (N'a', N'b') AND s.t.id = 5",
    ),
    (
        TABLE.delete().where(TABLE.c.c.is_distinct_from("x"), TABLE.c.u.like("a/%", escape="/")),
        "DELETE FROM s.t WHERE NOT EXISTS (SELECT s.t.c INTERSECT SELECT N'x') AND s.t.u LIKE N'a/%' ESCAPE '/'",
    ),
    (
        TABLE.insert().from_select(["c"], sa.select(sa.literal("x")).where(TABLE.c.n > Decimal(5))),
        (
            "INSERT INTO s.t (c) SELECT CAST(N'x' AS NVARCHAR(MAX)) AS anon_1 FROM s.t"
            " WHERE s.t.n > CAST(5 AS NUMERIC(1, 0))"
        ),
    ),
    (sa.select(sa.func.power(2, 3)), "SELECT power(2, 3) AS power_1"),
    (
        sa.select(sa.func.aggregate_strings(TABLE.c.c, ",")),
        "SELECT string_agg(s.t.c, ',') AS aggregate_strings_1 FROM s.t",
    ),
    (sa.select(TABLE.c.id).where(TABLE.c.u.match("é")), "SELECT s.t.id FROM s.t WHERE CONTAINS (s.t.u, N'é')"),
    (sa.select(TABLE.c.id).limit(5), "SELECT TOP 5 s.t.id FROM s.t"),
    (
        sa.schema.SetColumnComment(TABLE.c.n),
        "execute sp_addextendedproperty 'MS_Description', N'plain', 'schema', s, 'table', t, 'column', n",
    ),
    (
        sa.schema.SetColumnComment(TABLE.c.c),
        (
            "DECLARE @comment NVARCHAR(3750) = N'it''s' + NCHAR(10) + N'$' + N'(x)' execute sp_addextendedproperty"
            " 'MS_Description', @comment, 'schema', s, 'table', t, 'column', c"
        ),
    ),
    (
        sa.schema.SetTableComment(sa.Table("p", sa.MetaData(), comment="x")),
        "execute sp_addextendedproperty 'MS_Description', N'x', 'schema', dbo, 'table', p",
    ),
    (
        sa.schema.CreateIndex(sa.Index("i", TABLE.c.c, mssql_where=TABLE.c.u == "é")),
        "CREATE INDEX i ON s.t (c) WHERE u = N'é'",
    ),
    (
        sa.schema.CreateTable(TABLE),
        (
            "CREATE TABLE s.t ( id INTEGER NOT NULL IDENTITY, c VARCHAR(20) NULL DEFAULT 'x', "
            "u NVARCHAR(10) NULL DEFAULT (N'é' + NCHAR(10)), n NUMERIC(10, 2) NULL, e VARCHAR(1) NULL, "
            "x AS (c + ':'), PRIMARY KEY (id), CONSTRAINT k CHECK (e IN ('a', N'é')) )"
        ),
    ),
]


@pytest.mark.parametrize(("construct", "sql"), CONSTRUCTS)
def test_construct(construct: Any, sql: str) -> None:
    """DML, DDL and comments read as a connected SQL Server of 2016 or later would get them."""
    assert compiled(construct) == sql


REFUSED_SQL: list[tuple[Any, str]] = [
    (sa.text("EXEC p :a").bindparams(a="x\n"), "a procedure takes constants"),
    (sa.text("EXEC p :a").bindparams(a=dt.date(2024, 1, 1)), "a procedure takes constants"),
    (sa.text("SELECT HASHBYTES('MD5', :a)").bindparams(a="x"), "the bytes of a text parameter"),
    (sa.text("SELECT CAST(:a AS VARBINARY(9))").bindparams(a="x"), "the bytes of a text parameter"),
    (sa.select(sa.func.hashbytes("MD5", sa.column("c"))), "the bytes of a text parameter"),
    (sa.select(sa.cast(sa.literal("x"), ms.VARBINARY(9))), "the bytes of a text parameter"),
    (sa.schema.SetTableComment(sa.Table("p", sa.MetaData(), comment="\n" * 3751)), "up to 3750"),
]


@pytest.mark.parametrize(("construct", "reason"), REFUSED_SQL)
def test_sql_that_depends_on_the_driver_is_refused(construct: Any, reason: str) -> None:
    """Where VARCHAR and NVARCHAR would differ, or no expression may stand, nothing is guessed."""
    with pytest.raises(LiteralRefused, match=reason):
        compiled(construct)


def test_long_text_is_not_cut_off() -> None:
    """A concatenation holds 4000 units unless it begins with NVARCHAR(MAX), in each of its groups."""
    assert quote("x" * 4001) == f"N'{'x' * 4001}'"
    assert quote("\n" + "x" * 3999) == f"N'' + NCHAR(10)\n + N'{'x' * 3999}'"
    assert quote("\n" + "x" * 4000) == f"CAST(N'' AS NVARCHAR(MAX)) + NCHAR(10)\n + N'{'x' * 4000}'"
    for text in ("\n" + "😀" * 2000, ("x" * 300 + "\n") * 200, "\n" * 4001, "a\n" * 6000, "$(" * 3000):
        assert str(MSSQLReader(quote(text)).whole()) == text
        assert not sqlcmd_hazards(quote(text))


def test_long_chains_are_grouped() -> None:
    """The server's parser goes one level deeper for each `+` of a chain."""
    sql = quote("a\n" * 5000)
    deepest = max(part.count(" + ") for part in re.split(r"[()]", sql.replace("NCHAR(10)", "")))
    assert deepest <= 102


@given(ADVERSARIAL)
def test_quoted_text_reads_back_and_shows_no_control_character(text: str) -> None:
    """Whatever text is given, the expression means that text and is fit to print."""
    sql = quote(text)
    assert str(MSSQLReader(sql).whole()) == text
    assert not UNPRINTABLE.search(sql)
    assert "$(" not in sql


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(ADVERSARIAL, ADVERSARIAL), min_size=1, max_size=5))
def test_sqlcmd_takes_nothing_of_a_statement_for_its_own(rows: list[tuple[str, str]]) -> None:
    """However INSERTs are laid out, no line is a command or a separator, and no variable is put in."""
    table = sa.table("t", sa.column("a", sa.Unicode), sa.column("b", sa.String))
    (batch,) = render_rows(table, [{"a": first, "b": second} for first, second in rows], DIALECT)
    formatted = format_statement(str(batch), LEXICONS["mssql"])
    assert not sqlcmd_hazards(formatted.text)
    sqlglot.parse_one(formatted.text, dialect="tsql")


def test_model_of_sqlcmd_sees_hazards() -> None:
    """The model above can fail."""
    script = "SELECT N'\nGO\n', '$(x)'\n:r x\n  exit"
    assert sqlcmd_hazards(script) == ["GO", "', '$(x)'", ":r x", "  exit"]


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-99999, max_value=99999)))
def test_decimals_of_one_column_need_no_more_digits_together_than_they_may_have(values: list[Decimal]) -> None:
    """The server makes one NUMERIC of a column's literals, and beyond 38 digits it would round."""
    whole = places = 0
    for value in values:
        sql = in_column(value, sa.Numeric(38, 30) if abs(value) < 10**8 else sa.Numeric, DIALECT)
        before, _, behind = sql.lstrip("-").partition(".")
        whole = max(whole, len(before) if "." in sql else 10)
        places = max(places, len(behind))
    assert whole + places <= 38


def test_rows_of_an_untyped_column_must_be_of_one_type() -> None:
    """In one VALUES list '007' beside 5 would become 7."""
    table = sa.table("t", sa.column("a"))
    with pytest.raises(LiteralRefused, match=r"t\.a: the column has no type, .* \(int, str\)"):
        list(render_rows(table, [{"a": "007"}, {"a": 5}], DIALECT))
    assert list(map(str, render_rows(table, [{"a": "007"}, {"a": None}], DIALECT))) == [
        "INSERT INTO t (a) VALUES (N'007'), (NULL)"
    ]


def test_rows_with_expressions_stand_alone() -> None:
    """An expression's type would change what its neighbours are converted to."""
    table = sa.table("t", sa.column("a", sa.Unicode))
    rows = [{"a": sa.func.getdate()}, {"a": "x"}]
    assert list(map(str, render_rows(table, rows, DIALECT))) == [
        "INSERT INTO t (a) VALUES (getdate())",
        "INSERT INTO t (a) VALUES (N'x')",
    ]


def test_identity_insert_goes_around_an_insert_that_gives_the_key() -> None:
    """As SQLAlchemy does online: only for a table whose autoincrement column gets a value."""
    around = ("SET IDENTITY_INSERT s.t ON", "SET IDENTITY_INSERT s.t OFF")
    assert DIALECT.around_insert(TABLE, ["id", "c"]) == around
    assert DIALECT.around_insert(TABLE, ["c"]) is None
    assert DIALECT.around_insert(sa.table("t", sa.column("id")), ["id"]) is None
    plain = sa.Table("p", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True, autoincrement=False))
    assert DIALECT.around_insert(plain, ["id"]) is None
    sequence = sa.Table("q", sa.MetaData(), sa.Column("id", sa.Integer, sa.Sequence("s"), primary_key=True))
    assert DIALECT.around_insert(sequence, ["id"]) is None
    for insert in (
        TABLE.insert().values(id=1),
        TABLE.insert().values({TABLE.c.id: 1}),
        TABLE.insert().values((1, "x")),
        TABLE.insert().values([{"id": 1}, {"id": 2}]),
        TABLE.insert().values([(1, "x"), (2, "y")]),
    ):
        assert DIALECT.around(insert) == around
    others = (
        TABLE.insert(),
        TABLE.insert().values(c="x"),
        TABLE.insert().from_select(["id"], sa.select(sa.literal(1))),
        TABLE.update().values(id=1),
        sa.text("INSERT"),
    )
    assert [DIALECT.around(statement) for statement in others] == [None] * 5


@pytest.fixture
def installed() -> Iterator[None]:
    """Install script dialects for one test."""
    before = dict(registry.impls)
    install()
    yield
    registry.impls.clear()
    registry.impls.update(before)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("driver", ["", "+pyodbc", "+pymssql", "+mssqlpython"])
def test_every_driver_becomes_a_script_dialect_that_cannot_connect(driver: str) -> None:
    """create_engine() takes the options of the drivers' own dialects."""
    options = {"fast_executemany": True, "use_setinputsizes": False, "enable_pooling": True, "schema_name": "x"}
    engine = sa.create_engine(f"mssql{driver}://u:p@nowhere.invalid/d", **options)
    assert isinstance(engine.dialect, MSSQLScriptDialect)
    assert engine.dialect.default_schema_name == "x"
    with pytest.raises(sa.exc.DBAPIError, match="no database is connected"):
        engine.connect()


@pytest.mark.usefixtures("installed")
def test_async_engine_can_be_made() -> None:
    """create_async_engine() insists on an asynchronous dialect and gets one."""
    assert isinstance(create_async_engine("mssql+aioodbc://u:p@nowhere.invalid/d").dialect, MSSQLScriptDialect)
