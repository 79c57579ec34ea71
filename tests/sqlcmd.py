"""What sqlcmd makes of a script: batches, and whatever else in it the client would act on.

Two readings, because there are several sqlcmds. One knows quotes and comments, as go-sqlcmd's parser does (its rules,
not its code: microsoft/go-sqlcmd, pkg/sqlcmd, batch.go and commands.go); the other looks at each line alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_GO = re.compile(r"[ \t]*GO(?: +(?P<count>.*))?", re.IGNORECASE)
_COMMANDS = tuple(
    re.compile(rf"[ \t]*{pattern}", re.IGNORECASE)
    for pattern in (
        r":?EXIT(?:[( \t].*)?",
        r":?(?:QUIT|RESET|ED|ON ERROR)(?:[ \t].*)?",
        r":?!!.*",
        r":(?:OUT|ERROR|R|SETVAR|LISTVAR|LIST|CONNECT|XML|SERVERLIST|PERFTRACE|HELP)(?:[ \t].*)?",
    )
)
_LINE_TAKEN = re.compile(r"[ \t]*(?:(?:GO|RESET|EXIT|ED|QUIT)\b|ON[ \t]+ERROR\b|:|!!).*", re.IGNORECASE)


class Triggered(AssertionError):
    """Something other than a lone GO makes the client act."""


@dataclass(slots=True)
class _Reader:
    """Reads line by line, as the client does: a quote or a comment may go on in the next line."""

    quote: str = ""
    in_comment: bool = False
    lines: list[str] = field(default_factory=list)
    batches: list[str] = field(default_factory=list)

    def read(self, line: str) -> None:
        if not self.quote and not self.in_comment and self._is_command(line):
            self._end_batch()
            return
        self._follow(line)
        self.lines.append(line)

    def _is_command(self, line: str) -> bool:
        if any(command.fullmatch(line) for command in _COMMANDS):
            raise Triggered(f"a command of sqlcmd: {line!r}")
        found = _GO.fullmatch(line)
        if found and line != "GO":
            raise Triggered(f"a GO that is not plain: {line!r}")
        return found is not None

    def _follow(self, line: str) -> None:
        at = 0
        while at < len(line):
            at = self._step(line, at)

    def _step(self, line: str, at: int) -> int:
        """Take one sign, or all of a comment, and return where the next one stands."""
        two = line[at : at + 2]
        if self.quote:
            # a doubled quote ends it and begins it again
            self.quote = "" if line[at] == self.quote else self.quote
        elif self.in_comment:
            self.in_comment = two != "*/"
            return at + (1 if self.in_comment else 2)
        elif two == "--":
            return len(line)
        elif two == "/*":
            self.in_comment = True
            return at + 2
        elif line[at] in "'\"":
            self.quote = line[at]
        return at + 1

    def _end_batch(self) -> None:
        text = "\n".join(self.lines).strip("\n")
        if text.strip():
            self.batches.append(text)
        self.lines = []

    def finish(self) -> list[str]:
        if self.quote or self.in_comment:
            raise Triggered("a quote or comment that is open at the end")
        if any(line.strip() for line in self.lines):
            raise Triggered("a batch without GO at the end")
        return self.batches


def batches(script: str) -> list[str]:
    """Return the batches of a script as sqlcmd sends them; raises Triggered for anything else that it would do."""
    if "$(" in script:
        raise Triggered("a variable of sqlcmd")
    reader = _Reader()
    for line in script.removesuffix("\n").split("\n"):
        reader.read(line.removesuffix("\r"))
    found = reader.finish()
    if found != _batches_by_line(script):
        raise Triggered("a client that looks at each line alone finds other batches")
    return found


def _batches_by_line(script: str) -> list[str]:
    """Return the batches for a client that knows neither quotes nor comments."""
    parts: list[list[str]] = [[]]
    for line in script.split("\n"):
        line_alone = line.removesuffix("\r")
        if line_alone == "GO":
            parts.append([])
        elif _LINE_TAKEN.fullmatch(line_alone):
            raise Triggered(f"a line that sqlcmd may take for its own: {line!r}")
        else:
            parts[-1].append(line_alone)
    texts = ("\n".join(part).strip("\n") for part in parts)
    return [text for text in texts if text.strip()]
