"""Finds the Alembic project and reads its settings; must not import env.py or any revision."""

from __future__ import annotations

import configparser
import difflib
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from changescript.errors import ProjectError
from changescript.model import TARGET, Project, Settings, Target, TransactionMode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_DURATION = re.compile(r"\d+(us|ms|s|min|h|d)?")
_RELEASE = re.compile(r"\d+(\.\d+)*")
_SCHEMA = re.compile(r"""[A-Za-z_][\w$]*|"[^"\x00-\x1f]+\"""")


def find_project(start: Path, config: Path | None = None, dialect: str = "") -> Project:
    """Return the project that `config` names, or else the one that `start` lies in.

    A project is a folder with an alembic.ini, or with a pyproject.toml that has `[tool.alembic]`.
    Raises ProjectError when there is none, or when its settings can't be understood.
    """
    ini = _named_config(start, config) if config else None
    for folder in [ini.parent] if ini else [start, *start.parents]:
        found = ini or folder / "alembic.ini"
        for nested in (found, folder / "migrations" / "alembic.ini"):
            if _is_of_flask_migrate(nested):
                return replace(_project(nested.parent.parent, nested, dialect), migrations=nested.parent)
        if found.is_file() or "alembic" in _tool_table(folder / "pyproject.toml"):
            return _project(folder, found if found.is_file() else None, dialect)
    raise ProjectError(
        "no alembic.ini, and no pyproject.toml with [tool.alembic], in this folder or above it",
        hint="run it in an Alembic project, or name the file: -c path/to/alembic.ini",
    )


def _is_of_flask_migrate(ini: Path) -> bool:
    """Tell whether it is an alembic.ini that lies beside env.py and does not say where that is."""
    if not ini.is_file() or not (ini.parent / "env.py").is_file():
        return False
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read(ini, encoding="locale")
    except (configparser.Error, UnicodeDecodeError):
        return False
    return parser.has_section("alembic") and not parser.has_option("alembic", "script_location")


def _project(root: Path, ini: Path | None, dialect: str) -> Project:
    """Return the project; its settings are in the nearest pyproject.toml, beside alembic.ini or above it."""
    files = (folder / "pyproject.toml" for folder in (root, *root.parents))
    pyproject = next((file for file in files if file.is_file()), None)
    tool = _tool_table(pyproject) if pyproject else {}
    settings, targets = read_settings(tool.get("changescript", {}), pyproject or root)
    home = pyproject.parent if pyproject and "changescript" in tool else root
    return Project(
        root=root,
        ini=ini,
        pyproject=pyproject if pyproject and pyproject.parent == root else None,
        output=home / settings.output,
        settings=settings,
        dialect=dialect,
        targets=targets,
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


def read_settings(table: object, where: Path) -> tuple[Settings, tuple[Target, ...]]:
    """Return what `[tool.changescript]` holds; raises ProjectError on any setting it doesn't know."""
    place = _Place(where, "[tool.changescript]")
    values = _table(table, place)
    named = _table(values.pop("targets", {}), _Place(where, "[tool.changescript.targets]"))
    settings = replace(Settings(), **_read(values, _READERS, place))
    return settings, tuple(_target(name, target, settings, where) for name, target in named.items())


@dataclass(frozen=True, slots=True)
class _Place:
    """A table of a file."""

    file: Path
    table: str

    def __str__(self) -> str:
        return f"{self.file.name}: {self.table}"


def _target(name: str, table: object, settings: Settings, where: Path) -> Target:
    """Return a target: what its table does not set is as the project's settings say."""
    place = _Place(where, f"[tool.changescript.targets.{name}]")
    if not TARGET.fullmatch(name):
        raise ProjectError(f"{place}: a target's name is a folder", hint="use letters, digits, '_' and '-'")
    values = _read(_table(table, place), _TARGET_READERS, place)
    dialect, engine = values.pop("dialect", ""), values.pop("engine", None)
    # What is set for all is for one database, and this may be another.
    return Target(name, dialect, replace(settings, **{"server_version": None, "baseline": None, **values}), engine)


def _table(table: object, place: _Place) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise ProjectError(f"{place} must be a table")
    return dict(table)


def _read(table: Mapping[str, Any], readers: Mapping[str, Callable[[object], Any]], place: _Place) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in readers:
            raise _unknown_setting(key, readers, place)
        try:
            values[key] = readers[key](value)
        except _BadSettingError as error:
            raise ProjectError(f"{place} {key} {error}") from None
    return values


def _unknown_setting(key: str, readers: Iterable[str], place: _Place) -> ProjectError:
    close = difflib.get_close_matches(key, readers, n=1)
    known = f"the settings are {', '.join(readers)}"
    return ProjectError(
        f"{place} has no setting {key!r}",
        hint=f"did you mean {close[0]!r}? {known}" if close else known,
    )


class _BadSettingError(ValueError):
    """What a setting must be instead."""


def _folder(value: object) -> str:
    if not isinstance(value, str) or not value or Path(value).is_absolute() or ".." in Path(value).parts:
        raise _BadSettingError("must be a folder inside the project, as a relative path")
    return value


def _file(value: object) -> str:
    if not isinstance(value, str) or not value or Path(value).is_absolute() or ".." in Path(value).parts:
        raise _BadSettingError("must be a file inside the project, as a relative path")
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


def _release(value: object) -> str:
    if not isinstance(value, str) or not _RELEASE.fullmatch(value):
        raise _BadSettingError('must be a release of the server, as text: "15", "10.11"')
    return value


def _word(value: object) -> str:
    if not isinstance(value, str) or not value.isidentifier():
        raise _BadSettingError('must be the name of a dialect: "postgresql"')
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _BadSettingError('must be the engine_name that env.py hands to context.run_migrations(): "engine1"')
    return value


_READERS: Mapping[str, Callable[[object], Any]] = {
    "output": _folder,
    "transaction": _transaction,
    "lock_timeout": _duration,
    "statement_timeout": _duration,
    "search_path": _search_path,
    "rows_per_insert": _row_count,
    "overrides": _folder,
    "server_version": _release,
    "baseline": _file,
}
_TARGET_READERS: Mapping[str, Callable[[object], Any]] = {
    "dialect": _word,
    "engine": _text,
    **{name: reader for name, reader in _READERS.items() if name not in ("output", "overrides")},
}
