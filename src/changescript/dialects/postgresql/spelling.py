"""How the frames write names, text and version rows in PostgreSQL's SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects.postgresql.base import RESERVED_WORDS

if TYPE_CHECKING:
    from changescript.model import Heads


def array_of(heads: Heads) -> str:
    """Return heads as a text[] literal; ids hold no character that an array would need quoted, but may read NULL."""
    return "'{" + ",".join(f'"{head}"' if head.lower() == "null" else head for head in heads) + "}'"


def identifier(name: str) -> str:
    """Return a name, quoted where it has to be."""
    plain = name.isascii() and name.isidentifier() and name == name.lower() and name not in RESERVED_WORDS
    return name if plain else '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return text as a constant; names are all that is written so."""
    return "'" + text.replace("'", "''") + "'"
