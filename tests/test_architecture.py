"""Imports run one way, and each outside package has one door."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.projects import IMPORT_FOLDER

PACKAGE = Path(IMPORT_FOLDER) / "changescript"


def name_of(file: Path) -> str:
    """Return a module's dotted name."""
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def imports_of(module: str, *, for_types: bool = True) -> set[str]:
    """Return what a module imports anywhere; ours by module, others by full name."""
    parsed = ast.parse(FILES[module].read_text(encoding="utf-8"))
    if not for_types:
        parsed = WithoutTypes().visit(parsed)
    found: set[str] = set()
    for node in ast.walk(parsed):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            found.update(_imported(node.module or "", alias.name) for alias in node.names)
    return found


class WithoutTypes(ast.NodeTransformer):
    """Takes out what only a type checker reads."""

    def visit_If(self, node: ast.If) -> ast.AST | None:  # ast's own name
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)


def _imported(module: str, name: str) -> str:
    return f"{module}.{name}" if f"{module}.{name}" in FILES else module


IMPORTS = {module: imports_of(module) for module in FILES}


def ours(module: str) -> set[str]:
    """Return those of our modules that a module imports."""
    return {other for other in IMPORTS[module] if other.partition(".")[0] == "changescript"} & set(FILES)


def importers_of(*packages: str) -> set[str]:
    """Return the modules that import any of the packages, or a part of one."""
    return {
        module
        for module, imported in IMPORTS.items()
        if any(other == name or other.startswith(f"{name}.") for other in imported for name in packages)
    }


def reachable(module: str) -> set[str]:
    """Return all our modules that are loaded with one."""
    seen: set[str] = set()
    todo = [module]
    while todo:
        for other in ours(todo.pop()) - seen:
            seen.add(other)
            todo.append(other)
    return seen


def test_imports_run_one_way() -> None:
    """No module is loaded by what it loads."""
    loaded = {module: imports_of(module, for_types=False) & set(FILES) for module in FILES}
    order = list(TopologicalSorter(loaded).static_order())
    assert set(order) == set(FILES)
    assert order.index("changescript.model") < order.index("changescript.cli")


def test_knowledge_runs_one_way() -> None:
    """Not even for types does one part know another that knows it; only inside a part may modules."""
    parts: dict[str, set[str]] = {}
    for module in FILES:
        part = _part(module)
        parts.setdefault(part, set()).update(_part(other) for other in ours(module))
    order = TopologicalSorter({part: others - {part} for part, others in parts.items()})
    assert set(order.static_order()) == set(parts)


def _part(module: str) -> str:
    return ".".join(module.split(".")[:2])


LOWEST = {"changescript.errors": set(), "changescript.content": set(), "changescript.model": {"changescript.content"}}


@pytest.mark.parametrize("module", LOWEST)
def test_the_lowest_modules_import_nothing_of_ours(module: str) -> None:
    """Everything else may use them."""
    assert ours(module) == LOWEST[module]


def test_click_is_known_to_the_command_line_alone() -> None:
    """The core neither prints nor exits."""
    assert importers_of("click") == {"changescript.cli"}
    assert importers_of("changescript.cli") <= {"changescript.__main__"}


FORKING = "changescript.targets"


def test_core_neither_prints_nor_exits() -> None:
    """One place turns an error into a message and an exit code."""
    for module in set(FILES) - {"changescript.cli", "changescript.__main__"}:
        for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                # A forked process has to end by itself.
                forbidden = {"print", "exit", "quit", "sys.exit", *(["os._exit"] if module != FORKING else [])}
                assert ast.unparse(node.func) not in forbidden, module


def test_sqlparse_is_known_to_one_module_of_formatting_alone() -> None:
    """The layout and the proof that a statement is unchanged read it with the same tokenizer."""
    (user,) = importers_of("sqlparse")
    assert _part(user) == "changescript.formatting"


def test_alembics_private_parts_are_touched_by_recording_alone() -> None:
    """The only modules that a new version of Alembic can break."""
    users = importers_of("alembic.runtime", "alembic.ddl", "alembic.operations")
    assert users
    assert {_part(user) for user in users} == {"changescript.recording"}


def test_alembic_is_known_to_history_and_recording_alone() -> None:
    """What is below them works on our own dataclasses."""
    users = {_part(user) for user in importers_of("alembic")}
    assert users <= {"changescript.history", "changescript.recording"}


FORBIDDEN = {
    "changescript.dialects": {"recording", "history", "bundle", "drift", "cli", "project"},
    "changescript.literals": {"recording", "history", "bundle", "script", "project"},
    "changescript.formatting": {"recording", "history", "bundle", "dialects", "script", "literals"},
    "changescript.history": {"recording", "script", "bundle", "drift", "literals", "formatting"},
    "changescript.project": {"recording", "history", "script", "bundle", "drift"},
    "changescript.recording": {"script", "header", "bundle", "drift", "manifest"},
    "changescript.script": {"recording", "history", "bundle", "drift", "manifest", "project"},
    "changescript.bundle": {"recording", "history", "script", "drift", "manifest", "literals"},
}


@pytest.mark.parametrize("module", FORBIDDEN)
def test_module_knows_nothing_of_what_is_above_or_beside_it(module: str) -> None:
    """Neither itself nor through what it imports."""
    inside = {name for name in FILES if name == module or name.startswith(f"{module}.")}
    assert inside
    loaded = set().union(*(reachable(name) for name in inside)) - inside
    assert {name.split(".")[1] for name in loaded if "." in name} & FORBIDDEN[module] == set()


TOUCHING = {"open", "write_text", "write_bytes", "read_text", "read_bytes", "unlink", "mkdir"}


@pytest.mark.parametrize("part", ["script", "header", "segments", "formatting", "comments", "model"])
def test_only_the_two_ends_touch_files(part: str) -> None:
    """What a script says is made of values alone."""
    modules = [module for module in FILES if _part(module) == f"changescript.{part}"]
    assert modules
    for module in modules:
        for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                assert ast.unparse(node.func).rpartition(".")[2] not in TOUCHING, module
