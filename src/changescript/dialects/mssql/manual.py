"""What stops a script for sqlcmd until a person has done something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.dialects.mssql.spelling import in_quotes

if TYPE_CHECKING:
    from changescript.dialects.base import ManualStop

# Variables of sqlcmd are off (-x), and SSMS has none. A key of the session context is this session's own, and a first
# file that sqlcmd reads, or somebody in the same window, can set it. State 127 makes sqlcmd leave, without -b too; any
# other client executes nothing more.
_MANUAL = """
IF ISNULL(CONVERT(nvarchar(4000), SESSION_CONTEXT(N'{variable}')), N'?') <> N'done'
BEGIN
    PRINT N'{again}'
        + N'{run}';
    RAISERROR(N'%s', 16, 127, N'{said}');
    SET NOEXEC ON;
END;
""".strip()


def manual(stop: ManualStop) -> str:
    """Return the batch that fails unless a key of the session's context says `done`."""
    sets = f"EXEC sys.sp_set_session_context N'{stop.variable}', N'done'"
    again = f"When it is done, write the lines {sets} and GO into a file done.sql, and run this file again behind it: "
    run = stop.run_command.replace(f"-i {stop.file}", f"-i done.sql,{stop.file}")
    return _MANUAL.format(variable=stop.variable, again=in_quotes(again), run=in_quotes(run), said=in_quotes(stop.said))
