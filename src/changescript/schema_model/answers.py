"""Answers as SQLAlchemy gives them, in which what isn't known refuses to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.types import NullType

from changescript.schema_model.unknown import MARK, Unknown, refusal
from changescript.schema_model.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


class UnknownType(NullType):
    """The type of a column whose type isn't known; PartlyKnown never lets it out."""


class PartlyKnown(dict[str, Any]):
    """A dictionary in which some values aren't known; reading one of them is refused."""

    def __init__(self, values: dict[str, Any], unknown: set[str], what: str) -> None:
        super().__init__(values)
        self._unknown, self._what = unknown, what

    def _refuse(self, key: str) -> None:
        if key in self._unknown:
            raise refusal(f"{key!r} of {self._what}", Unknown("only the server knows how it shows this expression"))

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - any value
        self._refuse(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - any value
        """Return a value, if it is known."""
        self._refuse(key)
        return super().get(key, default)

    def pop(self, key: str, *default: Any) -> Any:  # noqa: ANN401 - any value
        """Take a value out, if it is known."""
        self._refuse(key)
        return super().pop(key, *default)

    def __iter__(self) -> Iterator[str]:
        # dict(x) and {**x} go through this and __getitem__ only where a subclass has its own.
        return super().__iter__()

    def _refuse_all(self) -> None:
        for key in self._unknown:
            self._refuse(key)

    def values(self) -> Any:  # noqa: ANN401 - dict's
        """Refuse: one of them isn't known."""
        self._refuse_all()
        return super().values()

    def items(self) -> Any:  # noqa: ANN401 - dict's
        """Refuse: one of them isn't known."""
        self._refuse_all()
        return super().items()

    def copy(self) -> PartlyKnown:
        """Return a copy that refuses the same."""
        return PartlyKnown(dict(zip(self, super().values(), strict=True)), set(self._unknown), self._what)

    def __eq__(self, other: object) -> bool:
        self._refuse_all()
        return super().__eq__(other)

    __hash__ = None

    def __or__(self, other: Any) -> NoReturn:  # noqa: ANN401 - dict's
        self._refuse_all()
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{self._what}, not all of it known>"


def guarded(value: Any) -> Any:  # noqa: ANN401 - any answer
    """Return an answer whose unknown parts refuse to be read."""
    if isinstance(value, dict):
        unknown = {key for key, one in value.items() if _is_unknown(one)}
        return PartlyKnown(value, unknown, str(value.get("name", "it"))) if unknown else value
    if isinstance(value, list):
        return [guarded(one) for one in value]
    return value


def _is_unknown(value: object) -> bool:
    if isinstance(value, str):
        return MARK in value
    if isinstance(value, dict):
        return any(_is_unknown(one) for one in (*value, *value.values()))
    if isinstance(value, list | tuple):
        return any(_is_unknown(one) for one in value)
    return isinstance(value, UnknownType) or isinstance(getattr(value, "item_type", None), UnknownType)


class Names(list[str]):
    """A list of names that notes whether one name was asked for, or all of them."""

    def __init__(self, names: Iterable[str], ask_one: Callable[[str], None], ask_all: Callable[[], None]) -> None:
        super().__init__(names)
        self._ask_one, self._ask_all = ask_one, ask_all

    def __contains__(self, name: object) -> bool:
        self._ask_one(str(name))
        return super().__contains__(name)


def _asking_all(name: str) -> Any:  # noqa: ANN401 - a method
    inherited = getattr(list, name)

    def method(self: Names, *arguments: Any) -> Any:  # noqa: ANN401 - list's
        self._ask_all()
        return inherited(self, *arguments)

    return method


for _name in words(
    "__iter__ __len__ __getitem__ __eq__ __ne__ __lt__ __gt__ __le__ __ge__ __add__ __mul__ __rmul__ "
    "__reversed__ __repr__ copy index count pop remove sort reverse"
):
    setattr(Names, _name, _asking_all(_name))


def result_of(keys: Sequence[str], rows: Iterable[Sequence[Any]]) -> IteratorResult[Any]:
    """Return rows as a result of SQLAlchemy's."""
    return IteratorResult(SimpleResultMetaData(keys), iter([tuple(row) for row in rows]))
