"""What FROM:TO means, and ranges that nobody has named; must not plan the steps between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from changescript.errors import HistoryError, UsageError
from changescript.model import Heads, Range

if TYPE_CHECKING:
    from changescript.history.graph import History

_SYMBOL = re.compile(r"(?:(?P<label>[^@]+)@)?(?P<name>[^@]*?)(?P<steps>[+-]\d+)?")
_LISTED = 5


def resolve_range(history: History, text: str) -> Range:
    """Return what `FROM:TO` means; each side is whatever Alembic takes anywhere, or several joined by commas.

    Raises UsageError when a side is missing, unknown or ambiguous, or when TO is not above FROM.
    """
    lower_text, separator, upper_text = (part.strip() for part in text.partition(":"))
    if not separator or not lower_text or not upper_text or ":" in upper_text:
        raise UsageError(
            f"{text!r} is not a range",
            hint="write FROM:TO, for example base:head or 3f2a1c9d0b7e:head",
        )
    lower = _resolve_heads(history, lower_text, start=())
    upper = _resolve_heads(history, upper_text, start=lower)
    return make_range(history, lower, upper)


def make_range(history: History, lower: Heads, upper: Heads) -> Range:
    """Return the range between two states; raises UsageError when upper is not above lower."""
    if lower == upper:
        raise UsageError(
            f"FROM and TO are the same: {_spelled(lower)}",
            hint="there is nothing to write; name a TO above FROM",
        )
    applied, wanted = history.at_or_below(lower), history.at_or_below(upper)
    if wanted <= applied or (lower and wanted.isdisjoint(lower)):
        message = f"TO ({_spelled(upper)}) is not above FROM ({_spelled(lower)})"
        swap = "swap them: the way down is the rollback.sql of the upgrade's range"
        raise UsageError(message, hint=swap if wanted <= applied else "they are on different branches")
    return Range(lower, history.top_of({*lower, *upper}))


def _spelled(heads: Heads) -> str:
    return ",".join(heads) or "base"


def _resolve_heads(history: History, text: str, start: Heads) -> Heads:
    ids = [id_ for symbol in text.split(",") for id_ in _resolve_symbol(history, symbol.strip(), start)]
    return history.top_of(ids)


def _resolve_symbol(history: History, symbol: str, start: Heads) -> Heads:
    match = _SYMBOL.fullmatch(symbol)
    if symbol in history.revisions:
        return (symbol,)
    if not match or not symbol:
        raise UsageError(f"{symbol!r} is not a revision", hint="see `alembic history` for the ids")
    label, name, steps = match["label"], match["name"], int(match["steps"] or 0)
    lineage = _lineage(history, label) if label else None
    if not match["steps"]:
        return _resolve_name(history, name, lineage)
    origin = _walk_origin(history, name, steps, lineage, start)
    return _walk(history, origin, steps, lineage, symbol)


def _lineage(history: History, label: str) -> set[str]:
    root = _resolve_name(history, label, None)
    return history.at_or_above(root) | history.at_or_below(root)


def _resolve_name(history: History, name: str, lineage: set[str] | None) -> Heads:
    if name == "base":
        return ()
    if name in {"head", "heads"}:
        history.refuse_unplaced(f"which revision is {name}")
        heads = tuple(id_ for id_ in history.heads if lineage is None or id_ in lineage)
        return heads if name == "heads" else _single(heads, "head", "heads")
    found = _named(history, name)
    for unplaced in history.unplaced:
        if unplaced.id.startswith(name) and (not found or name not in history.revisions):
            raise HistoryError(
                f"{unplaced.path}: {unplaced.reason}", hint="mend the file; until then no range can reach it"
            )
    if lineage is not None:
        found = tuple(id_ for id_ in found if id_ in lineage)
    if not found:
        raise UsageError(
            f"no revision is called {name!r}, and none starts with it",
            hint="see `alembic history` for the ids",
        )
    return _single(found, f"revisions that start with {name!r}", "more characters")


def _named(history: History, name: str) -> Heads:
    if name in history.revisions:
        return (name,)
    labelled = tuple(id_ for id_, revision in history.revisions.items() if name in revision.labels)
    return labelled or tuple(sorted(id_ for id_ in history.revisions if name and id_.startswith(name)))


def _single(ids: Heads, what: str, instead: str) -> Heads:
    if len(ids) > 1:
        listed = ", ".join(ids[:_LISTED]) + (", …" if len(ids) > _LISTED else "")
        raise UsageError(
            f"there are {len(ids)} {what}: {listed}" if what != "head" else f"there are {len(ids)} heads: {listed}",
            hint=f"name one of them, or write {instead}",
        )
    return ids


def _walk_origin(history: History, name: str, steps: int, lineage: set[str] | None, start: Heads) -> Heads:
    if steps > 0:
        history.refuse_unplaced("which revision is next")
    if name:
        return _resolve_name(history, name, lineage)
    if steps < 0:
        history.refuse_unplaced("which revision is head")
    origin = start if steps > 0 else history.heads
    inside = tuple(id_ for id_ in origin if lineage is None or id_ in lineage)
    return _single(inside, "revisions to start from", "the one you mean before the sign")


def _walk(history: History, origin: Heads, steps: int, lineage: set[str] | None, symbol: str) -> Heads:
    """Return where `steps` single steps up or down lead; raises UsageError where the way ends or forks."""
    at = origin
    for _ in range(abs(steps)):
        near = _neighbours(history, at, up=steps > 0)
        inside = near if lineage is None else tuple(id_ for id_ in near if id_ in lineage)
        if not inside and (steps > 0 or not at):
            raise UsageError(
                f"{symbol!r} goes beyond the {'head' if steps > 0 else 'base'}",
                hint="count the steps with `alembic history`",
            )
        at = _single(inside, f"ways to go on for {symbol!r}", "its id")
    return at


def _neighbours(history: History, at: Heads, *, up: bool) -> Heads:
    if not up:
        return history.revisions[at[0]].down if at else ()
    if not at:
        return tuple(sorted(id_ for id_, revision in history.revisions.items() if not revision.down))
    return history.children[at[0]]


def range_of_uncovered(history: History, uncovered: tuple[str, ...]) -> Range:
    """Return the one range that holds exactly the uncovered revisions.

    Raises UsageError when covered revisions stand on uncovered ones, because then no single range does.
    """
    history.refuse_unplaced("which revisions are new")
    missing = set(uncovered)
    between = history.at_or_above(missing) - missing
    if between:
        raise UsageError(
            f"revisions without a bundle lie below others that have one: {', '.join(uncovered[:_LISTED])}",
            hint="name the range: FROM:TO",
        )
    return make_range(history, history.top_of(set(history.revisions) - missing), history.heads)


def range_below(history: History, id_: str) -> Range:
    """Return the range that holds one revision alone, from the state right below it."""
    return make_range(history, history.top_of(history.at_or_below([id_]) - {id_}), (id_,))
