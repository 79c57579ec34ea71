"""Definitions of columns, as SHOW CREATE TABLE writes them afterwards."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from changescript.schema_model.mysql.records import Column
from changescript.schema_model.mysql.tokens import Token, text_of
from changescript.schema_model.unknown import MARK, Unfollowed
from changescript.schema_model.words import words

if TYPE_CHECKING:
    from changescript.schema_model.mysql.tokens import Reader

_INTEGERS = {"tinyint": (4, 3), "smallint": (6, 5), "mediumint": (9, 8), "int": (11, 10), "bigint": (20, 20)}
_ALIASES = {
    "integer": "int",
    "int1": "tinyint",
    "int2": "smallint",
    "int3": "mediumint",
    "int4": "int",
    "int8": "bigint",
    "dec": "decimal",
    "numeric": "decimal",
    "fixed": "decimal",
    "real": "double",
    "character": "char",
    "float8": "double",
    "float4": "float",
}
TEXTS = frozenset(words("char varchar tinytext text mediumtext longtext enum set"))
_WITH_LENGTH = {"char": "(1)", "binary": "(1)", "bit": "(1)"}
_PLAIN = frozenset(
    words(
        "char varchar binary varbinary tinytext text mediumtext longtext tinyblob blob mediumblob longblob date time "
        "datetime timestamp enum set bit json uuid inet6 inet4 float double decimal geometry point linestring polygon "
        "multipoint multilinestring multipolygon geometrycollection"
    )
)
_NOW = frozenset({"CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP"})
_SMALLEST_DOUBLE = 25


@dataclass(slots=True)
class Definition:
    """A column, and what else its definition makes."""

    column: Column
    keys: list[str] = field(default_factory=list)
    reference: Reader | None = None
    check: list[Token] | None = None
    place: str | None = None


def read_column(reader: Reader, *, mariadb: bool, collation: str) -> Definition:
    """Read name, type and attributes. `collation` is the table's, where it was stated."""
    name = reader.name()
    type_, charset = _read_type(reader, mariadb=mariadb)
    definition = Definition(Column(name, type_))
    stated = "utf8mb4_bin" if charset == "json" and mariadb else ""
    if charset == "serial":
        definition.column = dataclasses.replace(definition.column, not_null=True, auto_increment=True)
        definition.keys.append("UNIQUE")
    default: list[Token] | None = None
    while not reader.at_end() and reader.peek() not in (",", ")"):
        if reader.accept("DEFAULT"):
            default = _default_tokens(reader)
        elif reader.accept("COLLATE"):
            stated = _word_or_text(reader).lower()
        elif reader.accept("CHARACTER", "SET") or reader.accept("CHARSET"):
            stated = stated or f"{_word_or_text(reader).lower()}_?"
        else:
            _read_attribute(reader, definition)
    column = _with_collation(definition.column, stated, collation)
    definition.column = dataclasses.replace(column, default=_shown_default(default, column.type, mariadb=mariadb))
    return definition


def _word_or_text(reader: Reader) -> str:
    token = reader.take()
    return text_of(token) if token.kind == "string" else token.text.strip("`")


def _read_attribute(reader: Reader, definition: Definition) -> None:  # noqa: C901, PLR0912 - one for each attribute
    column = definition.column
    if reader.accept("NOT", "NULL"):
        definition.column = dataclasses.replace(column, not_null=True)
    elif reader.accept("NULL"):
        definition.column = dataclasses.replace(column, not_null=False)
    elif reader.accept("AUTO_INCREMENT"):
        definition.column = dataclasses.replace(column, auto_increment=True, not_null=True)
    elif reader.accept("PRIMARY", "KEY") or reader.accept("PRIMARY") or reader.accept("KEY"):
        definition.keys.append("PRIMARY")
    elif reader.accept("UNIQUE"):
        reader.accept("KEY")
        definition.keys.append("UNIQUE")
    elif reader.accept("COMMENT"):
        definition.column = dataclasses.replace(column, comment=reader.string())
    elif reader.accept("ON", "UPDATE"):
        definition.column = dataclasses.replace(column, on_update=_now(_default_tokens(reader)) or MARK)
    elif reader.accept("GENERATED", "ALWAYS", "AS") or reader.accept("AS"):
        reader.parenthesized()
        stored = reader.one_of("VIRTUAL", "STORED", "PERSISTENT")
        definition.column = dataclasses.replace(
            column, generated="STORED" if stored[:1] in "SP" and stored else "VIRTUAL"
        )
    elif reader.accept("CHECK"):
        definition.check = reader.parenthesized()
    elif reader.accept("FIRST"):
        definition.place = ""
    elif reader.accept("AFTER"):
        definition.place = reader.name()
    elif reader.peek() == "REFERENCES":
        definition.reference = reader
        raise Unfollowed("a column with REFERENCES, which MySQL ignores and MariaDB follows")
    else:
        raise Unfollowed("an attribute of a column")


def _default_tokens(reader: Reader) -> list[Token]:
    """Take a default: a constant, a call, or what stands in parentheses."""
    if reader.peek() == "(":
        return [reader.tokens[reader.place], *reader.parenthesized()]
    found = [reader.take()]
    if found[0].text in ("-", "+"):
        found.append(reader.take())
    if reader.peek() == "(":
        found += reader.parenthesized() or [Token("sign", "()")]
    return found


def default_shown(reader: Reader, type_: str, *, mariadb: bool) -> str | None:
    """Take a default; return what stands behind DEFAULT, or None where nothing does."""
    return _shown_default(_default_tokens(reader), type_, mariadb=mariadb)


def _read_type(reader: Reader, *, mariadb: bool) -> tuple[str, str]:
    """Return a type as the server writes it, and a word on its characters."""
    word = reader.name().lower()
    if word == "serial":
        return ("bigint(20) unsigned" if mariadb else "bigint unsigned"), "serial"
    if word in ("bool", "boolean"):
        return "tinyint(1)", ""
    if word == "national" or word in ("nchar", "nvarchar", "long"):
        raise Unfollowed("a type with characters of its own")
    word = _ALIASES.get(word, word)
    if word == "double":
        reader.accept("PRECISION")
    if word == "char" and reader.accept("VARYING"):
        word = "varchar"
    arguments = reader.parenthesized() if reader.peek() == "(" else []
    text = ",".join(_argument(one) for one in arguments if one.text != ",")
    signs = set()
    while found := reader.one_of("UNSIGNED", "SIGNED", "ZEROFILL"):
        signs.add(found.lower())
    if word in ("text", "blob") and text:
        return "?", ""  # its length chooses one of four types, by the characters of the table
    return _shown_type(word, text, signs, mariadb=mariadb), word if word == "json" else ""


def _argument(token: Token) -> str:
    return "'" + text_of(token).replace("'", "''") + "'" if token.kind == "string" else token.text


def _shown_type(word: str, text: str, signs: set[str], *, mariadb: bool) -> str:
    unsigned = " unsigned" if signs & {"unsigned", "zerofill"} else ""
    zerofill = " zerofill" if "zerofill" in signs else ""
    if word in _INTEGERS:
        width = text or str(_INTEGERS[word][bool(unsigned)])
        shows = mariadb or bool(zerofill) or (word == "tinyint" and text == "1" and not unsigned)
        return word + (f"({width})" if shows else "") + unsigned + zerofill
    if word == "year":
        return "year(4)" if mariadb else "year"
    if word == "decimal":
        text = text or "10"
        text = text if "," in text else f"{text},0"
    elif word == "float" and text and "," not in text:
        word, text = ("double" if int(text) >= _SMALLEST_DOUBLE else "float"), ""
    elif word == "json" and mariadb:
        word = "longtext"
    elif word not in _PLAIN:
        return "?"
    if word in ("datetime", "timestamp", "time") and text == "0":
        text = ""
    return word + (f"({text})" if text else _WITH_LENGTH.get(word, "")) + unsigned + zerofill


def base_of(type_: str) -> str:
    """Return a type's first word."""
    found = re.search(r"\w+", type_)
    return found[0] if found else type_


def unknown_type(column: Column) -> Column:
    """Return a column whose type isn't known to the letter."""
    return dataclasses.replace(column, type=f"?{column.type.lstrip('?')}", collation="")


def _with_collation(column: Column, stated: str, table: str) -> Column:
    """Note a column's collation, which the server shows where it isn't the table's."""
    if not stated or base_of(column.type) not in TEXTS or stated == table:
        return column
    if stated.endswith("_?") or (not table and not stated.endswith("_bin")):
        return unknown_type(column)
    return dataclasses.replace(column, collation=stated)


def _now(tokens: list[Token]) -> str | None:
    words = [token.text.upper() for token in tokens if token.text not in ("(", ")", "()")]
    if not words or words[0] not in _NOW:
        return None
    return f"({words[1]})" if len(words) > 1 and words[1] != "0" else "()"


def _shown_default(tokens: list[Token] | None, type_: str, *, mariadb: bool) -> str | None:
    """Return what stands behind DEFAULT, or None where nothing does."""
    if tokens is None or [token.text.upper() for token in tokens] == ["NULL"]:
        return None
    now = _now(tokens)
    if now is not None:
        return f"current_timestamp{now}" if mariadb else "CURRENT_TIMESTAMP" + now.removesuffix("()")
    if [token.text.upper() for token in tokens] == ["UUID", "()"] and mariadb:
        return "uuid()"
    constant = _constant(tokens)
    shown = _shown_constant(constant, type_) if constant is not None else None
    if base_of(type_).endswith("text") and tokens[-1].kind != "string":
        shown = None  # for a TEXT it is an expression, which is shown as it was written
    if shown is None:
        return f"'{MARK}'"
    return shown if mariadb or shown.startswith("'") else f"'{shown}'"


def _constant(tokens: list[Token]) -> str | None:
    if tokens[0].text == "(":
        tokens = tokens[1:]
    sign = "-" if tokens[0].text == "-" else ""
    tokens = tokens[1:] if tokens[0].text in ("-", "+") else tokens
    if len(tokens) != 1:
        return None
    token = tokens[0]
    if token.kind == "string":
        return None if "\\" in token.text or token.text[0] == "_" else text_of(token)
    if token.text.upper() in ("TRUE", "FALSE"):
        return str(int(token.text.upper() == "TRUE"))
    return sign + token.text if token.kind == "number" else None


def _shown_constant(text: str, type_: str) -> str | None:  # noqa: PLR0911 - one for each kind of type
    base = base_of(type_)
    if base in ("varchar", "char", "enum", "text", "longtext", "mediumtext", "tinytext"):
        return "'" + text.replace("'", "''") + "'"
    if "zerofill" in type_:
        return None
    if base in _INTEGERS and re.fullmatch(r"-?\d+", text):
        return str(int(text))
    if base == "decimal":
        return _decimal(text, type_)
    if base in ("float", "double") and re.fullmatch(r"-?\d{1,5}", text):
        return str(int(text))
    if base == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return f"'{text}'"
    if type_ in ("datetime", "timestamp") and re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", text):
        return f"'{text}'"
    return None


def _decimal(text: str, type_: str) -> str | None:
    scale = int(re.findall(r"\d+", type_)[1])
    try:
        number = Decimal(text)
        rounded = number.quantize(Decimal(1).scaleb(-scale))
    except InvalidOperation:
        return None
    return str(rounded) if rounded == number else None
