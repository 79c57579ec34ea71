# ruff: noqa: ANN401 - what a server gives is text, numbers and rows
"""A model of an Oracle server: the version table, transactions, its lock, and which statements have been executed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.plsql import OracleError

_CHANGE = re.compile(
    r"UPDATE .+? SET version_num = '(?P<to>[^']*)' WHERE version_num = '(?P<from>[^']*)'"
    r"|INSERT INTO .+? \(version_num\) VALUES \('(?P<new>[^']*)'\)"
    r"|DELETE FROM .+? WHERE version_num = '(?P<gone>[^']*)'"
)
_PLAIN = re.compile(r"(?i)\s*(INSERT|UPDATE|DELETE|MERGE|SELECT)\b")
_BLOCK = re.compile(r"(?i)\s*(BEGIN|DECLARE)\b")


@dataclass
class Database:
    """What is committed, and who holds the version table."""

    rows: list[str] | None = None
    """None: there is no version table."""
    executed: list[str] = field(default_factory=list)
    holder: Session | None = None
    version: tuple[int, int] = (19, 0)
    errors: dict[str, list[str]] = field(default_factory=dict)
    """Compilation errors by the name of what has been stored."""


@dataclass
class Session:
    """One session; a statement in `failing` raises, each time once."""

    database: Database
    failing: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    """Statements behind which the connection is lost, although they are committed."""
    schema: str = "APP"
    client_info: str | None = None
    """What DBMS_APPLICATION_INFO.SET_CLIENT_INFO() has been told."""
    printed: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    changes: list[tuple[str, str]] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    aparts: list[str] = field(default_factory=list)

    def rows(self) -> list[str] | None:
        """Return the version rows as this session sees them."""
        if self.database.rows is None:
            return None
        rows = list(self.database.rows)
        for gone, new in self.changes:
            rows = [row for row in rows if row != gone] + ([new] if new else [])
        return sorted(rows)

    def execute(self, sql: str, *, apart: bool) -> Any:
        """Run a statement as the server would, as far as the frame can tell."""
        text = sql.strip("\n")
        if text in self.failing:
            self.failing.remove(text)
            raise OracleError(-1, "ORA-00001: as the test wants it")
        if "nls_instance_parameters" in text:
            return [{"setting": None, "parameter": "NLS_COMP", "value": "BINARY"}]
        if "FROM all_errors" in text:
            return [{"line": 1, "text": error} for errors in self.database.errors.values() for error in errors]
        if text.startswith("SELECT version_num"):
            rows = self.rows()
            if rows is None:
                raise OracleError(-942, "ORA-00942: table or view does not exist")
            return rows
        if text.startswith("LOCK TABLE"):
            return self._lock()
        if text.lower().startswith("alter session"):
            return self.altered.append(text)
        return self._change(text, apart=apart)

    def _lock(self) -> None:
        if self.database.rows is None:
            raise OracleError(-942, "ORA-00942: table or view does not exist")
        if self.database.holder not in {None, self}:
            raise OracleError(-30006, "ORA-30006: resource busy")
        self.database.holder = self

    def __hash__(self) -> int:
        """Tell sessions apart."""
        return id(self)

    def _change(self, text: str, *, apart: bool) -> Any:
        found = _CHANGE.fullmatch(text)
        if found and found["to"]:
            return self._row(found["from"], found["to"])
        if found and found["new"]:
            return self._row("", found["new"])
        if found:
            return self._row(found["gone"], "")
        if "version_num" in text and text.startswith("CREATE TABLE"):
            self.commit(apart=False)
            if self.database.rows is not None:
                raise OracleError(-955, "ORA-00955: name is already used by an existing object")
            self.database.rows = []
            return None
        return self._other(text, apart=apart)

    def _row(self, gone: str, new: str) -> int:
        assert self.database.holder is self, "the version rows are changed without their lock"
        rows = self.rows()
        assert rows is not None
        if gone and gone not in rows:
            return 0
        self.changes.append((gone, new))
        return 1

    def _other(self, text: str, *, apart: bool) -> int:
        assert self.database.holder is self, f"executed without the lock: {text[:40]}"
        commits = not _PLAIN.match(text) and not _BLOCK.match(text)
        (self.aparts if apart else self.pending).append(text)
        if commits:
            self.commit(apart=apart)
        if text in self.lost:
            self.lost.remove(text)
            self.commit(apart=apart)
            self.rollback(apart=False)
            raise ConnectionError(text)
        return 1

    def interprets(self, sql: str) -> bool:
        """Tell the blocks of the frame, and its changes of the version rows, from those of revisions."""
        if sql.strip("\n") in self.failing:
            return False
        own = ("version_num =", "l_done", "heads", "CLIENT_INFO")
        return _BLOCK.match(sql) is not None and any(word in sql for word in own)

    def commit(self, *, apart: bool) -> None:
        """Make lasting what a transaction has done."""
        if apart:
            self.database.executed += self.aparts
            self.aparts = []
            return
        self.database.executed += self.pending
        self.database.rows = self.rows()
        self._release()

    def rollback(self, *, apart: bool) -> None:
        """Undo what a transaction has done."""
        if apart:
            self.aparts = []
        else:
            self._release()

    def _release(self) -> None:
        self.pending, self.changes = [], []
        if self.database.holder is self:
            self.database.holder = None

    def call(self, name: str, arguments: list[Any]) -> Any:
        """Return what a function of the server gives."""
        version, release = self.database.version
        known = {
            "dbms_db_version.version": version,
            "dbms_db_version.release": release,
            "sys_context": {"CURRENT_SCHEMA": self.schema, "CLIENT_INFO": self.client_info}.get(
                arguments[-1] if arguments else "", "ORCLPDB1"
            ),
        }
        return known[name]

    def put_line(self, text: str) -> None:
        """Take a line of output."""
        self.printed.append(text)
