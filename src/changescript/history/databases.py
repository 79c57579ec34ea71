"""Which databases env.py migrates, as its text and the settings of Alembic's template say; must not run it."""

from __future__ import annotations

import configparser
import re
from pathlib import Path
from typing import TYPE_CHECKING

from changescript.history.places import Options

if TYPE_CHECKING:
    from changescript.model import Project

_HANDS_ON_NAME = re.compile(r"\brun_migrations\(\s*engine_name\s*=")


def databases_of(project: Project) -> tuple[str, ...]:
    """Return the names of the databases of a project made from the template "multidb"; none of any other project.

    Only what is sure: alembic.ini lists them, and env.py hands a name to context.run_migrations().
    """
    try:
        options = Options(project)
        listed, home = options.text("databases"), options.home
        text = Path(home, "env.py").read_text(encoding="utf-8") if listed and home else ""
    except (configparser.Error, OSError, ValueError, TypeError, KeyError, AttributeError):
        return ()
    names = [name for name in re.split(r",\s*", (listed or "").strip()) if name]
    return tuple(dict.fromkeys(names)) if _HANDS_ON_NAME.search(text) and len(names) > 1 else ()
