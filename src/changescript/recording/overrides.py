"""SQL that a person has written in place of a revision; must not render revisions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from changescript.comments import safe_comment
from changescript.content import sha256
from changescript.errors import RevisionError
from changescript.formatting import UnsplittableStatement, split_statements
from changescript.model import (
    Direction,
    ManualStep,
    Override,
    RecordedStep,
    Recording,
    SourceLine,
    Statement,
    Step,
)
from changescript.sources import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from changescript.dialects.base import Dialect
    from changescript.model import Project

_MANUAL = re.compile(r"^[ \t]*--[ \t]*MANUAL STEP:(?P<text>.*)$", re.MULTILINE)
"""A line that stops the script until a person has done something."""

_NEARLY_MANUAL = re.compile(r"(?<!`)(?:--|#|/\*)[ \t]*MANUAL[ \t_-]*STEP\b", re.IGNORECASE)
"""What would be no more than a comment, although a person may have meant it. The quotes are those of a new file."""

_PLAIN_NAME = re.compile(r"[0-9a-z_]{1,28}")
"""What can stand in a variable's name as it is: databases don't tell upper from lower case there."""
_DIGEST_LENGTH = 8


def override_file(project: Project, step: Step, dialect: str) -> Path:
    """Return where the SQL that stands for a revision in one direction would lie."""
    folder = project.root / project.settings.overrides if project.settings.overrides else step.revision.file.parent
    way = "upgrade" if step.direction is Direction.UPGRADE else "downgrade"
    # Others of the databases that env.py migrates may have the same dialect.
    database = f"{quote(project.engine, safe='')}.{dialect}" if project.engine else dialect
    return folder / f"{step.revision.id}.{database}.{way}.sql"


def read_override(project: Project, step: Step, dialect: Dialect) -> RecordedStep | None:
    """Return what a person has written in place of the step, or None; raises RevisionError for what can't be read."""
    file = override_file(project, step, dialect.name)
    if not file.is_file():
        return None
    path = shown_path(file, project.root)
    data = file.read_bytes().replace(b"\r\n", b"\n")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise RevisionError(f"revision {step.revision.id} ({path}): it is not UTF-8", hint="save it as UTF-8") from None
    return RecordedStep(step, tuple(_Reading(text, path, step, dialect).statements()), Override(path, sha256(data)))


def start_of_override(outcome: Recording | RevisionError, step: Step) -> str:
    """Return what a person may start from: why it is needed, and what the revision emits before that."""
    why: list[str] = []
    if isinstance(outcome, RevisionError):
        statements, told = outcome.rendered, outcome.told
        why = [f"It is needed because of: {outcome}", *([outcome.hint] if outcome.hint else [])]
    else:
        steps = outcome.steps[:1]
        statements = tuple(statement for step in steps for statement in step.statements)
        told = tuple(f"{each.source}: {each}" for step in steps for each in step.assumptions)
    lines = [
        f"Hand-written SQL in place of revision {step.revision.id}, {step.revision.path}",
        *why,
        *(f"It asks about the schema, and was told: {each}" for each in told),
        "What follows is what the revision emits" + (" before that; write the rest." if why else "."),
        "Each statement ends with a semicolon. A line that begins with `-- MANUAL STEP:` stops the script until a",
        "person has done what it says.",
    ]
    comment = "\n".join(f"-- {safe_comment(line)}" for line in lines)
    return "\n\n".join([comment, *(f"-- {each.source}\n{each.sql};" for each in statements)]) + "\n"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file that is being read."""

    text: str
    path: str
    step: Step
    dialect: Dialect

    def statements(self) -> Iterator[Statement]:
        """Yield what the file holds, manual steps as the statements that stop for them."""
        start = 0
        for number, manual in enumerate(_MANUAL.finditer(self.text), start=1):
            yield from self._between(start, manual.start())
            start = manual.end()
            yield self._manual(manual, number)
        yield from self._between(start, len(self.text))

    def _between(self, start: int, end: int) -> Iterator[Statement]:
        """Yield the statements between two manual steps."""
        nearly = _NEARLY_MANUAL.search(self.text, start, end)
        if nearly:
            hint = "write `-- MANUAL STEP: what is to be done` on a line of its own, or other words into the comment"
            raise self._error(nearly.start(), "a comment that looks like a manual step, and would stop nothing", hint)
        yield from self._split(start, end)

    def _place(self, at: int) -> SourceLine:
        return SourceLine(self.path, self.text.count("\n", 0, at) + 1)

    def _error(self, at: int, reason: str, hint: str) -> RevisionError:
        return RevisionError(f"revision {self.step.revision.id} ({self._place(at)}): {reason}", hint=hint)

    def _manual(self, found: re.Match[str], number: int) -> Statement:
        if self.dialect.manual is None:
            reason = f"a script for {self.dialect.name} can't stop for a manual step"
            raise self._error(found.start(), reason, "cut the range there: one script up to the step, one behind it")
        text = safe_comment(found["text"].strip())
        if not text:
            raise self._error(found.start(), "a manual step that does not say what to do", "say it behind the colon")
        manual = ManualStep(f"{self._variable()}_{number}", text)
        return Statement("", "MANUAL STEP", self._place(found.start()), autocommit=True, manual=manual)

    def _variable(self) -> str:
        """Return the revision, and the direction if it leads down, as a part of a variable's name."""
        id_ = self.step.revision.id
        down = "_down" if self.step.direction is Direction.ROLLBACK else ""
        if _PLAIN_NAME.fullmatch(id_):
            return f"{id_}{down}"
        short = re.sub(r"[^0-9a-z]", "_", id_.lower())[:19]
        return f"{short}_{sha256(id_.encode())[:_DIGEST_LENGTH]}{down}"

    def _split(self, start: int, end: int) -> Iterator[Statement]:
        """Yield the statements of a part of the file, each with the line that it starts on."""
        try:
            statements = split_statements(self.text[start:end], self.dialect.lexicon)
        except UnsplittableStatement as error:
            raise self._error(start, str(error), "end each statement with a semicolon") from None
        at = start
        for sql in statements:
            at = max(self.text.find(sql, at), at)
            yield Statement(sql, "hand-written", self._place(at))
            at += len(sql)
