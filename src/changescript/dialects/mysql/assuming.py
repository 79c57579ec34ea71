"""The checks of what revisions were told about the schema, as what else is wrong for the check that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.dialects.conditions import laid_out, origin, told
from changescript.dialects.mysql.checks import ERRORS, literal
from changescript.formatting.lexicon import MYSQL as LEXICON

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from changescript.model import Assumed


def assume(number: int, conditions: Mapping[str, Assumed]) -> str:
    """Return what leaves in @changescript_wrong the first condition that does not hold; `number` 0: at the start."""
    lines = [line for condition, each in conditions.items() for line in _branch(condition, each, at_start=not number)]
    return "\n".join(
        [
            "SET @changescript_wrong = CASE",
            "    WHEN @changescript_wrong <> '' THEN @changescript_wrong",
            *lines,
            "    ELSE ''",
            "END;",
            ERRORS,
        ]
    )


def _branch(condition: str, assumed: Assumed, *, at_start: bool) -> Iterator[str]:
    yield f"    {origin(assumed)}"
    yield "    WHEN ("
    yield laid_out(condition, LEXICON, 2)
    said = f"the database is not as assumed: {told(assumed, at_start=at_start)}"
    yield f"    ) IS NOT TRUE THEN {literal(said)}"
