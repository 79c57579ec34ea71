"""Writes the collected part of corpus/ anew, from unpacked sources.

python -m tests.formatting.collect postgresql-15.18 sqlite3-3.40.1 sqlglot-30.30.0

The arguments are the folders that the release tarballs unpack to. Their licences stand in corpus/.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from changescript.formatting import UnsplittableStatement, split_statements
from changescript.formatting.lexicon import SQLITE
from tests.formatting.corpus import write
from tests.formatting.oracles import postgast

_SQLGLOT = {"postgres": "postgresql", "mysql": "mysql", "sqlite": "sqlite", "tsql": "mssql", "oracle": "oracle"}
_CHECKS = frozenset({"one", "parse_one", "validate_all", "validate_identity"})
_TCL = re.compile(r"(?:execsql|catchsql|do_execsql_test\s+\S+|do_catchsql_test\s+\S+)\s+\{((?:[^{}]|\{[^{}]*\})*)\}")
_COPY = re.compile(r"(?mi)^copy .* from stdin.*;\n(?:.*\n)*?\\\.\n")
_META = re.compile(r"(?m)^\s*\\.*$|\\g\w*.*$|\\;")
_HEADING = re.compile(r"^(\s*--.*\n)+")
_EVERY = 25
"""Of so many statements one is kept."""
_LONGEST = 1500


def main() -> None:
    """Write the files."""
    postgresql, sqlite, sqlglot = map(Path, sys.argv[1:])
    write("postgresql", "regress", _some(_regress(postgresql), every=10))
    write("sqlite", "tests", _some(_tcl(sqlite)))
    for name, dialect in _SQLGLOT.items():
        write(dialect, "sqlglot", _some(_sqlglot(sqlglot, name), every=1))


def _some(statements: Iterator[str], every: int = _EVERY) -> list[str]:
    # a carriage return, or a line of the file's own, wouldn't come back from the file
    fit = {s for s in statements if 0 < len(s) < _LONGEST and "\r" not in s and "\n;;" not in s and "\x00" not in s}
    return sorted(fit)[::every]


def _regress(root: Path) -> Iterator[str]:
    for path in sorted(root.glob("src/test/regress/sql/*.sql")):
        try:
            text = _META.sub("", _COPY.sub("", path.read_text()))
            parts = postgast.split(text)
        except (UnicodeDecodeError, postgast.PgQueryError):
            continue
        for part in parts:
            yield _HEADING.sub("", part).strip().rstrip(";").strip()


def _tcl(root: Path) -> Iterator[str]:
    for path in sorted(root.glob("test/*.test")):
        for found in _TCL.finditer(path.read_text(errors="ignore")):
            if not re.search(r"[$\[\\]", found[1]):  # what Tcl puts in is not SQL
                try:
                    yield from split_statements(found[1], SQLITE)
                except UnsplittableStatement:
                    continue


def _sqlglot(root: Path, name: str) -> Iterator[str]:
    for path in sorted(root.glob("tests/dialects/test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Dict):
                yield from (_text(v) for k, v in zip(node.keys, node.values, strict=True) if k and _text(k) == name)
            elif path.stem == f"test_{name}" and isinstance(node, ast.Call) and _is_check(node):
                yield from map(_text, node.args)


def _is_check(call: ast.Call) -> bool:
    return getattr(call.func, "attr", "") in _CHECKS


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


if __name__ == "__main__":
    main()
