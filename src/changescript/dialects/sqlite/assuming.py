"""The checks of what revisions were told about the schema, in a table of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.dialects.conditions import laid_out, origin, told
from changescript.dialects.sqlite.well import if_well
from changescript.formatting.lexicon import SQLITE as LEXICON

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from changescript.model import Assumed

# RAISE takes nothing but a literal before 3.47, so a SELECT before it says what was found.
ASSUMPTIONS = """
DROP TABLE IF EXISTS temp.changescript_assumptions;
CREATE TEMP TABLE changescript_assumptions (word TEXT, assumed TEXT, holds INTEGER);
DROP TABLE IF EXISTS temp.changescript_assumed;
CREATE TEMP TABLE changescript_assumed (number INTEGER);
CREATE TEMP TRIGGER changescript_assume BEFORE INSERT ON changescript_assumed
BEGIN
    SELECT RAISE(ABORT, 'the database is not as this script assumes')
    FROM temp.changescript_assumptions
    WHERE holds IS NOT 1;
END;
""".strip()

_FOUND = """
SELECT word || ': database "' || name || '" is not as assumed: ' || assumed
FROM temp.changescript_assumptions, temp.changescript_state
WHERE holds IS NOT 1;
""".strip()


def assume(number: int, conditions: Mapping[str, Assumed]) -> str:
    """Return the check behind a statement; 0: before the first."""
    word = "FAILED" if number else "REFUSED"
    rows = ",\n".join(
        "\n".join(_row(word, condition, told(each, at_start=not number), each))
        for condition, each in conditions.items()
    )
    return "\n".join(
        [
            if_well(f"INSERT INTO temp.changescript_assumptions VALUES\n{rows};"),
            _FOUND,
            if_well(f"INSERT INTO temp.changescript_assumed VALUES ({number});"),
        ]
    )


def _row(word: str, condition: str, said: str, assumed: Assumed) -> Iterator[str]:
    yield f"    {origin(assumed)}"
    text = said.replace("'", "''")
    yield f"    ('{word}', '{text}',"
    yield f"{laid_out(condition, LEXICON, 2)})"
