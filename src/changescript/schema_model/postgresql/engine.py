"""The model of a PostgreSQL database: statements in, answers out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from changescript.schema_model.found import Found
from changescript.schema_model.postgresql.catalogue import Catalogue
from changescript.schema_model.postgresql.expressions import shown_default
from changescript.schema_model.postgresql.parsing import statements_in, without_client_commands
from changescript.schema_model.postgresql.reflection import CatalogueConnection, CatalogueDialect
from changescript.schema_model.postgresql.statements import follow
from changescript.schema_model.postgresql.types import shown
from changescript.schema_model.unknown import Unfollowed, Unknown, UnknownAnswer

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

    from changescript.schema_model.assumptions import Answer
    from changescript.schema_model.postgresql.catalogue import Relation

_PART = r'(?:"([^"]+)"|([a-z_]\w*))'
_OF_ONE_TABLE = re.compile(
    rf"\s*ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?(?:{_PART}\.)?{_PART}\s(?!.*\bRENAME\b)[^;]*;?\s*",
    re.IGNORECASE | re.DOTALL,
)
"""A statement that changes the content of one table, whatever it does there."""
_DEFAULT_RELEASE = (15, 0)


class PostgreSQLEngine:
    """A catalogue that follows statements and can take back what it followed."""

    default_schema: str | None = "public"

    def __init__(self, dialect: Dialect) -> None:
        self.catalogue = Catalogue()
        self.connection = CatalogueConnection(self.catalogue)
        self.dialect = CatalogueDialect()  # type: ignore[no-untyped-call] # SQLAlchemy's
        self.dialect.default_schema_name = "public"
        self.dialect.server_version_info = getattr(dialect, "server_version_info", None) or _DEFAULT_RELEASE
        self._done: list[tuple[Any, tuple[object, ...]]] = []

    @property
    def outside(self) -> Unknown | None:
        """Why something may exist that was never seen made, or None."""
        return self.catalogue.outside

    @outside.setter
    def outside(self, reason: Unknown | None) -> None:
        self.catalogue.outside = reason

    @property
    def found(self) -> frozenset[Found]:
        """What turned out to be there without having been made."""
        path = self.catalogue.path
        return frozenset(
            Found(None if schema in path else schema, name, kind, before)
            for (schema, name, kind), before in self.catalogue.found.items()
        )

    @property
    def unsure(self) -> frozenset[str]:
        """Kinds of questions about which statements so far may have done more than is known."""
        if self.catalogue.outside or self.catalogue.found:
            return frozenset({"all"})
        # An extension brings types of its own.
        return frozenset({"type", "enum"} if self.catalogue.extended else ())

    def push(self, sql: str, place: str) -> None:
        """Follow a text of statements."""
        plain = self.catalogue.plain_values()
        self._done.append((self.catalogue.begin(), plain))
        try:
            for kind, statement in statements_in(without_client_commands(sql)):
                follow(self.catalogue, kind, statement, place)
        except Unfollowed as error:
            self._lose(sql, Unknown(str(error), place))

    def _lose(self, sql: str, unknown: Unknown) -> None:
        """Note what a text that can't be read may have touched: one table, or all."""
        named = _OF_ONE_TABLE.fullmatch(sql)
        found = self._relation(named) if named else None
        if found is None:
            self.catalogue.lose(unknown)
        else:
            self.catalogue.replace(found, unknown=unknown)

    def _relation(self, named: re.Match[str]) -> Relation | None:
        """Return the relation that a statement names, folded to small letters where it has no quotes."""
        schema, name = (named[at] or (named[at + 1] or "").lower() for at in (1, 3))
        try:
            return self.catalogue.find(schema or None, name)
        except UnknownAnswer:
            return None

    def pop(self) -> bool:
        """Take back the text that was followed last."""
        journal, plain = self._done.pop()
        self.catalogue.undo(journal, plain)
        return True

    def columns(self, schema: str | None, table: str) -> Answer:
        """Return name, type, nullability, whether there is a default and how values are made of each column."""
        relation = self.catalogue.get(schema, table)
        return tuple(
            (
                column.name,
                None if column.type.name == "?" else shown(column.type, self.catalogue),
                not column.not_null,
                shown_default(column.default, self.catalogue)[0],
                column.identity + column.generated,
            )
            for column in relation.columns
        )

    def question_of_raw_sql(self, sql: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - a result
        """Answer a recognised query of the catalogue."""
        from changescript.schema_model.postgresql.queries import answer_query  # noqa: PLC0415 - it needs the parser

        return answer_query(self.catalogue, sql, parameters)
