"""One record per dialect: all that a script needs to know of a database and its client; must not import recording."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from changescript.errors import ProjectError

if TYPE_CHECKING:
    from changescript.dialects.base import Dialect

_NO_DIALECTS = {"base", "generic", "directives", "drivers", "version_rows"}
"""Modules here that hold no dialect's record."""

DIALECTS: tuple[str, ...] = tuple(
    sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name not in _NO_DIALECTS)
)
"""The dialects by name: the module of that name holds the RECORD of each, and is imported when asked for."""


def get_dialect(name: str) -> Dialect:
    """Return the record of a dialect: its own, or a generic one for whatever else SQLAlchemy finds under the name.

    Raises ProjectError when there is none.
    """
    if name in DIALECTS:
        record: Dialect = importlib.import_module(f"{__name__}.{name}").RECORD
        return record
    if name in _NO_DIALECTS or not _is_known_to_sqlalchemy(name):
        raise ProjectError(
            f"no script can be written for dialect {name!r}",
            hint=f"the dialects are: {', '.join(DIALECTS)}, and any other whose SQLAlchemy package is installed",
        )
    generic: Dialect = importlib.import_module(f"{__name__}.generic").generic_record(name)
    return generic


def _is_known_to_sqlalchemy(name: str) -> bool:
    # Whoever asks for a known dialect doesn't wait for SQLAlchemy here.
    from sqlalchemy.dialects import registry  # noqa: PLC0415
    from sqlalchemy.exc import NoSuchModuleError  # noqa: PLC0415

    try:
        registry.load(name)
    except NoSuchModuleError:
        return False
    except ImportError as error:
        raise ProjectError(
            f"the SQLAlchemy dialect {name!r} can't be imported: {error.msg.partition(' (/')[0]}",
            hint="its package wants another SQLAlchemy, or a package that is not installed",
        ) from None
    return True
