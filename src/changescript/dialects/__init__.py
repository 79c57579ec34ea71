"""One record per dialect: all that a script needs to know of a database and its client; must not import recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.dialects.postgresql import POSTGRESQL
from changescript.errors import ProjectError

if TYPE_CHECKING:
    from changescript.dialects.base import Dialect

DIALECTS = {dialect.name: dialect for dialect in (POSTGRESQL,)}


def get_dialect(name: str) -> Dialect:
    """Return the record of a dialect by SQLAlchemy's name; raises ProjectError when there is none."""
    if name not in DIALECTS:
        raise ProjectError(
            f"no script can be written for dialect {name!r} yet",
            hint=f"the dialects are: {', '.join(DIALECTS)}",
        )
    return DIALECTS[name]
