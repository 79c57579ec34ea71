"""Handlers of numbers that differ between dialects in their text alone; knows no dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.literals.rules import Inexact

if TYPE_CHECKING:
    from collections.abc import Callable

    from changescript.literals.rules import Handler, Rendered, Target


def integer_between(low: int, high: int, render: Callable[[int], Rendered]) -> Handler:
    """Return a handler for the whole numbers from `low` up to, not including, `high`."""

    def integer(value: int, _: Target) -> Rendered:
        if not low <= value < high:
            raise Inexact("it is out of the range of its type")
        return render(int(value))

    return integer
