"""The Flask application that an env.py of Flask-Migrate works in; must not be needed by any other project."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from changescript.history.places import Options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from changescript.model import Project


@contextlib.contextmanager
def application_of(project: Project) -> Iterator[BaseException | None]:
    """Be inside the project's application, as `flask db upgrade` is; yield why that is not possible, if it is not.

    The application is found as `flask` finds it: by FLASK_APP, .flaskenv, wsgi.py or app.py.
    """
    with contextlib.ExitStack() as stack:
        failure: BaseException | None = None
        if _uses_current_app(project):
            try:
                stack.enter_context(_load(project).app_context())
            except (Exception, SystemExit) as error:
                failure = error
        yield failure


def _uses_current_app(project: Project) -> bool:
    try:
        home = Options(project).home
        return bool(home) and "current_app" in Path(str(home), "env.py").read_text(encoding="utf-8")
    except Exception:  # whatever is wrong with the settings or with env.py is told where it is needed
        return False


def _load(project: Project) -> Any:
    cli = importlib.import_module("flask.cli")
    if str(project.root) not in sys.path:
        sys.path.insert(0, str(project.root))
    cli.load_dotenv()
    return cli.ScriptInfo(os.environ.get("FLASK_APP")).load_app()
