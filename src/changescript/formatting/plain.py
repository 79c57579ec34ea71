"""Own the layout of the statements that scripts are full of: tables, changes to rows, and what fits on a line.

Their text alone shows where their lines begin. The result is the one that the layout of their tokens would give;
where a look at the text is not enough, there is none.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from changescript.formatting.clauses import CLAUSES
from changescript.formatting.lexicon import Lexicon
from changescript.formatting.lines import BLANKS, lines_of
from changescript.formatting.pieces import words

_INDENT = "    "
_SPECIAL = re.compile(r"(?i)\b(?:CASE|VALUES)\b")
"""Words that reach beyond the line they stand on, or want a blank behind them."""

_MEANINGFUL = CLAUSES | words("AND AS BETWEEN BY CASE DISTINCT KEY OR VALUES")
"""Words that may begin a line, or decide whether the next one does."""
_NO_NAME = _MEANINGFUL | words("CLONE FOR IF LIKE NOT ONLY PARTITION TABLE")

_TABLE = "CREATE TABLE t (a INT, b INT, c INT, d INT"
_TABLE_LAID_OUT = "CREATE TABLE t (\n    a INT,\n    b INT,\n    c INT,\n    d INT"
"""A table to put an item or a tail behind: with more tokens than are looked at to tell what it is."""
_ITEM_BEHIND = ", z INT)"
_ITEM_BEHIND_LAID_OUT = ",\n    z INT\n)"

LayOut = Callable[[str], str | None]
"""The layout of a whole statement by its tokens."""


class _Unclear(Exception):
    """A look at the text is not enough."""


@dataclass(frozen=True, slots=True)
class _Plain:
    """Expressions of the parts of statements."""

    table: re.Pattern[str]
    item: re.Pattern[str]
    update: re.Pattern[str]
    delete: re.Pattern[str]
    assignment: re.Pattern[str]
    condition: re.Pattern[str]
    line: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Given:
    """A statement, and what to lay it out with."""

    sql: str
    plain: _Plain
    width: int
    by_tokens: LayOut

    def check_fits(self, length: int) -> None:
        """Leave alone what doesn't fit with a sign behind it: a comma, a bracket or the terminator."""
        if length + 1 > self.width:
            raise _Unclear

    def check_name(self, name: str) -> None:
        """Leave alone a name that could be read as a word of the statement."""
        if not _NO_NAME.isdisjoint(name.upper().split(".")):
            raise _Unclear


def lay_out_plain(sql: str, lexicon: Lexicon, width: int, by_tokens: LayOut) -> str | None:
    """Return the statement laid out, or None where that takes a look at its tokens.

    Part of a table may go through `by_tokens`, as part of a small one.
    """
    way = _WAYS.get(sql[:6].replace(" ", "_"))
    if way is None or _has_special(sql):
        return None
    try:
        return "".join(way(_Given(sql, _plain(lexicon), width, by_tokens)))
    except _Unclear:
        return None


def _has_special(sql: str) -> bool:
    upper = sql.upper()
    return ("CASE" in upper or "VALUES" in upper) and _SPECIAL.search(sql) is not None


@lru_cache
def _plain(lexicon: Lexicon) -> _Plain:
    lines = lines_of(lexicon)
    scope = "(?:(?:GLOBAL|LOCAL|TEMPORARY|TEMP|UNLOGGED) )?"
    part = rf"(?!(?i:{'|'.join(sorted(_MEANINGFUL))})\b){lines.unit}"
    some = f"(?=[\\w\"'`(]){part}(?: {part})*+"
    heads = "ALTER TABLE|COMMENT ON|CREATE (?:UNIQUE )?INDEX|DROP [A-Z]+|GRANT|REVOKE|TRUNCATE"
    return _Plain(
        table=re.compile(rf"(CREATE {scope}TABLE (?:IF NOT EXISTS )?({lines.name}) ?\(){BLANKS}"),
        item=re.compile(rf"({lines.item}){BLANKS}([,)]){BLANKS}"),
        update=re.compile(f"(UPDATE ({lines.name})) SET "),  # noqa: S608 - an expression
        delete=re.compile(rf"(DELETE FROM ({lines.name}))(?:\Z| WHERE )"),  # noqa: S608 - as above
        assignment=re.compile(rf"({some})(?<=[\w\"'`)\]])(?<!\bNOT)(, | WHERE |\Z)"),
        condition=re.compile(rf"({some})(?: (AND|OR) |\Z)"),
        line=re.compile(rf"(?:{heads}) {lines.item}(?:, {lines.item})*+"),
    )


def _create(given: _Given) -> Iterator[str]:
    found = given.plain.table.match(given.sql)
    return _table(given, found) if found else _line(given)


def _table(given: _Given, found: re.Match[str]) -> Iterator[str]:
    given.check_name(found[2])
    given.check_fits(len(found[1]))
    yield found[1]
    sign, close, position = ",", 0, found.end()
    while sign == ",":
        item = given.plain.item.match(given.sql, position)
        if item is None:
            raise _Unclear
        text, sign = item.groups()
        close, position = item.start(2), item.end()
        yield _item(given, text, last=sign != ",")
    yield _between(given, given.sql[close:], "", "") if position < len(given.sql) else "\n)"


def _item(given: _Given, text: str, *, last: bool) -> str:
    if len(_INDENT) + len(text) + 1 <= given.width:
        return f"\n{_INDENT}{text}" if last else f"\n{_INDENT}{text},"
    if last:
        return _between(given, f", {text})", ",", "\n)")
    return _between(given, f", {text}{_ITEM_BEHIND}", ",", _ITEM_BEHIND_LAID_OUT) + ","


def _between(given: _Given, text: str, before: str, behind: str) -> str:
    """Lay out what stands behind a small table's columns, and return it without what surrounds it."""
    start = _TABLE_LAID_OUT + before
    laid_out = given.by_tokens(_TABLE + text)
    if laid_out is None or not (laid_out.startswith(start) and laid_out.endswith(behind)):
        raise _Unclear
    return laid_out[len(start) : len(laid_out) - len(behind)]


def _update(given: _Given) -> Iterator[str]:
    found = given.plain.update.match(given.sql)
    if found is None:
        raise _Unclear
    given.check_name(found[2])
    given.check_fits(len(found[1]))
    yield f"{found[1]}\nSET "
    sign, position = ", ", found.end()
    while sign == ", ":
        item = given.plain.assignment.match(given.sql, position)
        if item is None:
            raise _Unclear
        text, sign = item.groups()
        given.check_fits(len(_INDENT) + len(text))
        yield f"{text},\n{_INDENT}" if sign == ", " else text
        position = item.end()
    if sign:
        yield from _conditions(given, position)


def _delete(given: _Given) -> Iterator[str]:
    found = given.plain.delete.match(given.sql)
    if found is None:
        raise _Unclear
    given.check_name(found[2])
    given.check_fits(len(found[1]))
    yield found[1]
    if found.end() > found.end(1):
        yield from _conditions(given, found.end())


def _conditions(given: _Given, position: int) -> Iterator[str]:
    before: str | None = "\nWHERE "
    while before:
        condition = given.plain.condition.match(given.sql, position)
        if condition is None:
            raise _Unclear
        text, connective = condition.groups()
        given.check_fits(len(before) - 1 + len(text))
        yield before + text
        before = connective and f"\n  {connective} "
        position = condition.end()


def _line(given: _Given) -> Iterator[str]:
    """Yield the statement itself, where it is a line already."""
    given.check_fits(len(given.sql))
    if not given.plain.line.fullmatch(given.sql):
        raise _Unclear
    yield given.sql


_WAYS: Mapping[str, Callable[[_Given], Iterator[str]]] = MappingProxyType(
    {
        "CREATE": _create,
        "UPDATE": _update,
        "DELETE": _delete,
        **dict.fromkeys(words("ALTER_ COMMEN DROP_C DROP_I DROP_T DROP_V GRANT_ REVOKE TRUNCA"), _line),
    }
)
"""Ways to lay statements out, by the letters that they begin with."""
