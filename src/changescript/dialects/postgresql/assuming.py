"""The checks of what revisions were told about the schema: one procedure holds them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.dialects.conditions import laid_out, origin, told
from changescript.dialects.postgresql.guard import REQUIRE_SCHEMA
from changescript.dialects.postgresql.spelling import literal
from changescript.formatting.lexicon import POSTGRESQL as LEXICON

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from changescript.model import Assumed


def require_schema(assumed: Mapping[int, Mapping[str, Assumed]]) -> str:
    """Return the procedure; `assumed` has the conditions by the number of the statement behind which they must hold."""
    lines: list[str] = []
    for number, conditions in assumed.items():
        lines += [f"    {'ELSIF' if lines else 'IF'} behind = {number} THEN", "        wrong := CASE"]
        lines += [
            line for condition, each in conditions.items() for line in _branch(condition, each, at_start=not number)
        ]
        lines.append("        END;")
    return REQUIRE_SCHEMA.format(branches="\n".join([*lines, "    END IF;"]))


def _branch(condition: str, assumed: Assumed, *, at_start: bool) -> Iterator[str]:
    yield f"            {origin(assumed)}"
    yield "            WHEN ("
    yield laid_out(condition, LEXICON, 4)
    yield f"            ) IS NOT TRUE THEN {literal(told(assumed, at_start=at_start))}"


def assume(number: int, _: Mapping[str, Assumed]) -> str:
    """Return the check behind a statement."""
    return f"CALL pg_temp.require_schema({number});"
