"""Alembic's view of a revision: one whose file runs when somebody asks for its module; must not run it earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.script import Script
from alembic.script.revision import Revision as GraphRevision

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from changescript.history.declared import Declared
    from changescript.model import Revision


class LazyScript(Script):
    """A Script whose variables come from the text of its file."""

    def __init__(self, declared: Declared, revision: Revision, load: Callable[[str], ModuleType]) -> None:
        self.path = str(revision.file)
        self._load = load
        self._longdoc = declared.doc
        GraphRevision.__init__(
            self,
            declared.id,
            declared.down or None,
            branch_labels=declared.labels,
            dependencies=declared.depends_on,
        )

    @property
    def module(self) -> ModuleType:  # type: ignore[override] # Alembic keeps it from the start
        """The file, run once."""
        return self._load(self.revision)

    @property
    def longdoc(self) -> str:
        """The docstring."""
        return self._longdoc.strip()
