"""Parts of definitions that CREATE TABLE, ALTER TABLE and CREATE INDEX share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.schema_model.mysql.records import Part
from changescript.schema_model.mysql.tokens import Reader
from changescript.schema_model.unknown import Unfollowed

if TYPE_CHECKING:
    from collections.abc import Iterator

_IGNORED = ("KEY_BLOCK_SIZE",)


def read_using(reader: Reader) -> str:
    """Take USING BTREE or HASH."""
    return reader.name().upper() if reader.accept("USING") else ""


def read_parts(reader: Reader) -> tuple[Part, ...]:
    """Take the columns of an index."""
    return tuple(_parts(Reader(reader.parenthesized())))


def _parts(reader: Reader) -> Iterator[Part]:
    while True:
        if reader.peek() == "(":
            raise Unfollowed("an index over an expression")
        column = reader.name()
        length = reader.parenthesized()[0].text if reader.peek() == "(" else ""
        descending = reader.one_of("ASC", "DESC") == "DESC"
        yield Part(column, length, descending)
        if reader.at_end():
            return
        reader.expect(",")


def read_actions(reader: Reader, *, mariadb: bool) -> str:
    """Take what a foreign key does, as SHOW CREATE TABLE writes it."""
    found: dict[str, str] = {}
    if reader.accept("MATCH"):
        reader.take()
    while reader.accept("ON"):
        event = reader.one_of("DELETE", "UPDATE")
        action = reader.one_of("CASCADE", "RESTRICT")
        if not action:
            action = f"{reader.take().text} {reader.take().text}".upper()
        found[event] = action
    silent = "RESTRICT" if mariadb else "NO ACTION"
    return "".join(
        f" ON {event} {found[event]}" for event in ("DELETE", "UPDATE") if found.get(event, silent) != silent
    )
