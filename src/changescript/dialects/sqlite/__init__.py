"""SQLite 3.28 and later, and its shell."""

from __future__ import annotations

from changescript.dialects.base import Dialect
from changescript.dialects.generic.by_hand import GO_ON
from changescript.dialects.sqlite.assuming import assume
from changescript.dialects.sqlite.directives import SqliteDirectives
from changescript.dialects.sqlite.frame import make_frame
from changescript.dialects.sqlite.manual import manual
from changescript.dialects.sqlite.statements import loses_data, mode_of, protect, refusal_of
from changescript.formatting.lexicon import SQLITE as LEXICON

RECORD = Dialect(
    name="sqlite",
    title="sqlite 3.28 or later",
    run_command="sqlite3 -batch -bail -init /dev/null 'file:DATABASE?mode=rw' < {file}",
    client="the sqlite3 shell, 3.28 or later; any other client changes nothing",
    lexicon=LEXICON,
    make_frame=make_frame,
    mode_of=mode_of,
    refusal_of=refusal_of,
    protect=protect,
    loses_data=loses_data,
    assume=assume,
    directives=SqliteDirectives,
    releases=tuple(f"3.{minor}" for minor in range(28, 55)),
    settings_shown=("lock_timeout",),
    manual=manual,
    resumes=False,
    go_on=GO_ON,
)
