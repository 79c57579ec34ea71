"""Runs revision files, each alone and on demand, and shows the graph to Alembic; must not plan anything."""

from __future__ import annotations

import configparser
import sys
import traceback
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from changescript.errors import HistoryError, RevisionError
from changescript.history.declared import VARIABLES, UndeclaredError, declare
from changescript.isolation import ChangeRefusedOffline, ConnectionRefusedOffline, contained
from changescript.sources import describe_failure, shown_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from changescript.history.declared import Declared
    from changescript.model import Project, Revision


class AlembicProject:
    """Alembic's own objects for a project, made when they are needed: importing Alembic takes half a second."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @cached_property
    def config(self) -> Config:
        """The settings as Alembic reads them."""
        from alembic.config import Config  # noqa: PLC0415 - see the class

        config = Config(self._project.ini, toml_file=self._project.pyproject)
        if self._project.migrations:
            config.set_main_option("script_location", str(self._project.migrations).replace("%", "%%"))
        return config

    @cached_property
    def directory(self) -> ScriptDirectory:
        """The folder of env.py; the import path is as Alembic sets it from now on. Raises HistoryError."""
        from alembic.script import ScriptDirectory  # noqa: PLC0415 - see the class

        if self._project.migrations and str(self._project.root) not in sys.path:
            sys.path.insert(0, str(self._project.root))  # as `flask` does; alembic.ini says nothing of it
        try:
            return ScriptDirectory.from_config(self.config)
        except configparser.Error as error:
            # Its own text quotes the line, and that may hold a URL.
            line = getattr(error, "lineno", None) or 1
            raise HistoryError(f"alembic.ini:{line}: {type(error).__name__}", hint="mend the file") from None
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a package in script_location is anybody's code
            raise HistoryError(
                f"Alembic can't use the project's settings: {describe_failure(error, self._project.root)}",
                hint="mend that, then run it again",
            ) from None


class ModuleRunner:
    """Runs revision files as Alembic does, each once."""

    def __init__(self, project: Project, alembic: AlembicProject) -> None:
        self._root = project.root
        self._alembic = alembic
        self._modules: dict[str, ModuleType | BaseException] = {}

    def run(self, file: str) -> ModuleType | BaseException:
        """Return the file's module, or what running it raised."""
        if file not in self._modules:
            _ = self._alembic.directory  # it sets the import path
            self._modules[file] = load_revision(Path(file))
        return self._modules[file]

    def place_and_reason(self, file: str, error: BaseException) -> tuple[str, str]:
        """Return `file:line` of the revision file, and why it can't run; that names the module that it fails in."""
        place = f"{shown_path(Path(file), self._root)}:{_line_in(file, error)}"
        return place, describe_failure(error, self._root).removeprefix(f"{place}: ")


def load_revision(file: Path) -> ModuleType | BaseException:
    """Run one file as Alembic does; return its module, or what it raised."""
    from alembic.util.pyfiles import load_python_file  # noqa: PLC0415 - see AlembicProject

    own = str(file)
    with contained(lambda name: name == own):
        try:
            return load_python_file(file.parent, file.name)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - a revision file is anybody's code
            return error


def _line_in(file: str, error: BaseException) -> int:
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno or 1
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == file]
    return lines[-1] if lines else 1


def values_of(module: ModuleType) -> dict[str, object]:
    """Return the variables of a module that has run."""
    found = {name: getattr(module, name) for name in VARIABLES if hasattr(module, name)}
    return {**found, "__doc__": module.__doc__}


class RevisionFiles:
    """The files of a history: their modules, and Alembic's view of them."""

    def __init__(
        self,
        alembic: AlembicProject,
        runner: ModuleRunner,
        declared: Mapping[str, Declared],
        revisions: Mapping[str, Revision],
    ) -> None:
        """Take what each revision declares, in the order of the files."""
        self._alembic = alembic
        self._runner = runner
        self._declared = declared
        self._revisions = revisions

    @property
    def config(self) -> Config:
        """Alembic's settings."""
        return self._alembic.config

    @cached_property
    def scripts(self) -> ScriptDirectory:
        """Alembic's directory of revisions, over this graph; what files do to each other has been done.

        Alembic runs every file before env.py. Here only those run whose text doesn't show that no other can notice:
        one may register a compiler, a directive or an event for all, or import a module that does.
        """
        from alembic.script.revision import RevisionMap  # noqa: PLC0415 - see AlembicProject

        from changescript.history.scripts import LazyScript  # noqa: PLC0415 - see AlembicProject

        directory = self._alembic.directory
        directory.revision_map = RevisionMap(
            lambda: [LazyScript(declared, self._revisions[id_], self.load) for id_, declared in self._declared.items()]
        )
        self._run_what_matters_to_others()
        return directory

    def _run_what_matters_to_others(self) -> None:
        """Run them in Alembic's order; one that fails has failed for itself, and says so where it is asked for."""
        imported: set[str] = set()
        for id_, declared in self._declared.items():
            if not declared.acts and imported.issuperset(declared.imports):
                continue
            if not isinstance(self._runner.run(str(self._revisions[id_].file)), BaseException):
                imported.update(declared.imports)

    def load(self, id_: str) -> ModuleType:
        """Return the revision's module; raises RevisionError with the line that fails."""
        _ = self.scripts
        return self._checked(id_, self._runner.run(str(self._revisions[id_].file)))

    def acts(self, id_: str) -> bool:
        """Tell whether running the revision's file does more than to define functions."""
        return self._declared[id_].acts

    def load_copy(self, id_: str) -> ModuleType:
        """Return a new module of the revision, as if no other had run; raises RevisionError."""
        _ = self.scripts
        return self._checked(id_, load_revision(self._revisions[id_].file))

    def _checked(self, id_: str, module: ModuleType | BaseException) -> ModuleType:
        revision, file = self._revisions[id_], str(self._revisions[id_].file)
        if isinstance(module, BaseException):
            place, reason = self._runner.place_and_reason(file, module)
            raise RevisionError(f"revision {id_} ({place}): it can't be loaded: {reason}", hint=_hint(module))
        self._confirm(revision, module)
        return module

    def _confirm(self, revision: Revision, module: ModuleType) -> None:
        """Raise RevisionError when a file that runs declares something else than its text does."""
        declared = self._declared[revision.id]
        try:
            variable = declare(values_of(module), declared.id).differs_from(declared)
        except UndeclaredError as error:
            variable = str(error)
        if variable:
            raise RevisionError(
                f"revision {revision.id} ({revision.path}:1): {variable} is another one when the file runs than in "
                "its text",
                hint="set it once, to a plain text",
            )


def _hint(error: BaseException) -> str:
    if isinstance(error, ConnectionRefusedOffline):
        return "a script must be the same every time: write into the revision what it asks the network for"
    if isinstance(error, ChangeRefusedOffline):
        return "loading a revision must change nothing but this process: leave out what it writes or starts there"
    return "mend the file, or name a range without it"
