# ruff: noqa: ANN401, DTZ001 - any value, naive datetimes too, and any type are what is tested
# mypy: disable-error-code="no-untyped-call, arg-type"
"""Literals of Oracle: how values read, what is refused, and what server and SQL*Plus would make of them."""

from __future__ import annotations

import array
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
from sqlalchemy.dialects import oracle, registry
from sqlalchemy.ext.asyncio import create_async_engine

from changescript.dialects.drivers import install
from changescript.dialects.oracle.driver import OracleScriptDialect
from changescript.dialects.oracle.literals.text import quote
from changescript.formatting import format_statement
from changescript.formatting.lexicon import LEXICONS
from changescript.literals import LiteralRefused, compile_literal, render_rows
from changescript.literals.text import UNPRINTABLE
from tests.literal_readers import OracleReader, sqlplus_hazards
from tests.literal_values import (
    ADVERSARIAL,
    Colour,
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

DIALECT = OracleScriptDialect()
UTC = dt.UTC
PLUS_2 = dt.timezone(dt.timedelta(hours=2))
Decimal = decimal.Decimal
UUID5 = uuid.UUID(int=5)


def compiled(construct: Any) -> str:
    """Compile on one line."""
    return " ".join(compile_literal(construct, DIALECT).split())


IN_COLUMN: list[tuple[Any, Any, str]] = [
    ("x", sa.String(3), "'x'"),
    ("", sa.String, "''"),
    ("it's \\ 100%", sa.Text, "'it''s \\ 100%'"),
    ("''", sa.String, "''''''"),
    ("a\nb", sa.Text, "'a' || CHR(10) || 'b'"),
    ("a\r\n\tb", sa.Text, "'a' || CHR(13) || CHR(10) || CHR(9) || 'b'"),
    ("\n", sa.String, "CHR(10)"),
    ("\n\n", sa.String, "CHR(10) || CHR(10)"),
    ("a\\\nb", sa.Text, "'a\\' || CHR(10) || 'b'"),
    ("$(PATH)", sa.String, "'$(PATH)'"),
    ("$$((", sa.String, "'$$(('"),
    ("a $ (b) $(c)$(d)", sa.String, "'a $ (b) $(c)$(d)'"),
    ("'$(x)'", sa.String, "'''$(x)'''"),
    ("AT&T", sa.String, "'AT' || CHR(38) || 'T'"),
    ("&&x &y.", sa.String, "CHR(38) || CHR(38) || 'x ' || CHR(38) || 'y.'"),
    ("-- no comment", sa.String, "'-- no comment'"),
    ("/* open", sa.String, "'/* open'"),
    ("a;", sa.String, "'a;'"),
    ("a-", sa.String, "'a-'"),
    ("GO", sa.String, "'GO'"),
    ("x\nGO\ny", sa.Text, "'x' || CHR(10) || 'GO' || CHR(10) || 'y'"),
    ("x\n/\ny", sa.Text, "'x' || CHR(10) || '/' || CHR(10) || 'y'"),
    (":setvar a b", sa.String, "':setvar a b'"),
    ("!!dir", sa.String, "'!!dir'"),
    ("@file", sa.String, "'@file'"),
    ("#cmd", sa.String, "'#cmd'"),
    ("é", sa.Unicode, "'é'"),
    ("Zürich", sa.String(20), "'Zürich'"),
    ("日本", sa.UnicodeText, "'日本'"),
    ("😀", sa.Unicode, "'😀'"),
    ("a\u202eb", sa.Unicode, "'a' || TO_CHAR(UNISTR('\\202E')) || 'b'"),
    ("a\u202eb", sa.String, "'a' || TO_CHAR(UNISTR('\\202E')) || 'b'"),
    ("\U000e0001", sa.Unicode, "TO_CHAR(UNISTR('\\DB40\\DC01'))"),
    ("\ufeffx", sa.UnicodeText, "TO_CHAR(UNISTR('\\FEFF')) || 'x'"),
    ("a\x07b", sa.CHAR(5), "'a' || CHR(7) || 'b'"),
    ("a\x7fb", sa.VARCHAR(5), "'a' || CHR(127) || 'b'"),
    ("a\x85b", sa.VARCHAR(5), "'a' || TO_CHAR(UNISTR('\\0085')) || 'b'"),
    ("abc", sa.CHAR(5), "'abc'"),
    ("abc", sa.NCHAR(5), "'abc'"),
    ("é", sa.NCHAR(5), "UNISTR('\\00E9')"),
    ("é", sa.NVARCHAR(5), "UNISTR('\\00E9')"),
    ("a\né&", sa.NVARCHAR(50), "'a' || CHR(10) || UNISTR('\\00E9') || CHR(38)"),
    ("%s %(x)s", sa.VARCHAR, "'%s %(x)s'"),
    ("q'[x]'", sa.CLOB, "'q''[x]'''"),
    ("N'x'", sa.TEXT, "'N''x'''"),
    (None, sa.String, "NULL"),
    (Size.BIG, sa.String, "'big'"),
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
    (1.5, sa.Float, "1.5"),
    (0.1, sa.Float, "0.1"),
    (-2.5, sa.Float(53), "-2.5"),
    (1e22, sa.Float, "10000000000000000000000"),
    (1e-7, sa.Float, "0.0000001"),
    (123456789.125, sa.Double, "123456789.125"),
    (5, sa.Float, "5.0"),
    (True, sa.Float, "1.0"),
    (0.0, sa.Float, "0.0"),
    (0.1 + 0.2, sa.Double, "0.30000000000000004"),
    (0.5, sa.REAL, "0.5"),
    (3.4e38, sa.REAL, "340000000000000000000000000000000000000"),
    (1e100, sa.DOUBLE, "1E+100"),
    (Decimal("1.5"), sa.Float, "1.5"),
    (Decimal("0.1"), sa.Float, "0.1"),
    (None, sa.Float, "NULL"),
    (Decimal("1.50"), sa.Numeric(10, 2), "1.50"),
    (Decimal("-1.5"), sa.Numeric(10, 2), "-1.5"),
    (Decimal("1.239"), sa.Numeric(10, 2), "1.239"),
    (Decimal("1.235"), sa.Numeric(10, 2), "1.235"),
    (Decimal("-0.005"), sa.Numeric(10, 2), "-0.005"),
    (Decimal("0.004"), sa.Numeric(10, 2), "0.004"),
    (Decimal("2.5"), sa.Numeric(5), "2.5"),
    (Decimal("1E+3"), sa.Numeric(10, 2), "1000"),
    (Decimal("1E-9"), sa.Numeric(20, 10), "0.000000001"),
    (Decimal("1E-9"), sa.Numeric, "0.000000001"),
    (Decimal(5), sa.Numeric(10, 2), "5"),
    (Decimal("-0"), sa.Numeric(10, 2), "0"),
    (Decimal("0.00"), sa.Numeric(10, 2), "0.00"),
    (Decimal(5), sa.Numeric(38, 30), "5"),
    (Decimal("12345678901234567890.123456789012345678"), sa.Numeric(38, 18), "12345678901234567890.123456789012345678"),
    (Decimal("99999999.99"), sa.DECIMAL(10, 2), "99999999.99"),
    (5, sa.Numeric(10, 2), "5.00"),
    (3000000000, sa.Numeric(20, 2), "3000000000.00"),
    (True, sa.Numeric(10, 2), "1.00"),
    (9.99, sa.Numeric(10, 2), "9.99"),
    (2.5, sa.Numeric, "2.5000000000"),
    (2.25, sa.NUMERIC(10, 2), "2.25"),
    (0.1, sa.Numeric(10, 2, asdecimal=False), "0.1"),
    (None, sa.Numeric, "NULL"),
    (b"a\xff\x00\\", sa.LargeBinary, "HEXTORAW('61FF005C')"),
    (b"", sa.LargeBinary, "HEXTORAW('')"),
    (bytearray(b"ab"), sa.LargeBinary, "HEXTORAW('6162')"),
    (memoryview(b"ab"), sa.LargeBinary, "HEXTORAW('6162')"),
    (b"ab", sa.BINARY(5), "HEXTORAW('6162')"),
    (b"ab", sa.VARBINARY(5), "HEXTORAW('6162')"),
    (b"ab", sa.BLOB, "HEXTORAW('6162')"),
    (None, sa.LargeBinary, "NULL"),
    (UUID5, sa.Uuid, "'00000000000000000000000000000005'"),
    (UUID5, sa.UUID, "'00000000000000000000000000000005'"),
    (UUID5, sa.Uuid(native_uuid=False), "'00000000000000000000000000000005'"),
    (str(UUID5), sa.Uuid(as_uuid=False), "'00000000000000000000000000000005'"),
    (None, sa.Uuid, "NULL"),
    (dt.date(2024, 2, 29), sa.Date, "DATE '2024-02-29'"),
    (dt.date(1, 1, 1), sa.Date, "DATE '0001-01-01'"),
    (dt.date(9999, 12, 31), sa.DATE, "DATE '9999-12-31'"),
    (dt.datetime(2024, 2, 29), sa.Date, "DATE '2024-02-29'"),
    (dt.datetime(2024, 2, 29, 1, 2, 3), sa.Date, "TO_DATE('2024-02-29 01:02:03', 'YYYY-MM-DD HH24:MI:SS')"),
    (dt.datetime(2024, 2, 29, 1, 2, 3), sa.DateTime, "TO_DATE('2024-02-29 01:02:03', 'YYYY-MM-DD HH24:MI:SS')"),
    (dt.datetime(2024, 2, 29, 1, 2, 3, 123456), sa.DateTime, "TO_DATE('2024-02-29 01:02:03', 'YYYY-MM-DD HH24:MI:SS')"),
    (dt.datetime(2024, 2, 29, 1, 2, 3, 4), sa.DATETIME, "TO_DATE('2024-02-29 01:02:03', 'YYYY-MM-DD HH24:MI:SS')"),
    (dt.datetime(2024, 2, 29), sa.DateTime, "DATE '2024-02-29'"),
    (dt.date(2024, 2, 29), sa.DateTime, "DATE '2024-02-29'"),
    (dt.datetime(2024, 2, 29, 23, 59, 59, 999999), sa.TIMESTAMP, "TIMESTAMP '2024-02-29 23:59:59.999999'"),
    (dt.datetime(753, 2, 1), sa.TIMESTAMP, "TIMESTAMP '0753-02-01 00:00:00'"),
    (
        dt.datetime(2024, 2, 29, 1),
        sa.DateTime(timezone=True),
        "TO_DATE('2024-02-29 01:00:00', 'YYYY-MM-DD HH24:MI:SS')",
    ),
    (None, sa.DateTime, "NULL"),
    (dt.timedelta(1, 5, 3), sa.Interval, "INTERVAL '1 00:00:05.000003' DAY(9) TO SECOND(6)"),
    (dt.timedelta(days=-3), sa.Interval, "INTERVAL '-3 00:00:00' DAY(9) TO SECOND(6)"),
    (dt.timedelta(0), sa.Interval, "INTERVAL '0 00:00:00' DAY(9) TO SECOND(6)"),
    (dt.timedelta(1, 3661, 5), sa.Interval(native=False), "TO_DATE('1970-01-02 01:01:01', 'YYYY-MM-DD HH24:MI:SS')"),
    (Colour.RED, sa.Enum(Colour, name="colour"), "'RED'"),
    ("big", sa.Enum("big", "small", name="size"), "'big'"),
    (Size.BIG, sa.Enum(Size, name="size2"), "'BIG'"),
    (None, sa.Enum("big", name="size3"), "NULL"),
    (None, NoneIsText, "'nothing'"),
    ("AbC", Lowered, "lower(CAST('AbC' AS VARCHAR2(4000)))"),
    ("AbC", Marked, "'<AbC>'"),
    ({"a": [1, None]}, sa.PickleType(protocol=2), "HEXTORAW('80027D710058010000006171015D7102284B014E65732E')"),
    ("007", sa.types.NullType, "'007'"),
    (5, sa.types.NullType, "5"),
    (True, sa.types.NullType, "1"),
    (1.5, sa.types.NullType, "1.5"),
    (Decimal("1.50"), sa.types.NullType, "1.50"),
    (b"\xff", sa.types.NullType, "HEXTORAW('FF')"),
    (dt.date(2024, 2, 29), sa.types.NullType, "DATE '2024-02-29'"),
    (dt.datetime(2024, 2, 29, 1), sa.types.NullType, "TO_DATE('2024-02-29 01:00:00', 'YYYY-MM-DD HH24:MI:SS')"),
    (None, sa.types.NullType, "NULL"),
    (10**37, sa.Integer, "10000000000000000000000000000000000000"),
    (5, oracle.NUMBER(10, 0), "5"),
    (Decimal("1.5"), oracle.NUMBER(10, 2), "1.5"),
    (1.5, oracle.NUMBER(10, 2), "1.50"),
    (1.5, oracle.FLOAT(53), "1.5"),
    (Decimal("1E+120"), sa.Numeric, "1E+120"),
    (1e-120, sa.Float, "1E-120"),
    (1.5, oracle.BINARY_DOUBLE, "1.5d"),
    (0.1, oracle.BINARY_DOUBLE, "0.1d"),
    (5, oracle.BINARY_FLOAT, "5.0d"),
    (1e300, oracle.BINARY_DOUBLE, "1e+300d"),
    (-0.0, oracle.BINARY_DOUBLE, "0.0d"),
    (float("nan"), oracle.BINARY_DOUBLE, "BINARY_DOUBLE_NAN"),
    (float("inf"), oracle.BINARY_FLOAT, "BINARY_DOUBLE_INFINITY"),
    (float("-inf"), oracle.BINARY_DOUBLE, "-BINARY_DOUBLE_INFINITY"),
    (2.675, sa.Numeric(10, 2), "2.67"),
    (0.1, sa.Numeric, "0.1000000000"),
    (-0.0, sa.Float, "0.0"),
    ("x", oracle.VARCHAR2(5), "'x'"),
    ("é", oracle.NVARCHAR2(5), "UNISTR('\\00E9')"),
    ("it's", oracle.NVARCHAR2(50), "'it''s'"),
    ("😀x", oracle.NCLOB, "UNISTR('\\D83D\\DE00') || 'x'"),
    ("x", oracle.CLOB, "'x'"),
    ("x", oracle.LONG, "'x'"),
    ("", oracle.NVARCHAR2(5), "''"),
    (b"ab", oracle.RAW(5), "HEXTORAW('6162')"),
    (dt.datetime(2024, 2, 29, 1, 2, 3, 999999), oracle.DATE, "TO_DATE('2024-02-29 01:02:03', 'YYYY-MM-DD HH24:MI:SS')"),
    (dt.date(2024, 2, 29), oracle.DATE, "DATE '2024-02-29'"),
    (dt.datetime(2024, 2, 29, 1, 2, 3, 4), oracle.TIMESTAMP, "TIMESTAMP '2024-02-29 01:02:03.000004'"),
    (dt.date(2024, 2, 29), oracle.TIMESTAMP, "TIMESTAMP '2024-02-29 00:00:00'"),
    (
        dt.timedelta(100, 3661, 5),
        oracle.INTERVAL(day_precision=3),
        "INTERVAL '100 01:01:01.000005' DAY(9) TO SECOND(6)",
    ),
    (None, oracle.ROWID, "NULL"),
    (None, oracle.BFILE, "NULL"),
    (None, oracle.VECTOR, "NULL"),
    (None, sa.Time, "NULL"),
    ({"a": 1}, oracle.JSON(use_blob=True), "HEXTORAW('7B2261223A20317D')"),
    ({"a": "é&"}, oracle.JSON(use_blob=False), "'{\"a\": \"\\u00e9' || CHR(38) || '\"}'"),
    (None, oracle.JSON(use_blob=False), "'null'"),
    (None, oracle.JSON(use_blob=False, none_as_null=True), "NULL"),
]

REFUSED: list[tuple[Any, Any, str]] = [
    (5.7, sa.Integer, "does not take it"),
    ("5", sa.Integer, "does not take it"),
    (5, sa.String, "does not take it"),
    (b"x", sa.String, "does not take it"),
    ({"a": 1}, sa.Text, "does not take it"),
    (object(), sa.String, "does not take it"),
    (Colour.RED, sa.String, "drivers disagree on plain Enum members"),
    ("a\0b", sa.Text, "Oracle's clients don't well hold a NUL character in text"),
    ("\ud800", sa.Text, "it holds a lone surrogate, which is no character"),
    (5, sa.Enum(Colour, name="c"), "its type's bind processor raised LookupError"),
    (2, sa.Boolean, "its type's bind processor raised ValueError"),
    ("yes", sa.Boolean, "its type's bind processor raised TypeError"),
    ("x", sa.LargeBinary, "does not take it"),
    ("2024-01-01", sa.Date, "does not take it"),
    ("2024-01-01", sa.DateTime, "does not take it"),
    (dt.datetime(2024, 1, 1, tzinfo=UTC), sa.DateTime, "its time zone would be lost: drivers drop it"),
    (dt.datetime(2024, 1, 1, tzinfo=UTC), sa.Date, "its time zone would be lost: drivers drop it"),
    (dt.time(1, tzinfo=UTC), sa.Time, "Oracle has no type for a time without a date"),
    (5, sa.Interval, "does not take it"),
    (Decimal("NaN"), sa.Numeric(10, 2), "NUMBER has neither NaN nor infinity"),
    (Decimal("Infinity"), sa.Numeric(10, 2), "NUMBER has neither NaN nor infinity"),
    (float("nan"), sa.Float, "NUMBER has neither NaN nor infinity"),
    (float("inf"), sa.Float, "NUMBER has neither NaN nor infinity"),
    ("x", sa.Float, "its type's bind processor raised ValueError"),
    ({1: object()}, sa.JSON, "its type's bind processor raised TypeError"),
    ("x", Salted, "its type makes something different of it each time"),
    ("x", Talkative, "its type's bind processor raised ValueError"),
    ({"b", "a"}, sa.PickleType, "its pickle may differ from run to run"),
    ([1], sa.types.NullType, "the column or parameter has no type"),
    (UUID5, sa.types.NullType, "the column or parameter has no type"),
    (dt.time(1), sa.types.NullType, "the column or parameter has no type"),
    ("5.0e1", sa.Numeric(10, 2), "its type's bind processor raised AttributeError"),
    (10**38, sa.Integer, "it has more digits than a NUMBER"),
    (Decimal("1" * 39), sa.Numeric, "it has more digits than a NUMBER"),
    (Decimal("1E+126"), sa.Numeric, "it is out of the range of a NUMBER"),
    (Decimal("1E-131"), sa.Numeric, "it is out of the range of a NUMBER"),
    (1e200, sa.Float, "it is out of the range of a NUMBER"),
    (1e-200, sa.Float, "it is out of the range of a NUMBER"),
    (5e-324, oracle.BINARY_DOUBLE, "it is too small for a BINARY_DOUBLE"),
    (10**400, oracle.BINARY_DOUBLE, "its type's bind processor raised OverflowError"),
    (bytes(2001), sa.LargeBinary, "SQL has no literal of more than 2000 bytes"),
    (bytes(2001), oracle.RAW(2000), "SQL has no literal of more than 2000 bytes"),
    ("x" * 4001, oracle.LONG, "it is too long for a constant, and a LONG takes no CLOB"),
    (b"x", oracle.BFILE, "a BFILE names a file on the server"),
    ("AAA", oracle.ROWID, "a ROWID is the server's own"),
    ([1.0, 2.0], oracle.VECTOR(2), "the format of the vector depends on the driver"),
    (array.array("f", [1.0]), oracle.VECTOR, "the format of the vector depends on the driver"),
    (dt.time(1), sa.Time, "Oracle has no type for a time without a date"),
    (
        dt.datetime(2024, 1, 1),
        sa.TIMESTAMP(timezone=True),
        "drivers drop its offset, and the server takes the session's time zone instead",
    ),
    (
        dt.datetime(2024, 1, 1, tzinfo=UTC),
        sa.TIMESTAMP(timezone=True),
        "drivers drop its offset, and the server takes the session's time zone instead",
    ),
    (dt.datetime(2024, 1, 1, tzinfo=UTC), oracle.TIMESTAMP, "its time zone would be lost: drivers drop it"),
    (
        dt.datetime(2024, 1, 1),
        oracle.TIMESTAMP(local_timezone=True),
        "drivers drop its offset, and the server takes the session's time zone instead",
    ),
    (dt.datetime(2024, 1, 1, tzinfo=UTC), sa.DateTime(timezone=True), "its time zone would be lost: drivers drop it"),
    (dt.timedelta(hours=-1), sa.Interval, "drivers send negative days with positive seconds, which is no interval"),
    (dt.timedelta(-1, 0, 1), oracle.INTERVAL, "drivers send negative days with positive seconds, which is no interval"),
    ({"a": 1}, sa.JSON, "it is a BLOB up to Oracle 19 and a JSON column from 21 on"),
    (None, sa.JSON, "it is a BLOB up to Oracle 19 and a JSON column from 21 on"),
    ({"a": 1}, oracle.JSON, "it is a BLOB up to Oracle 19 and a JSON column from 21 on"),
    ("10.50", sa.Numeric(10, 2), "its type's bind processor raised AttributeError"),
]


@pytest.mark.parametrize(("value", "sqltype", "sql"), IN_COLUMN)
def test_value_of_a_column(value: object, sqltype: Any, sql: str) -> None:
    """A column's value reads plainly, is the same alone and as a row, and Oracle's SQL can parse it."""
    assert in_column(value, sqltype, DIALECT) == sql
    sqlglot.parse_one(f"INSERT INTO t (c) VALUES ({sql})", dialect="oracle")


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
    (2**31, None, "2147483648"),
    (True, None, "1"),
    ("x", None, "CAST('x' AS VARCHAR2(4000))"),
    ("é", None, "CAST('é' AS VARCHAR2(4000))"),
    ("", None, "CAST('' AS VARCHAR2(4000))"),
    ("a\n", None, "CAST('a' || CHR(10) AS VARCHAR2(4000))"),
    ("é", sa.NVARCHAR, "CAST(UNISTR('\\00E9') AS NVARCHAR2(2000))"),
    ("x", sa.CHAR(3), "'x'"),
    ("x\n", sa.CHAR(3), "CAST('x' || CHR(10) AS CHAR(2 CHAR))"),
    (Decimal(5), None, "5"),
    (Decimal("-5.5"), None, "(-5.5)"),
    (5.0, None, "5.0"),
    (-1.5, oracle.BINARY_DOUBLE, "(-1.5d)"),
    (float("-inf"), oracle.BINARY_DOUBLE, "(-BINARY_DOUBLE_INFINITY)"),
    (b"\x01", None, "HEXTORAW('01')"),
    (None, None, "NULL"),
    (dt.date(2024, 2, 29), None, "DATE '2024-02-29'"),
    (dt.datetime(2024, 2, 29, 1, 0, 0, 5), None, "TO_DATE('2024-02-29 01:00:00', 'YYYY-MM-DD HH24:MI:SS')"),
    (dt.datetime(2024, 2, 29, 1), sa.TIMESTAMP, "TIMESTAMP '2024-02-29 01:00:00'"),
    (dt.timedelta(1), None, "INTERVAL '1 00:00:00' DAY(9) TO SECOND(6)"),
    (UUID5, None, "CAST('00000000000000000000000000000005' AS VARCHAR2(4000))"),
    (Colour.RED, sa.Enum(Colour), "CAST('RED' AS VARCHAR2(4000))"),
]


@pytest.mark.parametrize(("value", "sqltype", "sql"), IN_EXPRESSION)
def test_parameter_in_an_expression(value: object, sqltype: Any, sql: str) -> None:
    """In an expression text is no CHAR, as its online parameter is none, and no number has a leading minus."""
    assert in_expression(value, sqltype, DIALECT) == sql
    sqlglot.parse_one(f"SELECT {sql} FROM DUAL", dialect="oracle")


PIPELINES: list[tuple[str, dict[str, Any], str]] = [
    (
        "UPDATE t SET a = :v WHERE b = :w",
        {"v": "x", "w": 5},
        "UPDATE t SET a = CAST('x' AS VARCHAR2(4000)) WHERE b = 5",
    ),
    ("UPDATE t SET a = 1 +:v", {"v": -5}, "UPDATE t SET a = 1 +(-5)"),
    (
        "INSERT INTO t (a, b, c) VALUES (:a, :b, 'x :y')",
        {"a": "q&", "b": b"\1"},
        "INSERT INTO t (a, b, c) VALUES ('q' || CHR(38), HEXTORAW('01'), 'x :y')",
    ),
    ("INSERT INTO t VALUES (UPPER(:a))", {"a": "q"}, "INSERT INTO t VALUES (UPPER(CAST('q' AS VARCHAR2(4000))))"),
    ("SELECT a-:v FROM t", {"v": -5}, "SELECT a-(-5) FROM t"),
    (r"SELECT :v, '\:x' FROM t", {"v": r"C\:x"}, r"SELECT CAST('C\:x' AS VARCHAR2(4000)), ':x' FROM t"),
]


@pytest.mark.parametrize(("sql", "values", "expected"), PIPELINES)
def test_raw_sql(sql: str, values: dict[str, Any], expected: str) -> None:
    """What one INSERT stores whole stays plain; elsewhere text must not compare as a CHAR does."""
    text = sa.text(sql.replace("'x :y'", r"'x \:y'")).bindparams(**values)
    assert compiled(text) == expected


TABLE = sa.Table(
    "t",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("c", sa.String(20), server_default="x", comment="it's\nAT&T"),
    sa.Column("u", sa.Unicode(10), server_default="é\n"),
    sa.Column("n", sa.Numeric(10, 2), comment="it's plain"),
    sa.Column("h", sa.CHAR(3)),
    sa.Column("e", sa.Enum("a", "&", name="k", create_constraint=True, native_enum=False)),
    sa.Column("b", sa.Boolean),
    sa.Column("j", oracle.JSON(use_blob=True)),
    comment="x",
)

CONSTRUCTS: list[tuple[Any, str]] = [
    (TABLE.insert().values(c="é", n=Decimal(5)), "INSERT INTO t (c, n) VALUES ('é', 5)"),
    (
        TABLE.update().values(c=TABLE.c.c + "x").where(TABLE.c.c.in_(["a", "b"]), TABLE.c.id == 5),
        "UPDATE t SET c=(t.c || CAST('x' AS VARCHAR2(4000))) WHERE t.c IN ('a', 'b') AND t.id = 5",
    ),
    (
        TABLE.delete().where(TABLE.c.c.is_distinct_from("x"), TABLE.c.u.like("a/%", escape="/")),
        "DELETE FROM t WHERE DECODE(t.c, 'x', 0, 1) = 1 AND t.u LIKE 'a/%' ESCAPE '/'",
    ),
    (
        TABLE.insert().from_select(["c"], sa.select(sa.literal("x")).where(TABLE.c.n > Decimal(5))),
        "INSERT INTO t (c) SELECT CAST('x' AS VARCHAR2(4000)) AS anon_1 FROM t WHERE t.n > 5",
    ),
    (sa.select(sa.func.power(2, 3)), "SELECT power(2, 3) AS power_1 FROM DUAL"),
    (sa.select(TABLE.c.id).limit(5), "SELECT t.id FROM t FETCH FIRST 5 ROWS ONLY"),
    (sa.select(TABLE.c.id).where(TABLE.c.h == "x"), "SELECT t.id FROM t WHERE t.h = 'x'"),
    (sa.schema.SetColumnComment(TABLE.c.n), "COMMENT ON COLUMN t.n IS 'it''s plain'"),
    (
        sa.schema.SetColumnComment(TABLE.c.c),
        "BEGIN EXECUTE IMMEDIATE 'COMMENT ON COLUMN t.c IS ''it''''s' || CHR(10) || 'AT' || CHR(38) || 'T'''; END;",
    ),
    (sa.schema.SetTableComment(TABLE), "COMMENT ON TABLE t IS 'x'"),
    (
        sa.schema.CreateTable(TABLE),
        (
            "CREATE TABLE t ( id INTEGER NOT NULL, c VARCHAR2(20 CHAR) DEFAULT 'x', "
            "u VARCHAR2(10 CHAR) DEFAULT ('é' || CHR(10)), n NUMERIC(10, 2), h CHAR(3), e VARCHAR(1 CHAR), b SMALLINT, "
            "j BLOB, PRIMARY KEY (id), CONSTRAINT k CHECK (e IN ('a', CHR(38))) )"
        ),
    ),
]


@pytest.mark.parametrize(("construct", "sql"), CONSTRUCTS)
def test_construct(construct: Any, sql: str) -> None:
    """DML, DDL and comments read as a connected Oracle of 12.2 to 21 would get them."""
    assert compiled(construct) == sql


REFUSED_SQL: list[tuple[Any, str]] = [
    (sa.schema.CreateTable(sa.Table("p", sa.MetaData(), sa.Column("j", sa.JSON))), "BLOB up to Oracle 19"),
    (TABLE.insert().values([{"c": "x"}, {"c": "y"}]), "one row an INSERT"),
    (sa.select(TABLE.c.j["a&b"].as_string()), "only as one constant"),
    (TABLE.insert().values(c="x").returning(TABLE.c.id), "RETURNING gives values back"),
    (sa.table("t", sa.column("c")).insert(), "no INSERT without columns"),
    (sa.schema.SetTableComment(sa.Table("p", sa.MetaData(), comment="\0")), "NUL"),
]


@pytest.mark.parametrize(("construct", "reason"), REFUSED_SQL)
def test_sql_that_depends_on_the_server_is_refused(construct: Any, reason: str) -> None:
    """What depends on the server's version, or takes no expression, is not guessed."""
    with pytest.raises(LiteralRefused, match=reason):
        compiled(construct)


def test_national_text_of_an_option_is_escaped() -> None:
    """With use_nchar_for_unicode, sa.Unicode is an NVARCHAR2, whose text the database's character set may not hold."""
    national = OracleScriptDialect(use_nchar_for_unicode=True)
    assert in_column("é", sa.Unicode(5), national) == "UNISTR('\\00E9')"
    assert in_column("é", sa.UnicodeText, national) == "UNISTR('\\00E9')"
    assert in_column("é", sa.Unicode(5), DIALECT) == "'é'"


LONG = [
    "x" * 4001,
    "é" * 2001,
    "日" * 1334,
    "'" * 4001,
    "&" * 5000,
    "a\n" * 6000,
    ("x" * 300 + "\n") * 200,
    "😀" * 3000,
]


@pytest.mark.parametrize("text", LONG)
@pytest.mark.parametrize("sqltype", [sa.Text, sa.UnicodeText, oracle.NCLOB])
def test_long_text_becomes_a_clob(text: str, sqltype: Any) -> None:
    """Past 4000 bytes each constant is a CLOB, and no part of the chain a VARCHAR2 that is too long."""
    sql = in_column(text, sqltype, DIALECT)
    assert str(OracleReader(sql).whole()) == text
    assert not sqlplus_hazards(f"(5, {sql}),")
    assert not sqlplus_hazards(format_statement(f"INSERT INTO t (c) VALUES ({sql})", LEXICONS["oracle"]).text)


def test_a_line_of_long_text_gets_a_line_of_its_own() -> None:
    """A reviewer reads a template as it is."""
    sql = quote("Dear customer,\n\nAT&T wishes you all the best.\n" * 12)
    assert sql.startswith("'Dear customer,' || CHR(10)\n || CHR(10)\n || 'AT' || CHR(38) || 'T wishes you all")


@given(ADVERSARIAL)
def test_quoted_text_reads_back_and_shows_no_control_character(text: str) -> None:
    """Whatever text is given, the expression means that text and is fit to print."""
    for sql in (quote(text), in_column(text, sa.NVARCHAR(400), DIALECT)):
        assert str(OracleReader(sql).whole()) == text
        assert not UNPRINTABLE.search(sql)
        assert "&" not in sql
    assert in_column(text, sa.NVARCHAR(400), DIALECT).isascii()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(ADVERSARIAL, ADVERSARIAL), min_size=1, max_size=5))
def test_sqlplus_takes_nothing_of_a_statement_for_its_own(rows: list[tuple[str, str]]) -> None:
    """However INSERTs are laid out, no line is a command, ends a statement, goes on, asks or is too long."""
    table = sa.table("t", sa.column("a", sa.Unicode), sa.column("b", sa.NVARCHAR))
    batches = list(render_rows(table, [{"a": first, "b": second} for first, second in rows], DIALECT))
    assert len(batches) == len(rows)
    for batch in batches:
        formatted = format_statement(str(batch), LEXICONS["oracle"])
        assert not sqlplus_hazards(formatted.text)
        sqlglot.parse_one(formatted.text, dialect="oracle")


@pytest.mark.parametrize("value", [bytes(range(256)) * 7, b"\xff" * 2000])
def test_bytes_fit_the_lines_of_sqlplus(value: bytes) -> None:
    """HEXTORAW takes its digits in pieces."""
    sql = in_column(value, sa.LargeBinary, DIALECT)
    digits = "".join(re.findall(r"'([0-9A-F]*)'", sql))
    assert bytes.fromhex(digits) == value
    assert not sqlplus_hazards(f"(5, {sql}),")
    assert not sqlplus_hazards(format_statement(f"INSERT INTO t (c) VALUES ({sql})", LEXICONS["oracle"]).text)


def test_nothing_goes_around_an_insert() -> None:
    """Oracle's identity columns need no switch."""
    assert DIALECT.around(TABLE.insert().values(id=1)) is None


def test_model_of_sqlplus_sees_hazards() -> None:
    """The model above can fail."""
    script = "SELECT 'a-\n#x\n/\n.\nx&y;' FROM t;\n" + "x" * 2500 + "\nSELECT 1"
    assert len(sqlplus_hazards(script)) == 6


@pytest.fixture
def installed() -> Iterator[None]:
    """Install script dialects for one test."""
    before = dict(registry.impls)
    install()
    yield
    registry.impls.clear()
    registry.impls.update(before)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("driver", ["", "+cx_oracle", "+oracledb"])
def test_every_driver_becomes_a_script_dialect_that_cannot_connect(driver: str) -> None:
    """create_engine() takes the options of the drivers' own dialects."""
    options = {"arraysize": 5, "auto_convert_lobs": False, "coerce_to_decimal": False, "encoding_errors": "x"}
    engine = sa.create_engine(
        f"oracle{driver}://u:p@nowhere.invalid/d", thick_mode=True, use_nchar_for_unicode=True, **options
    )
    assert isinstance(engine.dialect, OracleScriptDialect)
    with pytest.raises(sa.exc.DBAPIError, match="no database is connected"):
        engine.connect()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("driver", ["+oracledb", "+oracledb_async"])
def test_async_engine_can_be_made(driver: str) -> None:
    """create_async_engine() insists on an asynchronous dialect and gets one."""
    assert isinstance(create_async_engine(f"oracle{driver}://u:p@nowhere.invalid/d").dialect, OracleScriptDialect)
