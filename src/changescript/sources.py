"""Where in the project's source something happened, as words for a message; must not load or run anything."""

from __future__ import annotations

import linecache
import re
import traceback
from configparser import InterpolationMissingOptionError
from functools import lru_cache
from pathlib import Path
from typing import Any

from changescript.model import SourceLine

_OWN = Path(__file__).parent

_PASSWORD = re.compile(r"(://[^\s:/@]*:)\S*@")

_TELLING_NAMES = {"NoSuchModuleError", "NoInspectionAvailable", "UnsupportedCompilationError"}
"""SQLAlchemy's errors of that kind; by name, so that a message needs no import."""

_TELLING: tuple[type[BaseException], ...] = (NameError, AttributeError, ImportError, SyntaxError)
"""Errors whose text speaks of the code alone. Any other text may hold a value or a URL, so it is left out."""


_NAME = re.compile(r"[A-Za-z_][\w.]{0,63}", re.ASCII)

_ASKED_BY_NAME = {"os", "configparser", "logging.config", "sqlalchemy.engine.create"}
"""Modules that are asked for something by a name that stands in the code: a variable, a section, an option."""

_CALL = re.compile(
    r"[\w.<>]+\(\) (?:missing \d+ required [\w-]+ arguments?: ['\w, ]+"
    r"|got (?:an unexpected keyword|multiple values for) argument '\w+'"
    r"|takes (?:from \d+ to )?\d+ positional arguments? but \d+ (?:was|were) given)"
)
"""What Python says of a call whose arguments are not those of the function: names alone."""

_RAISES = re.compile(r"\s*(?:raise\b|(?:sys\.)?exit\()")
_LINES_OF_A_RAISE = 5


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
    told = text if _speaks_of_code(error) else _names_in(error) or _written_text(error, root)
    return place + without_passwords(f"{type(error).__name__}: {told}" if told else type(error).__name__)


def without_passwords(text: str) -> str:
    """Return the text with the password of every URL in it left out."""
    return _PASSWORD.sub(r"\1***@", text)


def _speaks_of_code(error: BaseException) -> bool:
    # Alembic's own errors are about the graph and the configuration; env.py and revisions raise them as a refusal.
    speaks_of_names = type(error).__module__.startswith("alembic.") or type(error).__name__ in _TELLING_NAMES
    return isinstance(error, _TELLING) or speaks_of_names


def _names_in(error: BaseException) -> str:
    """Return what an error says of names alone: those of variables, options and fields that have no value."""
    if isinstance(error, TypeError) and _CALL.fullmatch(str(error)):
        return str(error)
    if isinstance(error, InterpolationMissingOptionError):
        return f"{error.reference} has no value, which {error.option} names"
    if isinstance(error, KeyError) and error.__traceback__:
        *_, (frame, _line) = traceback.walk_tb(error.__traceback__)
        key = error.args[0] if error.args else None
        named = isinstance(key, str) and _NAME.fullmatch(key) and frame.f_globals.get("__name__") in _ASKED_BY_NAME
        return f"{key!r} is missing" if named else ""
    if type(error).__name__ == "ValidationError" and type(error).__module__.startswith("pydantic"):
        return _missing_fields(error)
    return ""


def _missing_fields(error: Any) -> str:  # noqa: ANN401 - pydantic's, which needs no import
    """Return which fields of settings have no value; the last name of a place is the model's, others may be data."""
    missing = {str(each["loc"][-1]) for each in error.errors() if each["type"].endswith("missing") and each["loc"]}
    names = sorted(name for name in missing if _NAME.fullmatch(name))
    return f"{', '.join(names)} {'has' if len(names) == 1 else 'have'} no value" if names else ""


def _written_text(error: BaseException, root: Path) -> str:
    """Return why the project's own code gives up, in the words that stand there; any other text may hold a value."""
    text, frames = str(error), list(traceback.walk_tb(error.__traceback__))
    if not text or not frames or not isinstance(error, NotImplementedError | SystemExit):
        return ""
    frame, line = frames[-1]
    file = frame.f_code.co_filename
    if not is_inside(file, root):
        return ""
    lines = [linecache.getline(file, at) for at in range(line, line + _LINES_OF_A_RAISE)]
    raises = _RAISES.match(lines[0])
    return text if raises and text in "".join(lines) else ""


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
