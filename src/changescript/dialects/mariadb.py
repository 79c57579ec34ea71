"""MariaDB 10.6 and later, and its client: as MySQL, but for the server that its scripts take."""

from __future__ import annotations

from dataclasses import replace

from changescript.dialects.mysql import OPTIONS
from changescript.dialects.mysql import RECORD as MYSQL
from changescript.dialects.mysql.directives import MariadbDirectives
from changescript.dialects.mysql.frame import MariadbFrame
from changescript.dialects.mysql.grammar import refusal_of_mariadb
from changescript.dialects.mysql.releases import MARIADB_RELEASES

RECORD = replace(
    MYSQL,
    name="mariadb",
    title="mariadb 10.6 or later",
    run_command=f"mariadb {OPTIONS} DATABASE < {{file}}",
    client="mariadb 10.6 or later, with these options; no other has been tried",
    make_frame=MariadbFrame,
    refusal_of=refusal_of_mariadb,
    directives=MariadbDirectives,
    releases=MARIADB_RELEASES,
)
