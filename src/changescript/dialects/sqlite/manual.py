"""What stops a script for the sqlite3 shell until a person has done something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.dialects.generic.by_hand import when_done
from changescript.dialects.sqlite.spelling import literal

if TYPE_CHECKING:
    from changescript.dialects.base import ManualStop

# The constraint's name is what the shell shows. RAISE takes nothing but a literal before 3.47, and no trigger a
# parameter.
_MANUAL = """
DROP TABLE IF EXISTS temp.{variable};
CREATE TEMP TABLE {variable} (
    done TEXT CONSTRAINT {name} CHECK (done IS 'done')
);
SELECT
    {said}
    || {run}
WHERE :{variable} IS NOT 'done';
INSERT INTO temp.{variable} VALUES (:{variable});
""".strip()


def manual(stop: ManualStop) -> str:
    """Return what fails unless a parameter of the shell says `done`."""
    run = when_done(stop, f'-cmd ".parameter set :{stop.variable} done"')
    name = '"' + stop.said.replace('"', "'") + '"'
    return _MANUAL.format(variable=stop.variable, name=name, said=literal(f"{stop.said}; "), run=literal(run))
