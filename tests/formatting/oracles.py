"""Independent judges: what PostgreSQL's own parser, and sqlglot's tokenizers, read in a text."""

import importlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlglot import tokenize
from sqlglot.errors import SqlglotError

# Its generated stubs are no valid Python for mypy, so it is loaded where mypy doesn't look.
postgast = importlib.import_module("postgast")

Reading = object
"""What a judge makes of a text; equal readings are equal statements."""

_PLACES = frozenset(
    {
        "args_location",
        "list_end",
        "list_start",
        "location",
        "name_location",
        "rexpr_list_end",
        "rexpr_list_start",
        "stmt_len",
        "stmt_location",
        "type_location",
    }
)
"""Where something stands in the text, which a layout is free to change."""


def parse_tree(sql: str) -> Reading | None:
    """Return the parse tree that libpg_query makes, without places, or None where it can't read the text."""
    try:
        tree = postgast.parse(sql)
    except postgast.PgQueryError:
        return None
    _forget_places(tree)
    return bytes(tree.SerializeToString(deterministic=True))


def _forget_places(message: Any) -> None:  # noqa: ANN401 - generated from libpg_query
    for field, value in message.ListFields():
        if field.name in _PLACES:
            message.ClearField(field.name)
        elif field.type == field.TYPE_MESSAGE:
            for inner in value if field.is_repeated else [value]:
                _forget_places(inner)


def tokens(sql: str, dialect: str) -> Reading | None:
    """Return what sqlglot's tokenizer reads, comments too, or None where it can't."""
    try:
        # a word before it, because sqlglot reads what follows EXPLAIN or REPLACE as one string
        read = tokenize(f"x {sql}", dialect)
    except SqlglotError:
        return None
    # which token a comment belongs to depends on the line ends around it
    comments = sorted(comment for token in read for comment in token.comments)
    return [(token.token_type, token.text) for token in read], comments


ORACLES: Mapping[str, Callable[[str], Reading | None]] = {
    "postgresql": parse_tree,
    "mysql": partial(tokens, dialect="mysql"),
    "mariadb": partial(tokens, dialect="mysql"),
    "sqlite": partial(tokens, dialect="sqlite"),
    "mssql": partial(tokens, dialect="tsql"),
    "oracle": partial(tokens, dialect="oracle"),
}
"""The judge of each dialect."""
