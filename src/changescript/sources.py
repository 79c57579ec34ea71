"""Where in the project's source something happened, as words for a message; must not load or run anything."""

from __future__ import annotations

import re
import traceback
from functools import lru_cache
from pathlib import Path

from changescript.model import SourceLine

_OWN = Path(__file__).parent

_PASSWORD = re.compile(r"(://[^\s:/@]*:)\S*@")

_TELLING_NAMES = {"NoSuchModuleError", "NoInspectionAvailable", "UnsupportedCompilationError"}
"""SQLAlchemy's errors of that kind; by name, so that a message needs no import."""

_TELLING: tuple[type[BaseException], ...] = (NameError, AttributeError, ImportError, SyntaxError)
"""Errors whose text speaks of the code alone. Any other text may hold a value or a URL, so it is left out."""


@lru_cache(maxsize=4096)
def shown_path(file: Path, root: Path) -> str:
    """Return the file relative to the project's root with `/`; outside of it, the name of its folder and its own."""
    try:
        return file.relative_to(root).as_posix()
    except ValueError:
        return f"{file.parent.name}/{file.name}"


def describe_failure(error: BaseException, root: Path) -> str:
    """Return `file:line: Type: text` of an error that the project's own code raised.

    The line is the innermost one inside the project. The text is left out where it could hold a value.
    """
    where = _place_of(error, root)
    place = f"{where}: " if where else ""
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    told = f"{type(error).__name__}: {text}" if _speaks_of_code(error) else type(error).__name__
    return place + without_passwords(told)


def without_passwords(text: str) -> str:
    """Return the text with the password of every URL in it left out."""
    return _PASSWORD.sub(r"\1***@", text)


def _speaks_of_code(error: BaseException) -> bool:
    # Alembic's own errors are about the graph and the configuration; env.py and revisions raise them as a refusal.
    speaks_of_names = type(error).__module__.startswith("alembic.") or type(error).__name__ in _TELLING_NAMES
    return isinstance(error, _TELLING) or speaks_of_names


def _place_of(error: BaseException, root: Path) -> SourceLine | None:
    if isinstance(error, SyntaxError) and error.filename:
        return SourceLine(shown_path(Path(error.filename), root), error.lineno or 0)
    inside = [
        SourceLine(shown_path(Path(frame.f_code.co_filename), root), line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if is_inside(frame.f_code.co_filename, root)
    ]
    return inside[-1] if inside else None


@lru_cache(maxsize=4096)
def is_inside(filename: str, root: Path) -> bool:
    """Tell whether a source file is the project's own; an environment inside its folder is not, nor are we."""
    path = Path(filename)
    return (
        path.is_relative_to(root)
        and not path.is_relative_to(_OWN)
        and not {"site-packages", "dist-packages"}.intersection(path.parts)
    )
