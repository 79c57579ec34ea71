"""Runs env.py offline and records what each directive emits; the only package that touches Alembic's private parts."""

from __future__ import annotations

import argparse
import contextlib
import logging
import sys
from typing import TYPE_CHECKING, TypeVar

from changescript.dialects import get_dialect
from changescript.dialects.drivers import install
from changescript.errors import ChangescriptError, ProjectError, UsageError
from changescript.isolation import outlived, untouched_outputs
from changescript.recording.application import application_of
from changescript.recording.batch import ordered_batches
from changescript.recording.connections import no_database
from changescript.recording.environment import RecordingEnvironment
from changescript.recording.plans import Outcome, Plans
from changescript.recording.recorder import Recorder
from changescript.sources import describe_failure, is_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from changescript.history import History
    from changescript.model import Project, Step


Made = TypeVar("Made")


def record(
    project: Project, history: History, plans: Sequence[Sequence[Step]], *, no_env: bool = False
) -> Iterator[Outcome]:
    """Yield what each plan emits, in the order of the plans; env.py runs once for all of them, or not at all.

    A plan that holds a revision which can't be rendered exactly yields the RevisionError instead.
    Raises ProjectError when env.py can't run offline.
    """
    recorded = Plans(project, history, Recorder(project))
    _run(recorded, project, history, plans, no_env=no_env)
    yield from recorded.outcomes


def record_each(
    project: Project,
    history: History,
    plans: Sequence[Sequence[Step]],
    look: Callable[[Outcome], Made],
    *,
    no_env: bool = False,
) -> list[Made]:
    """Return what `look` makes of each plan's outcome; it is called as soon as that is there, and no more is kept."""
    recorded = Plans(project, history, Recorder(project), look)
    _run(recorded, project, history, plans, no_env=no_env)
    return recorded.outcomes


def _run(recorded: Plans, project: Project, history: History, plans: Sequence[Sequence[Step]], *, no_env: bool) -> None:
    """Let env.py run the plans; raises ProjectError."""
    if project.dialect:
        get_dialect(project.dialect)
    install()
    history.config.cmd_opts = argparse.Namespace(x=list(project.x))
    environment, recorder = RecordingEnvironment(recorded, history, plans, project.engine), recorded.recorder

    def writes_nowhere(file: str) -> bool:
        return not recorder.is_recording and is_inside(file, project.root)

    with (
        _quiet(),
        outlived(),
        ordered_batches(),
        untouched_outputs(writes_nowhere),
        no_database(lambda: not recorder.is_recording),
        application_of(project) as no_application,
        environment,
    ):
        try:
            if no_env:
                _run_without_env(environment, project)
            else:
                history.scripts.run_env()
        except ChangescriptError:
            raise
        except (Exception, SystemExit) as error:
            if error is recorded.own_failure:
                raise
            raise ProjectError(
                f"env.py failed offline: {describe_failure(error, project.root)}",
                hint=_hint(project, no_application),
            ) from None
    environment.runs.confirm()


def _hint(project: Project, no_application: BaseException | None) -> str:
    if no_application:
        told = describe_failure(no_application, project.root)
        return f"it needs the Flask application, which fails ({told}); set FLASK_APP as for `flask db upgrade`"
    return "`alembic upgrade head --sql` must work before changescript can; or do without it: --no-env --dialect NAME"


def _run_without_env(environment: RecordingEnvironment, project: Project) -> None:
    """Do what the env.py of `alembic init` does offline; raises UsageError when nothing says for which dialect."""
    if not project.dialect:
        raise UsageError("--no-env goes with --dialect", hint="without env.py nothing else says what the database is")
    # An env.py imports the project's models, so that revisions find `sa.orm` there without an import of their own.
    import sqlalchemy.orm  # noqa: F401, PLC0415 - takes its time

    environment.configure(dialect_name=project.dialect)
    arguments = {} if project.engine is None else {"engine_name": project.engine}
    with environment.begin_transaction():
        environment.run_migrations(**arguments)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what env.py and revisions print, and Alembic's own log, out of a script on stdout."""
    logging.disable(logging.INFO)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        logging.disable(logging.NOTSET)
