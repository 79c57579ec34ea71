# ruff: noqa: ANN401, ARG002 - any value and any type are what is tested
"""Values and types that the tests of several dialects' literals share, and how they ask for a literal."""

from __future__ import annotations

import enum
import itertools
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from hypothesis import strategies as st

from changescript.literals import compile_literal, render_rows

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


class Colour(enum.Enum):
    """A plain Enum."""

    RED = "r"


class Size(enum.StrEnum):
    """An Enum that is text."""

    BIG = "big"


class Rank(enum.IntEnum):
    """An Enum that is a number."""

    TOP = 1


class NoneIsText(sa.types.TypeDecorator[str]):
    """Stores text for None."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> str:
        return "nothing" if value is None else value


class Marked(sa.types.TypeDecorator[str]):
    """Stores something else than it is given."""

    impl = sa.Unicode
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> str:
        return f"<{value}>"


class Lowered(sa.types.TypeDecorator[str]):
    """Wraps its values in SQL."""

    impl = sa.String
    cache_ok = True

    def bind_expression(self, bindparam: sa.BindParameter[str]) -> sa.ColumnElement[str]:
        return sa.func.lower(bindparam)


class Salted(sa.types.TypeDecorator[str]):
    """Stores something else each time."""

    impl = sa.String
    cache_ok = True
    salts = itertools.count()

    def process_bind_param(self, value: str | None, dialect: object) -> str:
        return f"{value}{next(self.salts)}"


class Talkative(sa.types.TypeDecorator[str]):
    """Fails with the value in its message."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> str:
        raise ValueError(value)


class HierarchyId(sa.types.UserDefinedType[str]):
    """A type that only the server knows."""

    cache_ok = True

    def get_col_spec(self, **_kw: Any) -> str:
        return "HIERARCHYID"


def in_column(value: object, sqltype: Any, dialect: Dialect) -> str:
    """Return what an INSERT writes for a value, alone and as a row."""
    table = sa.Table("t", sa.MetaData(), sa.Column("c", sqltype))
    prefix = "INSERT INTO t (c) VALUES ("
    inserted = compile_literal(table.insert().values(c=value), dialect)
    (row,) = render_rows(table, [{"c": value}], dialect)
    assert inserted == str(row)
    assert inserted.startswith(prefix)
    return inserted[len(prefix) : -1]


def in_expression(value: object, sqltype: Any, dialect: Dialect) -> str:
    """Return what raw SQL gets for a parameter."""
    bound = sa.bindparam("v", value, type_=sqltype)
    return compile_literal(sa.text("<:v>").bindparams(bound), dialect)[1:-1]


ADVERSARIAL = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *"'\\:E%$;-(&@#/.!\n\r\t\b\f\x1a\x7f\x85\u202e\u2028\ufeff\U000e0001😀é日nux0",
                "$(",
                "\\\n",
                "\nGO\n",
                "\n/\n",
            ]
        ),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=40,
).map("".join)
"""Text that means something to servers and clients."""
