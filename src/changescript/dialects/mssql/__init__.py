"""SQL Server 2016 and later, and sqlcmd."""

from __future__ import annotations

from changescript.dialects.base import Dialect
from changescript.dialects.mssql.frame import MssqlFrame
from changescript.dialects.mssql.manual import manual
from changescript.dialects.mssql.releases import MAJOR_VERSIONS
from changescript.dialects.mssql.statements import loses_data, mode_of, protect, refusal_of, terminate
from changescript.formatting.lexicon import MSSQL as LEXICON

RECORD = Dialect(
    name="mssql",
    title="mssql 2016 or later",
    run_command="sqlcmd -S SERVER -d DATABASE -X -b -x -I -f 65001 -i {file}",
    client="sqlcmd, with these options, or SSMS; made from its reference, run with neither",
    lexicon=LEXICON,
    make_frame=MssqlFrame,
    mode_of=mode_of,
    refusal_of=refusal_of,
    protect=protect,
    loses_data=loses_data,
    settings_shown=("lock_timeout",),
    releases=tuple(MAJOR_VERSIONS),
    terminate=terminate,
    manual=manual,
)
