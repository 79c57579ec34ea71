"""What stops a script for the mysql or mariadb client until a person has done something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.dialects.generic.by_hand import when_done
from changescript.dialects.mysql.checks import literal

if TYPE_CHECKING:
    from changescript.dialects.base import ManualStop

# As a check fails: by a routine that does not exist, whose name is as much of the message as it can hold. A client that
# goes on after that has one error counted, so no check passes any more, and the transaction ends in ROLLBACK.
_MANUAL = """
SET @changescript_message = IF({variable} = 'done', '', CONCAT(
    {said},
    {run}
));
SET @changescript_next = IF(
    @changescript_message = '',
    'DO 0',
    CONCAT('CALL `', RTRIM(LEFT(REPLACE(@changescript_message, '`', ''), 64)), '`()')
);
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
""".strip()


def manual(stop: ManualStop) -> str:
    """Return what fails unless a user variable says `done`; the client's --init-command sets it."""
    variable = f"@{stop.variable}"
    run = when_done(stop, f"--init-command=\"SET {variable} = 'done'\"")
    return _MANUAL.format(variable=variable, said=literal(f"{stop.said}; "), run=literal(run))
