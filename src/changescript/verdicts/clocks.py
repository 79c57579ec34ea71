"""Which files ask what time it is, by a look at their syntax; must not run them."""

from __future__ import annotations

import ast
import enum
import re

_MENTIONED = re.compile(rb"\b(today|now|utcnow|time|time_ns|localtime|gmtime|ctime|asctime|strftime)\b")
_CLOCKS = {"today", "now", "utcnow", "time_ns", "localtime", "gmtime", "ctime", "asctime"}
_LONE = {"time", "localtime", "gmtime", "ctime", "asctime", "today", "utcnow", "time_ns"}
"""Those that tell the time only where they are handed none."""
_TELLING = {*_CLOCKS, "time", "strftime"}
_LATER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Clock(enum.IntEnum):
    """How a file may ask for the time; the later, the more."""

    NEVER = 0
    PERHAPS = 1
    """When one of its functions is called."""
    AT_ONCE = 2
    """When it is run."""


def clock_of(data: bytes) -> Clock:
    """Return how a file asks for the time."""
    if not _MENTIONED.search(data):
        return Clock.NEVER
    try:
        return _clock_in(ast.parse(data), is_later=False)
    except (SyntaxError, ValueError, RecursionError):
        return Clock.AT_ONCE


def _clock_in(node: ast.AST, *, is_later: bool) -> Clock:
    found = Clock.NEVER
    if isinstance(node, ast.Call) and _asks(node):
        found = Clock.PERHAPS if is_later else Clock.AT_ONCE
    elif isinstance(node, ast.ImportFrom) and node.module == "time":
        renamed = {alias.name for alias in node.names if alias.asname}
        found = Clock.AT_ONCE if renamed & _TELLING else Clock.NEVER
    elif isinstance(node, ast.Attribute | ast.Name) and _name(node) in _CLOCKS:
        found = Clock.PERHAPS
    if isinstance(node, ast.Attribute) and _is_sql(node):
        return found
    for child in ast.iter_child_nodes(node):
        body = isinstance(node, _LATER) and child in (node.body if isinstance(node.body, list) else [node.body])
        found = max(found, _clock_in(child, is_later=is_later or body))
    return found


def _asks(call: ast.Call) -> bool:
    name, given = _name(call.func), len(call.args) + len(call.keywords)
    if name in _LONE:
        return not given
    if name == "strftime":
        of = call.func.value if isinstance(call.func, ast.Attribute) else None
        return given == 1 and (of is None or (isinstance(of, ast.Name) and of.id == "time"))
    return name in _CLOCKS


def _name(node: ast.AST) -> str:
    """Return what is called or named; nothing for a function of the database, as in `func.now()`."""
    if isinstance(node, ast.Attribute):
        return "" if _is_sql(node) else node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is_sql(node: ast.Attribute) -> bool:
    of = node.value
    return (isinstance(of, ast.Name) and of.id == "func") or (isinstance(of, ast.Attribute) and of.attr == "func")
