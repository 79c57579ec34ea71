"""What turned out to have been there although no statement has made it, whatever has become of it since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from changescript.schema_model.assumptions import ANYWHERE

if TYPE_CHECKING:
    from changescript.schema_model.assumptions import Question

_KINDS_OF = {"table": ("table", "table_only", "view_only", "relation", "object", "sequence"), "type": ("type",)}
"""Questions of whether something exists, by what is found."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a statement has needed, and that no statement has made."""

    schema: str | None
    """None: where the search path finds it."""
    name: str
    """In small letters."""
    kind: str
    """table (or another relation), type or schema."""
    before: bool = True
    """Whether it is certain to be older than all that was read; an extension may have made it meanwhile."""

    def answers(self, question: Question) -> bool:
        """Tell whether a question asks whether this is there."""
        if question.kind not in (*_KINDS_OF.get(self.kind, ()), self.kind):
            return False
        name = question.table or question.name or question.schema or ""
        return name.lower() == self.name and (self.kind == "schema" or question.schema in (ANYWHERE, self.schema))
