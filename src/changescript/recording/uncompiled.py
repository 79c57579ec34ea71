"""Why a construct has no SQL in a dialect, as words for a message; must show nothing that could hold a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy.exc import UnsupportedCompilationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.exc import CompileError

_PLACE = re.compile(r"\(in table '(?P<table>.*?)', column '(?P<column>.*?)'\): ")

# What SQLAlchemy and Alembic say, what we say, and what to do.
_KNOWN = (
    (r"(\w+) requires a length on dialect (\w+)", r"{0} needs a length on {1}", "give it one, as in sa.String(255)"),
    (
        r'MySQL ignores the "?\'?MATCH',
        "MySQL takes no MATCH in a foreign key, and would drop its ON UPDATE and ON DELETE",
        "leave match= out",
    ),
    (
        r"(?:Adding|Removing).*\"(computed|identity)\" construct",
        "a column can't become, or stop being, {0}",
        "drop the column and add another",
    ),
    (r"Can't emit (\w+ \w+) .* it has no name", "{0} of a constraint without a name", "give the constraint its name"),
    (r"Index '[^']*' is not associated with any table", "the index has no table", "give the name of the table"),
    (r"DROP INDEX requires a? ?table", "the index has no table", "give drop_index() its table_name"),
    (r"(\w+) dialect does not support ([\w ]+)", "{0} has no {1}", ""),
    (r"SQLite does not support (autoincrement|on conflict clause) for ([\w ]+)", "SQLite has no {0} for {1}", ""),
)


def describe_uncompiled(error: CompileError, dialect: str) -> tuple[str, str]:
    """Return why SQLAlchemy can't write a construct for the dialect, and what to do."""
    place = _PLACE.search(str(error))
    where = f"{place['table']}.{place['column']}: " if place else ""
    for cause in _causes(error):
        if isinstance(cause, UnsupportedCompilationError):
            hint = f"write something else where op.get_context().dialect.name is {dialect!r}"
            return f"{where}{dialect} has no {_name_of(cause.element_type)}", hint
    for pattern, words, hint in _KNOWN:
        found = re.search(pattern, str(error), re.DOTALL)
        if found:
            return where + words.format(*found.groups()), hint
    return f"{where}SQLAlchemy can't write it for {dialect} ({type(error).__name__})", ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__


def _name_of(element: object) -> str:
    """Return the name of a class; where the error says it is one, SQLAlchemy may have put an object."""
    return (element if isinstance(element, type) else type(element)).__name__
