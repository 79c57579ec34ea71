"""Which files Alembic takes for revisions; must not read or run them."""

from __future__ import annotations

import configparser
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from changescript.model import Project

_REVISION_FILE = re.compile(r"(?!\.\#|__init__)(?P<source>.*\.py)(?P<compiled>[co])?$")
_SEPARATORS = {"space": " ", "newline": "\n", "os": os.pathsep, ":": ":", ";": ";"}


@dataclass(frozen=True, slots=True)
class Places:
    """The folders that hold revision files."""

    folders: Sequence[str]
    is_recursive: bool = False
    is_sourceless: bool = False
    """Whether a compiled file stands for its source where that is not there."""


def find_places(project: Project) -> Places | None:
    """Return the folders as the plain settings name them; None where Alembic itself has to be asked.

    That is for packages in place of folders, the old separators, and for whatever is wrong.
    """
    try:
        options = Options(project)
        return _places(options)
    except (configparser.Error, OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


class Options:
    """The settings of alembic.ini, and of `[tool.alembic]` those that alembic.ini has not."""

    def __init__(self, project: Project) -> None:
        ini = project.ini
        here = ini.absolute().parent if ini else Path()
        self.ini = configparser.ConfigParser({"here": here.as_posix()})
        if ini:
            self.ini.read([ini], encoding="locale")
        self.migrations = project.migrations
        self.toml: Mapping[str, Any] = {}
        self.toml_names: Mapping[str, str] = {}
        if project.pyproject and project.pyproject.exists():
            self.toml = tomllib.loads(project.pyproject.read_text("utf-8")).get("tool", {}).get("alembic", {})
            self.toml_names = {"here": project.pyproject.absolute().parent.as_posix()}

    @property
    def home(self) -> str | None:
        """The folder of env.py."""
        return self.text("script_location") or (str(self.migrations) if self.migrations else None)

    def text(self, name: str) -> str | None:
        """Return a setting that is text."""
        if self.ini.has_option("alembic", name):
            return self.ini.get("alembic", name)
        return self._filled(self.toml[name]) if name in self.toml else None

    def is_on(self, name: str) -> bool:
        """Tell whether a setting is on; raises TypeError where it is neither on nor off."""
        if self.ini.has_option("alembic", name):
            return self.ini.get("alembic", name) == "true"
        value = self.toml.get(name, False)
        if not isinstance(value, bool):
            raise TypeError
        return value

    def paths(self, name: str) -> list[str] | None:
        """Return a setting that is a list of paths; raises KeyError where a separator is not said."""
        written = self.ini.get("alembic", name, fallback=None)
        if written:
            names = ("path_separator", "version_path_separator")
            said = [self.ini.get("alembic", one) for one in names if self.ini.has_option("alembic", one)]
            return [path.strip() for path in written.split(_SEPARATORS["".join(said[:1])]) if path]
        listed = self.toml.get(name)
        if listed is None:
            return None
        if not isinstance(listed, list):
            raise TypeError
        return [self._filled(path) for path in listed]

    def _filled(self, value: object) -> str:
        if not isinstance(value, str):
            raise TypeError
        return value % self.toml_names


def _places(options: Options) -> Places | None:
    home = options.home
    if not home or _is_resource(home) or not os.access(home, os.F_OK):
        return None
    folders = options.paths("version_locations")
    if folders and any(_is_resource(folder) for folder in folders):
        return None
    return Places(
        folders or [str(Path(home, "versions"))],
        options.is_on("recursive_version_locations"),
        options.is_on("sourceless"),
    )


def _is_resource(place: str) -> bool:
    return not Path(place).is_absolute() and ":" in place


def revision_files(places: Places) -> Iterator[str]:
    """Yield the files in the order in which Alembic reads them, each once, by the path that no link is part of.

    Raises OSError for a folder that can't be read; one that is not there holds nothing.
    """
    seen: set[str] = set()
    for folder in places.folders:
        for file in _listed(str(Path(folder).absolute()), places):
            # Thousands of paths as objects would take longer than reading the files.
            found = os.path.realpath(file) if os.path.islink(file) else file  # noqa: PTH114
            if found not in seen:
                seen.add(found)
                if _is_revision(found, is_sourceless=places.is_sourceless):
                    yield found


def _listed(folder: str, places: Places) -> Iterator[str]:
    for found, folders, names in os.walk(os.path.realpath(folder), onerror=_refuse):
        if found.endswith("__pycache__"):
            continue
        yield from (f"{found}/{name}" for name in sorted(names))
        if places.is_sourceless and "__pycache__" in folders:
            yield from _compiled_alone(f"{found}/__pycache__", {name.partition(".")[0] for name in names})
        if not places.is_recursive:
            break
        folders.sort()


def _compiled_alone(folder: str, sources: set[str]) -> Iterator[str]:
    """Yield the compiled files that no source stands beside."""
    for name in sorted(os.listdir(folder)):  # noqa: PTH208 - as above
        if name.partition(".")[0] not in sources:
            yield f"{folder}/{name}"


def _is_revision(file: str, *, is_sourceless: bool) -> bool:
    folder, _, name = file.rpartition("/")
    match = _REVISION_FILE.match(name)
    if not match or not match["compiled"]:
        return bool(match)
    source = f"{folder}/{match['source']}"
    better = [source] if match["compiled"] == "c" else [source, f"{source}c"]
    return is_sourceless and not any(map(os.path.exists, better))


def _refuse(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
