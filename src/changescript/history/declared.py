"""What one revision file declares: the variables that Alembic reads; must not read files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

VARIABLES = ("revision", "down_revision", "branch_labels", "depends_on")


@dataclass(frozen=True, slots=True)
class Declared:
    """A revision file's variables, each as a tuple of names, and what running the file may do to others."""

    id: str
    down: tuple[str, ...]
    labels: tuple[str, ...]
    depends_on: tuple[str, ...]
    doc: str
    imports: tuple[str, ...] = ()
    """Its import statements of modules that may be anybody's code."""
    acts: bool = False
    """Whether running the file may do more than define what stands in it."""

    def differs_from(self, other: Declared) -> str:
        """Return the variable in which two declarations differ, or an empty text."""
        pairs = (
            ("revision", self.id == other.id),
            ("down_revision", set(self.down) == set(other.down)),
            ("branch_labels", set(self.labels) == set(other.labels)),
            ("depends_on", set(self.depends_on) == set(other.depends_on)),
        )
        return next((name for name, same in pairs if not same), "")


class UndeclaredError(Exception):
    """What a revision file lacks; the text says it without a value."""


def declare(
    values: Mapping[str, object], legacy_id: str, *, imports: tuple[str, ...] = (), acts: bool = False
) -> Declared:
    """Return what these variables declare; raises UndeclaredError where Alembic could not take them.

    `legacy_id` is what Alembic reads from the name of a file without `revision`.
    """
    id_ = values.get("revision", legacy_id or None)
    if not isinstance(id_, str):
        raise UndeclaredError("`revision` is no text" if "revision" in values else "it has no `revision`")
    if "down_revision" not in values:
        raise UndeclaredError("it has no `down_revision`")
    doc = values.get("__doc__")
    return Declared(
        id=id_,
        down=_names(values, "down_revision"),
        labels=_names(values, "branch_labels"),
        depends_on=_names(values, "depends_on"),
        doc=doc if isinstance(doc, str) else "",
        imports=imports,
        acts=acts,
    )


def _names(values: Mapping[str, object], variable: str) -> tuple[str, ...]:
    value = values.get(variable)
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    names = tuple(value) if isinstance(value, Iterable) else (value,)
    if not all(isinstance(name, str) for name in names):
        raise UndeclaredError(f"`{variable}` holds something else than texts")
    return names
