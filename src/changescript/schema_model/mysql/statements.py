"""What each statement of MySQL and MariaDB does to the schema."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from changescript.schema_model.mysql import tables
from changescript.schema_model.mysql.altering import Change, alter_table, renamed
from changescript.schema_model.mysql.records import Table
from changescript.schema_model.mysql.tokens import Reader
from changescript.schema_model.unknown import Exists, Outside, Unfollowed, Unknown, UnknownAnswer
from changescript.schema_model.words import words

if TYPE_CHECKING:
    from changescript.schema_model.mysql.records import Schema
    from changescript.schema_model.mysql.tokens import Token

_NO_EFFECT = frozenset(
    words(
        "INSERT UPDATE DELETE REPLACE SELECT WITH SET LOCK UNLOCK START BEGIN COMMIT GRANT REVOKE ANALYZE OPTIMIZE "
        "ROLLBACK TRUNCATE FLUSH DO SHOW CHECK REPAIR SAVEPOINT RELEASE EXPLAIN DESCRIBE VALUES"
    )
) | {"("}
_OTHER_OBJECTS = frozenset(words("PROCEDURE FUNCTION TRIGGER EVENT USER ROLE SERVER PACKAGE"))


def follow(schema: Schema, tokens: list[Token], place: str, *, mariadb: bool) -> None:
    """Apply one statement; what can't be followed makes its table unknown, or all."""
    reader = Reader(tokens)
    if reader.peek() in _NO_EFFECT:
        _note_checks(schema, tokens)
        return
    schema.place = place
    try:
        _apply(schema, reader, mariadb=mariadb)
    except Exists:
        return
    except (Outside, UnknownAnswer) as error:
        schema.outside = schema.outside or Unknown(str(error), place)
    except Unfollowed as error:
        _lose(schema, tokens, Unknown(str(error), place))
    except (KeyError, IndexError, ValueError):
        schema.lose(Unknown("a statement has a shape that the model doesn't expect", place))


def _note_checks(schema: Schema, tokens: list[Token]) -> None:
    """Note whether foreign keys need what they refer to from now on."""
    words_said = [token.text.upper().strip("`@") for token in tokens]
    if words_said[0] == "SET" and "FOREIGN_KEY_CHECKS" in words_said:
        schema.checks_keys = words_said[-1] not in ("0", "OFF", "FALSE")


def _lose(schema: Schema, tokens: list[Token], unknown: Unknown) -> None:
    """Note what may have been touched: the one table of CREATE TABLE or ALTER TABLE, or all."""
    reader = Reader(tokens)
    words_before = [token.text.upper() for token in tokens]
    if words_before[0] in ("CREATE", "DROP") and "INDEX" in words_before[:3] and "ON" in words_before:
        reader.place = words_before.index("ON") + 1
    elif not reader.accept("ALTER", "TABLE") and not reader.accept("CREATE", "TABLE"):
        schema.lose(unknown)
        return
    reader.accept("IF", "NOT", "EXISTS")
    reader.accept("IF", "EXISTS")
    try:
        name = reader.qualified()
    except Unfollowed:
        schema.lose(unknown)
        return
    if any(token.text.upper() in ("RENAME", "EXCHANGE") for token in tokens):
        schema.lose(unknown)
    schema.tables[name] = dataclasses.replace(schema.tables.get(name, Table(name)), unknown=unknown)


def _apply(schema: Schema, reader: Reader, *, mariadb: bool) -> None:
    if reader.accept("CREATE"):
        _create(schema, reader, mariadb=mariadb)
    elif reader.accept("ALTER"):
        _alter(schema, reader, mariadb=mariadb)
    elif reader.accept("DROP"):
        _drop(schema, reader, mariadb=mariadb)
    elif reader.accept("RENAME", "TABLE"):
        _rename(schema, reader)
    elif reader.peek() != "RENAME" or reader.peek(1) != "USER":
        raise Unfollowed(f"it isn't known what {reader.peek()} changes")


def _create(schema: Schema, reader: Reader, *, mariadb: bool) -> None:
    replaces = reader.accept("OR", "REPLACE")
    if reader.peek() == "TEMPORARY":
        raise Unfollowed("a temporary table may hide another")
    if reader.accept("TABLE"):
        tables.create_table(schema, reader, mariadb=mariadb, replaces=replaces)
    elif reader.peek() in ("INDEX", "UNIQUE", "FULLTEXT", "SPATIAL"):
        _create_index(schema, reader, mariadb=mariadb)
    elif reader.accept("SEQUENCE"):
        _note_object(schema, reader, "SEQUENCE")
    elif not _skip_to_object(reader):
        _note_object(schema, reader, "VIEW")


def _skip_to_object(reader: Reader) -> bool:
    """Take what stands before VIEW; return whether it is something that nobody asks for."""
    while not reader.at_end():
        word = reader.take().text.upper()
        if word in _OTHER_OBJECTS:
            return True
        if word == "VIEW":
            return False
        if word in ("DATABASE", "SCHEMA", "TABLESPACE"):
            break
    raise Unfollowed("CREATE of something unknown")


def _note_object(schema: Schema, reader: Reader, kind: str) -> None:
    exists = reader.accept("IF", "NOT", "EXISTS")
    name = reader.qualified()
    if not (exists and schema.find(name)):
        schema.tables[name] = Table(name, kind=kind, unknown=Unknown(f"it is a {kind.lower()}"))


def _create_index(schema: Schema, reader: Reader, *, mariadb: bool) -> None:
    kind = reader.one_of("UNIQUE", "FULLTEXT", "SPATIAL")
    reader.expect("INDEX")
    only_missing = reader.accept("IF", "NOT", "EXISTS")
    name = reader.name()
    using = tables.read_using(reader)
    reader.expect("ON")
    table = schema.get(reader.qualified())
    if only_missing and not table.unknown and table.key(name):
        return
    change = Change(schema, table, mariadb=mariadb)
    change.add_key(name, kind or "KEY", tables.read_parts(reader), using or tables.read_using(reader))
    change.finish()


def _alter(schema: Schema, reader: Reader, *, mariadb: bool) -> None:
    reader.accept("ONLINE")
    reader.accept("IGNORE")
    if reader.accept("TABLE"):
        alter_table(schema, reader, mariadb=mariadb)
    elif reader.accept("DATABASE") or reader.accept("SCHEMA"):
        return  # it is about tables that are made later, and the database's own characters aren't known anyhow


def _drop(schema: Schema, reader: Reader, *, mariadb: bool) -> None:
    reader.accept("TEMPORARY")
    if reader.one_of("TABLE", "TABLES", "VIEW", "SEQUENCE"):
        missing_ok = reader.accept("IF", "EXISTS")
        names = [reader.qualified()]
        while reader.accept(","):
            names.append(reader.qualified())
        for name in names:
            if not missing_ok:
                schema.get(name)
            schema.tables.pop(name, None)
    elif reader.accept("INDEX"):
        missing_ok = reader.accept("IF", "EXISTS")
        name = reader.name()
        reader.expect("ON")
        change = Change(schema, schema.get(reader.qualified()), mariadb=mariadb)
        change.drop_key(name, missing_ok=missing_ok)
        change.finish()
    elif reader.peek() not in _OTHER_OBJECTS:
        raise Unfollowed(f"DROP {reader.peek()}")


def _rename(schema: Schema, reader: Reader) -> None:
    while True:
        old = reader.qualified()
        reader.expect("TO")
        renamed(schema, schema.get(old), reader.qualified())
        if not reader.accept(","):
            return
