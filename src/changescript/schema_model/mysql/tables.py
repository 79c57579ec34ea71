"""CREATE TABLE, and the parts of definitions that ALTER TABLE has as well."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from changescript.schema_model.mysql.altering import Change, read_addition
from changescript.schema_model.mysql.parts import read_parts, read_using
from changescript.schema_model.mysql.records import Table
from changescript.schema_model.mysql.tokens import Reader, text_of
from changescript.schema_model.unknown import Exists, Unfollowed, Unknown
from changescript.schema_model.words import words

if TYPE_CHECKING:
    from changescript.schema_model.mysql.records import Schema

__all__ = ["create_table", "read_parts", "read_using"]

_WITHOUT_SHOW = frozenset(
    words(
        "AUTO_INCREMENT ROW_FORMAT KEY_BLOCK_SIZE STATS_PERSISTENT STATS_AUTO_RECALC STATS_SAMPLE_PAGES CHECKSUM "
        "AVG_ROW_LENGTH MAX_ROWS MIN_ROWS PACK_KEYS DELAY_KEY_WRITE"
    )
)


def create_table(schema: Schema, reader: Reader, *, mariadb: bool, replaces: bool) -> None:
    """Follow CREATE TABLE."""
    only_missing = reader.accept("IF", "NOT", "EXISTS")
    name = reader.qualified()
    if only_missing and schema.find(name):
        return
    if name in schema.tables and not replaces and not schema.tables[name].unknown:
        raise Exists(f"{name} exists already")
    if reader.accept("LIKE") or (reader.peek() == "(" and reader.peek(1) == "LIKE"):
        _create_like(schema, name, reader)
        return
    if reader.peek() != "(":
        schema.tables[name] = Table(name, unknown=Unknown("its columns come from a query"))
        return
    body = Reader(reader.parenthesized())
    table = _with_options(Table(name), reader)
    change = Change(schema, table, mariadb=mariadb)
    while True:
        read_addition(change, body, in_create=True)
        if body.at_end():
            break
        body.expect(",")
    change.finish()


def _create_like(schema: Schema, name: str, reader: Reader) -> None:
    reader.accept("(", "LIKE")
    source = schema.get(reader.qualified())
    # Foreign keys aren't copied, but the indexes that were made for them are.
    schema.tables[name] = dataclasses.replace(source, name=name, foreign_keys=())


def _with_options(table: Table, reader: Reader) -> Table:
    while not reader.at_end():
        reader.accept(",")
        reader.accept("DEFAULT")
        if reader.accept("CHARACTER", "SET") or reader.accept("CHARSET"):
            reader.accept("=")
            reader.take()
            continue
        if reader.peek() in ("AS", "SELECT", "PARTITION", "IGNORE", "REPLACE", "UNION"):
            return dataclasses.replace(table, unknown=Unknown("its columns come from a query, or it has partitions"))
        option = reader.name().upper()
        reader.accept("=")
        token = reader.take()
        value = text_of(token) if token.kind == "string" else token.text
        if option == "COLLATE":
            table = dataclasses.replace(table, collation=value.lower())
        elif option == "COMMENT":
            table = dataclasses.replace(table, comment=value)
        elif option == "ENGINE":
            table = dataclasses.replace(table, engine="InnoDB" if value.lower() == "innodb" else value)
        elif option not in _WITHOUT_SHOW:
            raise Unfollowed(f"the option {option} of a table")
    return table
