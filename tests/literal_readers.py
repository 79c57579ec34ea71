"""Readers of SQL Server's and Oracle's text expressions, and models of what their clients would do with a script.

Written from the vendors' rules, and sharing nothing with what renders literals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"N?'(?:[^']|'')*'|[A-Z_]+\(|\d+|\+|\|\||[()]|\bAS NVARCHAR\(MAX\)\)|\s+")
_SQLCMD_COMMAND = re.compile(r"(?i)[ \t]*(?:(?:go|reset|exit|ed|quit)\b|:|!!)")
_SQLPLUS_COMMAND = re.compile(r"[ \t]*(?:[/.][ \t]*$|[#@~])|.*-[ \t]*$")


@dataclass
class Text:
    """What an expression stands for."""

    units: list[int]
    """UTF-16 units."""
    is_long: bool
    """NVARCHAR(MAX), or a CLOB."""

    def __str__(self) -> str:
        return b"".join(unit.to_bytes(2, "big") for unit in self.units).decode("utf-16-be")


class Reader:
    """Reads `term (operator term)*`."""

    def __init__(self, sql: str, operator: str) -> None:
        self.operator = operator
        self.tokens: list[str] = []
        position = 0
        while position < len(sql):
            found = _TOKEN.match(sql, position)
            assert found, sql[position : position + 20]
            position = found.end()
            if not found[0].isspace():
                self.tokens.append(found[0])
        self.tokens.reverse()

    def whole(self) -> Text:
        """Read all of it."""
        result = self.expression()
        assert not self.tokens
        return result

    def expression(self) -> Text:
        """Read terms and put them together."""
        result = self.term()
        while self.tokens and self.tokens[-1] == self.operator:
            self.tokens.pop()
            result = self.together(result, self.term())
        return result

    def term(self) -> Text:
        """Read a constant, a call or what stands in parentheses."""
        word = self.tokens.pop()
        if word == "(":
            result = self.expression()
        elif word.endswith("("):
            result = self.call(word[:-1])
        else:
            return self.constant(word)
        assert self.tokens.pop() == ")"
        return result

    def together(self, left: Text, right: Text) -> Text:
        """Concatenate two values, with the limit that the server has."""
        raise NotImplementedError

    def constant(self, token: str) -> Text:
        """Read a constant."""
        raise NotImplementedError

    def call(self, name: str) -> Text:
        """Read the arguments of a function."""
        raise NotImplementedError


class MSSQLReader(Reader):
    """Transact-SQL: NVARCHAR is cut off at 4000 units in silence; a backslash joins lines."""

    def __init__(self, sql: str) -> None:
        super().__init__(sql.replace("CAST(N'' AS NVARCHAR(MAX))", "MAXIMAL()"), "+")

    def together(self, left: Text, right: Text) -> Text:
        is_long = left.is_long or right.is_long
        units = left.units + right.units
        return Text(units if is_long else units[:4000], is_long)

    def constant(self, token: str) -> Text:
        assert token.startswith("N'")
        content = token[2:-1].replace("''", "'").replace("\\\n", "").encode("utf-16-be")
        units = [int.from_bytes(content[at : at + 2], "big") for at in range(0, len(content), 2)]
        return Text(units, len(units) > 4000)

    def call(self, name: str) -> Text:
        if name == "MAXIMAL":
            return Text([], is_long=True)
        assert name == "NCHAR"
        code = int(self.tokens.pop())
        assert 0 < code <= 0xFFFF, "NULL without a collation for supplementary characters"
        return Text([code], is_long=False)


class OracleReader(Reader):
    """Oracle: constants of up to 4000 bytes, VARCHAR2 expressions too, CLOBs without a limit."""

    def __init__(self, sql: str) -> None:
        super().__init__(sql, "||")

    def together(self, left: Text, right: Text) -> Text:
        result = Text(left.units + right.units, left.is_long or right.is_long)
        assert result.is_long or sum(map(_utf8_length, result.units)) <= 4000, "ORA-01489"
        return result

    def constant(self, token: str) -> Text:
        assert token.startswith("'")
        content = token[1:-1].replace("''", "'")
        assert len(content.encode()) <= 4000, "ORA-01704"
        units = content.encode("utf-16-be")
        return Text([int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2)], is_long=False)

    def call(self, name: str) -> Text:
        if name == "CHR":
            code = int(self.tokens.pop())
            assert 0 < code < 128
            return Text([code], is_long=False)
        argument = self.expression()
        if name == "UNISTR":
            codes = re.findall(r"\\([0-9A-F]{4})", str(argument))
            assert "".join(f"\\{code}" for code in codes) == str(argument)
            return Text([int(code, 16) for code in codes], is_long=False)
        assert name in {"TO_CHAR", "TO_CLOB", "TO_NCLOB"}
        return Text(argument.units, name != "TO_CHAR")


def _utf8_length(unit: int) -> int:
    """Count the bytes of a UTF-16 unit; a pair of surrogates makes four."""
    if 0xD800 <= unit < 0xE000:
        return 2
    return 1 + (unit > 0x7F) + (unit > 0x7FF)


def sqlcmd_hazards(script: str) -> list[str]:
    """Return the lines that sqlcmd would change or take for its own."""
    return [line for line in script.split("\n") if "$(" in line or _SQLCMD_COMMAND.match(line)]


def sqlplus_hazards(script: str) -> list[str]:
    """Return the lines that SQL*Plus would change, cut off or take for its own, with SQLTERMINATOR on too."""
    return [
        line
        for line in script.split("\n")
        if "&" in line or len(line.encode()) > 2499 or _SQLPLUS_COMMAND.match(line) or line.rstrip().endswith(";")
    ]
