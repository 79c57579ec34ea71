"""Finds the Alembic project and reads its settings; must not import env.py or any revision."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from changescript.errors import ProjectError
from changescript.model import Project, Settings, TransactionMode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DURATION = re.compile(r"\d+(us|ms|s|min|h|d)?")
_SCHEMA = re.compile(r"""[A-Za-z_][\w$]*|"[^"\x00-\x1f]+\"""")


def find_project(start: Path, config: Path | None = None, dialect: str = "") -> Project:
    """Return the project that `config` names, or else the one that `start` lies in.

    A project is a folder with an alembic.ini, or with a pyproject.toml that has `[tool.alembic]`.
    Raises ProjectError when there is none, or when its settings can't be understood.
    """
    ini = _named_config(start, config) if config else None
    for folder in [ini.parent] if ini else [start, *start.parents]:
        found = ini or folder / "alembic.ini"
        if found.is_file() or "alembic" in _tool_table(folder / "pyproject.toml"):
            return _project(folder, found if found.is_file() else None, dialect)
    raise ProjectError(
        "no alembic.ini, and no pyproject.toml with [tool.alembic], in this folder or above it",
        hint="run it in an Alembic project, or name the file: -c path/to/alembic.ini",
    )


def _project(root: Path, ini: Path | None, dialect: str) -> Project:
    """Return the project; its settings are in the nearest pyproject.toml, beside alembic.ini or above it."""
    files = (folder / "pyproject.toml" for folder in (root, *root.parents))
    pyproject = next((file for file in files if file.is_file()), None)
    tool = _tool_table(pyproject) if pyproject else {}
    settings = read_settings(tool.get("changescript", {}), pyproject or root)
    home = pyproject.parent if pyproject and "changescript" in tool else root
    return Project(
        root=root,
        ini=ini,
        pyproject=pyproject if pyproject and pyproject.parent == root else None,
        output=home / settings.output,
        settings=settings,
        dialect=dialect,
    )


def _named_config(start: Path, config: Path) -> Path:
    named = (start / config).resolve()
    if named.name == "pyproject.toml" and named.is_file():
        return named.parent / "alembic.ini"
    if not named.is_file():
        raise ProjectError(f"-c {config}: there is no such file", hint="name the project's alembic.ini")
    return named


def _tool_table(pyproject: Path) -> Mapping[str, Any]:
    if not pyproject.is_file():
        return {}
    try:
        table = tomllib.loads(pyproject.read_text(encoding="utf-8")).get("tool", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ProjectError(f"{pyproject.name} can't be read: {error}") from error
    return table if isinstance(table, dict) else {}


def read_settings(table: object, where: Path) -> Settings:
    """Return the settings that `[tool.changescript]` holds; raises ProjectError on any it doesn't know."""
    if not isinstance(table, dict):
        raise ProjectError(f"{where.name}: [tool.changescript] must be a table")
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _READERS:
            raise _unknown_setting(key, where)
        try:
            values[key] = _READERS[key](value)
        except _BadSettingError as error:
            raise ProjectError(f"{where.name}: [tool.changescript] {key} {error}") from None
    return Settings(**values)


def _unknown_setting(key: str, where: Path) -> ProjectError:
    close = difflib.get_close_matches(key, _READERS, n=1)
    known = f"the settings are {', '.join(_READERS)}"
    return ProjectError(
        f"{where.name}: [tool.changescript] has no setting {key!r}",
        hint=f"did you mean {close[0]!r}? {known}" if close else known,
    )


class _BadSettingError(ValueError):
    """What a setting must be instead."""


def _folder(value: object) -> str:
    if not isinstance(value, str) or not value or Path(value).is_absolute() or ".." in Path(value).parts:
        raise _BadSettingError("must be a folder inside the project, as a relative path")
    return value


def _transaction(value: object) -> TransactionMode:
    try:
        return TransactionMode(value)
    except ValueError:
        raise _BadSettingError('must be "script" or "revision"') from None


def _duration(value: object) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _DURATION.fullmatch(text):
        raise _BadSettingError('must be a time as PostgreSQL writes it: "5s", "200ms", "1min"; "0" for no limit')
    return text


def _search_path(value: object) -> str:
    names = [name.strip() for name in value.split(",")] if isinstance(value, str) else []
    if not names or not all(_SCHEMA.fullmatch(name) for name in names):
        raise _BadSettingError('must be schema names separated by commas: "app, public"')
    return ", ".join(names)


def _row_count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _BadSettingError("must be a whole number of 1 or more")
    return value


_READERS: Mapping[str, Callable[[object], Any]] = {
    "output": _folder,
    "transaction": _transaction,
    "lock_timeout": _duration,
    "statement_timeout": _duration,
    "search_path": _search_path,
    "rows_per_insert": _row_count,
}
