"""MySQL 8.0.17 and later, and its client."""

from __future__ import annotations

from changescript.dialects.base import Dialect
from changescript.dialects.generic.by_hand import GO_ON
from changescript.dialects.mysql.assuming import assume
from changescript.dialects.mysql.directives import MysqlDirectives
from changescript.dialects.mysql.frame import MysqlFrame
from changescript.dialects.mysql.grammar import refusal_of_mysql
from changescript.dialects.mysql.manual import manual
from changescript.dialects.mysql.releases import MYSQL_RELEASES
from changescript.dialects.mysql.statements import loses_data, mode_of, protect
from changescript.formatting.lexicon import MYSQL as LEXICON

OPTIONS = (
    "--batch --binary-mode --comments --skip-reconnect --show-warnings --skip-column-names"
    " --default-character-set=utf8mb4"
)
_SHOWN = ("lock_timeout", "statement_timeout")

RECORD = Dialect(
    name="mysql",
    title="mysql 8.0.17 or later",
    run_command=f"mysql {OPTIONS} DATABASE < {{file}}",
    client="mysql 8.0.17 or later, with these options; no other has been tried",
    lexicon=LEXICON,
    make_frame=MysqlFrame,
    mode_of=mode_of,
    refusal_of=refusal_of_mysql,
    protect=protect,
    loses_data=loses_data,
    assume=assume,
    directives=MysqlDirectives,
    releases=MYSQL_RELEASES,
    settings_shown=_SHOWN,
    transactional_ddl=False,
    manual=manual,
    go_on=GO_ON,
)
