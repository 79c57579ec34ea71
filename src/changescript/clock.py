"""Another time for code that must not depend on it; must not import anything of ours."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
import time
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_LATER = dt.timedelta(days=401, hours=5, minutes=17, seconds=31, microseconds=7)
"""Another year, month, day, weekday, hour, minute and second."""


@contextlib.contextmanager
def another_time(modules: Iterable[ModuleType]) -> Iterator[None]:
    """Let the modules, and what is imported meanwhile, find the clocks of Python's library at another time.

    Everybody else's clocks stay as they are: an hour that logging or SQLAlchemy tells is nobody's SQL.
    """
    changed = [(module, name, value) for module in modules for name, value in _clocks_in(module)]
    with contextlib.ExitStack() as stack:
        for real in (dt, time):
            stack.callback(sys.modules.__setitem__, real.__name__, sys.modules[real.__name__])
            sys.modules[real.__name__] = _LATER_CLOCKS[id(real)]
        for module, name, value in changed:
            stack.callback(setattr, module, name, value)
            setattr(module, name, _LATER_CLOCKS[id(value)])
        yield


def _clocks_in(module: ModuleType) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in vars(module).items() if id(value) in _LATER_CLOCKS]


class _Later(type):
    """Makes a class that is another one in all but what its clock says."""

    real: type

    def __call__(cls, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the real class takes
        return cls.real(*arguments, **named)

    def __getattr__(cls, name: str) -> Any:  # noqa: ANN401 - whatever the real class has
        return getattr(cls.real, name)

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, cls.real)

    def __subclasscheck__(cls, other: type) -> bool:
        return other is cls or issubclass(other, cls.real)


class _LaterDate(metaclass=_Later):
    real = dt.date

    @staticmethod
    def today() -> dt.date:
        return dt.date.today() + _LATER  # noqa: DTZ011 - what the code asks for


class _LaterDatetime(metaclass=_Later):
    real = dt.datetime

    @staticmethod
    def now(tz: dt.tzinfo | None = None) -> dt.datetime:
        return dt.datetime.now(tz) + _LATER

    @staticmethod
    def today() -> dt.datetime:
        return dt.datetime.now() + _LATER  # noqa: DTZ005 - what the code asks for

    @staticmethod
    def utcnow() -> dt.datetime:
        return dt.datetime.now(dt.UTC).replace(tzinfo=None) + _LATER


def _time() -> float:
    return time.time() + _LATER.total_seconds()


def _time_ns() -> int:
    return time.time_ns() + int(_LATER.total_seconds()) * 10**9


def _of_seconds(real: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of seconds that takes the time from the other clock where none is given."""
    return lambda seconds=None: real(_time() if seconds is None else seconds)


def _of_struct(real: Callable[..., Any], *before: str) -> Callable[..., Any]:
    """Return the same for a function of a struct_time, behind so many arguments."""

    def later(*arguments: Any) -> Any:  # noqa: ANN401 - as time.strftime() takes and gives
        given = arguments if len(arguments) > len(before) else (*arguments, time.localtime(_time()))
        return real(*given)

    return later


def _module(real: ModuleType, later: Mapping[str, object]) -> ModuleType:
    module = ModuleType(real.__name__)
    vars(module).update({**vars(real), **later})
    return module


_OF_DATETIME = {"datetime": _LaterDatetime, "date": _LaterDate}
_OF_TIME = {
    "time": _time,
    "time_ns": _time_ns,
    "localtime": _of_seconds(time.localtime),
    "gmtime": _of_seconds(time.gmtime),
    "ctime": _of_seconds(time.ctime),
    "asctime": _of_struct(time.asctime),
    "strftime": _of_struct(time.strftime, "format"),
}
_LATER_CLOCKS: dict[int, Any] = {
    **{id(getattr(dt, name)): later for name, later in _OF_DATETIME.items()},
    **{id(getattr(time, name)): later for name, later in _OF_TIME.items()},
    id(dt): _module(dt, _OF_DATETIME),
    id(time): _module(time, _OF_TIME),
}
