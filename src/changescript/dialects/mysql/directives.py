# ruff: noqa: ANN401 - SQLAlchemy's types and constraints are Any
"""What MySQL and MariaDB can't do for a directive, or would do and take something with it that nobody said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Computed, Constraint, DefaultClause, Identity, TextClause
from sqlalchemy import types as sat
from sqlalchemy.schema import DDL, CreateTable, DropIndex, DropTable
from sqlalchemy.sql.schema import ColumnCollectionConstraint

from changescript.dialects.directives import Directives, Refusal, TableName
from changescript.dialects.mysql.columns import Attributes, Columns, attributes_said, has_collation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Column, Table
    from sqlalchemy.sql.elements import ClauseElement

_LOST = (
    ("not_null", "NOT NULL", "existing_nullable=False, or nullable=True to drop it"),
    ("default", "its default", "existing_server_default=..., or None to drop it"),
    ("comment", "its comment", "existing_comment=..., or comment=None to drop it"),
    ("autoincrement", "AUTO_INCREMENT", "existing_autoincrement=True, or False to drop it"),
)
"""By name in Attributes: what MODIFY drops where the directive says nothing of it, and how to say it."""

_ALTERS = {"nullable": None, "type_": None, "name": None, "autoincrement": None, "comment": False}
"""Arguments that make a MODIFY or CHANGE of a directive, and their values that say nothing."""

_LARGE = (sat.Text, sat.LargeBinary, sat.JSON)

_CONSTANT = re.compile(r"\s*(?:['\"\d]|(?!NULL\s*$)\w+\s*$)", re.IGNORECASE)

_PLAIN_DEFAULT = re.compile(
    r"\s*(?:['\"\d+.-]|[bx]'|(?:NULL|TRUE|FALSE)\b|CURRENT_TIMESTAMP|NOW\(|LOCALTIME)", re.IGNORECASE
)


class MysqlDirectives(Directives):
    """Objects for MySQL 8.0.17 and later, and for 5.7 where that release is stated."""

    text_defaults = False
    """Whether TEXT, BLOB and JSON take a constant as their default, as all else does."""
    column_checks = False
    """Whether a CHECK can be a part of a column."""
    inline_references = False
    """Whether REFERENCES in a column makes a foreign key; where not, the server reads over it and says nothing."""

    @property
    def columns(self) -> Columns:
        """What is known of columns."""
        return Columns(self.memory)

    @property
    def _is_57(self) -> bool:
        return self.dialect.name == "mysql" and (self.dialect.server_version_info or (8,)) < (8,)

    # Columns

    def alter_column(self, table: TableName, column: str, said: Mapping[str, Any]) -> Refusal | None:
        """Refuse what would lose an attribute of the column that the directive does not say."""
        where = f"{table}.{column}"
        if any(isinstance(said.get(f"{of}server_default"), Computed | Identity) for of in ("", "existing_")):
            return Refusal(
                f"{where}: a column can't become, stay or stop being generated in ALTER COLUMN",
                "drop the column and add it again",
            )
        known = self.columns.get(table, column)
        if not _modifies(said):
            if known and said.get("server_default", False) is not False:
                self.columns.put(table, column, replace(known, default=said["server_default"] is not None))
            return None
        if said.get("existing_type") is None and said.get("type_") is None:
            return Refusal(f"{where}: MODIFY repeats the whole column, with its type", "pass existing_type=...")
        words = attributes_said(said)
        refusal = self._losing(where, known, words) or self._default_of(where, words.type, said)
        self._note(table, column, str(said.get("name") or column), words)
        return refusal

    def wants_nullability(self, table: TableName, column: str, said: Mapping[str, Any]) -> bool:
        """Tell whether MODIFY or CHANGE repeats a column of which nothing is known, and does not say that."""
        return _modifies(said) and self.columns.get(table, column) is None and attributes_said(said).not_null is None

    def _losing(self, where: str, known: Attributes | None, said: Attributes) -> Refusal | None:
        if known is None:
            # Of a column from before this range nothing is known. Alembic's autogenerate always says whether it may be
            # NULL, and leaves out the default and the comment of a column that has none.
            return None if said.not_null is not None else _lost(where, "NOT NULL if it has that", _LOST[0][2])
        if known.generated:
            return _lost(where, "its expression, and make it a plain column", "", "drop the column and add it again")
        for name, what, how in _LOST:
            if getattr(known, name) and getattr(said, name) is None:
                return _lost(where, what, how)
        if self._loses_collation(known.type, said.type):
            return _lost(where, "its character set or collation", "a type that has one")
        if known.check and self.column_checks:
            return _lost(where, "its CHECK", "", "write the MODIFY with op.execute(), or make it a CHECK of the table")
        return None

    def _loses_collation(self, before: Any, after: Any) -> bool:
        is_text = isinstance(after.dialect_impl(self.dialect), sat.String)
        return is_text and has_collation(before, self.dialect) and not has_collation(after, self.dialect)

    def _note(self, table: TableName, column: str, name: str, said: Attributes) -> None:
        self.columns.drop_column(table, column)
        self.columns.put(table, name, replace(said, **{known: bool(getattr(said, known)) for known, *_ in _LOST}))

    def add_column(self, table: TableName, column: Column[Any], said: Mapping[str, Any]) -> Refusal | None:
        """Refuse a column that the server would not make as it is said."""
        self.columns.drop_column(table, column.name)
        if not said.get("if_not_exists"):
            self.columns.put(table, column.name, column)
        where = f"{table}.{column.name}"
        if column.foreign_keys and said.get("inline_references") and not self.inline_references:
            return Refusal(
                f"{where}: MySQL before 9 reads over REFERENCES in a column, and makes no foreign key",
                "leave inline_references out: Alembic then adds the constraint by itself",
            )
        return _default_in_column(self, where, column) or next(
            (_deferred(where, key) for key in column.foreign_keys if _deferred(where, key)), None
        )

    def drop_column(self, table: TableName, column: str) -> None:
        """Forget the column."""
        self.columns.drop_column(table, column)

    def rename_table(self, table: TableName, name: str) -> None:
        """Note the name."""
        self.columns.rename(table, name)

    # Constraints

    def add_constraint(self, constraint: Constraint) -> Refusal | None:
        """Refuse to defer one."""
        return _deferred(_table_of(constraint), constraint)

    def drop_constraint(self, constraint: Constraint) -> Refusal | None:
        """Refuse one of which it is not known what it is."""
        where = _table_of(constraint)
        if not isinstance(constraint, ColumnCollectionConstraint | CheckConstraint):
            return Refusal(
                f"{where}: MySQL drops a constraint by its kind, which is not said",
                "pass type_='foreignkey', 'unique', 'check' or 'primary'",
            )
        if isinstance(constraint, CheckConstraint) and self._is_57:
            return Refusal(f"{where}: MySQL 5.7 keeps no CHECK that could be dropped")
        return None

    # What is no directive of a column

    def emit(self, construct: ClauseElement) -> Refusal | None:
        """Refuse tables and indexes that the server can't make, and note what becomes of columns."""
        if isinstance(construct, TextClause):
            self.columns.read(construct.text)
        elif isinstance(construct, DDL):
            self.columns.read(construct.statement)
        elif isinstance(construct, DropTable):
            self.columns.drop(TableName(construct.element.schema, construct.element.name))
        elif isinstance(construct, CreateTable):
            self.columns.create(construct.element, conditional=bool(construct.if_not_exists))
            return next(self._refused_in_table(construct.element), None)
        elif isinstance(construct, DropIndex) and _is_unknown(construct.element.table):
            return Refusal("MySQL drops an index of a table, which is not said", "give drop_index() its table_name")
        return None

    def _refused_in_table(self, table: Table) -> Iterator[Refusal]:
        for constraint in table.constraints:
            refusal = _deferred(table.fullname, constraint)
            if refusal:
                yield refusal
        for column in table.columns:
            refusal = _default_in_column(self, f"{table.fullname}.{column.name}", column)
            if refusal:
                yield refusal

    # Defaults

    def _default_of(self, where: str, type_: Any, said: Mapping[str, Any]) -> Refusal | None:
        default = said.get("server_default", False)
        if default is False or default is None:
            return None
        return self.default(where, type_, default.arg if isinstance(default, DefaultClause) else default)

    def default(self, where: str, type_: Any, default: object) -> Refusal | None:
        """Refuse a default that the server has no room for."""
        if self.text_defaults:
            return None
        text = f"'{default}'" if isinstance(default, str) else getattr(default, "text", "function()")
        large = isinstance(type_.dialect_impl(self.dialect), _LARGE)
        if self._is_57 and (large or not _PLAIN_DEFAULT.match(text)):
            return Refusal(f"{where}: MySQL 5.7 takes no such default", "leave it out, and let a trigger set it")
        if large and _CONSTANT.match(text):
            return Refusal(
                f"{where}: MySQL takes no constant as the default of TEXT, BLOB or JSON",
                "write an expression: server_default=sa.text(\"('...')\")",
            )
        return None


class MariadbDirectives(MysqlDirectives):
    """The same for MariaDB."""

    text_defaults = True
    column_checks = True
    inline_references = True


def _lost(where: str, what: str, how: str, hint: str = "") -> Refusal:
    return Refusal(f"{where}: MODIFY would drop {what}, because the directive does not say it", hint or f"pass {how}")


def _modifies(said: Mapping[str, Any]) -> bool:
    """Tell whether Alembic makes a MODIFY or CHANGE of it, and not only an ALTER COLUMN ... SET DEFAULT."""
    affinity = getattr(attributes_said(said).type, "_type_affinity", None)
    moment = affinity is sat.DateTime and said.get("server_default", False) is not None
    return moment or any(said.get(name, nothing) is not nothing for name, nothing in _ALTERS.items())


def _default_in_column(directives: MysqlDirectives, where: str, column: Column[Any]) -> Refusal | None:
    default = column.server_default
    return directives.default(where, column.type, default.arg) if isinstance(default, DefaultClause) else None


def _deferred(where: str, constraint: Any) -> Refusal | None:
    if constraint.deferrable is None and constraint.initially is None:
        return None
    return Refusal(
        f"{where}: MySQL and MariaDB can't defer a constraint", "leave deferrable= and initially= out where they are"
    )


def _table_of(constraint: Any) -> str:
    return str(TableName(constraint.table.schema, constraint.table.name))


def _is_unknown(table: Table | None) -> bool:
    # The name that Alembic makes up for an index without a table.
    return table is None or table.name == "no_table"
