"""The names that PostgreSQL gives to what has none (makeObjectName, ChooseRelationName, ChooseConstraintName)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from changescript.schema_model.postgresql.catalogue import Catalogue

LONGEST = 63


def clipped(name: str, size: int = LONGEST) -> str:
    """Return a name cut to bytes, but not within a character (pg_mbcliplen)."""
    return name.encode()[:size].decode(errors="ignore")


def object_name(first: str, second: str, label: str) -> str:
    """Join the parts, shortening the longer of the first two first."""
    room = LONGEST - len(label) - 1 - (1 if second else 0)
    one, two = len(first.encode()), len(second.encode())
    while one + two > room:
        if one > two:
            one -= 1
        else:
            two -= 1
    parts = [clipped(first, one), *([clipped(second, two)] if second else []), label]
    return "_".join(parts)


def joined(names: Iterable[str]) -> str:
    """Join names of columns until they are as long as a name can be."""
    text = ""
    for name in names:
        text = f"{text}_{name}" if text else name
        if len(text.encode()) > LONGEST:
            break
    return text


def index_column_names(names: Iterable[str]) -> list[str]:
    """Make the names of an index's columns differ, as `expr`, `expr1`."""
    taken: list[str] = []
    for name in names:
        candidate, serial = name, 0
        while candidate in taken:
            serial += 1
            candidate = clipped(name, LONGEST - len(str(serial))) + str(serial)
        taken.append(candidate)
    return taken


def relation_name(catalogue: Catalogue, schema: str, parts: tuple[str, str, str], *, constraint: bool = False) -> str:
    """Choose the name of an index or a sequence."""
    first, second, label = parts
    serial = 0
    while True:
        name = object_name(first, second, f"{label}{serial or ''}")
        taken = (schema, name) in catalogue.names
        if not taken and not (constraint and (schema, name) in catalogue.constraint_names):
            return name
        serial += 1


def constraint_name(
    catalogue: Catalogue, schema: str, parts: tuple[str, str, str], others: Collection[str] = ()
) -> str:
    """Choose the name of a foreign key or a check."""
    first, second, label = parts
    serial = 0
    while True:
        name = object_name(first, second, f"{label}{serial or ''}")
        if name not in others and (schema, name) not in catalogue.constraint_names:
            return name
        serial += 1
