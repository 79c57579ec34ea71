# ruff: noqa: ANN401 - values of PL/SQL are text, numbers, truth values and NULL
"""A small interpreter of the PL/SQL that scripts for Oracle hold, so that their control flow can be run in tests.

It knows NULL ('' is NULL), dynamic SQL with its variables, exceptions, and transactions of their own. What it does not
know is an error; it proves nothing of what a server would make of types, privileges or locks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TOKEN = re.compile(
    r"(?P<blank>\s+|--[^\n]*|/\*.*?\*/)|(?P<q>[qQ]'(?:\[.*?\]'|\{.*?\}'|<.*?>'|\(.*?\)'|(?P<mark>[^\s\[{<(']).*?(?P=mark)'))"
    r"|(?P<text>'(?:[^']|'')*')|(?P<number>\d+(?:\.(?!\.)\d+)?)|(?P<host>:\w+)|(?P<word>[\w$#]+(?:[.%]\w+)*|\"[^\"]*\")"
    r"|(?P<sign>:=|\|\||<>|<=|>=|\.\.|[-+*/=<>(),;.@%])",
    re.DOTALL,
)


class OracleError(Exception):
    """An error of the server."""

    def __init__(self, code: int, message: str) -> None:
        """Take SQLCODE and the text behind it."""
        super().__init__(message)
        self.code = code


class _Return(Exception):
    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class Server(Protocol):
    """What PL/SQL runs its SQL on."""

    def execute(self, sql: str, *, apart: bool) -> Any:
        """Run a statement in the session's transaction or in one apart; return the rows of a query, or their count."""

    def interprets(self, sql: str) -> bool:
        """Tell whether dynamic SQL is a block of the script's frame, which is run; any other is only executed."""

    def commit(self, *, apart: bool) -> None:
        """End a transaction."""

    def rollback(self, *, apart: bool) -> None:
        """Undo a transaction."""

    def call(self, name: str, arguments: list[Any]) -> Any:
        """Return what a function of the server gives."""

    def put_line(self, text: str) -> None:
        """Take a line of output."""


@dataclass
class Token:
    """A piece of PL/SQL."""

    kind: str
    text: str
    start: int

    @property
    def upper(self) -> str:
        """Return the word as keywords are compared."""
        return self.text.upper()


@lru_cache(maxsize=512)
def tokens_of(source: str) -> list[Token]:
    """Return the tokens, without white space and comments."""
    found, at = [], 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        assert match, f"no token of PL/SQL: {source[at : at + 40]!r}"
        kind = match.lastgroup if match.lastgroup != "mark" else "q"
        assert kind
        if kind != "blank":
            found.append(Token(kind, match[0], at))
        at = match.end()
    return found


@lru_cache(maxsize=512)
def _words_of(source: str) -> tuple[str, ...]:
    return tuple(token.upper for token in tokens_of(source))


@dataclass
class Routine:
    """A local function or procedure: where its parameters and its body stand."""

    parameters: list[str]
    start: int
    scope: Scope


@dataclass
class Scope:
    """The names of a block."""

    names: dict[str, Any] = field(default_factory=dict)
    above: Scope | None = None
    apart: bool = False

    def find(self, name: str) -> dict[str, Any] | None:
        """Return the names that hold this one."""
        if name in self.names:
            return self.names
        return self.above.find(name) if self.above else None

    @property
    def is_apart(self) -> bool:
        """Whether statements here run in a transaction of their own."""
        return self.apart or (self.above is not None and self.above.is_apart)


class Block:
    """One anonymous block, run once."""

    def __init__(self, source: str, server: Server, hosts: dict[str, Any], *, apart: bool = False) -> None:
        """Take its text and the variables of whoever runs it, by name."""
        self.source, self.server, self.hosts, self.apart = source, server, hosts, apart
        self.tokens = tokens_of(source)
        self.words = _words_of(source)
        self.at = 0
        self.code = 0
        self.count: Any = None

    def run(self) -> None:
        """Run it."""
        try:
            self._block(Scope(apart=self.apart), run=True)
        except _Return:
            return
        self._take(";")
        assert self.at == len(self.tokens), f"more behind the block: {self._rest()}"

    # tokens

    @property
    def _word(self) -> str:
        return self.words[self.at] if self.at < len(self.words) else ""

    def _rest(self) -> str:
        return self.source[self.tokens[self.at].start :][:60] if self.at < len(self.tokens) else "the end"

    def _accept(self, *words: str) -> bool:
        if self.words[self.at : self.at + len(words)] != words:
            return False
        self.at += len(words)
        return True

    def _take(self, *words: str) -> None:
        assert self._accept(*words), f"{words} expected: {self._rest()}"

    def _name(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1].text.lower()

    # blocks

    def _block(self, scope: Scope, *, run: bool) -> None:
        """Read a block; run it or pass over it."""
        if self._accept("DECLARE") or self._word != "BEGIN":
            self._declarations(scope, run=run)
        self._take("BEGIN")
        start = self.at
        self._statements(scope, run=False)
        handlers = self.at
        self._handlers(scope, run=False)
        end = self.at
        if run:
            self._run_body(scope, start, handlers)
            self.at = end

    def _run_body(self, scope: Scope, start: int, handlers: int) -> None:
        self.at = start
        try:
            self._statements(scope, run=True)
        except OracleError as error:
            self.at = handlers
            if not self._accept("EXCEPTION", "WHEN", "OTHERS", "THEN"):
                raise
            outer, self.code = self.code, error.code
            scope.names["%error"] = error
            self._statements(scope, run=True)
            self.code = outer

    def _handlers(self, scope: Scope, *, run: bool) -> None:
        if self._accept("EXCEPTION", "WHEN", "OTHERS", "THEN"):
            self._statements(scope, run=run)
        self._take("END")

    def _declarations(self, scope: Scope, *, run: bool) -> None:
        while self._word != "BEGIN":
            if self._accept("PRAGMA", "AUTONOMOUS_TRANSACTION", ";"):
                scope.apart = True
            elif self._accept("TYPE"):
                self._skip_to(";")
            elif self._word in {"FUNCTION", "PROCEDURE"}:
                self.at += 1
                self._routine(scope)
            else:
                self._variable(scope, run=run)

    def _variable(self, scope: Scope, *, run: bool) -> None:
        name = self._name()
        self._accept("CONSTANT")
        self.at += 1
        if self._accept("("):
            self._skip_to(")")
        value = self._expression(scope, run=run) if self._accept(":=") else None
        scope.names[name] = value
        self._take(";")

    def _routine(self, scope: Scope) -> None:
        name, parameters = self._name(), []
        if self._accept("("):
            while not self._accept(")"):
                parameters.append(self._name())
                self._name()
                self._accept(",")
        if self._accept("RETURN"):
            self.at += 1
        self._take("IS")
        scope.names[name] = Routine(parameters, self.at, scope)
        self._block(Scope(above=scope), run=False)
        self._take(";")

    def _skip_to(self, sign: str) -> None:
        while not self._accept(sign):
            self.at += 1

    # statements

    def _statements(self, scope: Scope, *, run: bool) -> None:
        while self._word not in {"END", "EXCEPTION", "ELSE", "ELSIF"}:
            self._statement(scope, run=run)

    def _statement(self, scope: Scope, *, run: bool) -> None:
        word = self._word
        if word in {"INSERT", "UPDATE", "DELETE"}:
            self._static(scope, run=run)
            return
        simple: Mapping[str, Callable[[], None]] = {
            "COMMIT": lambda: self.server.commit(apart=scope.is_apart),
            "ROLLBACK": lambda: self.server.rollback(apart=scope.is_apart),
            "NULL": lambda: None,
            "RAISE": lambda: self._raise_again(scope),
        }
        if self._accept("IF"):
            self._if(scope, run=run)
        elif self._accept("FOR"):
            self._for(scope, run=run)
        elif self._accept("RETURN"):
            value = None if self._word == ";" else self._expression(scope, run=run)
            if run:
                raise _Return(value)
        elif self._accept("EXECUTE", "IMMEDIATE"):
            self._dynamic(scope, run=run)
        elif word in {"BEGIN", "DECLARE"}:
            self._block(Scope(above=scope), run=run)
        elif word in simple:
            self.at += 1
            if run:
                simple[word]()
        else:
            self._assignment_or_call(scope, run=run)
        self._take(";")

    def _raise_again(self, scope: Scope) -> None:
        raised: Scope | None = scope
        while raised and "%error" not in raised.names:
            raised = raised.above
        assert raised
        raise raised.names["%error"]

    def _static(self, scope: Scope, *, run: bool) -> None:
        start = self.tokens[self.at].start
        self._skip_to(";")
        if run:
            self.count = self.server.execute(self.source[start : self.tokens[self.at - 1].start], apart=scope.is_apart)

    def _if(self, scope: Scope, *, run: bool) -> None:
        open_ = run
        while True:
            holds = self._expression(scope, run=open_) is True
            self._take("THEN")
            self._statements(scope, run=open_ and holds)
            open_ = open_ and not holds
            if self._accept("ELSIF"):
                continue
            if self._accept("ELSE"):
                self._statements(scope, run=open_)
            self._take("END", "IF")
            return

    def _for(self, scope: Scope, *, run: bool) -> None:
        name = self._name()
        self._take("IN")
        values: list[Any] = []
        if self._accept("("):
            start, depth = self.tokens[self.at].start, 1
            while depth:
                depth += (self._word == "(") - (self._word == ")")
                self.at += 1
            query = self.source[start : self.tokens[self.at - 1].start]
            values = self.server.execute(query, apart=scope.is_apart) if run else []
        else:
            low = self._expression(scope, run=run)
            self._take("..")
            high = self._expression(scope, run=run)
            values = list(range(low, high + 1)) if run else []
        self._take("LOOP")
        start_at = self.at
        for value in values:
            self.at = start_at
            self._statements(Scope({name: value}, scope), run=True)
        self.at = start_at
        self._statements(Scope({name: None}, scope), run=False)
        self._take("END", "LOOP")

    def _dynamic(self, scope: Scope, *, run: bool) -> None:
        sql = self._expression(scope, run=run)
        into = self._name() if self._accept("BULK", "COLLECT", "INTO") else None
        given: list[Any] = []
        targets: list[str | None] = []
        if self._accept("USING"):
            while True:
                is_out = self._accept("OUT")
                targets.append(self._name() if is_out else None)
                given.append(None if is_out else self._expression(scope, run=run))
                if not self._accept(","):
                    break
        if run:
            self._execute(str(sql), scope, into, given, targets)

    def _execute(self, sql: str, scope: Scope, into: str | None, given: list[Any], targets: list[str | None]) -> None:
        if self.server.interprets(sql):
            names = list(dict.fromkeys(token.text for token in tokens_of(sql) if token.kind == "host"))
            assert len(names) == len(given), f"{len(names)} placeholders, {len(given)} values"
            hosts = dict(zip(names, given, strict=True))
            Block(sql, self.server, hosts, apart=scope.is_apart).run()
            for name, target in zip(names, targets, strict=True):
                if target:
                    self._assign(target, hosts[name], scope)
            return
        if sql == "None":
            raise OracleError(-6535, "ORA-06535: statement string in EXECUTE IMMEDIATE is NULL or 0 length")
        assert not given
        result = self.server.execute(sql, apart=scope.is_apart)
        self.count = result
        if into:
            self._assign(into, result, scope)

    def _assign(self, target: str, value: Any, scope: Scope) -> None:
        if target.startswith(":"):
            assert target in self.hosts, f"{target} is not declared"
            self.hosts[target] = value
            return
        names = scope.find(target)
        assert names is not None, f"{target} is not declared"
        names[target] = value

    def _assignment_or_call(self, scope: Scope, *, run: bool) -> None:
        name = self._name()
        if self._accept(":="):
            value = self._expression(scope, run=run)
            if run:
                self._assign(name, value, scope)
            return
        arguments = self._arguments(scope, run=run)
        if run:
            self._call(name, arguments, scope)

    # expressions

    def _arguments(self, scope: Scope, *, run: bool) -> list[Any]:
        found: list[Any] = []
        if self._accept("("):
            while not self._accept(")"):
                found.append(self._expression(scope, run=run))
                self._accept(",")
        return found

    def _call(self, name: str, arguments: list[Any], scope: Scope) -> Any:
        names = scope.find(name)
        if names is None:
            return self._built_in(name, arguments)
        value = names[name]
        if not isinstance(value, Routine):
            return value
        at, inner = self.at, Scope(dict(zip(value.parameters, arguments, strict=True)), value.scope)
        self.at = value.start
        try:
            self._block(inner, run=True)
        except _Return as returned:
            return returned.value
        finally:
            self.at = at
        return None

    def _built_in(self, name: str, arguments: list[Any]) -> Any:
        if name == "sqlcode":
            return self.code
        if name == "sql%rowcount":
            return self.count
        if name == "raise_application_error":
            raise OracleError(arguments[0], f"ORA{arguments[0]}: {arguments[1]}")
        if name == "dbms_output.put_line":
            return self.server.put_line(arguments[0] or "")
        if name in _FUNCTIONS:
            result = _FUNCTIONS[name](*arguments)
            return None if result == "" else result
        return self.server.call(name, arguments)

    def _expression(self, scope: Scope, *, run: bool) -> Any:
        value = self._and(scope, run=run)
        while self._accept("OR"):
            other = self._and(scope, run=run)
            value = (value is True) or (other is True)
        return value

    def _and(self, scope: Scope, *, run: bool) -> Any:
        value = self._not(scope, run=run)
        while self._accept("AND"):
            other = self._not(scope, run=run)
            value = (value is True) and (other is True)
        return value

    def _not(self, scope: Scope, *, run: bool) -> Any:
        if self._accept("NOT"):
            value = self._not(scope, run=run)
            return None if value is None else not value
        return self._comparison(scope, run=run)

    def _comparison(self, scope: Scope, *, run: bool) -> Any:
        left = self._sum(scope, run=run)
        if self._accept("IS"):
            negated = self._accept("NOT")
            self._take("NULL")
            return (left is None) is not negated
        if self._accept("IN"):
            items = self._arguments(scope, run=run)
            return None if left is None else left in items
        if self._accept("NOT", "BETWEEN"):
            low = self._sum(scope, run=run)
            self._take("AND")
            high = self._sum(scope, run=run)
            return None if left is None else not low <= left <= high
        return self._compared(left, scope, run=run)

    def _compared(self, left: Any, scope: Scope, *, run: bool) -> Any:
        compare = _COMPARE.get(self._word)
        if compare is None:
            return left
        self.at += 1
        right = self._sum(scope, run=run)
        return None if left is None or right is None else compare(left, right)

    def _sum(self, scope: Scope, *, run: bool) -> Any:
        value = self._term(scope, run=run)
        while self._word in {"||", "+", "-"}:
            sign = self._word
            self.at += 1
            other = self._term(scope, run=run)
            if not run:
                continue
            if sign == "||":
                value = (_text(value) + _text(other)) or None
            elif value is None or other is None:
                value = None
            else:
                value = value + other if sign == "+" else value - other
        return value

    def _term(self, scope: Scope, *, run: bool) -> Any:
        token = self.tokens[self.at]
        self.at += 1
        if token.text == "(":
            value = self._expression(scope, run=run)
            self._take(")")
            return value
        if token.text == "-":
            value = self._term(scope, run=run)
            return None if value is None else -value
        if token.upper == "CASE":
            return self._case(scope, run=run)
        if token.kind in _CONSTANTS:
            return _CONSTANTS[token.kind](token.text) or (0 if token.kind == "number" else None)
        if token.kind == "host":
            assert token.text in self.hosts, f"{token.text} is not declared"
            return self.hosts[token.text]
        return None if token.upper == "NULL" else self._named(token.text.lower(), scope, run=run)

    def _named(self, name: str, scope: Scope, *, run: bool) -> Any:
        owner, _, part = name.partition(".")
        if part and scope.find(owner) is not None:
            if not run:
                return None
            value = scope.find(owner)[owner]  # type: ignore[index]
            return len(value) if part == "count" else value[part]
        arguments = self._arguments(scope, run=run)
        if not run:
            return None
        names = scope.find(name)
        if names is not None and isinstance(names[name], list):
            return names[name][arguments[0] - 1]
        return self._call(name, arguments, scope)

    def _case(self, scope: Scope, *, run: bool) -> Any:
        searched = self._word == "WHEN"
        subject = None if searched else self._expression(scope, run=run)
        result, found = None, False
        while self._accept("WHEN"):
            condition = self._expression(scope, run=run)
            self._take("THEN")
            value = self._expression(scope, run=run)
            holds = condition is True if searched else condition is not None and condition == subject
            if holds and not found:
                result, found = value, True
        if self._accept("ELSE"):
            value = self._expression(scope, run=run)
            result = result if found else value
        self._take("END")
        return result


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
}


_CONSTANTS: dict[str, Callable[[str], Any]] = {
    "q": lambda text: text[3:-2],
    "text": lambda text: text[1:-1].replace("''", "'"),
    "number": lambda text: float(text) if "." in text else int(text),
}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def _unistr(text: str) -> str:
    units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in re.findall(r"\\(....)", text))
    return units.decode("utf-16-be")


def _asciistr(text: str) -> str:
    units = text.encode("utf-16-be")
    return "".join(f"\\{units[at : at + 2].hex().upper()}" for at in range(0, len(units), 2))


def _substr(text: str | None, start: int, length: int | None = None) -> str | None:
    if text is None:
        return None
    return text[start - 1 :] if length is None else text[start - 1 : start - 1 + max(length, 0)]


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "chr": chr,
    "to_clob": lambda text: text,
    "to_char": _text,
    "unistr": _unistr,
    "asciistr": _asciistr,
    "length": len,
    "nvl": lambda value, other: other if value is None else value,
    "replace": lambda text, old, new="": None if text is None else text.replace(old, new or ""),
    "ltrim": lambda text, blanks: None if text is None else text.lstrip(blanks),
    "rtrim": lambda text, blanks: None if text is None else text.rstrip(blanks),
    "substr": _substr,
    "substrb": _substr,
    "instr": lambda text, part: (text or "").find(part) + 1,
    "trunc": lambda number: None if number is None else int(number),
    "greatest": lambda *numbers: None if None in numbers else max(numbers),
    "nlssort": lambda text, _how: None if text is None else text.encode(),
}
