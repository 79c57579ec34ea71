"""Reads the T-SQL that frames are written in: text to functions that run it in a session."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.tsql_values import (
    FUNCTIONS,
    GLOBALS,
    PROCEDURES,
    Binary,
    Fails,
    Finished,
    Scope,
    added,
    call,
    change_version_rows,
    compared,
    exists,
    joined_rows,
    logical,
    same,
    unquoted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.tsql_values import Statement, Value

_TOKEN = re.compile(
    r"\s+|--[^\n]*|(?P<string>N?'(?:[^']|'')*')|(?P<name>\[(?:[^\]]|\]\])*\]|[@#]*\w+)|(?P<sign><>|\+=|.)", re.DOTALL
)
_TABLE = ["[dbo]", ".", "[alembic_version]"]
_OPTIONS = {"IMPLICIT_TRANSACTIONS", "NOCOUNT", "QUOTED_IDENTIFIER", "ARITHABORT", "NUMERIC_ROUNDABORT", "ROWCOUNT"} | {
    "LANGUAGE",
    "LOCK_TIMEOUT",
    "TRANSACTION",
}


class Token(NamedTuple):
    """A word, literal or sign."""

    kind: str
    text: str


def tokens_of(sql: str) -> list[Token]:
    """Return the tokens of a batch without blanks and comments."""
    return [Token(match.lastgroup, match[0]) for match in _TOKEN.finditer(sql) if match.lastgroup]


class Parser:
    """Reads one batch."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._in_frame = any("changescript" in token.text.lower() for token in tokens)

    # tokens

    def _word(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at].text.upper() if at < len(self._tokens) else ""

    def _next(self) -> Token:
        if self._at >= len(self._tokens):
            raise Fails("the batch ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _skip(self, *words: str) -> bool:
        if all(self._word(at) == word for at, word in enumerate(words)):
            self._at += len(words)
            return True
        return False

    def _expect(self, *words: str) -> None:
        if not self._skip(*words):
            raise Fails(f"{words} expected, {self._word()!r} found")

    def _bracketed(self) -> str:
        """Take what stands in brackets, as text."""
        self._expect("(")
        depth, taken = 1, []
        while depth:
            token = self._next()
            depth += (token.text == "(") - (token.text == ")")
            taken.append(token.text)
        return " ".join(taken[:-1])

    # statements

    def statements(self, *ends: str) -> list[Statement]:
        """Return the statements up to the end, or up to one of these words."""
        found = []
        while self._at < len(self._tokens) and self._word() not in ends:
            if not self._skip(";"):
                found.append(self._statement())
        return found

    def _statement(self) -> Statement:
        run, always = self._read()

        def guarded(scope: Scope) -> None:
            if scope.session.noexec and not always:
                return
            run(scope)

        return guarded

    def _read(self) -> tuple[Statement, bool]:
        """Return a statement, and whether it runs under NOEXEC too."""
        if self._skip("SET", "NOEXEC", "OFF"):
            return self._plain(lambda scope: setattr(scope.session, "noexec", False)), True
        readers = (
            (("IF",), self._if),
            (("BEGIN", "TRANSACTION"), lambda: self._plain(lambda scope: scope.session.begin())),
            (("COMMIT", "TRANSACTION"), lambda: self._plain(lambda scope: scope.session.commit())),
            (("ROLLBACK", "TRANSACTION"), lambda: self._plain(lambda scope: scope.session.rollback())),
            (("BEGIN",), self._block),
            (("SET",), self._set),
            (("DECLARE",), self._declare),
            (("EXEC",), self._execute),
            (("RAISERROR",), self._raise),
            (("PRINT",), self._print),
            (("RETURN",), self._return),
            (("DROP", "PROCEDURE"), self._drop),
            (("CREATE", "PROCEDURE"), self._create),
        )
        own = self._word() not in {"SET", "DECLARE", "EXEC", "CREATE", "IF"} or self._is_own()
        for words, reader in readers:
            if own and self._skip(*words):
                return reader(), False
        return self._other(), False

    def _is_own(self) -> bool:
        """Tell whether a statement is the frame's, by the words that only frames use."""
        if self._in_frame:
            return True
        texts = [token.text for token in self._tokens[self._at :]]
        text = " ".join(texts).upper()
        if self._word() == "SET":
            return self._word(1) in _OPTIONS or self._word(1) == "NOEXEC" or self._word(1).startswith("@")
        return any(mark in text for mark in ("CHANGESCRIPT", "NOEXEC", "@@TRANCOUNT", "ALEMBIC_VERSION", "IF NOT ("))

    @staticmethod
    def _plain(action: Callable[[Scope], object]) -> Statement:
        def run(scope: Scope) -> None:
            action(scope)
            scope.session.error = 0

        return run

    def _if(self) -> Statement:
        condition, then = self._value(), self._statement()
        otherwise: Statement | None = None
        at = self._at
        self._skip(";")
        if self._skip("ELSE"):
            otherwise = self._statement()
        else:
            self._at = at

        def run(scope: Scope) -> None:
            if condition(scope) is True:
                then(scope)
            elif otherwise:
                otherwise(scope)
            else:
                scope.session.error = 0

        return run

    def _block(self) -> Statement:
        inner = self.statements("END")
        self._expect("END")

        def run(scope: Scope) -> None:
            for statement in inner:
                statement(scope)

        return run

    def _set(self) -> Statement:
        if self._skip("NOEXEC", "ON"):
            return self._plain(lambda scope: setattr(scope.session, "noexec", True))
        if not self._word().startswith("@"):
            while not self._skip(";"):
                self._next()
            return self._plain(lambda _scope: None)
        name = self._next().text
        adds = self._next().text == "+="
        value = self._value()

        def action(scope: Scope) -> None:
            new = value(scope)
            scope.variables[name] = scope.variables[name] + new if adds else new

        return self._plain(action)

    def _declare(self) -> Statement:
        parts: list[tuple[str, Value | None]] = []
        while True:
            name = self._next().text
            self._type()
            parts.append((name, self._value() if self._skip("=") else None))
            if not self._skip(","):
                break

        def action(scope: Scope) -> None:
            for name, value in parts:
                scope.variables[name] = value(scope) if value else None

        return self._plain(action)

    def _type(self) -> None:
        self._next()
        if self._word() == "(":
            self._bracketed()

    def _execute(self) -> Statement:
        target = ""
        if self._word(1) == "=":
            target = self._next().text
            self._expect("=")
        name = self._next().text
        while self._skip("."):
            name += "." + self._next().text
        arguments = self._arguments()

        def action(scope: Scope) -> None:
            status = PROCEDURES.get(name, call(name))(scope, arguments)
            if target:
                scope.variables[target] = status

        return self._plain(action)

    def _arguments(self) -> list[tuple[str, Value, str]]:
        """Return names, values and the variables that take what comes out."""
        found: list[tuple[str, Value, str]] = []
        while self._word() not in {"", ";", "ELSE", "END"}:
            name = ""
            if self._word().startswith("@") and self._word(1) == "=":
                name = self._next().text
                self._expect("=")
            variable = self._word().startswith("@") and self._tokens[self._at].text
            value = self._value()
            found.append((name, value, str(variable or "") if self._skip("OUTPUT") else ""))
            if not self._skip(","):
                break
        return found

    def _raise(self) -> Statement:
        self._expect("(")
        values = [self._value()]
        while self._skip(","):
            values.append(self._value())
        self._expect(")")

        def run(scope: Scope) -> None:
            message, severity, state, *rest = [value(scope) for value in values]
            assert severity == 16
            for text in rest:
                message = message.replace("%s", text if text is not None else "(null)", 1)
            scope.session.note(message)
            scope.session.state_127 |= state == 127

        return run

    def _print(self) -> Statement:
        value = self._value()
        return self._plain(lambda scope: scope.session.output.append(str(value(scope))))

    def _return(self) -> Statement:
        value = self._value()

        def run(scope: Scope) -> None:
            scope.session.error = 0
            raise Finished(value(scope))

        return run

    def _drop(self) -> Statement:
        name = self._next().text
        return self._plain(lambda scope: scope.session.procedures.pop(name))

    def _create(self) -> Statement:
        name = self._next().text
        parameters: list[tuple[str, Value | None]] = []
        while not self._skip("AS"):
            parameter = self._next().text
            self._type()
            parameters.append((parameter, self._value() if self._skip("=") else None))
            self._skip("OUTPUT")
            self._skip(",")
        body = self.statements()
        return self._plain(lambda scope: scope.session.procedures.update({name: (parameters, body)}))

    def _other(self) -> Statement:
        """Return what changes the version table, or a statement that is not the frame's: all that is left."""
        start = self._at
        table = [token.text for token in self._tokens[start : start + 6]]
        if any(table[at : at + 3] == _TABLE for at in range(1, 4)):
            return self._version_rows()
        taken = self._tokens[start:]
        self._at = len(self._tokens)
        return self._plain(lambda scope: scope.session.execute(taken))

    def _version_rows(self) -> Statement:
        taken = []
        while self._word() not in {";", ""}:
            taken.append(self._next())
        verb = taken[0].text.upper()
        ids = [unquoted(token.text) for token in taken if token.kind == "string"]
        return self._plain(lambda scope: change_version_rows(scope, verb, ids))

    # expressions

    def _value(self) -> Value:
        left = self._and()
        while self._skip("OR"):
            left = logical(left, self._and(), decides=True)
        return left

    def _and(self) -> Value:
        left = self._not()
        while self._skip("AND"):
            left = logical(left, self._not(), decides=False)
        return left

    def _not(self) -> Value:
        if not self._skip("NOT"):
            return self._comparison()
        inner = self._not()
        return lambda scope: None if (value := inner(scope)) is None else not value

    def _comparison(self) -> Value:
        left = self._sum()
        if self._skip("IS"):
            negated = self._skip("NOT")
            self._expect("NULL")
            return lambda scope: (left(scope) is None) is not negated
        if self._word() in {"IN", "NOT"}:
            negated = self._skip("NOT")
            self._expect("IN", "(")
            values = [self._value()]
            while self._skip(","):
                values.append(self._value())
            self._expect(")")
            return lambda scope: any(same(left(scope), value(scope)) for value in values) is not negated
        if self._word() not in {"=", "<>", "<", ">"}:
            return left
        sign, right = self._next().text, self._sum()
        return lambda scope: compared(sign, left(scope), right(scope))

    def _sum(self) -> Value:
        left = self._primary()
        while self._skip("+"):
            left = added(left, self._primary())
        return left

    def _primary(self) -> Value:
        value = self._atom()
        if self._skip("COLLATE"):
            assert self._next().text == "Latin1_General_BIN2"
            inner = value
            return lambda scope: None if (text := inner(scope)) is None else Binary(text)
        return value

    def _atom(self) -> Value:
        if self._skip("CASE"):
            return self._case()
        if self._word() == "(" and self._word(1) == "SELECT":
            return self._joined_rows()
        if self._skip("("):
            inner = self._value()
            self._expect(")")
            return inner
        return self._single(self._next())

    def _single(self, token: Token) -> Value:
        if token.kind == "string":
            text = unquoted(token.text)
            return lambda _scope: text
        if token.text.isdigit():
            return lambda _scope: int(token.text)
        if token.text.startswith("@@"):
            return GLOBALS[token.text.upper()]
        if token.text.startswith("@"):
            return lambda scope: scope.variables[token.text]
        return self._call(token.text.upper())

    def _case(self) -> Value:
        subject = None if self._word() == "WHEN" else self._value()
        branches: list[tuple[Value, Value]] = []
        while self._skip("WHEN"):
            condition = self._value()
            self._expect("THEN")
            branches.append((condition, self._value()))
        otherwise: Value = self._value() if self._skip("ELSE") else lambda _scope: None
        self._expect("END")

        def chosen(scope: Scope) -> Any:  # noqa: ANN401 - any value of SQL
            for condition, value in branches:
                holds = condition(scope)
                if (same(subject(scope), holds) if subject else holds) is True:
                    return value(scope)
            return otherwise(scope)

        return chosen

    def _joined_rows(self) -> Value:
        text = self._bracketed()
        assert "FROM [dbo] . [alembic_version] WITH ( TABLOCKX , HOLDLOCK )" in text, text
        assert """LIKE '%[,;"]%' THEN QUOTENAME ( version_num , '"' )""" in text, text
        assert text.endswith("ORDER BY version_num COLLATE Latin1_General_BIN2 FOR XML PATH ( '' ) , TYPE"), text
        self._expect(".", "VALUE")
        self._bracketed()
        return joined_rows

    def _call(self, name: str) -> Value:
        if name == "NULL":
            return lambda _scope: None
        if name == "EXISTS":
            text = self._bracketed()
            return lambda scope: exists(scope, text)
        if name not in FUNCTIONS:
            raise Fails(f"no function {name}")
        self._expect("(")
        if name == "CONVERT":
            self._type()
            self._expect(",")
        values = [] if self._word() == ")" else [self._value()]
        while self._skip(","):
            values.append(self._value())
        self._expect(")")
        return lambda scope: FUNCTIONS[name](scope, *(value(scope) for value in values))
