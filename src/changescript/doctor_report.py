"""What doctor says: a table for people, and the same as data; must not render, nor print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from changescript.comments import safe_comment
from changescript.doctor import Diagnosis, Examination, Examined, Reason, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEAD = ("revision", "upgrade", "downgrade", "why")
_NAMELESS = "?"
"""Stands for the id of a file that can't be read."""


def shown(found: Examination, *, everything: bool) -> Sequence[Examined]:
    """Return the revisions that are told of: all, or those that do not simply render."""
    return [each for each in found.revisions if everything or not each.simply_renders]


def as_table(found: Examination, *, everything: bool = False) -> Iterator[str]:
    """Yield the lines of the table, of what to do, and of the summary."""
    if found.target:
        yield f"target {found.target}"
    notes: dict[str, int] = {}
    rows = [_row(each, notes) for each in shown(found, everything=everything)]
    if rows:
        yield from _aligned([_HEAD, *rows])
        yield ""
    for hint, number in notes.items():
        yield f"[{number}] {safe_comment(hint)}"
    if any(each.is_placed for each in found.revisions if not each.renders):
        yield "Any SQL can be written by hand: `changescript override REVISION`, with --rollback for its downgrade."
    if notes:
        yield ""
    yield from _summary(found)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(each: Examined, notes: dict[str, int]) -> tuple[str, ...]:
    up, down = _told(each.upgrade, notes), _told(each.downgrade, notes)
    why = f"upgrade: {up}; downgrade: {down}" if up and down and up != down else up or down
    cells = (each.id or _NAMELESS, each.upgrade.status.value, each.downgrade.status.value, why)
    return tuple(map(safe_comment, cells))


def _told(diagnosis: Diagnosis, notes: dict[str, int]) -> str:
    """Return what there is to say of a direction; what to do stands below the table once, under its number."""
    if diagnosis.override:
        return diagnosis.override
    if diagnosis.assumptions:
        return f"{len(diagnosis.assumptions)} assumptions"
    if not diagnosis.reasons:
        return ""
    first, others = diagnosis.reasons[0], len(diagnosis.reasons) - 1
    note = f" [{notes.setdefault(first.hint, len(notes) + 1)}]" if first.hint else ""
    return f"{first.place}: {first.why}{note}" + (f"; {others} more" if others else "")


def _summary(found: Examination) -> Iterator[str]:
    total = len(found.revisions)
    head = f"{total} revision{'' if total == 1 else 's'}" + (f", {found.dialect}" if found.dialect else "")
    counts = found.counts
    rows = [
        (f"  {status.value}", *(str(count.get(status, 0)) for count in counts.values()))
        for status in Status
        if any(count.get(status) for count in counts.values())
    ]
    yield from _aligned([(head, *counts), *rows])


def as_json_line(found: Examination, *, everything: bool = False) -> Iterator[str]:
    """Yield the same as JSON, on one line."""
    yield json.dumps(as_data(found, everything=everything))


def as_data(found: Examination, *, everything: bool = False) -> dict[str, Any]:
    """Return the same as JSON may hold it."""
    return {
        "target": found.target or None,
        "dialect": found.dialect or None,
        "revisions": [_examined(each) for each in shown(found, everything=everything)],
        "summary": {
            "revisions": len(found.revisions),
            **{way: {status.value: count.get(status, 0) for status in Status} for way, count in found.counts.items()},
        },
    }


def _examined(each: Examined) -> dict[str, Any]:
    return {
        "revision": each.id or None,
        "file": each.path,
        "message": each.message,
        "placed": each.is_placed,
        "upgrade": _diagnosis(each.upgrade),
        "downgrade": _diagnosis(each.downgrade),
    }


def _diagnosis(diagnosis: Diagnosis) -> dict[str, Any]:
    return {
        "status": diagnosis.status.value,
        "reasons": [_reason(reason) for reason in diagnosis.reasons],
        "override": diagnosis.override,
        "assumptions": list(diagnosis.assumptions),
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "place": reason.place,
        "why": reason.why,
        "hint": reason.hint or None,
        "asks": reason.asks.value if reason.asks else None,
    }
