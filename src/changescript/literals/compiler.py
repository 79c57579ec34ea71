# ruff: noqa: ANN401 - SQLAlchemy's compilers take and return Any
# mypy: disable-error-code="no-untyped-call, override, no-any-return"
"""SQLAlchemy's compilers with every bound value written as an exact literal; must not know Alembic."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy import types as sat
from sqlalchemy.schema import DDLElement
from sqlalchemy.sql import operators
from sqlalchemy.sql.compiler import DDLCompiler, SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import BindParameter, ColumnClause, Grouping, UnaryExpression, _label_reference

from changescript.literals.rules import LiteralRefused, LiteralRules, Place, UnboundParameter, render

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.sql.elements import ClauseElement
    from sqlalchemy.types import TypeEngine

_UNSET: Any = object()
_IN_TEXT = re.compile("\0t(\\d+)\0")
_DEFAULT = re.compile("\0d(\\d+)\0")
_AS_POSITION = re.compile(
    r"\b(?:ORDER|GROUP)\s+BY\s+(?:[^:;()']*,\s*)?(?<![:\\]):(\w+)\s*"
    r"(?=[,;)]|$|(?:ASC|DESC|NULLS|LIMIT|OFFSET|FETCH|HAVING|FOR|UNION|ORDER|RETURNING)\b)",
    re.IGNORECASE,
)
"""A parameter of raw SQL that is all that is sorted by."""
_COMPARISONS = frozenset(
    {
        operators.eq,
        operators.ne,
        operators.lt,
        operators.le,
        operators.gt,
        operators.ge,
        operators.in_op,
        operators.not_in_op,
        operators.like_op,
        operators.not_like_op,
        operators.is_distinct_from,
        operators.is_not_distinct_from,
    }
)
"""Operators that take an untyped constant for the type of the column on their other side."""
_EMPTY_BUILTINS = frozenset({dict, list, tuple, str, int, float, bool, bytes})
"""Callables whose result is the same on every call."""


class LiteralCompiler(SQLCompiler):
    """Mixed into a dialect's statement compiler."""

    literal_rules: ClassVar[LiteralRules]

    # What SQLAlchemy renders outside a bind, such as ESCAPE '/', is a literal online too.
    _place = Place.CONSTANT
    _column: str | None = None
    within: str | None = None
    """The column or table that a DDL compiler is at."""

    # Where a value stands

    def visit_bindparam(self, bindparam: BindParameter[Any], **kw: Any) -> str:
        """Render a value, and keep text() from un-escaping colons in it."""
        in_text: list[str] | None = kw.pop("literals_of_text", None)
        if not kw.get("literal_binds"):
            return super().visit_bindparam(bindparam, **kw)
        outer = self._place, self._column, dict(self.binds)
        self._place = self._place_of(bindparam, within_function=kw.get("skip_bind_expression", False))
        self._column = self._column_of(bindparam)
        try:
            rendered: str = super().visit_bindparam(bindparam, **kw)
        finally:
            # A bind_expression() in an IN list leaves its parameter behind, though it is rendered.
            self._place, self._column, self.binds = outer
        return _kept_apart(rendered, in_text)

    def visit_textclause(self, textclause: sa.TextClause, **kw: Any) -> str:
        r"""Put literals in after text() has turned `\:` into `:`, which it would do inside them too."""
        if "\0" in textclause.text:
            raise LiteralRefused("the SQL text holds a NUL character")
        for name in _AS_POSITION.findall(textclause.text):
            _refuse_position(textclause._bindparams.get(name))  # noqa: SLF001 - no public way
        literals: list[str] = []
        sql: str = super().visit_textclause(textclause, literals_of_text=literals, **kw)
        return _IN_TEXT.sub(lambda match: literals[int(match[1])], sql)

    def order_by_clause(self, select: Any, **kw: Any) -> str:
        """Render ORDER BY; refuse a bound number in it."""
        for clause in select._order_by_clauses:  # noqa: SLF001 - as SQLAlchemy's compiler does
            _refuse_position(_bare(clause))
        return super().order_by_clause(select, **kw)

    def group_by_clause(self, select: Any, **kw: Any) -> str:
        """Render GROUP BY; refuse a bound number in it."""
        for clause in select._group_by_clauses:  # noqa: SLF001 - as SQLAlchemy's compiler does
            _refuse_position(_bare(clause))
        return super().group_by_clause(select, **kw)

    def visit_binary(self, binary: Any, **kw: Any) -> str:
        """Note values that are compared with a column, which gives them its type."""
        for value, column in ((binary.right, binary.left), (binary.left, binary.right)):
            if isinstance(value, BindParameter) and self._compares_plainly(value, column, binary.operator):
                self._typed_by_column.add(value)
        sql: str = super().visit_binary(binary, **kw)
        return sql

    @property
    def _typed_by_column(self) -> set[BindParameter[Any]]:
        found: set[BindParameter[Any]] = self.__dict__.setdefault("typed_by_column", set())
        return found

    def _compares_plainly(self, value: BindParameter[Any], column: object, operator: Any) -> bool:
        if not isinstance(column, ColumnClause) or operator not in _COMPARISONS:
            return False
        rules, dialect = self.literal_rules, self.dialect
        return (
            value.type._type_affinity in rules.compares_as_column  # noqa: SLF001 - SQLAlchemy's "same family"
            # A varchar is not compared as a citext or an enum is; a char ignores blanks at its end.
            and rules.parameter_type(value.type, dialect) == rules.parameter_type(column.type, dialect)
            and not isinstance(column.type, sat.CHAR)
            and not value.type.dialect_impl(dialect)._has_bind_expression  # noqa: SLF001
        )

    def _place_of(self, bindparam: BindParameter[Any], *, within_function: bool) -> Place:
        if self.statement is None:
            return Place.CONSTANT
        if within_function:
            return Place.EXPRESSION
        if bindparam in self._typed_by_column:
            return Place.COLUMN
        assigned = bindparam._is_crud and self.stack and isinstance(self.stack[-1]["selectable"], UpdateBase)  # noqa: SLF001
        return Place.COLUMN if assigned else Place.EXPRESSION

    def _column_of(self, bindparam: BindParameter[Any]) -> str | None:
        if not bindparam._is_crud:  # noqa: SLF001
            return self.within or (None if bindparam.unique else f":{bindparam.key}")
        # SQLAlchemy keeps the column's key here for a value that it named itself.
        name = self.truncated_names.get(("bindparam", bindparam.key), bindparam.key)
        table = getattr(self.stack[-1]["selectable"] if self.stack else self.statement, "table", None)
        return f"{table.fullname}.{name}" if isinstance(table, sa.TableClause) else str(name)

    # What it becomes

    def render_literal_bindparam(
        self,
        bindparam: BindParameter[Any],
        render_literal_value: Any = _UNSET,
        bind_expression_template: str | None = None,
        *,
        literals_of_text: list[str] | None = None,
        **_kw: Any,
    ) -> str:
        """Render a value through its type's bind processor, None too; refuse a name without one."""
        value = bindparam.value if render_literal_value is _UNSET else render_literal_value
        if render_literal_value is _UNSET and self._collect_params and bindparam.key in self._collected_params:
            value = self._collected_params[bindparam.key]
        elif bindparam.callable is not None:
            raise LiteralRefused("its value is computed by a function when the statement runs", column=self._column)
        elif render_literal_value is _UNSET and bindparam.required and value is None:
            column = self._column_of(bindparam)
            raise UnboundParameter(_plain_name(bindparam.key), None if column == f":{bindparam.key}" else column)
        if bindparam.expanding:
            rendered = self._expanded(bindparam, value, bind_expression_template)
        elif value is None and bindparam._is_crud and not bindparam.unique:  # noqa: SLF001
            rendered = self._perhaps_default(bindparam)
        else:
            rendered = self.render_literal_value(value, bindparam.type)
        return _kept_apart(rendered, literals_of_text)

    def _expanded(self, bindparam: BindParameter[Any], value: Any, template: str | None) -> str:
        if value is None or isinstance(value, str | bytes) or not isinstance(value, Iterable):
            raise LiteralRefused("an IN list takes a list of values", column=self._column)
        values = list(value)
        first = values[0] if values else None
        untyped = bindparam.type._isnull  # noqa: SLF001 - SQLAlchemy's own test
        if untyped and isinstance(first, Sequence) and not isinstance(first, str | bytes):
            raise LiteralRefused(
                "a list of tuples needs types", hint="use sa.tuple_(...).in_(...)", column=self._column
            )
        _, sql = self._literal_execute_expanding_parameter_literal_binds(
            bindparam, values, bind_expression_template=template
        )
        return str(sql)

    def render_literal_value(self, value: Any, type_: TypeEngine[Any]) -> str:
        """Render a value by the rules of the dialect. DDL compilers call this too."""
        target = self.literal_rules.target(type_, self.dialect, self._column or self.within)
        return render(value, target, self._place)

    # Python-side defaults: SQLAlchemy announces them only after it has rendered a NULL

    def visit_insert(self, insert_stmt: Any, *args: Any, **kw: Any) -> str:
        """Render INSERT as it would run inline: no RETURNING that was not asked for."""
        if not insert_stmt._returning:  # noqa: SLF001 - SQLAlchemy's own test
            insert_stmt = insert_stmt.inline()
        return super().visit_insert(insert_stmt, *args, **kw)

    def _perhaps_default(self, bindparam: BindParameter[Any]) -> str:
        pending: list[tuple[BindParameter[Any], Place, str | None]] = self.__dict__.setdefault("pending", [])
        pending.append((bindparam, self._place, self._column))
        return f"\0d{len(pending) - 1}\0"

    def with_defaults(self, sql: str) -> str:
        """Put in the defaults, once it is known which of the nameless NULLs are theirs."""
        pending: list[tuple[BindParameter[Any], Place, str | None]] = self.__dict__.get("pending", [])
        announced = [(column, getattr(column, kind)) for kind, columns in self._prefetched for column in columns]
        found = [_generators(bindparam, announced) for bindparam, _, _ in pending]
        if sorted(map(len, found)) != [0] * (len(found) - len(announced)) + [1] * len(announced):
            raise LiteralRefused(
                "its Python-side defaults can't be told apart",
                hint="write one INSERT or UPDATE a statement, or pass the values",
            )

        def default_or_null(match: re.Match[str]) -> str:
            index = int(match[1])
            bindparam, place, column = pending[index]
            value = constant_default(found[index][0], column) if found[index] else None
            return render(value, self.literal_rules.target(bindparam.type, self.dialect, column), place)

        return _DEFAULT.sub(default_or_null, sql)

    @property
    def _prefetched(self) -> list[tuple[str, Any]]:
        lists: list[tuple[str, Any]] = self.__dict__.setdefault("prefetched", [])
        return lists

    @property
    def insert_prefetch(self) -> Any:
        """Columns whose `default=` runs in Python; a nested INSERT starts a list of its own."""
        return self.__dict__.get("inserted", ())

    @insert_prefetch.setter
    def insert_prefetch(self, columns: Any) -> None:
        self.__dict__["inserted"] = columns
        self._prefetched.append(("default", columns))

    @property
    def update_prefetch(self) -> Any:
        """Columns whose `onupdate=` runs in Python."""
        return self.__dict__.get("updated", ())

    @update_prefetch.setter
    def update_prefetch(self, columns: Any) -> None:
        self.__dict__["updated"] = columns
        self._prefetched.append(("onupdate", columns))


class LiteralDDLCompiler(DDLCompiler):
    """Mixed into a dialect's DDL compiler: says at which column or table a value stands that is refused."""

    def get_column_specification(self, column: Any, **kwargs: Any) -> str:
        """Render a column."""
        within = f"{column.table.fullname}.{column.name}" if column.table is not None else str(column.name)
        with self._within(within):
            return super().get_column_specification(column, **kwargs)

    def process(self, obj: Any, **kwargs: Any) -> str:
        """Render a statement or a part of one."""
        # A CHECK may belong to a column, and has no table then: its .table raises.
        parent = getattr(obj, "parent", None) if isinstance(obj, sa.Constraint) else None
        with self._within(parent.fullname if isinstance(parent, sa.Table) else None):
            return super().process(obj, **kwargs)

    @contextlib.contextmanager
    def _within(self, place: str | None) -> Iterator[None]:
        compiler: Any = self.sql_compiler
        outer = compiler.within
        compiler.within = place or outer
        try:
            yield
        finally:
            compiler.within = outer


def _bare(clause: Any) -> Any:
    """Return what is sorted by, without DESC, brackets and the like."""
    while isinstance(clause, UnaryExpression | Grouping | _label_reference):
        clause = clause.element
    return clause


def _refuse_position(value: Any) -> None:
    if isinstance(value, BindParameter) and isinstance(value.effective_value, int):
        raise LiteralRefused(
            "a number in ORDER BY or GROUP BY is the place of a column; online the parameter is a constant there",
            hint="leave it out, or name the column",
            column=f":{value.key}" if not value.unique else None,
        )


def _generators(bindparam: BindParameter[Any], announced: list[tuple[Any, Any]]) -> list[Any]:
    """Return the defaults that a nameless NULL may stand for: SQLAlchemy leaves no closer link."""
    return [
        generator for column, generator in announced if column.key == bindparam.key and column.type is bindparam.type
    ]


def _kept_apart(rendered: str, literals_of_text: list[str] | None) -> str:
    if literals_of_text is None:
        return rendered
    literals_of_text.append(rendered)
    return f"\0t{len(literals_of_text) - 1}\0"


def constant_default(generator: Any, column: str | None) -> Any:
    """Return the value of a `default=` or `onupdate=` that is the same at every run.

    Callables are refused, but for the built-in types (`default=dict`): that two calls return the
    same value does not prove that the run of the script, days later, would get it too.
    """
    if generator.is_scalar:
        return generator.arg
    function = getattr(generator.arg, "__wrapped__", generator.arg)
    if function in _EMPTY_BUILTINS:
        return function()
    raise LiteralRefused(
        "its Python-side default is a function, which may return something else at each run",
        hint="pass the value, or use server_default=",
        column=column,
    )


def compile_literal(construct: ClauseElement, dialect: Dialect, column: str | None = None) -> str:
    """Compile any SQL construct, DDL or text, with every value in it as an exact literal.

    Raises LiteralRefused for a value without one, UnboundParameter for a name without a value.
    """
    rules_of(dialect)
    if isinstance(construct, DDLElement):
        compiled = construct.compile(dialect=dialect)
        left: Any = compiled.sql_compiler.binds
    else:
        # No column_keys: an INSERT without values online is INSERT ... DEFAULT VALUES.
        compiled = construct.compile(dialect=dialect, column_keys=[], compile_kwargs={"literal_binds": True})
        left = getattr(compiled, "binds", ())
    for name in left:
        raise UnboundParameter(_plain_name(name), column)
    sql = str(compiled)
    return compiled.with_defaults(sql) if isinstance(compiled, LiteralCompiler) else sql


def _plain_name(name: str) -> str:
    """Return "id" for the "%(140666227269200 id)s" that SQLAlchemy makes of a name."""
    return str(name).removesuffix(")s").rpartition(" ")[2]


def rules_of(dialect: Dialect) -> LiteralRules:
    """Return the rules of a script dialect. Raises LiteralRefused for any other dialect."""
    rules = getattr(dialect.statement_compiler, "literal_rules", None)
    if rules is None:
        raise LiteralRefused(f"no exact literals are known for the driver {dialect.name}+{dialect.driver}")
    return rules
