"""SHOW CREATE TABLE as the server writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.schema_model.mysql.columns import base_of
from changescript.schema_model.unknown import MARK

if TYPE_CHECKING:
    from changescript.schema_model.mysql.records import Column, Key, Table

_ORDER = {"PRIMARY": 0, "UNIQUE": 1, "KEY": 3, "SPATIAL": 4, "FULLTEXT": 5}


def show_create_table(table: Table, *, mariadb: bool) -> str:
    """Write a table."""
    lines = [_column(column, mariadb=mariadb) for column in table.columns]
    lines += [_key(key) for key in sorted(table.keys, key=lambda key: _place(key, table))]
    lines += [
        f"CONSTRAINT {_quoted(key.name)} FOREIGN KEY ({_list(key.columns)}) "
        f"REFERENCES {_quoted(key.table)} ({_list(key.referenced)}){key.actions}"
        for key in sorted(table.foreign_keys, key=lambda key: key.name)
    ]
    lines += [f"CONSTRAINT {_quoted(check.name)} CHECK ({check.text})" for check in table.checks]
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {_quoted(table.name)} (\n  {body}\n){_options(table)}"


def _options(table: Table) -> str:
    text = f" ENGINE={table.engine}"
    if table.collation:
        text += f" DEFAULT CHARSET={table.collation.partition('_')[0]} COLLATE={table.collation}"
    return text + (f" COMMENT={_literal(table.comment)}" if table.comment else "")


def _place(key: Key, table: Table) -> int:
    nullable = any((column := table.column(part.column)) and not column.not_null for part in key.parts)
    return 2 if key.kind == "UNIQUE" and nullable else _ORDER[key.kind]


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _list(names: tuple[str, ...]) -> str:
    # SQLAlchemy's own pattern needs the blank.
    return ", ".join(map(_quoted, names)) if len(names) > 1 else _quoted(names[0])


def _literal(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n").replace("\r", "\\r") + "'"


def _column(column: Column, *, mariadb: bool) -> str:
    text = f"{_quoted(column.name)} {'int(11)' if column.type[0] == '?' else column.type}"
    if column.collation:
        text += f" CHARACTER SET {column.collation.partition('_')[0]} COLLATE {column.collation}"
    if column.generated:
        text += f" GENERATED ALWAYS AS ({MARK}) {column.generated}"
    if column.not_null:
        text += " NOT NULL"
    elif base_of(column.type) == "timestamp":
        text += " NULL"
    if column.default is not None:
        text += f" DEFAULT {column.default}"
    elif not column.not_null and not column.generated:
        text += " DEFAULT NULL"
    if column.on_update:
        now = (
            f"current_timestamp{column.on_update}"
            if mariadb
            else f"CURRENT_TIMESTAMP{column.on_update}".removesuffix("()")
        )
        text += f" ON UPDATE {now}"
    text += " AUTO_INCREMENT" if column.auto_increment else ""
    return text + (f" COMMENT {_literal(column.comment)}" if column.comment else "")


def _key(key: Key) -> str:
    parts = ",".join(
        _quoted(part.column) + (f"({part.length})" if part.length else "") + (" DESC" if part.descending else "")
        for part in key.parts
    )
    using = f" USING {key.using}" if key.using else ""
    if key.kind == "PRIMARY":
        return f"PRIMARY KEY ({parts}){using}"
    kind = "" if key.kind == "KEY" else f"{key.kind} "
    return f"{kind}KEY {_quoted(key.name)} ({parts}){using}"
