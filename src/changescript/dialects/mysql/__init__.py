"""MySQL 8.0.17 and later, MariaDB 10.6 and later, and their clients."""

from __future__ import annotations

from dataclasses import replace

from changescript.dialects.base import Dialect
from changescript.dialects.mysql.checks import ERRORS
from changescript.dialects.mysql.frame import MariadbFrame, MysqlFrame
from changescript.dialects.mysql.statements import loses_data, mode_of, protect, refusal_of
from changescript.formatting.lexicon import MYSQL as LEXICON

_OPTIONS = (
    "--batch --binary-mode --comments --skip-reconnect --show-warnings --skip-column-names"
    " --default-character-set=utf8mb4"
)
_GO_ON = 'mend the cause and run what is left, as told below under "Guard"'
_SHOWN = ("lock_timeout", "statement_timeout")

MYSQL = Dialect(
    name="mysql",
    title="mysql 8.0.17 or later",
    run_command=f"mysql {_OPTIONS} DATABASE < {{file}}",
    client="mysql 8.0.17 or later, with these options; no other has been tried",
    lexicon=LEXICON,
    make_frame=MysqlFrame,
    mode_of=mode_of,
    refusal_of=refusal_of,
    protect=protect,
    loses_data=loses_data,
    settings_shown=_SHOWN,
    transactional_ddl=False,
    after_statement=ERRORS,
    go_on=_GO_ON,
)

MARIADB = replace(
    MYSQL,
    name="mariadb",
    title="mariadb 10.6 or later",
    run_command=f"mariadb {_OPTIONS} DATABASE < {{file}}",
    client="mariadb 10.6 or later, with these options; no other has been tried",
    make_frame=MariadbFrame,
)

RECORDS = {MYSQL.name: MYSQL, MARIADB.name: MARIADB}
