"""Python values as exact SQL literals: the way in for the modules that record and render.

A literal stores what an online run with a bound parameter stores, or it is refused. Knows
SQLAlchemy; must not know Alembic.
"""

from changescript.literals.compiler import compile_literal
from changescript.literals.rows import render_batches, render_rows
from changescript.literals.rules import LiteralRefused, LiteralRules, UnboundParameter

__all__ = ["LiteralRefused", "LiteralRules", "UnboundParameter", "compile_literal", "render_batches", "render_rows"]
