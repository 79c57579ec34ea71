"""Reads what one revision file declares: by a look at its text, by its syntax, and only then by running it alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changescript.history.declared import Declared, UndeclaredError, declare
from changescript.history.files import values_of
from changescript.history.head import read_head
from changescript.history.syntax import Syntax, read_syntax

if TYPE_CHECKING:
    from collections.abc import Mapping

    from changescript.history.files import ModuleRunner

_LEGACY_ID = re.compile(r"([a-f0-9]+)\.py$")
"""A name that Alembic takes for the id of a file without `revision`."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file tells nothing of its place in the graph."""

    reason: str
    place: str = ""
    """`file:line`, where it has one."""
    id: str = ""


def read_file(file: str, runner: ModuleRunner) -> Declared | Unreadable:
    """Return what the file declares; it runs only where that is computed."""
    match = _LEGACY_ID.match(file.rpartition("/")[2])
    legacy_id = match[1] if match else ""
    try:
        if not file.endswith(".py"):
            return _by_running(file, b"", legacy_id, runner)
        data = _content(file)
        return read_by_text(data, legacy_id) or _by_running(file, data, legacy_id, runner)
    except OSError as error:
        return Unreadable(f"it can't be read ({error.strerror})")
    except UndeclaredError as error:
        return Unreadable(str(error))


def _content(file: str) -> bytes:
    with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - the fastest way, and there are thousands
        return opened.read()


def read_by_text(data: bytes, legacy_id: str) -> Declared | None:
    """Return what the text alone declares; None where only running the file can tell."""
    head = read_head(data)
    if head.is_exact:
        return declare(head.values, legacy_id, imports=head.imports)
    syntax = read_syntax(data)
    if syntax and syntax.is_exact:
        return declare(syntax.values, legacy_id, imports=syntax.imports, acts=syntax.acts)
    return None


def _by_running(file: str, data: bytes, legacy_id: str, runner: ModuleRunner) -> Declared | Unreadable:
    """Return what the file declares when it runs; where that fails, what stands in it as plain literals."""
    syntax = read_syntax(data)
    module = runner.run(file)
    if not isinstance(module, BaseException):
        values = values_of(module)
        doc = syntax.values["__doc__"] if syntax and not values["__doc__"] else values["__doc__"]  # python -OO
        return declare({**values, "__doc__": doc}, legacy_id)
    presumed = _presumed(data, syntax)
    if {"revision", "down_revision"} <= presumed.keys():
        return declare(presumed, legacy_id)
    place, reason = runner.place_and_reason(file, module)
    id_ = presumed.get("revision")
    return Unreadable(f"it can't be loaded ({reason})", place, id_ if isinstance(id_, str) else "")


def _presumed(data: bytes, syntax: Syntax | None) -> Mapping[str, object]:
    """Return what a file that can't run would declare; online it would stop everything, so nothing contradicts it."""
    if syntax is None:
        return read_head(data).values
    if syntax.is_complete:
        return syntax.values
    return {name: value for name, value in syntax.values.items() if name == "revision"}
