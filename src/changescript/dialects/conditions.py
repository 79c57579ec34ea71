"""Layout of the SQL conditions that check what revisions were told about the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.comments import safe_comment
from changescript.formatting import format_statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from changescript.formatting.lexicon import Lexicon
    from changescript.model import Assumed

_SELECT = "SELECT"
_INDENT = "    "


def laid_out(condition: str, lexicon: Lexicon, depth: int) -> str:
    """Return a condition in lines that are indented so many times."""
    text = format_statement(f"{_SELECT} {condition}", lexicon).text.removeprefix(_SELECT).lstrip("\n")
    lines = text.splitlines()
    shallow = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(f"{_INDENT * depth}{line[shallow:]}" for line in lines)


def told(assumed: Assumed, *, at_start: bool) -> str:
    """Return an assumption as a message has it: what must hold where it is checked."""
    one = assumed.assumption
    return safe_comment(one.start if at_start and one.start else str(one))


def origin(assumed: Assumed) -> str:
    """Return the comment that stands above the condition of an assumption."""
    return f"-- {safe_comment(str(assumed.assumption.source))}"


def each_once(pairs: Iterable[tuple[str, Assumed]]) -> dict[str, Assumed]:
    """Return conditions with what they come from, each once, in their order."""
    found: dict[str, Assumed] = {}
    for condition, assumed in pairs:
        found.setdefault(condition, assumed)
    return found
