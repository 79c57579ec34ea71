"""SQLAlchemy dialects for scripts, made from those of other packages; must not know Alembic."""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from changescript.dialects.drivers import ScriptDialect
from changescript.dialects.generic.literals import generic_literals
from changescript.literals.compiler import LiteralCompiler, LiteralDDLCompiler

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from sqlalchemy.engine.default import DefaultDialect

    from changescript.literals.rules import LiteralRules


@cache
def script_class(base: type[DefaultDialect]) -> type[DefaultDialect]:
    """Return the dialect for scripts that stands in for another package's.

    A record of that name may say more: `LITERALS`; in `CONNECTED` what its dialect learns from a server; in `NEUTRAL`
    the name of the class that all drivers have in common, whose types ask nothing of a driver.
    """
    if issubclass(base, ScriptDialect):
        return base
    record = _record(base.name)
    literals: LiteralRules = getattr(record, "LITERALS", None) or generic_literals(base.name)
    connected: Mapping[str, Any] = getattr(record, "CONNECTED", MappingProxyType({}))
    neutral = next((kind for kind in base.__mro__ if kind.__name__ == getattr(record, "NEUTRAL", "")), base)
    own = {
        "is_async": base.is_async,
        "statement_compiler": _mixed(LiteralCompiler, base.statement_compiler, literal_rules=literals),
        "ddl_compiler": _mixed(LiteralDDLCompiler, base.ddl_compiler),
        "supports_statement_cache": True,
        **connected,
    }
    mixed: type[DefaultDialect] = _mixed(ScriptDialect, neutral, **own)
    return mixed


def _record(name: str) -> ModuleType | None:
    """Return the module of the dialect's record, if it has one; it is looked for by name, as it stands higher."""
    module = f"changescript.dialects.{name}"
    return importlib.import_module(module) if importlib.util.find_spec(module) else None


def _mixed(first: type, base: type, **attributes: Any) -> Any:  # noqa: ANN401 - a class made at run time
    return type(f"{base.__name__}ForScripts", (first, base), attributes)
