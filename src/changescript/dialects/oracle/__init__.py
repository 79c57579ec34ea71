"""Oracle Database 12.2 and later, and SQL*Plus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.dialects.base import Dialect
from changescript.dialects.oracle.frame import RELEASES, OracleFrame
from changescript.dialects.oracle.manual import manual
from changescript.dialects.oracle.quoting import safe_line
from changescript.dialects.oracle.statements import loses_data, mode_of, protect, refusal_of
from changescript.formatting.lexicon import ORACLE as LEXICON

if TYPE_CHECKING:
    from changescript.formatting.lexicon import Lexicon


def _as_it_is(text: str, _lexicon: Lexicon) -> str:
    """Return the statement: what stands behind its literal ends it."""
    return text


RECORD = Dialect(
    name="oracle",
    title="oracle 12.2 to 21",
    run_command="NLS_LANG=AMERICAN_AMERICA.AL32UTF8 sqlplus -L -S USER@DATABASE @{file}",
    client="SQL*Plus 12.2 or later, or SQLcl; never run on Oracle. One that has no VARIABLE runs no statement",
    lexicon=LEXICON,
    make_frame=OracleFrame,
    mode_of=mode_of,
    refusal_of=refusal_of,
    protect=protect,
    loses_data=loses_data,
    settings_shown=("lock_timeout",),
    transactional_ddl=False,
    releases=RELEASES,
    terminate=_as_it_is,
    manual=manual,
    comment=safe_line,
    rule="=",
    resumes=True,
    expect='exit 0, and the last line "OK: schema SCHEMA of database DATABASE is at {state}"',
)
