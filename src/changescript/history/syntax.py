"""Reads what a revision file declares from its syntax; must not run it.

Exact where each variable is a literal at the top of the file and nothing else there can set it.
"""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changescript.history.declared import VARIABLES
from changescript.history.head import is_trusted_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAMES = {*VARIABLES, "__doc__"}
_TELLING = {*_NAMES, "__getattr__", "*"}
"""What a statement may set that changes what Alembic reads; `*` is all that a module has."""
_DYNAMIC = {"globals", "locals", "vars", "exec", "eval", "f_globals", "f_locals", "__globals__"}
"""Names by which code that runs can set a variable that the text does not show."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Syntax:
    """What a file's syntax says."""

    values: Mapping[str, object]
    imports: tuple[str, ...]
    acts: bool
    is_exact: bool
    """Whether running the file can only give the same values."""
    is_complete: bool
    """Whether each variable that the file names has a value here."""


def read_syntax(data: bytes) -> Syntax | None:
    """Return what the syntax of a file says; None where it has none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    values: dict[str, object] = {"__doc__": ast.get_docstring(tree, clean=False)}
    others: set[str] = set()
    for statement in tree.body:
        assigned = _assignment(statement)
        values.update(assigned)
        others.update(_bound(statement) - assigned.keys())
    acts = any(_acts(statement) for statement in tree.body)
    return Syntax(
        values=values,
        imports=tuple(_imports(tree)),
        acts=acts,
        is_exact=not others and not (acts and _is_dynamic(tree)),
        is_complete=others <= {*values},
    )


def _assignment(statement: ast.stmt) -> dict[str, object]:
    """Return the variables that a plain assignment sets to a literal."""
    if isinstance(statement, ast.Assign):
        targets, value = statement.targets, statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets, value = [statement.target], statement.value
    else:
        return {}
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    if len(names) < len(targets) or not _NAMES.intersection(names) or _calls(statement):
        return {}
    try:
        literal = ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return {}
    return {name: literal for name in names if name in _NAMES}


def _bound(statement: ast.stmt) -> set[str]:
    """Return what a statement may set, in any way, of that which tells."""
    names: set[str] = set()
    for node, is_inside in _walk(statement):
        names.update(_global(node) if is_inside else _bound_by(node))
    return names & _TELLING


def _walk(statement: ast.stmt) -> Iterator[tuple[ast.AST, bool]]:
    """Yield each node below a statement, and whether it stands in the body of a function."""
    todo: list[tuple[ast.AST, bool]] = [(statement, False)]
    while todo:
        node, is_inside = todo.pop()
        yield node, is_inside
        body = {id(inner) for inner in node.body} if isinstance(node, _Function) else set()
        todo.extend((inner, is_inside or id(inner) in body) for inner in ast.iter_child_nodes(node))


def _global(node: ast.AST) -> list[str]:
    return node.names if isinstance(node, ast.Global) else []


def _bound_by(node: ast.AST) -> list[str]:
    """Return the names that a node itself sets."""
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            return [name]
        case ast.alias(name=name, asname=asname):
            return [asname or name.partition(".")[0]]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            return [name]
        case ast.MatchMapping(rest=str(name)):
            return [name]
        case _:
            return []


def _is_dynamic(tree: ast.Module) -> bool:
    return any(
        (isinstance(node, ast.Name) and node.id in _DYNAMIC)
        or (isinstance(node, ast.Attribute) and node.attr in _DYNAMIC)
        or (isinstance(node, _Definition) and node.name in _DYNAMIC)
        for node in ast.walk(tree)
    )


def _imports(tree: ast.Module) -> Iterator[str]:
    """Yield the import statements outside of functions that may load anybody's code."""
    for statement in tree.body:
        for node, is_inside in _walk(statement):
            if isinstance(node, ast.Import | ast.ImportFrom) and not is_inside and not _is_trusted(node):
                yield ast.unparse(node)


def _is_trusted(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.ImportFrom):
        return not node.level and is_trusted_module(node.module or "")
    return all(is_trusted_module(alias.name) for alias in node.names)


def _acts(statement: ast.stmt) -> bool:
    """Tell whether a statement may do more, when the file runs, than import or give a name to something."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Expr(value=ast.Constant()):
            return False
        case ast.Assign(targets=targets):
            return not all(isinstance(target, ast.Name) for target in targets) or _calls(statement.value)
        case ast.AnnAssign(target=ast.Name()):
            return _calls(statement)
        case ast.If(test=test):
            return _calls(test) or any(_acts(inner) for inner in [*statement.body, *statement.orelse])
        case _:
            return not isinstance(statement, _Definition) or _definition_acts(statement)


def _definition_acts(statement: _Definition) -> bool:
    if statement.decorator_list:
        return True
    if isinstance(statement, ast.ClassDef):  # a base class may keep a list of those that stand on it
        return bool(statement.bases or statement.keywords) or any(_acts(inner) for inner in statement.body)
    return _calls(statement.args) or (statement.returns is not None and _calls(statement.returns))


def _calls(node: ast.AST) -> bool:
    calling = (ast.Call, ast.Await, ast.NamedExpr, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    return any(isinstance(inner, calling) for inner in ast.walk(node))
