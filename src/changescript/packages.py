"""The versions of the packages that decide the bytes of a script."""

from __future__ import annotations

import sys

_DECIDING = ("alembic", "changescript", "sqlalchemy", "sqlmodel", "sqlparse")


def package_versions() -> dict[str, str]:
    """Return name and version of each package that rendering went through, sorted by name.

    Asked after rendering, so that sqlmodel counts exactly where the project uses it.
    """
    loaded = ((name, sys.modules.get(name)) for name in _DECIDING)
    return {name: str(module.__version__) for name, module in loaded if module}
