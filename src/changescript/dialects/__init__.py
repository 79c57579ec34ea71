"""One record per dialect: all that a script needs to know of a database and its client; must not import recording."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from changescript.errors import ProjectError

if TYPE_CHECKING:
    from changescript.dialects.base import Dialect

_NO_DIALECTS = {"base", "directives", "drivers", "version_rows", "mssql", "oracle"}
"""Modules here that hold no dialect's record."""

DIALECTS: tuple[str, ...] = tuple(
    sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name not in _NO_DIALECTS)
)
"""The dialects by name: the module of that name holds the RECORD of each, and is imported when asked for."""


def get_dialect(name: str) -> Dialect:
    """Return the record of a dialect; raises ProjectError when there is none."""
    if name not in DIALECTS:
        raise ProjectError(
            f"no script can be written for dialect {name!r} yet",
            hint=f"the dialects are: {', '.join(DIALECTS)}",
        )
    record: Dialect = importlib.import_module(f"{__name__}.{name}").RECORD
    return record
