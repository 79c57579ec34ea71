"""What `op.get_bind()` gives while revisions run: it executes what returns nothing, and refuses every question."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import URL, inspection
from sqlalchemy.engine import Connection
from sqlalchemy.engine.mock import MockConnection
from sqlalchemy.schema import DDL

from changescript.errors import Asks
from changescript.recording.results import NO_ANSWER, ResultForSession, UnreadResult
from changescript.schema_model import ModelInspector

if TYPE_CHECKING:
    from types import TracebackType

    from sqlalchemy.engine.interfaces import Dialect
    from sqlalchemy.engine.reflection import Inspector
    from sqlalchemy.sql.ddl import InvokeDDLBase
    from sqlalchemy.sql.elements import ClauseElement
    from sqlalchemy.sql.visitors import Visitable

    from changescript.errors import RevisionError
    from changescript.recording.recorder import Recorder

_HARMLESS_OPTIONS = {
    "stream_results",
    "max_row_buffer",
    "yield_per",
    "compiled_cache",
    "no_parameters",
    "_result_disable_adapt_to_context",
}
"""Execution options that decide how rows are fetched, or nothing at all where none are."""
_OF_SESSION = "_sa_orm_update_options"
"""The execution option with which a session hands on UPDATE and DELETE of a mapped class."""
_OPTIONS_OF_SESSION = {_OF_SESSION, "synchronize_session", "is_update_from", "is_delete_using", "dml_strategy"}
"""Those with which it keeps its own objects in step; it has none, because nobody can read any."""
_REFUSED_OPTIONS = {
    "isolation_level": "write `with op.get_context().autocommit_block():` around what must not run in a transaction",
    "schema_translate_map": "name the schema: schema='...'",
}
_REFUSED: dict[str, tuple[str, str]] = {
    "commit": (
        "would end the transaction that the script is in",
        "leave it out, or write `with op.get_context().autocommit_block():` around what must be committed by itself",
    ),
    "rollback": ("would undo statements that stand in the script", "leave them out"),
    "begin": ("fails online, because the migration's transaction has begun", "leave it out"),
    "begin_twophase": ("fails online, because the migration's transaction has begun", "leave it out"),
    "close": ("would end the connection that the migration runs on", "leave it out"),
    "invalidate": ("would end the connection that the migration runs on", "leave it out"),
    "detach": ("would take the connection out of its pool", "leave it out"),
}
"""What a connection offers beside statements and questions: why it is refused, and what to do."""


_AFTER = {"scalar": "scalar", "scalars": "scalars", "stream": "all", "stream_scalars": "scalars"}
_ROWS = frozenset(_AFTER)
"""What a connection offers that executes a statement for what it returns."""


_JOINING = ("sqlalchemy.orm", "alembic_postgresql_enum")
"""Packages that connect what is no connection of SQLAlchemy's, and online use the one that they are given."""


class RecordingBind(MockConnection):
    """The connection of the migration.

    Alembic tells a connection that only writes text by its having no `in_transaction`.
    """

    closed = False
    invalidated = False

    def __init__(self, dialect: Dialect, recorder: Recorder) -> None:
        super().__init__(dialect, recorder.execute)
        self._recorder = recorder
        self.info: dict[Any, Any] = {}
        self.schema_model = Questions(recorder)

    @property  # type: ignore[misc] # object has it writable
    def __class__(self) -> Any:
        """Tell a revision that this is a connection, as it is online; SQLAlchemy and Alembic see what it is."""
        return Connection if self._recorder.is_asked_by_project(sys._getframe(1)) else type(self)

    @property
    def models_schema(self) -> bool:
        """Whether questions about the schema have an answer."""
        return self._recorder.record.models_schema

    def execute(self, statement: ClauseElement, parameters: object = None, **options: Any) -> UnreadResult:  # type: ignore[override]
        """Record a statement, once for each set of parameters."""
        given = options.get("execution_options") or {}
        self._refuse_options(given)
        if isinstance(statement, str):
            raise self._recorder.refuse("the connection executes no plain text", "wrap it: sa.text('...')")
        result = self._recorder.execute(statement, parameters)
        return ResultForSession(self._recorder) if _OF_SESSION in given else result

    def exec_driver_sql(self, statement: str, parameters: object = None, **_options: Any) -> UnreadResult:
        """Record text as the driver would get it, in which a colon or a percent sign means nothing."""
        if parameters:
            raise self._recorder.refuse(
                "exec_driver_sql() has parameters in the way of one driver",
                "write connection.execute(sa.text('... :name'), {'name': value})",
            )
        verbatim = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call] # SQLAlchemy's
        return self._recorder.execute(verbatim, None)

    def _run_ddl_visitor(self, visitorcallable: type[InvokeDDLBase], element: Visitable, **options: Any) -> None:
        """Make or drop what create_all(), drop_all() and the like are about; `checkfirst` asks what is there.

        What the model knows nothing of is taken as missing before it is made, and as there before it is dropped.
        """
        if not self.models_schema:
            super()._run_ddl_visitor(visitorcallable, element, **options)
            return
        drops = any("Drop" in each.__name__ for each in visitorcallable.__mro__)
        with self._recorder.presuming(existence=drops):
            visitorcallable(dialect=self.dialect, connection=self, **options).traverse_single(element)

    def begin_nested(self) -> Savepoint:
        """Return a savepoint, which a script that stops at every failure does not need."""
        return Savepoint(self._recorder)

    def connect(self, **_options: Any) -> SessionBind:
        """Return what an ORM session works with; nobody else may open a connection."""
        asking = str(sys._getframe(1).f_globals.get("__name__", ""))
        if not asking.startswith(_JOINING) and not self._recorder.presumes:
            raise self._recorder.refuse(
                "another connection is opened, which would not see what this migration does",
                "use op.get_bind() itself",
            )
        return SessionBind(self.dialect, self._recorder)

    def execution_options(self, **options: Any) -> RecordingBind:
        """Return the connection; refuse options that change what statements mean."""
        self._refuse_options(options)
        return self

    def _refuse_options(self, options: Any) -> None:
        if self._recorder.presumes:
            return
        if "_sa_orm_load_options" in options:
            raise self._recorder.refuse("an ORM query reads rows; offline there are none", NO_ANSWER, Asks.ROWS)
        if any(name.startswith("_sa_orm_") and name != _OF_SESSION for name in options):
            raise self._recorder.refuse(
                "a session changes rows of a mapped class, and its own objects with them",
                "hand the statement to the connection: op.get_bind().execute(...)",
            )
        for name in options:
            if name not in _HARMLESS_OPTIONS | _OPTIONS_OF_SESSION:
                hint = _REFUSED_OPTIONS.get(name, "leave it out")
                raise self._recorder.refuse(f"the execution option {name!r} has no meaning in a script", hint)

    def __getattr__(self, name: str) -> Any:
        if name == "in_transaction" and self._recorder.is_asked_by_project(sys._getframe(1)):
            return lambda: True
        if name.startswith("_") or name == "in_transaction":
            raise AttributeError(name)
        if self._recorder.presumes and name in {*_REFUSED, *_ROWS}:
            return _as_on_an_empty_database(self, self._recorder, name)
        if self._recorder.presumes and name == "url":
            return URL.create(self.dialect.name, database="database")
        if name in _REFUSED:
            why, hint = _REFUSED[name]
            raise self._recorder.refuse(f"the connection's {name}() {why}", hint)
        raise self.refuse_question(
            f"the connection is asked for .{name}", Asks.ROWS if name in _ROWS else Asks.DATABASE
        )

    def refuse_question(self, what: str, asks: Asks = Asks.DATABASE) -> RevisionError:
        """Return the error for a question that only a database could answer."""
        return self._recorder.refuse(
            f"{what}; offline there is no database to answer", "write the change without asking the database", asks
        )


@inspection._inspects(RecordingBind)
def _inspect(bind: RecordingBind) -> Inspector:
    """Return what `sa.inspect(op.get_bind())` gives, which SQLAlchemy looks up by the class of the connection."""
    if not bind.models_schema:
        raise bind.refuse_question("sa.inspect() asks what the database holds", Asks.SCHEMA)
    return ModelInspector.of(bind)


class SessionBind(RecordingBind):
    """The connection as a session has it, which joins the migration's transaction as its join_transaction_mode says."""

    def in_transaction(self) -> bool:
        """Tell that the migration's transaction has begun."""
        return True

    def in_nested_transaction(self) -> bool:
        """Tell whether a savepoint is open."""
        return self._recorder.savepoints > 0

    def get_transaction(self) -> Transaction:
        """Return what a session takes for its own transaction (sqlalchemy.orm.session, _connection_for_bind)."""
        asking = sys._getframe(1).f_locals.get("self")
        mode = getattr(getattr(asking, "session", None), "join_transaction_mode", "conditional_savepoint")
        if mode == "conditional_savepoint":
            mode = "create_savepoint" if self._recorder.savepoints else "rollback_only"
        if mode == "create_savepoint":
            return Savepoint(self._recorder)
        return Transaction(self._recorder, ends=mode == "control_fully")

    def close(self) -> None:
        """Go on: the session gives the connection back."""


def _as_on_an_empty_database(bind: RecordingBind, recorder: Recorder, name: str) -> Any:
    """Return a method of the connection as it is while a revision only runs to learn what it does to the schema."""
    if name in _ROWS:
        return lambda *arguments, **options: getattr(bind.execute(*arguments, **options), _AFTER[name])()
    return lambda *_, **__: Begun(recorder, bind)


class Transaction:
    """A transaction, the migration's or one inside it: it ends without a trace, unless it is rolled back."""

    is_active = True
    nested = False

    def __init__(self, recorder: Recorder, *, ends: bool = True) -> None:
        """Begin it; `ends`: leaving it without a commit undoes what it holds."""
        self._recorder = recorder
        self._before = recorder.mark().statements if recorder.is_recording else 0
        self._is_open, self._ends = True, ends

    def _end(self) -> None:
        self._is_open = False

    def commit(self) -> None:
        """Keep what it holds."""
        self._end()

    def close(self) -> None:
        """Leave it; refuse where that undoes something, because nobody has committed it."""
        if self._is_open:
            self._end()
            if self._ends and self._recorder.is_recording and self._recorder.mark().statements > self._before:
                self.rollback()

    def rollback(self) -> None:
        """Refuse: the script holds the statements already."""
        if self._recorder.presumes:
            return
        raise self._recorder.refuse(
            "rollback() would undo statements that stand in the script", "leave those statements out"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.commit()
        if kind is not None:
            self._recorder.refuse(f"a savepoint is rolled back because of {kind.__name__}", "let it not be raised")


class Savepoint(Transaction):
    """A transaction inside the migration's."""

    nested = True

    def __init__(self, recorder: Recorder) -> None:
        super().__init__(recorder)
        recorder.count_savepoints(1)

    def _end(self) -> None:
        if self._is_open:
            self._recorder.count_savepoints(-1)
        super()._end()


class Begun(Transaction):
    """A transaction that was begun on an engine, which then gives a connection."""

    def __init__(self, recorder: Recorder, bind: RecordingBind) -> None:
        super().__init__(recorder)
        self._bind = bind

    def __enter__(self) -> Any:
        return self._bind


class AsyncBind:
    """What the function of `op.run_async()` gets: the connection, with methods to be awaited."""

    def __init__(self, bind: RecordingBind) -> None:
        self.sync_connection = bind
        self.dialect = bind.dialect

    async def execute(self, statement: ClauseElement, parameters: object = None, **options: Any) -> UnreadResult:
        """Record a statement."""
        return self.sync_connection.execute(statement, parameters, **options)

    async def exec_driver_sql(self, statement: str, parameters: object = None, **options: Any) -> UnreadResult:
        """Record text as the driver would get it."""
        return self.sync_connection.exec_driver_sql(statement, parameters, **options)

    async def run_sync(self, function: Any, *arguments: Any, **named: Any) -> Any:
        """Call a function with the connection."""
        return function(self.sync_connection, *arguments, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sync_connection, name)


class Questions:
    """What a dialect asks of the schema, as a model of it is asked."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def reflect(self, method: str, *arguments: Any, **options: Any) -> Any:
        """Answer a question of SQLAlchemy's reflection."""
        return self._recorder.ask(lambda schema: schema.reflect(method, *arguments, **options))
