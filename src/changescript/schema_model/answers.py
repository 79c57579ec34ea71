"""Answers as SQLAlchemy gives them, in which what isn't known refuses to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.types import NullType

from changescript.schema_model.unknown import MARK, Unknown, UnknownAnswer, refusal
from changescript.schema_model.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


def _nothing(_entry: Entry, _key: str | None) -> None:
    pass


def _as_it_is(error: UnknownAnswer) -> Exception:
    return error


class UnknownType(NullType):
    """The type of a column whose type isn't known; PartlyKnown never lets it out."""


class Entry(dict[str, Any]):
    """A dictionary about something that has a name; notes when more than the name is read."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.on_read: Callable[[Entry, str | None], None] = _nothing
        """Gets what is read but the name; None: all of it."""

    def _read(self, key: str) -> None:
        if key != "name":
            self.on_read(self, key)

    def _read_all(self) -> None:
        self.on_read(self, None)

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - any value
        self._read(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._read(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - any value
        """Return a value."""
        self._read(key)
        return super().get(key, default)

    def pop(self, key: str, *default: Any) -> Any:  # noqa: ANN401 - any value
        """Take a value out."""
        self._read(key)
        return super().pop(key, *default)

    def setdefault(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - any value
        """Return a value, and put one in where there is none."""
        self._read(key)
        return super().setdefault(key, default)

    def popitem(self) -> Any:  # noqa: ANN401 - any value
        """Take out what was put in last."""
        self._read_all()
        return super().popitem()

    def __iter__(self) -> Iterator[str]:
        # dict(x) and {**x} go through this and __getitem__ only where a subclass has its own.
        return super().__iter__()

    def values(self) -> Any:  # noqa: ANN401 - dict's
        """Read all values."""
        self._read_all()
        return super().values()

    def items(self) -> Any:  # noqa: ANN401 - dict's
        """Read all values."""
        self._read_all()
        return super().items()

    def copy(self) -> Entry:
        """Return a copy that notes the same."""
        copied = Entry(dict(zip(self, super().values(), strict=True)))
        copied.on_read = self.on_read
        return copied

    def __eq__(self, other: object) -> bool:
        self._read_all()
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        self._read_all()
        return super().__ne__(other)

    __hash__ = None

    def __or__(self, other: Any) -> Any:  # noqa: ANN401 - dict's
        self._read_all()
        return dict(zip(self, super().values(), strict=True)) | other

    def __repr__(self) -> str:
        self._read_all()
        return super().__repr__()


class PartlyKnown(Entry):
    """One in which some values aren't known; reading one of them is refused."""

    def __init__(
        self,
        values: dict[str, Any],
        unknown: set[str],
        what: str,
        refuse: Callable[[UnknownAnswer], Exception] = _as_it_is,
    ) -> None:
        super().__init__(values)
        self._unknown, self._what, self._make_error = unknown, what, refuse

    def _read(self, key: str) -> None:
        super()._read(key)
        if key in self._unknown:
            unknown = Unknown("only the server knows how it shows this expression")
            raise self._make_error(refusal(f"{key!r} of {self._what}", unknown))

    def __contains__(self, key: object) -> bool:
        return dict.__contains__(self, key)

    def _read_all(self) -> None:
        super()._read_all()
        for key in self._unknown:
            self._read(key)

    def copy(self) -> PartlyKnown:
        """Return a copy that refuses the same."""
        values = dict(zip(self, dict.values(self), strict=True))
        copied = PartlyKnown(values, set(self._unknown), self._what, self._make_error)
        copied.on_read = self.on_read
        return copied

    def __repr__(self) -> str:
        return f"<{self._what}, not all of it known>"


def guarded(value: Any, refuse: Callable[[UnknownAnswer], Exception] = _as_it_is) -> Any:  # noqa: ANN401 - any answer
    """Return an answer whose unknown parts refuse to be read."""
    if isinstance(value, dict):
        unknown = {key for key, one in value.items() if _is_unknown(one)}
        return PartlyKnown(value, unknown, str(value.get("name", "it")), refuse) if unknown else value
    if isinstance(value, list):
        return [guarded(one, refuse) for one in value]
    return value


def _is_unknown(value: object) -> bool:
    if isinstance(value, str):
        return MARK in value
    if isinstance(value, dict):
        return any(_is_unknown(one) for one in (*value, *value.values()))
    if isinstance(value, list | tuple):
        return any(_is_unknown(one) for one in value)
    return isinstance(value, UnknownType) or isinstance(getattr(value, "item_type", None), UnknownType)


class Listed(list[Any]):
    """A list that notes when it is read."""

    def __init__(self, entries: Iterable[Any], ask_all: Callable[[], None]) -> None:
        super().__init__(entries)
        self._ask_all = ask_all

    def __contains__(self, one: object) -> bool:
        self._ask_all()
        return super().__contains__(one)

    def __radd__(self, before: list[Any]) -> list[Any]:
        # A plain list takes over what another one holds without a word to it.
        return [*before, *self]


class Names(Listed):
    """A list of names that notes whether one name was asked for, or all of them."""

    def __init__(self, names: Iterable[str], ask_one: Callable[[str], None], ask_all: Callable[[], None]) -> None:
        super().__init__(names, ask_all)
        self._ask_one = ask_one

    def __contains__(self, name: object) -> bool:
        self._ask_one(str(name))
        return list.__contains__(self, name)


def entries(value: list[Any], ask_names: Callable[[], None], on_read: Callable[[Entry, str | None], None]) -> Listed:
    """Return a list of entries that notes whether their names alone are read, or more of them."""
    made = [one if isinstance(one, Entry) else Entry(one) for one in value]
    for one in made:
        one.on_read = on_read
    return Listed(made, ask_names)


def _asking_all(name: str) -> Any:  # noqa: ANN401 - a method
    inherited = getattr(list, name)

    def method(self: Listed, *arguments: Any) -> Any:  # noqa: ANN401 - list's
        self._ask_all()
        return inherited(self, *arguments)

    return method


for _name in words(
    "__iter__ __len__ __getitem__ __eq__ __ne__ __lt__ __gt__ __le__ __ge__ __add__ __mul__ __rmul__ "
    "__reversed__ __repr__ copy index count pop remove sort reverse"
):
    setattr(Listed, _name, _asking_all(_name))


class _Fetched(IteratorResult[Any]):
    """A result with what a cursor adds to it."""

    rowcount = -1
    lastrowid = 0
    returns_rows = True


def result_of(keys: Sequence[str], rows: Iterable[Sequence[Any]], *, counted: bool = True) -> IteratorResult[Any]:
    """Return rows as a result of SQLAlchemy's; not all drivers count those of a SELECT."""
    found = [tuple(row) for row in rows]
    result = _Fetched(SimpleResultMetaData(keys), iter(found))
    result.rowcount = len(found) if counted else -1
    return result


def result_without_rows(keys: Sequence[str], *rows: Sequence[Any]) -> IteratorResult[Any]:
    """Return the result that a query has where no table holds a row; `rows` are those that it has all the same."""
    return result_of(keys, rows)
