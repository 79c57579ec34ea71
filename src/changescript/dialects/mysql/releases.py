"""Releases of MySQL and MariaDB that a script can be for, and how its guard tells them; must not know a frame."""

from __future__ import annotations

MYSQL_RELEASES = ("5.7", "8", "8.0", "8.4", "9")
MARIADB_RELEASES = (
    *("10.6", "10.7", "10.8", "10.9", "10.10", "10.11"),
    *("11", "11.0", "11.1", "11.2", "11.3", "11.4", "11.5", "11.6", "11.7", "11.8"),
    *("12", "12.0", "12.1", "12.2"),
)

_OLDEST_MYSQL_8 = (8, 0, 17)

# Online, SQLAlchemy asks the server of a mysql:// URL what it is, and makes other columns and values on MariaDB
# (a native UUID). CAST(... AS FLOAT), DEFAULT (expression) and REGEXP_LIKE() came one after another until 8.0.17;
# what is written for 5.7 does without them.
_IS_MARIADB = "    WHEN VERSION() LIKE '%MariaDB%' THEN 'REFUSED: this server is MariaDB, use --dialect mariadb'\n"
_TOO_OLD = (
    "    WHEN VERSION() REGEXP '^([0-7]|8[.]0[.]([0-9]|1[0-6]))([^0-9]|$)'\n"
    "    THEN 'REFUSED: this server is older than MySQL 8.0.17'\n"
)
_IS_NOT_MARIADB = "    WHEN VERSION() NOT LIKE '%MariaDB%' THEN 'REFUSED: this server is not MariaDB'\n"


def wrong_mysql(release: str) -> str:
    """Return the lines of a CASE that refuse a server; an empty release is any that a script without one is for."""
    older = "" if release == "5.7" else _TOO_OLD
    return f"{_IS_MARIADB}{_other_release('MySQL', release)}{older}"


def wrong_mariadb(release: str) -> str:
    """Return the same for MariaDB."""
    return f"{_IS_NOT_MARIADB}{_other_release('MariaDB', release)}"


def _other_release(title: str, release: str) -> str:
    """Return the line that refuses another release; MariaDB may put the version of a MySQL before its own."""
    if not release:
        return ""
    pattern = release.replace(".", "[.]")
    return (
        f"    WHEN VERSION() NOT REGEXP '^(5[.]5[.]5-)?{pattern}([^0-9]|$)'\n"
        f"    THEN 'REFUSED: this server is not {title} {release}'\n"
    )


def version_of(release: str) -> tuple[int, ...]:
    """Return a release as SQLAlchemy compares it: the oldest server that it may mean."""
    version = tuple(int(part) for part in release.split("."))
    return max(version, _OLDEST_MYSQL_8) if version[0] == _OLDEST_MYSQL_8[0] else version
