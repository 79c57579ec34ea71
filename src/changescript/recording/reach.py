"""Which names a revision that has failed could still have touched: those in the texts of code that was left to run."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_WORD = re.compile(r"\w+")
_DOCUMENTED = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SIMPLE = (ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return)
_BY_ANOTHER_NAME = frozenset({"eval", "exec", "globals", "locals", "vars", "getattr"})
"""What finds code by a name that doesn't stand there."""


def names_in(file: Path, function: str, stopped_at: Sequence[int] = ()) -> frozenset[str]:
    """Return the words of all texts in a revision's code, in small letters: whatever this function could name.

    The function that goes the other way is not looked at, nor is what nobody runs: docstrings. `stopped_at` are the
    lines that were running when the function failed, from the outermost on: what had run before them is known.
    """
    try:
        source = file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return frozenset()
    try:
        parsed = ast.parse(source)
    except (SyntaxError, ValueError):
        return frozenset(_WORD.findall(source.lower()))
    other = {"upgrade": "downgrade", "downgrade": "upgrade"}[function]
    body = parsed.body[ast.get_docstring(parsed) is not None :]
    parts = [node for node in body if getattr(node, "name", "") != other]
    left = _left(parsed, parts, stopped_at) if stopped_at else None
    return _words(parts if left is None else left)


def _words(parts: Iterable[ast.stmt]) -> frozenset[str]:
    nodes = [node for part in parts for node in ast.walk(part)]
    docs = {ast.get_docstring(node, clean=False) for node in nodes if isinstance(node, _DOCUMENTED)}
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return frozenset(word for text in texts - docs for word in _WORD.findall(text.lower()))


def _left(module: ast.Module, parts: Sequence[ast.stmt], lines: Sequence[int]) -> list[ast.stmt] | None:
    """Return the statements that were left to run, and all that they use; None where that can't be told."""
    left: list[ast.stmt] = []
    running: list[ast.stmt] = []
    others: list[ast.stmt] = [part for part in parts if not isinstance(part, ast.Import | ast.ImportFrom)]
    functions = [_around(module, line) for line in lines]
    for function, line in zip(functions, lines, strict=True):
        if function is None:
            return None
        rest, before = _split(function.body, line)
        running += rest[:1]
        # A decorator may go on behind the function, and with what it was given.
        left += [*rest[1:], *(ast.Expr(each) for each in function.decorator_list)]
        others += before
    imported = _imported(module)
    used = (_used(left) | _used_again(running, {each.name for each in functions if each})) - imported
    left += running
    while found := [each for each in others if _concerns(each, used)]:
        left += found
        others = [each for each in others if each not in found]
        used |= _used(found) - imported
    return None if used & _BY_ANOTHER_NAME else left


def _around(module: ast.Module, line: int) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """Return the innermost function that a line is in."""
    within = [node for node in ast.walk(module) if isinstance(node, _FUNCTIONS) and _holds(node.body, line)]
    return max(within, key=lambda node: node.lineno, default=None)


def _holds(body: Sequence[ast.stmt], line: int) -> bool:
    return bool(body) and body[0].lineno <= line <= (body[-1].end_lineno or 0)


def _split(body: Sequence[ast.stmt], line: int) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """Return what may run from a line on, and what has run before it.

    A loop may run again, the end of a block such as `with` does what was begun in it: all of these is left.
    """
    at = next((at for at, each in enumerate(body) if _holds([each], line)), 0)
    here, before, behind = body[at], list(body[:at]), list(body[at + 1 :])
    for branch in (here.body, here.orelse) if isinstance(here, ast.If) else ():
        if _holds(branch, line):
            rest, done = _split(branch, line)
            return rest + behind, before + done
    return [here, *behind], before


def _imported(module: ast.Module) -> frozenset[str]:
    return frozenset(
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(module)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    )


def _used(parts: Iterable[ast.stmt]) -> frozenset[str]:
    return frozenset(node.id for part in parts for node in ast.walk(part) if isinstance(node, ast.Name))


def _used_again(running: Sequence[ast.stmt], called: set[str]) -> frozenset[str]:
    """Return what the statements use that are running, but for the one call in each that hasn't come back."""
    used: set[str] = set()
    for statement in running:
        names = [node.id for node in ast.walk(statement) if isinstance(node, ast.Name)]
        once = {name for name in called if names.count(name) == 1 and isinstance(statement, _SIMPLE)}
        used |= set(names) - once
    return frozenset(used)


def _concerns(part: ast.stmt, used: frozenset[str]) -> bool:
    """Tell whether a statement makes something that is used, or speaks of it."""
    name = getattr(part, "name", None)
    return name in used if isinstance(part, _DOCUMENTED) else not used.isdisjoint(_used([part]))
