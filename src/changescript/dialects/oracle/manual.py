"""What stops a script for SQL*Plus until a person has done something."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from changescript.dialects.base import ManualStop

# A script sets DEFINE off, and a VARIABLE that it names begins without a value. What a session tells of itself
# (at most 64 bytes) anybody may set, and no policy rests on it.
_MANUAL = """
BEGIN
  IF NVL(SYS_CONTEXT('USERENV', 'CLIENT_INFO'), '?') <> '{variable}' THEN
    DBMS_OUTPUT.PUT_LINE('{again}'
      || '{run}');
    RAISE_APPLICATION_ERROR(-20001, SUBSTRB('{said}', 1, 2000));
  END IF;
END;
""".strip()


def manual(stop: ManualStop) -> str:
    """Return the block that fails unless the session's client info names the variable."""
    sets = f"EXEC DBMS_APPLICATION_INFO.SET_CLIENT_INFO('{stop.variable}')"
    again = f"When it is done, write the lines {sets} and @{stop.file} into a file done.sql, and run: "
    run = stop.run_command.replace(f"@{stop.file}", "@done.sql")
    return _MANUAL.format(variable=stop.variable, again=_text(again), run=_text(run), said=_text(stop.said))


def _text(text: str) -> str:
    return text.replace("'", "''")
