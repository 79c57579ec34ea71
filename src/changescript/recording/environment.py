"""What `from alembic import context` is while env.py runs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, cast

from alembic.ddl.impl import _impls
from alembic.runtime.environment import EnvironmentContext
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from changescript.dialects import get_dialect
from changescript.errors import ProjectError
from changescript.recording.connections import NoDatabase
from changescript.recording.implementation import RecordingContext
from changescript.recording.operations import RecordingOperations
from changescript.recording.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from changescript.dialects.mysql.driver import MySQLScriptDialect
    from changescript.history import History
    from changescript.model import Step
    from changescript.recording.plans import Plans
    from changescript.recording.recorder import Recorder


class RecordingEnvironment(EnvironmentContext):
    """What `alembic.context` is while env.py runs: configures as env.py asks, then records instead of writing."""

    def __init__(self, recorded: Plans, history: History, plans: Sequence[Sequence[Step]], engine: str | None) -> None:
        ends = plans[0][0], plans[0][-1]
        super().__init__(
            history.config,
            history.scripts,
            as_sql=True,
            starting_rev=tuple(id_ for id_ in ends[0].before if ":" not in id_) or None,
            destination_rev=ends[1].after or "base",
        )
        self._recorded = recorded
        self._recorder = recorded.recorder
        self._plans = plans
        self.runs = Runs(engine)

    def configure(self, connection: object = None, **options: Any) -> None:  # type: ignore[override]
        """Take env.py's options, but for what decides how SQL is rendered."""
        if isinstance(connection, NoDatabase):
            options["url"] = connection.engine.url
        elif connection is not None:
            raise ProjectError(
                "env.py hands over a connection although it runs offline",
                hint="give context.configure() a url where context.is_offline_mode() is true",
            )
        if self._recorder.dialect:
            self._recorder.configured_dialect = _dialect_of(options)
            options["url"] = f"{_name_for_sqlalchemy(self._recorder)}://"
        if not options.get("url") and not options.get("dialect_name"):
            raise ProjectError(
                "env.py configures no url, which says what the database is",
                hint="set sqlalchemy.url (postgresql:// is enough), or give --dialect",
            )
        options["literal_binds"] = True
        options["output_buffer"] = io.StringIO()
        options["dialect_opts"] = {**(options.get("dialect_opts") or {}), "paramstyle": "named"}
        try:
            super().configure(**options)
        except KeyError as error:
            raise _no_implementation(error) from None
        except NoSuchModuleError as error:
            raise ProjectError(f"{error.args[0]}", hint=_how_to_have(error)) from None
        context = self.get_context()
        if _is_mariadb_behind_mysql(self._recorder):
            cast("MySQLScriptDialect", context.dialect).find_mariadb()
        context.__class__ = RecordingContext
        context.recorder = self._recorder  # type: ignore[attr-defined] # of its new class
        self._recorder.take_over(context)

    def is_offline_mode(self) -> bool:
        """Answer env.py that it runs offline, and a revision that it doesn't: a script holds what runs online."""
        return not self._recorder.is_recording

    def run_migrations(self, **arguments: Any) -> None:
        """Record every plan; the arguments go to each revision's function, as Alembic hands them on.

        Of several databases only the one that is asked for is recorded.
        """
        if not self.runs.begin(arguments):
            return
        with RecordingOperations.context(self.get_context()):
            self._recorded.record_all(self.get_context(), self._plans, arguments)


def _how_to_have(error: NoSuchModuleError) -> str:
    if str(error.args[0]).endswith(":postgres"):
        return "SQLAlchemy calls it postgresql: write postgresql:// in place of postgres://"
    return "install the package that brings this dialect"


def _no_implementation(error: KeyError) -> Exception:
    """Return the error for a dialect that Alembic has no implementation for, which it says by its bare name."""
    name = error.args[0] if error.args else None
    if not isinstance(name, str) or name in _impls:
        return error
    return ProjectError(
        f"Alembic has no implementation for the dialect {name!r}",
        hint="import the module of its package that has one in env.py, or write there: "
        f'class Impl(alembic.ddl.impl.DefaultImpl): __dialect__ = "{name}"',
    )


def _is_mariadb_behind_mysql(recorder: Recorder) -> bool:
    """Tell whether MariaDB is asked for where env.py has a mysql:// URL: revisions then see the name `mysql`."""
    return recorder.dialect == "mariadb" and recorder.configured_dialect == "mysql"


def _name_for_sqlalchemy(recorder: Recorder) -> str:
    record = get_dialect(recorder.dialect)
    return "mysql" if _is_mariadb_behind_mysql(recorder) else record.sqlalchemy_name or record.name


def _dialect_of(options: Mapping[str, Any]) -> str:
    """Return the dialect that env.py configures, or an empty text."""
    url, name = options.get("url"), options.get("dialect_name")
    try:
        return make_url(url).get_backend_name() if url else str(name or "").partition("+")[0]
    except ArgumentError:
        return ""


# The names that `from alembic import context` offers are bound to the class that made them.
EnvironmentContext._setups[RecordingEnvironment] = EnvironmentContext._setups[EnvironmentContext]
