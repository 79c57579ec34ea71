"""One record per dialect: all that a script needs to know of a database and its client; must not import recording."""

from __future__ import annotations

import importlib
from types import MappingProxyType
from typing import TYPE_CHECKING

from changescript.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from changescript.dialects.base import Dialect

DIALECTS: Mapping[str, str] = MappingProxyType(
    {
        "mariadb": "changescript.dialects.mysql",
        "mysql": "changescript.dialects.mysql",
        "postgresql": "changescript.dialects.postgresql",
        "sqlite": "changescript.dialects.sqlite",
    }
)
"""Modules by SQLAlchemy's name of a dialect; the RECORDS in each hold its Dialect. Imported when asked for."""


def get_dialect(name: str) -> Dialect:
    """Return the record of a dialect by SQLAlchemy's name; raises ProjectError when there is none."""
    if name not in DIALECTS:
        raise ProjectError(
            f"no script can be written for dialect {name!r} yet",
            hint=f"the dialects are: {', '.join(DIALECTS)}",
        )
    record: Dialect = importlib.import_module(DIALECTS[name]).RECORDS[name]
    return record
