"""ALTER TABLE, with the names and indexes that the server adds and takes away by itself."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from changescript.schema_model.mysql.columns import TEXTS, base_of, default_shown, read_column, unknown_type
from changescript.schema_model.mysql.parts import read_actions, read_parts, read_using
from changescript.schema_model.mysql.records import Check, ForeignKey, Key, Part, Table
from changescript.schema_model.mysql.tokens import Reader
from changescript.schema_model.unknown import MARK, Exists, Unfollowed

if TYPE_CHECKING:
    from changescript.schema_model.mysql.columns import Definition
    from changescript.schema_model.mysql.records import Column, Schema
    from changescript.schema_model.mysql.tokens import Token

_KEY_WORDS = ("PRIMARY", "UNIQUE", "FULLTEXT", "SPATIAL", "INDEX", "KEY", "FOREIGN", "CHECK", "CONSTRAINT")
_WITHOUT_EFFECT = ("ALGORITHM", "LOCK", "AUTO_INCREMENT", "ROW_FORMAT", "KEY_BLOCK_SIZE")


class Change:
    """A table that is being changed. What names itself does so at the end, as in the server."""

    def __init__(self, schema: Schema, table: Table, *, mariadb: bool) -> None:
        self.schema, self.table, self.mariadb = schema, table, mariadb
        self.old_name = table.name
        self.unnamed: list[ForeignKey] = []
        self.dropped_columns: set[str] = set()

    def replace(self, **changes: object) -> None:
        """Put changed fields into the table."""
        self.table = dataclasses.replace(self.table, **changes)  # type: ignore[arg-type] # fields by name

    def column(self, name: str) -> Column:
        """Return a column that must exist for the statement to have run."""
        found = self.table.column(name)
        if found is None:
            raise Unfollowed(f"table {self.table.name} has no column {name}")
        return found

    def put_column(self, definition: Definition, old: Column | None) -> None:
        """Put a column in its place: where it was, at the end, or where the definition says."""
        columns = [one for one in self.table.columns if one is not old]
        place = self.table.columns.index(old) if old else len(columns)
        if definition.place is not None:
            place = 0
            if definition.place:
                before = self.column(definition.place)
                place = columns.index(before) + 1
        if any(one.name.lower() == definition.column.name.lower() for one in columns):
            raise Exists(f"table {self.table.name} has a column {definition.column.name} already")
        columns.insert(place, definition.column)
        self.replace(columns=tuple(columns))
        if old and old.name != definition.column.name:
            rename_in_keys(self, old.name, definition.column.name)
        for kind in definition.keys:
            self.add_key("", kind, (Part(definition.column.name),), "")

    def add_key(self, name: str, kind: str, parts: tuple[Part, ...], using: str) -> None:
        """Add an index; one without a name gets it when all columns are known."""
        if self.table.unknown:
            return
        parts = tuple(dataclasses.replace(part, column=self.column(part.column).name) for part in parts)
        if kind not in ("FULLTEXT", "SPATIAL") and any(self._is_endless(part) for part in parts):
            # MariaDB was seen to cut such an index at a length of its own.
            raise Unfollowed("an index over a whole TEXT or BLOB")
        if kind == "PRIMARY":
            name = "PRIMARY"
            names = {part.column for part in parts}
            columns = tuple(
                dataclasses.replace(one, not_null=True) if one.name in names else one for one in self.table.columns
            )
            self.replace(columns=columns)
        key = Key(name, kind, parts, using)
        if name and self.table.key(name):
            raise Exists(f"table {self.table.name} has an index {name} already")
        self.replace(keys=(*self.table.keys, key))

    def _is_endless(self, part: Part) -> bool:
        base = base_of(self.column(part.column).type)
        return not part.length and (base.endswith(("text", "blob")) or base in ("json", "?"))

    def drop_key(self, name: str, *, missing_ok: bool = False) -> None:
        """Drop an index."""
        key = self.table.key(name)
        if key is None:
            if missing_ok or self.table.unknown:
                return
            raise Unfollowed(f"table {self.table.name} has no index {name}")
        self.replace(keys=tuple(one for one in self.table.keys if one is not key))

    def add_foreign_key(self, key: ForeignKey, index_name: str) -> None:
        """Add a foreign key with the index that it needs."""
        if self.table.unknown:
            return
        if key.table.lower() not in (self.table.name.lower(), self.old_name.lower()):
            self.schema.note(key.table)
        columns = tuple(self.column(one).name for one in key.columns)
        key = dataclasses.replace(key, columns=columns)
        self.unnamed.append(key)
        parts = tuple(Part(one) for one in columns)
        self.replace(keys=(*self.table.keys, Key(key.name or index_name, "KEY", parts, generated=True)))

    def finish(self) -> None:
        """Name what has no name, leave out indexes that another makes needless, and store the table."""
        if not self.table.unknown:
            self._drop_needless()
            self._name_keys()
            self._name_foreign_keys()
        if self.table.name != self.old_name:
            self.schema.tables.pop(self.old_name)
        self.schema.tables[self.table.name] = self.table

    def _drop_needless(self) -> None:
        """Leave out generated indexes that others begin with, but of equal ones the last.

        That is what mysql_prepare_create_table() does.
        """
        keys = list(self.table.keys)
        for key in list(keys):
            if key.generated and any(
                other is not key
                and other.kind not in ("FULLTEXT", "SPATIAL")
                and other.columns[: len(key.columns)] == key.columns
                and (
                    not other.generated or len(other.columns) > len(key.columns) or keys.index(other) > keys.index(key)
                )
                for other in keys
            ):
                keys = [one for one in keys if one is not key]
        self.replace(keys=tuple(keys))

    def _name_keys(self) -> None:
        taken = {key.name.lower() for key in self.table.keys if key.name}
        named = []
        for key in self.table.keys:
            name = key.name or _free_name(key.parts[0].column, taken)
            taken.add(name.lower())
            named.append(dataclasses.replace(key, name=name))
        self.replace(keys=tuple(named))

    def _name_foreign_keys(self) -> None:
        pattern = re.compile(re.escape(self.table.name) + r"_ibfk_(\d+)", re.IGNORECASE)
        numbers = [int(found[1]) for one in self.table.foreign_keys if (found := pattern.fullmatch(one.name))]
        last = max(numbers, default=0)
        for key in self.unnamed:
            if not key.name:
                last += 1
            named = dataclasses.replace(key, name=key.name or f"{self.table.name}_ibfk_{last}")
            self.replace(foreign_keys=(*self.table.foreign_keys, named))


def _free_name(column: str, taken: set[str]) -> str:
    name, serial = column, 1
    while name.lower() in taken or name.lower() == "primary":
        serial += 1
        name = f"{column}_{serial}"
    return name


def rename_in_keys(change: Change, old: str, new: str) -> None:
    """Follow a column's new name in indexes and foreign keys, also of other tables."""
    table = change.table
    keys = tuple(
        dataclasses.replace(
            key,
            parts=tuple(
                dataclasses.replace(p, column=new) if p.column.lower() == old.lower() else p for p in key.parts
            ),
        )
        for key in table.keys
    )

    def swapped(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if name.lower() == old.lower() else name for name in names)

    foreign_keys = tuple(
        dataclasses.replace(
            key,
            columns=swapped(key.columns),
            referenced=swapped(key.referenced) if key.table == table.name else key.referenced,
        )
        for key in table.foreign_keys
    )
    checks = tuple(_check_renamed(check, old, new) for check in table.checks)
    change.replace(keys=keys, foreign_keys=foreign_keys, checks=checks)
    for other in list(change.schema.tables.values()):
        if other.name != table.name and any(key.table == table.name for key in other.foreign_keys):
            followed = tuple(
                dataclasses.replace(key, referenced=swapped(key.referenced)) if key.table == table.name else key
                for key in other.foreign_keys
            )
            change.schema.tables[other.name] = dataclasses.replace(other, foreign_keys=followed)


def _check_renamed(check: Check, old: str, new: str) -> Check:
    columns = frozenset(new.lower() if name == old.lower() else name for name in check.columns)
    return Check(check.name, check.text.replace(f"`{old}`", f"`{new}`"), columns)


def renamed(schema: Schema, table: Table, new: str) -> None:
    """Follow a table's new name: its own foreign keys that were named by the server follow, and those to it."""
    pattern = re.compile(re.escape(table.name) + r"(_ibfk_\d+)")
    keys = tuple(
        dataclasses.replace(key, name=new + found[1]) if (found := pattern.fullmatch(key.name)) else key
        for key in table.foreign_keys
    )
    schema.tables.pop(table.name)
    schema.tables[new] = dataclasses.replace(table, name=new, foreign_keys=keys)
    for other in list(schema.tables.values()):
        if any(key.table == table.name for key in other.foreign_keys):
            followed = tuple(
                dataclasses.replace(key, table=new) if key.table == table.name else key for key in other.foreign_keys
            )
            schema.tables[other.name] = dataclasses.replace(other, foreign_keys=followed)


def read_addition(change: Change, reader: Reader, *, in_create: bool = False) -> None:
    """Read a column, an index or a constraint, and add it."""
    if reader.tokens[reader.place].kind == "word" and reader.peek() in _KEY_WORDS:
        _read_key(change, reader)
        return
    if not in_create:
        reader.accept("COLUMN")
    only_missing = reader.accept("IF", "NOT", "EXISTS")
    if reader.peek() == "(":
        inner = Reader(reader.parenthesized())
        read_addition(change, inner, in_create=True)
        while inner.accept(","):
            read_addition(change, inner, in_create=True)
        return
    definition = read_column(reader, mariadb=change.mariadb, collation=change.table.collation)
    if only_missing and change.table.column(definition.column.name):
        return
    if change.table.unknown:
        return
    change.put_column(definition, None)
    if definition.check is not None and not change.mariadb:
        _add_check(change, "", definition.check)


def _read_key(change: Change, reader: Reader) -> None:
    name = ""
    if reader.accept("CONSTRAINT") and reader.peek() not in ("PRIMARY", "UNIQUE", "FOREIGN", "CHECK"):
        reader.accept("IF", "NOT", "EXISTS")
        name = reader.name()
    kind = reader.one_of("PRIMARY", "UNIQUE", "FULLTEXT", "SPATIAL", "FOREIGN", "CHECK")
    if kind == "CHECK":
        _add_check(change, name, reader.parenthesized())
        reader.accept("ENFORCED")
        return
    word = reader.one_of("KEY", "INDEX")
    only_missing = reader.accept("IF", "NOT", "EXISTS")
    given = "" if reader.peek() in ("(", "USING") else reader.name()
    if kind == "FOREIGN":
        _read_foreign_key(change, reader, name, given)
        return
    using = read_using(reader)
    parts = read_parts(reader)
    using = using or read_using(reader)
    if reader.accept("COMMENT"):
        reader.string()
    if only_missing and given and change.table.key(given):
        return
    if not kind and not word:
        raise Unfollowed("an index of an unknown kind")
    change.add_key(given or name, kind or "KEY", parts, using)


def _read_foreign_key(change: Change, reader: Reader, name: str, index_name: str) -> None:
    columns = reader.list_of_names()
    reader.expect("REFERENCES")
    table = reader.qualified()
    referenced = reader.list_of_names()
    actions = read_actions(reader, mariadb=change.mariadb)
    change.add_foreign_key(ForeignKey(name, columns, table, referenced, actions), index_name)


def _add_check(change: Change, name: str, tokens: list[Token]) -> None:
    if change.table.unknown:
        return
    taken = {check.name for check in change.table.checks}
    serial = 1
    pattern = "CONSTRAINT_{}" if change.mariadb else change.table.name + "_chk_{}"
    while not name or name in taken:
        name = pattern.format(serial)
        serial += 1
    columns = frozenset(found.name.lower() for token in tokens if (found := change.table.column(token.text.strip("`"))))
    change.replace(checks=(*change.table.checks, Check(name, _check_text(change, tokens), columns)))


def _check_text(change: Change, tokens: list[Token]) -> str:
    """Show a comparison of a column with a number; only the server knows how it shows more."""
    kinds = [token.kind for token in tokens]
    words = [token.text.upper() for token in tokens[1:]]
    if change.mariadb and words in (["IS", "NULL"], ["IS", "NOT", "NULL"]):
        column = change.table.column(tokens[0].text.strip("`"))
        return f"`{column.name}` {' '.join(words).lower()}" if column else MARK
    shape = kinds in (["word", "sign", "number"], ["quoted", "sign", "number"])
    column = change.table.column(tokens[0].text.strip("`")) if shape else None
    if (
        column is None
        or not change.mariadb
        or not _is_integer(column)
        or tokens[1].text not in ("<", ">", "<=", ">=", "=", "<>")
    ):
        return MARK
    return f"`{column.name}` {tokens[1].text} {tokens[2].text}"


def _is_integer(column: Column) -> bool:
    return base_of(column.type).endswith("int")


def alter_table(schema: Schema, reader: Reader, *, mariadb: bool) -> None:
    """Follow ALTER TABLE."""
    missing_ok = reader.accept("IF", "EXISTS")
    name = reader.qualified()
    if missing_ok and schema.find(name) is None:
        return
    change = Change(schema, schema.get(name), mariadb=mariadb)
    new_name = ""
    while not reader.at_end():
        new_name = _read_action(change, reader) or new_name
        if not reader.at_end() and not reader.accept(","):
            raise Unfollowed("an action of ALTER TABLE isn't read to its end")
    change.finish()
    if new_name:
        renamed(schema, schema.get(name), new_name)


def _read_action(change: Change, reader: Reader) -> str:  # noqa: C901 - one for each action
    """Read and follow one action; return the table's new name, if that is what it gives."""
    if reader.accept("ADD"):
        read_addition(change, reader)
    elif reader.accept("DROP"):
        _read_drop(change, reader)
    elif reader.one_of("MODIFY", "CHANGE"):
        _read_modification(change, reader, renames=reader.tokens[reader.place - 1].text.upper() == "CHANGE")
    elif reader.accept("ALTER"):
        _read_default(change, reader)
    elif reader.accept("RENAME"):
        return _read_rename(change, reader)
    elif reader.accept("COMMENT"):
        reader.accept("=")
        change.replace(comment=reader.string())
    elif reader.accept("ENGINE"):
        reader.accept("=")
        change.replace(engine=reader.name())
    elif reader.peek() in ("CONVERT", "DEFAULT", "CHARACTER", "CHARSET", "COLLATE"):
        _forget_collations(change, reader)
    elif reader.one_of(*_WITHOUT_EFFECT):
        reader.accept("=")
        reader.take()
    elif not reader.accept("FORCE"):
        raise Unfollowed(f"ALTER TABLE ... {reader.peek()}")
    return ""


def _read_drop(change: Change, reader: Reader) -> None:
    kind = reader.one_of("COLUMN", "INDEX", "KEY", "PRIMARY", "FOREIGN", "CONSTRAINT", "CHECK")
    if kind in ("PRIMARY", "FOREIGN"):
        reader.expect("KEY")
    missing_ok = reader.accept("IF", "EXISTS")
    if kind == "PRIMARY":
        change.drop_key("PRIMARY", missing_ok=missing_ok)
        return
    name = reader.name()
    if change.table.unknown:
        return
    if kind in ("INDEX", "KEY"):
        change.drop_key(name, missing_ok=missing_ok)
    elif kind in ("FOREIGN", "CONSTRAINT", "CHECK"):
        _drop_constraint(change, name, missing_ok=missing_ok)
    elif not (missing_ok and change.table.column(name) is None):
        _drop_column(change, change.column(name))
    reader.one_of("CASCADE", "RESTRICT")


def _drop_constraint(change: Change, name: str, *, missing_ok: bool) -> None:
    table = change.table
    foreign_keys = tuple(one for one in table.foreign_keys if one.name.lower() != name.lower())
    checks = tuple(one for one in table.checks if one.name.lower() != name.lower())
    if len(foreign_keys) + len(checks) < len(table.foreign_keys) + len(table.checks):
        change.replace(foreign_keys=foreign_keys, checks=checks)
    else:
        change.drop_key(name, missing_ok=missing_ok)


def _drop_column(change: Change, column: Column) -> None:
    """Drop a column also from the indexes; one without columns goes, and one that others begin with stays."""
    name = column.name.lower()
    keys = tuple(
        dataclasses.replace(key, parts=tuple(part for part in key.parts if part.column.lower() != name))
        for key in change.table.keys
    )
    if any(name in (one.lower() for one in key.columns) for key in change.table.foreign_keys):
        raise Unfollowed("a column of a foreign key is dropped")
    change.replace(
        columns=tuple(one for one in change.table.columns if one is not column),
        keys=tuple(key for key in keys if key.parts),
        # A check of nothing but this column goes with it.
        checks=tuple(check for check in change.table.checks if check.columns != {name}),
    )


def _read_modification(change: Change, reader: Reader, *, renames: bool) -> None:
    reader.accept("COLUMN")
    missing_ok = reader.accept("IF", "EXISTS")
    old_name = reader.name() if renames else ""
    definition = read_column(reader, mariadb=change.mariadb, collation=change.table.collation)
    if change.table.unknown or (missing_ok and not change.table.column(old_name or definition.column.name)):
        return
    old = change.column(old_name or definition.column.name)
    primary = change.table.key("PRIMARY")
    if primary and old.name.lower() in primary.columns:
        definition.column = dataclasses.replace(definition.column, not_null=True)
    change.put_column(definition, old)


def _read_default(change: Change, reader: Reader) -> None:
    reader.accept("COLUMN")
    name = reader.name()
    default = None
    if reader.accept("SET", "DEFAULT"):
        column = change.table.column(name)
        default = default_shown(reader, column.type if column else "?", mariadb=change.mariadb)
    else:
        reader.expect("DROP", "DEFAULT")
    if not change.table.unknown:
        columns = tuple(
            # MariaDB was seen to take a default of a column that counts, and to keep none.
            dataclasses.replace(one, default=default)
            if one.name.lower() == name.lower() and not one.auto_increment
            else one
            for one in change.table.columns
        )
        change.replace(columns=columns)


def _read_rename(change: Change, reader: Reader) -> str:
    kind = reader.one_of("COLUMN", "INDEX", "KEY")
    if not kind:
        reader.one_of("TO", "AS")
        return reader.qualified()
    old = reader.name()
    reader.expect("TO")
    new = reader.name()
    if change.table.unknown:
        return ""
    if kind == "COLUMN":
        column = change.column(old)
        columns = tuple(dataclasses.replace(one, name=new) if one is column else one for one in change.table.columns)
        change.replace(columns=columns)
        rename_in_keys(change, old, new)
    elif change.table.key(old) is None:
        raise Unfollowed(f"table {change.table.name} has no index {old}")
    else:
        keys = tuple(
            dataclasses.replace(one, name=new, generated=False) if one.name.lower() == old.lower() else one
            for one in change.table.keys
        )
        change.replace(keys=keys)
    return ""


def _forget_collations(change: Change, reader: Reader) -> None:
    """Note that the types of texts may have another collation, or another size, than was said.

    CONVERT gives all columns the table's new collation; only a TEXT may become one of another size.
    """
    converts = reader.peek() == "CONVERT"
    said = []
    while not reader.at_end() and reader.peek() != ",":
        said.append(reader.take())
    words_said = [token.text.upper() for token in said]
    collation = said[-1].text.lower() if converts and "COLLATE" in words_said else ""
    columns = tuple(
        dataclasses.replace(one, collation="")
        if converts and base_of(one.type) in _KEPT
        else unknown_type(one)
        if base_of(one.type) in TEXTS
        else one
        for one in change.table.columns
    )
    change.replace(columns=columns, collation=collation)


_KEPT = frozenset({"char", "varchar", "enum", "set"})
"""Types that stay as they are in another character set."""
