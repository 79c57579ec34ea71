"""Which of the databases that env.py migrates is asked for; must not run anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from changescript.errors import ChangescriptError, ProjectError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Runs:
    """The calls of context.run_migrations(): one, or one for each database, by its name."""

    def __init__(self, wanted: str | None) -> None:
        """Take the name of the one that is asked for; None: there has to be a single one."""
        self._wanted = wanted
        self._names: list[str | None] = []

    def begin(self, arguments: Mapping[str, Any]) -> bool:
        """Note a call; tell whether it is the one that is asked for."""
        name = _name_in(arguments)
        self._names.append(name)
        return len(self._names) == 1 if self._wanted is None else name == self._wanted

    def confirm(self) -> None:
        """Raise ProjectError or UsageError unless env.py has run what is asked for, and that once."""
        if self._wanted is not None and self._wanted not in self._names:
            raise UsageError(f"env.py migrates no database called {self._wanted!r}", hint=self._told())
        meant = [name for name in self._names if self._wanted in (None, name)]
        if len(meant) != 1:
            raise self._error(len(meant))

    def _error(self, count: int) -> ChangescriptError:
        if self._wanted is None and count and len(self._named()) == count:
            return UsageError(
                f"env.py migrates {count} databases: {', '.join(map(repr, self._named()))}",
                hint=f"name one, --engine {self._named()[0]!r}, or give each a table in pyproject.toml: "
                f"[tool.changescript.targets.NAME] with engine = {self._named()[0]!r}",
            )
        of = f" for {self._wanted!r}" if self._wanted is not None else ""
        return ProjectError(
            f"env.py called context.run_migrations() {count} times{of}, not once",
            hint="one run of env.py must mean one database; let it be chosen by an argument, -x, or name each in "
            "context.run_migrations(engine_name=...)",
        )

    def _named(self) -> list[str]:
        """Return the names, each once."""
        return list(dict.fromkeys(name for name in self._names if name is not None))

    def _told(self) -> str:
        return f"its names are: {', '.join(map(repr, self._named()))}" if self._named() else "it names none"


def _name_in(arguments: Mapping[str, Any]) -> str | None:
    """Return what a call names its database by: as Alembic's template does, or in its only argument."""
    only = next(iter(arguments.values())) if len(arguments) == 1 else None
    value = arguments.get("engine_name", only)
    return value if isinstance(value, str) else None
