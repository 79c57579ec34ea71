"""Runs one piece of work for each target of a project, each in a process of its own; must not know what it is."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from changescript.errors import UsageError
from changescript.model import TARGET, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from changescript.model import Project

    Finish = Callable[[], int]
    """What is left to do once the work of every target has been prepared; returns the exit code."""
    Prepare = Callable[[Project], Finish]
    Guarded = Callable[[str, Finish], int]
    """Runs work for the target of that name, and returns its exit code whatever it raises."""

_GO, _STOP = b"1", b"0"


def narrowed(project: Project, names: Sequence[str]) -> list[Project]:
    """Return the project as it writes for each of its targets, or for those that are named.

    A project without targets is returned as it is. Raises UsageError for a name that is none, and for a dialect that
    is asked for beside targets.
    """
    known = {target.name: target for target in project.targets}
    unknown = [name for name in names if name not in known]
    if unknown:
        hint = f"the targets are: {', '.join(known)}" if known else "[tool.changescript.targets] names none"
        raise UsageError(f"no target is called {unknown[0]!r}", hint=hint)
    if not known:
        return [project]
    if project.dialect:
        raise UsageError("--dialect goes without targets", hint="each target has its own dialect; name one: --target")
    if project.engine is not None:
        raise UsageError("--engine goes without targets", hint="each target has its own engine; name one: --target")
    return [project.for_target(known[name]) for name in dict.fromkeys(names or known)]


def as_targets(project: Project, databases: Sequence[str]) -> Project:
    """Return the project with each of its databases as a target, as far as their names can be folders.

    One that names targets itself, or has bundles outside of such folders, is returned as it is.
    """
    if project.targets or not all(map(TARGET.fullmatch, databases)) or any(project.output.glob("*/manifest.json")):
        return project
    return replace(project, targets=tuple(Target(name, "", project.settings, name) for name in databases))


def strangers(projects: Sequence[Project]) -> list[str]:
    """Return the folders beside those of the targets, in which nobody looks for bundles; none without targets."""
    parents = {project.output.parent for project in projects if project.target}
    names = {project.output.name for project in projects}
    found = (path for parent in parents if parent.is_dir() for path in parent.iterdir())
    return sorted(path.name for path in found if path.is_dir() and path.name not in names and path.name[0] != ".")


def run_each(projects: Sequence[Project], prepare: Prepare, guarded: Guarded, *, together: bool = False) -> int:
    """Prepare the work of each project, then finish it in the same order; return the highest exit code.

    What one process has rendered for a dialect must not reach another's scripts: modules that revisions import may keep
    types that they made for the first dialect. With `together`, nothing is finished unless all could be prepared.
    """
    if len(projects) == 1:
        return prepare(projects[0])()
    children = [_start(project, prepare, guarded) for project in projects]
    ready = all(child.is_ready for child in children)
    return max([child.end(go=ready or not together) for child in children])


@dataclass(frozen=True, slots=True)
class _Child:
    """A process that has prepared its work and waits, or that has failed."""

    pid: int
    is_ready: bool
    answer: int
    """Where to write whether it may go on."""

    def end(self, *, go: bool) -> int:
        """Let it go on, or not, and return its exit code."""
        if self.is_ready:
            os.write(self.answer, _GO if go else _STOP)
        os.close(self.answer)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def _start(project: Project, prepare: Prepare, guarded: Guarded) -> _Child:
    told, tell = os.pipe()
    asked, answer = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        os.close(told)
        os.close(answer)
        code = guarded(project.target, lambda: _work(project, prepare, tell, asked))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    os.close(tell)
    os.close(asked)
    is_ready = os.read(told, 1) == _GO
    os.close(told)
    return _Child(pid, is_ready, answer)


def _work(project: Project, prepare: Prepare, tell: int, asked: int) -> int:
    finish = prepare(project)
    os.write(tell, _GO)
    return finish() if os.read(asked, 1) == _GO else 0
