"""Loads the graph of a project from the text of its revision files; a file runs only where its text can't tell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from changescript.errors import HistoryError
from changescript.history.assembly import Source, assemble
from changescript.history.files import AlembicProject, ModuleRunner, RevisionFiles
from changescript.history.graph import History, Unplaced
from changescript.history.places import Places, find_places, revision_files
from changescript.history.reading import Unreadable, read_file
from changescript.isolation import forget_other_projects
from changescript.sources import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alembic.script import ScriptDirectory

    from changescript.model import Project


def load_history(project: Project) -> History:
    """Return the graph of all revision files; raises HistoryError where they form none."""
    forget_other_projects(project.root)
    alembic = AlembicProject(project)
    runner = ModuleRunner(project, alembic)
    try:
        files = list(revision_files(find_places(project) or _places_of(alembic.directory)))
    except OSError as error:
        raise HistoryError(f"{error.filename} can't be read: {error.strerror}") from None
    sources, unread = _read(files, project.root, runner)
    graph = assemble(sources, unread)
    declared = {id_: source.declared for source in sources if (id_ := source.declared.id) in graph.revisions}
    return History(graph.revisions, graph.unplaced, RevisionFiles(alembic, runner, declared, graph.revisions))


def _places_of(directory: ScriptDirectory) -> Places:
    """Return the folders as Alembic itself finds them."""
    from alembic.util import coerce_resource_to_filename  # noqa: PLC0415 - loaded with the directory alone

    named = [str(location) for location in directory.version_locations] or [str(Path(directory.dir, "versions"))]
    folders = [str(coerce_resource_to_filename(location)) for location in named]
    return Places(folders, directory.recursive_version_locations, directory.sourceless)


def _read(files: Iterable[str], root: Path, runner: ModuleRunner) -> tuple[list[Source], list[Unplaced]]:
    """Return what the files declare, and those that can't be read."""
    sources: list[Source] = []
    unread: list[Unplaced] = []
    shown: dict[str, str] = {}
    for file in files:
        folder, _, name = file.rpartition("/")
        if folder not in shown:  # thousands of files share one
            shown[folder] = shown_path(Path(file), root).removesuffix(name)
        found = read_file(file, runner)
        path = shown[folder] + name
        if isinstance(found, Unreadable):
            unread.append(Unplaced(found.place or path, found.reason, found.id))
        else:
            sources.append(Source(Path(file), path, found))
    return sources, unread
