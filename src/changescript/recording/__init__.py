"""Runs env.py offline and records what each directive emits; the only package that touches Alembic's private parts."""

from __future__ import annotations

import argparse
import contextlib
import logging
import sys
from typing import TYPE_CHECKING

from changescript.dialects import get_dialect
from changescript.dialects.drivers import install
from changescript.errors import ChangescriptError, ProjectError, UsageError
from changescript.recording.batch import ordered_batches
from changescript.recording.environment import RecordingEnvironment
from changescript.recording.recorder import Outcome, Recorder
from changescript.sources import describe_failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from changescript.history import History
    from changescript.model import Project, Step


def record(
    project: Project, history: History, plans: Sequence[Sequence[Step]], *, no_env: bool = False
) -> Iterator[Outcome]:
    """Yield what each plan emits, in the order of the plans; env.py runs once for all of them, or not at all.

    A plan that holds a revision which can't be rendered exactly yields the RevisionError instead.
    Raises ProjectError when env.py can't run offline.
    """
    if project.dialect:
        get_dialect(project.dialect)
    install()
    recorder = Recorder(project, history)
    history.config.cmd_opts = argparse.Namespace(x=list(project.x))
    environment = RecordingEnvironment(recorder, plans)
    with _quiet(), ordered_batches(), environment:
        try:
            if no_env:
                _run_without_env(environment, project)
            else:
                history.scripts.run_env()
        except ChangescriptError:
            raise
        except (Exception, SystemExit) as error:
            raise ProjectError(
                f"env.py failed offline: {describe_failure(error, project.root)}",
                hint="`alembic upgrade head --sql` must work before changescript can",
            ) from None
    if len(recorder.outcomes) != len(plans):
        raise ProjectError(
            f"env.py called context.run_migrations() {len(recorder.outcomes) // len(plans)} times, not once",
            hint="one run of env.py must mean one database",
        )
    yield from recorder.outcomes


def _run_without_env(environment: RecordingEnvironment, project: Project) -> None:
    """Do what the env.py of `alembic init` does offline; raises UsageError when nothing says for which dialect."""
    if not project.dialect:
        raise UsageError("--no-env goes with --dialect", hint="without env.py nothing else says what the database is")
    environment.configure(dialect_name=project.dialect)
    with environment.begin_transaction():
        environment.run_migrations()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what env.py and revisions print, and Alembic's own log, out of a script on stdout."""
    logging.disable(logging.INFO)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        logging.disable(logging.NOTSET)
