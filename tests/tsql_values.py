"""What the values, functions and procedures of T-SQL are that frames use; NULL is None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tsql import Session


class Fails(Exception):
    """A statement fails."""


class Finished(Exception):
    """RETURN: the value."""

    def __init__(self, value: Any = 0) -> None:  # noqa: ANN401 - any value of SQL
        super().__init__(value)
        self.value = value


class Binary(str):
    """Text with a binary collation, which is compared by its characters; other text is not by case."""

    __slots__ = ()


@dataclass(slots=True)
class Scope:
    """The session and the variables of a batch or procedure."""

    session: Session
    variables: dict[str, Any]


if TYPE_CHECKING:
    Statement = Callable[[Scope], None]
    Value = Callable[[Scope], Any]


def unquoted(text: str) -> str:
    """Return the text of a literal."""
    return text.removeprefix("N")[1:-1].replace("''", "'")


def logical(left: Value, right: Value, *, decides: bool) -> Value:
    """Return OR, where true decides, or AND, where false does; NULL is neither."""

    def value(scope: Scope) -> bool | None:
        values = left(scope), right(scope)
        if decides in values:
            return decides
        return None if None in values else not decides

    return value


def same(left: Any, right: Any) -> bool | None:  # noqa: ANN401 - any values of SQL
    """Compare as SQL Server does: blanks at the end never count."""
    if left is None or right is None:
        return None
    if isinstance(left, int):
        return bool(left == int(right))
    texts = left.rstrip(" "), right.rstrip(" ")
    exact = isinstance(left, Binary) or isinstance(right, Binary)
    return bool(texts[0] == texts[1] if exact else texts[0].lower() == texts[1].lower())


def compared(sign: str, left: Any, right: Any) -> bool | None:  # noqa: ANN401 - any values of SQL
    """Return what a comparison gives."""
    if sign in {"=", "<>"}:
        equal = same(left, right)
        return None if equal is None else equal is (sign == "=")
    if left is None or right is None:
        return None
    return bool(left < right if sign == "<" else left > right)


def added(left: Value, right: Value) -> Value:
    """Return the sum, or the texts joined."""

    def value(scope: Scope) -> Any:  # noqa: ANN401 - a number or text
        values = left(scope), right(scope)
        if None in values:
            return None
        kind = Binary if any(isinstance(value, Binary) for value in values) else type(values[0])
        return kind(values[0] + values[1])

    return value


def joined_rows(scope: Scope) -> str | None:
    """Return what the query of the version rows gives."""

    def spelled(row: str) -> str:
        doubled = row.replace('"', '""')
        return f'"{doubled}"' if not row.strip() or re.search('[,;"]', row) else row

    rows = sorted(scope.session.database.heads or [])
    return "".join(f", {spelled(row)}" for row in rows) or None


def change_version_rows(scope: Scope, verb: str, ids: list[str]) -> None:
    """Change the version table."""
    database = scope.session.database
    if verb == "CREATE":
        if database.heads is not None:
            raise Fails("the table is there")
        database.heads = []
        return
    if database.heads is None:
        raise Fails("the table is missing")
    heads = list(database.heads)
    target = ids[-1]
    matching = [row for row in heads if same(row, target)]
    if verb == "INSERT":
        heads.append(target)
        scope.session.rows = 1
    else:
        heads = [row for row in heads if row not in matching] + ([ids[0]] * len(matching) if verb == "UPDATE" else [])
        scope.session.rows = len(matching)
    database.heads = heads
    scope.session.on_version_change(scope.session)


def exists(scope: Scope, text: str) -> bool:
    """Tell whether the object of a query of the catalogue is there, by the statements that were executed."""
    name = re.findall(r"N'\[?([^'\]]*)\]?'", text)[-1]
    kind = "FULLTEXT CATALOG" if "fulltext_catalogs" in text else "FULLTEXT INDEX"
    done = [*scope.session.database.before, *scope.session.database.executed]
    about = [sql for sql in done if kind in sql and name in sql]
    return bool(about) and about[-1].startswith("CREATE")


def call(name: str) -> Callable[[Scope, list[tuple[str, Value, str]]], Any]:
    """Return what runs a procedure that the script has made."""

    def called(scope: Scope, arguments: list[tuple[str, Value, str]]) -> Any:  # noqa: ANN401 - a procedure's value
        session = scope.session
        if name not in session.procedures:
            raise Fails(f"no procedure {name}")
        parameters, body = session.procedures[name]
        names = [parameter for parameter, _ in parameters]
        inner = Scope(session, {parameter: value(scope) if value else None for parameter, value in parameters})
        given = [(argument[0] or names[at], argument) for at, argument in enumerate(arguments)]
        inner.variables.update({parameter: argument[1](scope) for parameter, argument in given})
        # SET in a procedure ends with it
        noexec, status = session.noexec, 0
        try:
            for statement in body:
                statement(inner)
        except Finished as finished:
            status = finished.value
        session.noexec = noexec
        scope.variables.update(
            {argument[2]: inner.variables[parameter] for parameter, argument in given if argument[2]}
        )
        return status

    return called


def _set_context(scope: Scope, arguments: list[tuple[str, Value, str]]) -> int:
    key, value = (argument[1](scope) for argument in arguments)
    scope.session.context[key] = value
    return 0


def _get_lock(scope: Scope, _arguments: object) -> int:
    if scope.session.database.locked_by_other:
        return -1
    scope.session.holds_lock = True
    return 0


def _release_lock(scope: Scope, _arguments: object) -> int:
    scope.session.holds_lock = False
    return 0


PROCEDURES: dict[str, Callable[[Scope, list[tuple[str, Value, str]]], Any]] = {
    "sys.sp_set_session_context": _set_context,
    "sys.sp_getapplock": _get_lock,
    "sys.sp_releaseapplock": _release_lock,
}

GLOBALS: dict[str, Value] = {
    "@@ERROR": lambda scope: scope.session.error,
    "@@TRANCOUNT": lambda scope: scope.session.transactions,
    "@@ROWCOUNT": lambda scope: scope.session.rows,
}


def _object_id(scope: Scope, name: str) -> int | None:
    there = (
        name.removeprefix("tempdb..") in scope.session.procedures
        if "#" in name
        else scope.session.database.heads is not None
    )
    return 1 if there else None


def _stuff(_scope: Scope, text: str | None, start: int, length: int, new: str) -> str | None:
    return None if text is None else text[: start - 1] + new + text[start - 1 + length :]


def _server_property(scope: Scope, name: str) -> int | None:
    database = scope.session.database
    return {"ProductMajorVersion": database.version, "EngineEdition": database.edition}[name]


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "APPLOCK_MODE": lambda scope, *_: "Exclusive" if scope.session.holds_lock else "NoLock",
    "CHARINDEX": lambda _scope, part, text: None if part is None else text.find(part) + 1,
    "CONVERT": lambda _scope, value: value,
    "DATALENGTH": lambda _scope, text: 2 * len(text),
    "DB_ID": lambda _scope, *_: 7,
    "DB_NAME": lambda scope: scope.session.database.name,
    "ISNULL": lambda _scope, value, other: other if value is None else value,
    "NULLIF": lambda _scope, value, other: None if same(value, other) else value,
    "OBJECT_ID": _object_id,
    "SCHEMA_NAME": lambda scope: scope.session.database.schema,
    "SERVERPROPERTY": _server_property,
    "SESSION_CONTEXT": lambda scope, key: scope.session.context.get(key),
    "STUFF": _stuff,
    "UNICODE": lambda _scope, text: ord(text[0]),
    "USER_NAME": lambda _scope: "somebody",
}
