"""What a literal is: the table of one dialect, and the refusal where no exact literal exists.

Knows no dialect by name and nothing of Alembic.
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import NoneType
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy.types import ARRAY, NullType, PickleType, TypeDecorator, TypeEngine

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import Dialect

Rendered = tuple[str, str | None]
"""SQL of a value, and the type the server gives that SQL when it stands alone (None: untyped)."""


class LiteralRefused(Exception):
    """A value has no literal that stores exactly what a bound parameter stores.

    Names the type of the value, never the value: values can be secrets.
    """

    def __init__(
        self,
        reason: str,
        *,
        hint: str | None = None,
        type_name: str | None = None,
        sqltype: str | None = None,
        column: str | None = None,
    ) -> None:
        self.reason = reason
        self.hint = hint
        self.type_name = type_name
        self.sqltype = sqltype
        self.column = column
        """"table.column", or ":name" for a parameter, where one is known."""
        super().__init__(reason)

    def __str__(self) -> str:
        """Return `acct.f (Double): reason`."""
        place = " ".join(filter(None, (self.column, self.sqltype and f"({self.sqltype})")))
        return f"{place}: {self.reason}" if place else self.reason


class UnboundParameter(LiteralRefused):
    """A `:name` has no value; stock `alembic upgrade --sql` writes NULL there."""

    def __init__(self, name: str, column: str | None = None) -> None:
        super().__init__(
            f"the parameter :{name} has no value; offline it would become NULL",
            hint=r"write '\:' for a literal colon, or bind it with sa.text(...).bindparams(...)",
            column=column,
        )


class Inexact(Exception):
    """What a handler raises; where the value stands is added by its caller."""

    def __init__(self, reason: str, hint: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


class Place(enum.Enum):
    """Where a literal stands, which decides how much of its type it must carry itself."""

    COLUMN = "the whole value of a column, which gives it its type"
    EXPRESSION = "inside an expression, where an online bind has its own type"
    CONSTANT = "in DDL and other places where an online run renders a literal too"


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """What a value is rendered for; built once for a column or parameter."""

    rules: LiteralRules
    dialect: Dialect
    sqltype: TypeEngine[Any]
    impl: TypeEngine[Any]
    """The type as the dialect implements it, without TypeDecorators."""
    column: str | None
    handlers: Mapping[type, Handler]
    process: Callable[[Any], Any] | None
    """The type's own bind processor: what it makes of a value is what the driver would get."""
    runs_user_code: bool
    cast: str | None
    """The type that the online driver gives the parameter; None where the server infers it."""


Handler = Callable[[Any, Target], Rendered]
ColumnHandler = Callable[[list[Any], Target], list[str] | None]
"""Renders values of one Python type for a column as its Handler does, or leaves that to the Handler."""


@dataclass(frozen=True, slots=True, eq=False)
class LiteralRules:
    """The literals of one dialect: which Python types each SQLAlchemy type takes, and their text."""

    dialect: str
    quote: Callable[[str], str]
    """Text as one quoted constant."""
    families: Mapping[type[TypeEngine[Any]], Mapping[type, Handler]]
    """By SQLAlchemy type, then by Python type; a type inherits the row of its base class."""
    parameter_type: Callable[[TypeEngine[Any], Dialect], str | None]
    in_expression: Callable[[Rendered, Target], str]
    compares_as_column: frozenset[type[TypeEngine[Any]]]
    """Types whose plain literal means the same as a typed bind when compared with such a column."""
    in_constant: Callable[[Rendered, Target], str] = lambda rendered, _: parenthesized(rendered[0])
    """What stands in DDL, where an online run writes a literal too."""
    columns: Mapping[tuple[type, Handler], ColumnHandler] = field(default_factory=dict)
    """Faster ways for many values of one type."""
    one_below_another: Callable[[Target, Iterable[Any]], bool] = lambda _target, _values: True
    """Whether these values of a column may stand in one VALUES list: a server may give them all one type."""
    constants: Mapping[type[TypeEngine[Any]], Mapping[type, Handler]] = field(default_factory=dict)
    """What stands in place of entries of `families` in DDL."""
    number_of_enum: Callable[[Any], object] = int.__int__
    """What drivers make of a member of an IntEnum."""

    def target(self, sqltype: TypeEngine[Any], dialect: Dialect, column: str | None = None) -> Target:
        """Look up all that rendering values of one type needs."""
        adapted = sqltype.dialect_impl(dialect)
        impl = sqltype._unwrapped_dialect_impl(dialect)  # noqa: SLF001 - no public way past a TypeDecorator
        return Target(
            rules=self,
            dialect=dialect,
            sqltype=sqltype,
            impl=impl,
            column=column,
            handlers=self.row(impl),
            process=adapted.bind_processor(dialect),
            runs_user_code=_runs_user_code(adapted, dialect),
            cast=self.parameter_type(sqltype, dialect),
        )

    def row(self, impl: TypeEngine[Any], place: Place = Place.COLUMN) -> Mapping[type, Handler]:
        """Return the handlers for a type, from the nearest class that the table knows."""
        families = {**self.families, **self.constants} if place is Place.CONSTANT else self.families
        return next((families[base] for base in type(impl).__mro__ if base in families), families[NullType])


def render(value: object, target: Target, place: Place) -> str:
    """Render one value as the SQL that stores what a bound parameter would store.

    Raises LiteralRefused, which names the type of the value and the column, never the value.
    """
    failure: Inexact
    if place is Place.CONSTANT and target.rules.constants:
        target = replace(target, handlers=target.rules.row(target.impl, place))
    try:
        rendered = rendered_for_column(value, target)
    except Inexact as inexact:
        failure = inexact
    else:
        return rendered[0] if place is Place.COLUMN else _placed(rendered, target, place)
    # Outside the handler's except block, so that no cause whose text could hold the value hangs on.
    raise refusal(failure, value, target)


def rendered_for_column(value: object, target: Target) -> Rendered:
    """Return the SQL of a value where a column gives the type. Raises Inexact."""
    plain = value if target.process is None else processed(value, target)
    if plain is None:
        return "NULL", None
    handler = target.handlers.get(type(plain))
    if handler is None:
        plain, handler = _by_base_class(plain, target)
    return handler(plain, target)


def processed(value: object, target: Target) -> Any:  # noqa: ANN401 - the driver's value, of any type
    """Run the type's bind processor, twice where it is the project's own code.

    Encryption, uuid4() and now() make something else each time: no script could be the same twice.
    """
    if target.process is None:
        return value
    if isinstance(target.impl, ARRAY) and not (target.runs_user_code or isinstance(value, list | tuple | NoneType)):
        # SQLAlchemy iterates over whatever it is given: letters, the members of a set in any order.
        raise Inexact("an array takes a list")
    if isinstance(target.sqltype, PickleType) and not _pickles_the_same(value):
        raise Inexact(
            "its pickle may differ from run to run", "pickle plain values: text, numbers, lists, dictionaries"
        )
    try:
        first = target.process(value)
        same = not target.runs_user_code or _same(first, target.process(value))
    except Exception as error:  # noqa: BLE001 - anybody's code
        failed = type(error).__name__
    else:
        if same:
            return first
        raise Inexact(
            "its type makes something different of it each time",
            "store a value that is computed beforehand, or load it outside the migration",
        )
    raise Inexact(f"its type's bind processor raised {failed}")


def refusal(inexact: Inexact, value: object, target: Target) -> LiteralRefused:
    """Say where the value stands and what it is, without showing it."""
    name = type_name(value)
    article = "an" if name[:1].lower() in "aeiou" else "a"
    return LiteralRefused(
        f"no exact {target.rules.dialect} literal for {article} {name}: {inexact.reason}",
        hint=inexact.hint,
        type_name=name,
        sqltype=describe_type(target.sqltype),
        column=target.column,
    )


def type_name(value: object) -> str:
    """Return the name of a value's type, with its module unless it is built in."""
    python_type = type(value)
    module = "" if python_type.__module__ == "builtins" else f"{python_type.__module__}."
    return module + python_type.__qualname__


def describe_type(sqltype: TypeEngine[Any]) -> str:
    """Return a type as its author wrote it; only the name of one that could hold keys or values."""
    if type(sqltype).__module__.startswith("sqlalchemy.") and not isinstance(sqltype, TypeDecorator):
        return repr(sqltype)
    return type(sqltype).__name__


def _placed(rendered: Rendered, target: Target, place: Place) -> str:
    placed = target.rules.in_expression if place is Place.EXPRESSION else target.rules.in_constant
    return placed(rendered, target)


def parenthesized(sql: str) -> str:
    """Keep `x-:n` with a negative n from becoming the comment `x--5`."""
    return f"({sql})" if sql.startswith("-") else sql


_EXACT_VALUE: Mapping[type, Callable[[Any], Any]] = {
    str: str.__str__,
    float: float.__float__,
    decimal.Decimal: decimal.Decimal,
    bytes: lambda value: bytes(memoryview(value)),
}
"""Subclasses that drivers read as their base class, and how to get at that base value."""


def _by_base_class(value: object, target: Target) -> tuple[Any, Handler]:
    base: type = object
    if isinstance(value, enum.Enum) and isinstance(value, int):
        # IntEnum only: other int subclasses are markers such as JSON.NULL, whose number means nothing.
        value = target.rules.number_of_enum(value)
        base = type(value)
    elif not isinstance(target.impl, NullType) or isinstance(value, enum.Enum):
        bases = (base for base in _EXACT_VALUE if isinstance(value, base))
        base = next(bases, object)
        value = _EXACT_VALUE[base](value) if base in _EXACT_VALUE else value
    handler = target.handlers.get(base)
    if handler is not None:
        return value, handler
    if isinstance(value, enum.Enum):
        raise Inexact("drivers disagree on plain Enum members", "use sa.Enum, or pass the member's .value")
    if isinstance(target.impl, NullType):
        raise Inexact("the column or parameter has no type", "give it one, as in sa.column('x', sa.Date)")
    takes = ", ".join(sorted({python_type.__name__ for python_type in target.handlers}))
    raise Inexact(f"{describe_type(target.sqltype)} does not take it", f"it takes {takes}")


_PLAIN = (NoneType, bool, int, float, str, bytes, decimal.Decimal, dt.date, dt.time, dt.timedelta)


def _pickles_the_same(value: object) -> bool:
    """Tell whether nothing in a value depends on the hash seed or on the code of some class."""
    if isinstance(value, dict):
        return all(map(_pickles_the_same, itertools.chain.from_iterable(value.items())))
    if type(value) in {list, tuple}:
        return all(map(_pickles_the_same, cast("list[object]", value)))
    return type(value) in _PLAIN or type(value) is dt.datetime


def _runs_user_code(impl: TypeEngine[Any], dialect: Dialect) -> bool:
    if isinstance(impl, TypeDecorator):
        return True
    return isinstance(impl, ARRAY) and _runs_user_code(impl.item_type.dialect_impl(dialect), dialect)


def _same(first: object, second: object) -> bool:
    # repr() as well: nan is not equal to itself, and 1 == True.
    return type(first) is type(second) and (first == second or repr(first) == repr(second))
