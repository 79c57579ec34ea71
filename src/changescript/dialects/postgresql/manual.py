"""What stops a script for psql until a person has done something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.dialects.generic.by_hand import when_done
from changescript.dialects.postgresql.spelling import array_of, literal

if TYPE_CHECKING:
    from changescript.dialects.base import ManualStop
    from changescript.model import Heads, ManualStep


def manual(stop: ManualStop) -> str:
    """Return the call that fails unless the session's setting says `done`; PGOPTIONS sets it for psql."""
    run = f'PGOPTIONS="-c {setting_of(stop.step.name)}=done" {stop.run_command}'
    again = f"when it is done, run this file again: {run}"
    said = f"{literal(setting_of(stop.step.name))},\n    {literal(stop.said)},\n    {literal(again)}"
    return f"CALL pg_temp.require_manual(\n    {said}\n);"


def checked_again(step: ManualStep, needs: Heads) -> str:
    """Return the check that lets what is behind a manual step run, where a client has gone on after its failure."""
    said = f"FAILED: MANUAL STEP {step.name} has not been done"
    return f"CALL pg_temp.require_manual({literal(setting_of(step.name))}, {literal(said)}, want => {array_of(needs)});"


def setting_of(name: str) -> str:
    """Return the name of the setting that says that a manual step was done."""
    return f"changescript.manual_{name}"


# psql puts a variable into no literal; one that is not set would be a mistake in its own place.
_PLAIN = r"""
\if :{{?{variable}}}
\else
\set {variable} ''
\endif
SELECT CAST(
    CASE
        WHEN :'{variable}' = 'done' THEN '1'
        ELSE {said}
            || {run}
    END AS INTEGER
) AS manual \gset
""".strip()


def plain_manual(stop: ManualStop) -> str:
    """Return the same for a relative of PostgreSQL, of which less is known: a variable of psql says `done`."""
    run = when_done(stop, f"-v {stop.variable}=done")
    return _PLAIN.format(variable=stop.variable, said=literal(f"{stop.said}; "), run=literal(run))
