"""docs/literals.md says for each type of each dialect which values it takes, how they are written, and why not.

The tables are made from the code. They are only compared here; `make golden` writes them anew.
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import importlib
import ipaddress
import os
import re
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy import types as sat
from sqlalchemy.dialects import mssql, mysql, oracle, postgresql, sqlite
from sqlalchemy.dialects.postgresql import ranges
from sqlmodel import AutoString

from changescript.dialects.drivers import DRIVERS
from changescript.literals import LiteralRefused, compile_literal, render_rows
from changescript.literals.compiler import rules_of
from changescript.literals.rules import Place, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

DOCUMENT = Path(__file__).parents[1] / "docs" / "literals.md"
_CELL = 60
REWRITES = os.environ.get("CHANGESCRIPT_GOLDEN") == "rewrite"


class Colour(enum.Enum):
    """A member of an Enum."""

    RED = 1


SAMPLES: dict[str, Any] = {
    "bool": True,
    "int": 42,
    "float": 2.5,
    "Decimal": decimal.Decimal("1.50"),
    "str": "it's",
    "str with control characters": "a\tb\n",
    "bytes": b"\x00\xff",
    "date": dt.date(2024, 2, 29),
    "datetime": dt.datetime(2024, 2, 29, 1, 2, 3, 500000),  # noqa: DTZ001 - the naive one
    "aware datetime": dt.datetime(2024, 2, 29, 1, 2, 3, tzinfo=dt.UTC),
    "time": dt.time(1, 2, 3),
    "timedelta": dt.timedelta(days=1, seconds=5),
    "UUID": uuid.UUID(int=5),
    "dict": {"a": 1},
    "list": [1, 2],
    "Enum member": Colour.RED,
    "Range of int": postgresql.Range(1, 5),
    "Range of Decimal": postgresql.Range(decimal.Decimal("1.5"), None),
    "Range of date": postgresql.Range(dt.date(2024, 2, 29), None),
    "Range of datetime": postgresql.Range(dt.datetime(2024, 2, 29, 1), None),  # noqa: DTZ001 - the naive one
    "list of Range": [postgresql.Range(1, 5), postgresql.Range(7, 9)],
    "IPv4Address": ipaddress.ip_address("10.0.0.1"),
    "IPv4Network": ipaddress.ip_network("10.0.0.0/30"),
}

ARGUMENTS: dict[type[Any], tuple[Any, ...]] = {
    sat.ARRAY: (sa.Integer(),),
    sat.Enum: (Colour,),
    postgresql.ARRAY: (sa.Integer(),),
    postgresql.ENUM: (Colour,),
    postgresql.DOMAIN: ("d", sa.Integer()),
    mysql.ENUM: (Colour,),
    mysql.SET: ("a", "b"),
}
VARIANTS: dict[TypeEngine[Any], str] = {
    sa.DateTime(timezone=True): "DateTime(timezone=True)",
    sa.Time(timezone=True): "Time(timezone=True)",
    sa.Numeric(10, 1): "Numeric(10, 1)",
    sa.Numeric(asdecimal=False): "Numeric(asdecimal=False)",
    sa.Float(24): "Float(24)",
    sa.Uuid(native_uuid=False): "Uuid(native_uuid=False)",
    sa.Interval(native=False): "Interval(native=False)",
}
MODULES = {
    "postgresql": postgresql,
    "mysql": mysql,
    "mariadb": mysql,
    "sqlite": sqlite,
    "mssql": mssql,
    "oracle": oracle,
}
ABSTRACT = {
    sat.TypeEngine,
    sat.TypeDecorator,
    sat.UserDefinedType,
    sat.ExternalType,
    sat.Concatenable,
    sat.Indexable,
    sat.TupleType,
    ranges.AbstractSingleRange,
    ranges.AbstractMultiRange,
}


def types_of(dialect: str) -> Iterator[type[Any]]:
    """Yield every type that SQLAlchemy, SQLModel and a dialect's module offer, by name."""
    found: dict[type[Any], None] = {}
    for module in (sat, MODULES[dialect]):
        for name in module.__all__ if hasattr(module, "__all__") else vars(module):
            candidate = getattr(module, name)
            if isinstance(candidate, type) and issubclass(candidate, sat.TypeEngine) and offered(candidate):
                found[candidate] = None
    if dialect != "postgresql":
        del found[sat.ARRAY]
    yield from sorted({**found, AutoString: None}, key=lambda kind: (kind.__name__.lower(), kind.__module__))


def offered(kind: type[Any]) -> bool:
    """Leave out what is there to be inherited from."""
    return kind not in ABSTRACT and not kind.__name__.startswith("_")


def instance_of(kind: type[Any]) -> TypeEngine[Any] | None:
    """Return a type as most people write it; None for a class that is only there to be inherited."""
    try:
        made: TypeEngine[Any] = kind(*ARGUMENTS.get(kind, ()))
    except (TypeError, NotImplementedError):
        return None
    return made


def script_dialect(name: str) -> Dialect:
    """Return the dialect for scripts."""
    drivers = DRIVERS[name]
    made: Dialect = getattr(importlib.import_module(drivers.module), drivers.blocking_class)()
    return made


def cells_of(kind: TypeEngine[Any], dialect: Dialect) -> tuple[str, str]:
    """Return what a type takes, and what it refuses for a reason that its name does not tell."""
    taken, refused = {}, {}
    target = rules_of(dialect).target(kind, dialect)
    for name, value in SAMPLES.items():
        try:
            taken[name] = render(value, target, Place.COLUMN)
        except LiteralRefused as error:
            refused[name] = error.reason.partition(": ")[2]
    shown = "; ".join(f"{name} `{in_cell(shortened(literal))}`" for name, literal in taken.items())
    told = {name: reason for name, reason in refused.items() if not PLAIN.search(reason)}
    if not taken and not told:
        told = {"all": next(iter(refused.values()))}
    by_reason: dict[str, list[str]] = {}
    for name, reason in told.items():
        by_reason.setdefault(reason, []).append(name)
    reasons = "; ".join(f"{', '.join(names)}: {in_cell(reason)}" for reason, names in by_reason.items())
    return shown or "nothing", reasons


PLAIN = re.compile(
    "does not take it|bind processor raised|plain Enum members|an array takes a list|it holds a Python|has no type"
    "|may differ from run to run|it is not an address|it is not a UUID|it holds something else"
)
"""Reasons that say no more than that a value is not of the type."""


def shortened(literal: str) -> str:
    """Return a literal that fits into a cell."""
    return literal if len(literal) <= _CELL else f"{literal[: _CELL - 1]}…"


def type_name(kind: TypeEngine[Any]) -> str:
    """Return the class, with the dialect's module for one that only it has, or a variant as it is written."""
    if kind in VARIANTS:
        return VARIANTS[kind]
    module = type(kind).__module__.split(".")
    prefix = f"{module[2]}." if module[:2] == ["sqlalchemy", "dialects"] else ""
    return prefix + type(kind).__name__


def in_cell(text: str) -> str:
    """Return text for a cell of a table."""
    return text.replace("|", "\\|")


def table(name: str) -> str:
    """Return the table of a dialect."""
    dialect = script_dialect(name)
    made = [made for kind in types_of(name) if (made := instance_of(kind)) is not None]
    made += VARIANTS
    rows: dict[tuple[str, str], list[str]] = {}
    for kind in made:
        names = rows.setdefault(cells_of(kind, dialect), [])
        names += [type_name(kind)] * (type_name(kind) not in names)
    lines = ["| types | take, written as | refuse |", "|---|---|---|"]
    lines += [f"| {', '.join(names)} | {taken} | {refused} |" for (taken, refused), names in rows.items()]
    return "\n".join(lines)


@pytest.mark.parametrize("name", DRIVERS)
def test_table_is_what_the_code_does(name: str) -> None:
    """Each literal in it was rendered, and each refusal raised, by the code."""
    text = DOCUMENT.read_text(encoding="utf-8")
    block = re.compile(rf"(?<=<!-- literals of {name} -->\n\n).*?(?=\n\n<!-- end -->)", re.DOTALL)
    assert block.search(text), f"{DOCUMENT.name} has no table for {name}"
    current = block.sub(lambda _: table(name), text)
    if REWRITES and current != text:
        DOCUMENT.write_text(current, encoding="utf-8")
    assert text == current, "see this module's first lines for how to write it anew"


@pytest.mark.parametrize("name", DRIVERS)
def test_every_type_is_in_the_table(name: str) -> None:
    """A type that a new SQLAlchemy brings is noticed; what is left out can't be made without a subclass."""
    left_out = {kind.__name__ for kind in types_of(name) if instance_of(kind) is None}
    assert left_out <= {"Variant", "SchemaType", "Emulated"}, left_out
    assert len(list(types_of(name))) > 40


@pytest.mark.parametrize("name", DRIVERS)
def test_no_cell_shows_a_raw_control_character(name: str) -> None:
    """Neither does a script."""
    assert not re.search(r"[\x00-\x08\x0b-\x1f\t]", table(name))


class Secretive:
    """Shows itself."""

    def __repr__(self) -> str:
        return SECRET


class Word(enum.Enum):
    """Shows itself, too."""

    hunter2 = 1


SECRET = "hunter2"  # noqa: S105 - made up, to look for it in messages
SECRETS: list[Any] = [
    SECRET,
    f"{SECRET}\0",
    f"{SECRET}\ud800",
    SECRET.encode(),
    [SECRET, Secretive()],
    {SECRET: Secretive()},
    Secretive(),
    Word.hunter2,
    {SECRET},
]


@pytest.mark.parametrize("name", DRIVERS)
def test_no_refusal_shows_the_value(name: str) -> None:
    """Whatever the type, and wherever the value stands; nor does what Python chains to the error."""
    dialect = script_dialect(name)
    refused = 0
    for kind in filter(None, map(instance_of, types_of(name))):
        table = sa.Table("t", sa.MetaData(), sa.Column("c", kind))
        for value in SECRETS:
            bound = sa.text("x :v").bindparams(sa.bindparam("v", value, type_=kind))
            for statement in (table.insert().values(c=value), bound, None):
                try:
                    if statement is None:
                        list(render_rows(table, [{"c": value}], dialect))
                    else:
                        compile_literal(statement, dialect)
                except LiteralRefused as error:
                    refused += 1
                    told = f"{error} {error.hint} {error.__cause__!r} {error.__context__!r}"
                    assert SECRET not in told, (kind, type(value))
    assert refused > 500
