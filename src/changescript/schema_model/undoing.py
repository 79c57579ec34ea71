"""Dictionaries that remember what they held, so that a state can go back as cheaply as it went on."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, ClassVar, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

_MISSING: Any = object()


class Noted(dict[Key, Value]):
    """A dictionary that notes what each change replaces. Only the ways to change it below are for use."""

    journal: list[tuple[Noted[Any, Any], Any, Any]] | None = None

    def _note(self, key: Key) -> None:
        if self.journal is not None:
            self.journal.append((self, key, self.get(key, _MISSING)))

    def __setitem__(self, key: Key, value: Value) -> None:
        self._note(key)
        super().__setitem__(key, value)

    def __delitem__(self, key: Key) -> None:
        self._note(key)
        super().__delitem__(key)

    def pop(self, key: Key, default: Any = None) -> Any:  # noqa: ANN401 - dict's
        """Take a key out, if it is there."""
        self._note(key)
        return super().pop(key, default)

    def setdefault(self, key: Key, default: Any = None) -> Any:  # noqa: ANN401 - dict's
        """Put a key in, unless it is there."""
        if key not in self:
            self[key] = default
        return self[key]


class Undoable:
    """A state of noted dictionaries and a few plain values."""

    __slots__ = ()
    scalars: ClassVar[tuple[str, ...]] = ()

    def begin(self) -> list[tuple[Noted[Any, Any], Any, Any]]:
        """Begin a change; what is returned undoes it."""
        journal: list[tuple[Noted[Any, Any], Any, Any]] = []
        for field in fields(self):  # type: ignore[arg-type] # a dataclass
            value = getattr(self, field.name)
            if isinstance(value, Noted):
                value.journal = journal
        return journal

    def plain_values(self) -> tuple[object, ...]:
        """Return the plain values, which undo() takes back."""
        return tuple(getattr(self, name) for name in self.scalars)

    def undo(self, journal: list[tuple[Noted[Any, Any], Any, Any]], plain: tuple[object, ...]) -> None:
        """Undo a change."""
        for changed, key, value in reversed(journal):
            if value is _MISSING:
                dict.pop(changed, key, None)
            else:
                dict.__setitem__(changed, key, value)
        for name, value in zip(self.scalars, plain, strict=True):
            setattr(self, name, value)
