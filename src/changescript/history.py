"""The graph of revisions: loading it, resolving FROM:TO, planning the steps; must not render anything."""

from __future__ import annotations

import ast
import configparser
import contextlib
import re
import sys
import traceback
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from changescript.errors import HistoryError, UsageError
from changescript.model import Direction, Heads, Project, Range, Revision, Step
from changescript.sources import describe_failure, shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from alembic.config import Config
    from alembic.script import Script as RevisionScript
    from alembic.script import ScriptDirectory

_SAFE_ID = re.compile(r"\w(?:[\w.]*\w)?", re.ASCII)
"""What a revision id may hold: it becomes part of a folder's name and of SQL text."""

_SYMBOL = re.compile(r"(?:(?P<label>[^@]+)@)?(?P<name>[^@]*?)(?P<steps>[+-]\d+)?")
_LISTED = 5


@dataclass(frozen=True)
class History:
    """All revisions of a project by id, and Alembic's own objects for running them."""

    revisions: Mapping[str, Revision]
    config: Config
    scripts: ScriptDirectory

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Ids that stand directly on each id, sorted."""
        above: dict[str, list[str]] = {id_: [] for id_ in self.revisions}
        for id_ in sorted(self.revisions):
            for down in self.revisions[id_].down:
                above[down].append(id_)
        return {id_: tuple(ids) for id_, ids in above.items()}

    @cached_property
    def heads(self) -> Heads:
        """Ids that nothing stands on: the rows of alembic_version after `upgrade heads`."""
        return tuple(sorted(id_ for id_, above in self.children.items() if not above))

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Each id's place from the bottom; what a revision stands on comes before it."""
        return {id_: place for place, id_ in enumerate(_order(self, self.heads, set(self.revisions)))}

    def at_or_below(self, ids: Iterable[str]) -> set[str]:
        """Return the ids and everything that must be applied before them."""
        return _reach(ids, lambda id_: self.revisions[id_].down)

    def at_or_above(self, ids: Iterable[str]) -> set[str]:
        """Return the ids and everything that stands on them."""
        return _reach(ids, lambda id_: self.children[id_])

    def between(self, lower: Heads, upper: Heads) -> set[str]:
        """Return what has to be applied to come from `lower` to `upper`.

        The walk down stops at `lower`; only where it finds a way around is all that lies below looked through.
        """
        stops = set(lower)
        found = _reach(set(upper) - stops, lambda id_: [down for down in self.revisions[id_].down if down not in stops])
        if lower and any(not self.revisions[id_].down for id_ in found):
            found -= self.at_or_below(lower)
        return found

    def top_of(self, ids: Iterable[str]) -> Heads:
        """Return those ids that no other of them stands on: what alembic_version holds when all are applied."""
        unique = set(ids)
        if len(unique) > 1:
            unique -= self.at_or_below(down for id_ in unique for down in self.revisions[id_].down)
        return tuple(sorted(unique))


def _reach(ids: Iterable[str], neighbours: Callable[[str], Iterable[str]]) -> set[str]:
    seen = set(ids)
    todo = list(seen)
    while todo:
        fresh = [near for near in neighbours(todo.pop()) if near not in seen]
        seen.update(fresh)
        todo.extend(fresh)
    return seen


def load_history(project: Project) -> History:
    """Load every revision file of the project; raises HistoryError naming the file and line that fails."""
    from alembic.config import Config  # noqa: PLC0415 - Alembic takes half a second; `--help` must not wait
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config(project.ini, toml_file=project.pyproject)
    try:
        with _strict_warnings():
            scripts = ScriptDirectory.from_config(config)
            loaded = _load_scripts(scripts)
            revisions = {id_: _revision(script, scripts, project.root) for id_, script in loaded.items()}
    except HistoryError:
        raise
    except configparser.Error as error:
        # Its own text quotes the line, and that may hold a URL.
        line = getattr(error, "lineno", None) or 1
        raise HistoryError(f"alembic.ini:{line}: {type(error).__name__}", hint="mend the file") from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a revision file is anybody's code
        raise HistoryError(describe_failure(error, project.root), hint="mend that, then run it again") from None
    return History(revisions, config, scripts)


@contextlib.contextmanager
def _strict_warnings() -> Iterator[None]:
    """Raise what Alembic only warns of although it leaves revisions out of the graph."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", r"Revision \S+ is present more than once", UserWarning)
        warnings.filterwarnings("error", r"Revision \S+ referenced from .* is not present", UserWarning)
        try:
            yield
        except UserWarning as warning:
            raise HistoryError(str(warning), hint="each revision needs one file, and each file its own id") from None
        except KeyError as error:
            if not _was_raised_by_alembic(error):
                raise
            message = f"{error.args[0]!r} is named in down_revision or depends_on, but no revision file has that id"
            raise HistoryError(message, hint="mend the name, or bring the file back") from None


def _was_raised_by_alembic(error: BaseException) -> bool:
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return str(frames[-1].f_globals.get("__name__", "")).startswith("alembic.")


def _load_scripts(scripts: ScriptDirectory) -> dict[str, RevisionScript]:
    loaded: dict[str, RevisionScript] = {}
    todo = list(scripts.get_heads())
    while todo:
        id_ = todo.pop()
        if id_ not in loaded:
            script = scripts.get_revision(id_)
            loaded[script.revision] = script
            todo.extend(_as_tuple(script.down_revision))
    return loaded


def _revision(script: RevisionScript, scripts: ScriptDirectory, root: Path) -> Revision:
    file = Path(script.path)
    path = shown_path(file, root)
    if not _SAFE_ID.fullmatch(script.revision):
        raise HistoryError(
            f"{path}: revision id {script.revision!r} can't name a folder",
            hint="use letters, digits, '_' and '.' in revision ids",
        )
    depends_on = (scripts.get_revision(name).revision for name in _as_tuple(script.dependencies))
    return Revision(
        id=script.revision,
        down=tuple(sorted({*_as_tuple(script.down_revision), *depends_on})),
        message=" ".join(_docstring(script, file).split("\n\n")[0].split()),
        file=file,
        path=path,
        labels=tuple(sorted(_own_labels(script))),
    )


def _docstring(script: RevisionScript, file: Path) -> str:
    # Python -OO takes the docstrings out of modules; a script must not depend on how Python was started.
    if sys.flags.optimize > 1:
        return ast.get_docstring(ast.parse(file.read_bytes())) or ""
    return script.longdoc


def _own_labels(script: RevisionScript) -> tuple[str, ...]:
    # Alembic spreads a label over the whole branch on `script.branch_labels`; the file alone says where it starts.
    return _as_tuple(getattr(script.module, "branch_labels", None))


def _as_tuple(value: str | Iterable[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


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
        heads = tuple(id_ for id_ in history.heads if lineage is None or id_ in lineage)
        return heads if name == "heads" else _single(heads, "head", "heads")
    found = _named(history, name)
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
    if name:
        return _resolve_name(history, name, lineage)
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


def plan_upgrade(history: History, revisions: Range) -> tuple[Step, ...]:
    """Return the range's steps upwards: each revision after all that it stands on, in one fixed order.

    Branches stay together and siblings are ordered by id, so the order depends on the graph alone.
    """
    state = set(revisions.lower)
    steps = []
    for id_ in _order(history, revisions.upper, history.between(revisions.lower, revisions.upper)):
        before = tuple(sorted(state))
        revision = history.revisions[id_]
        state = state.difference(revision.down) | {id_}
        steps.append(Step(revision, Direction.UPGRADE, before, tuple(sorted(state))))
    return tuple(steps)


def plan_rollback(history: History, revisions: Range) -> tuple[Step, ...]:
    """Return the range's steps downwards: exactly the upgrade's, in reverse."""
    return tuple(
        Step(step.revision, Direction.ROLLBACK, step.after, step.before)
        for step in reversed(plan_upgrade(history, revisions))
    )


def _order(history: History, upper: Heads, within: set[str]) -> list[str]:
    """Return the ids of `within` that are at or below `upper`, depth first, lowest first."""
    ordered: list[str] = []
    waiting = set(within)
    todo = list(reversed(upper))
    while todo:
        id_ = todo[-1]
        below = [down for down in history.revisions[id_].down if down in waiting] if id_ in waiting else []
        if below:
            todo.extend(reversed(below))
            continue
        todo.pop()
        if id_ in waiting:
            waiting.remove(id_)
            ordered.append(id_)
    return ordered


def uncovered_revisions(history: History, covered: Iterable[Range]) -> tuple[str, ...]:
    """Return the revisions that none of the ranges holds, lowest first."""
    held: set[str] = set()
    for revisions in covered:
        held.update(step.revision.id for step in plan_upgrade(history, revisions))
    return tuple(id_ for id_ in history.rank if id_ not in held)


def range_of_uncovered(history: History, uncovered: tuple[str, ...]) -> Range:
    """Return the one range that holds exactly the uncovered revisions.

    Raises UsageError when covered revisions stand on uncovered ones, because then no single range does.
    """
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
