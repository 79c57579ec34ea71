"""A model of SQL*Plus: how it takes a script apart, what it does to lines, and when it stops.

Read from its reference: `&` asks for a value unless DEFINE is off, a hyphen at the end of a line joins the next one, a
line that starts with SQLPREFIX or @ is a command, a line of only a slash runs and one of only a full stop drops what
has been read, a blank line ends a statement of SQL, and a line of more than 2499 bytes is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.literal_readers import sqlplus_hazards
from tests.plsql import Block, OracleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.plsql import Server

_LONGEST = 2499
_COMMANDS = re.compile(r"(?i)(?:SET|WHENEVER|VARIABLE|PROMPT|EXIT)\b")
_PLSQL = re.compile(r"(?i)(?:BEGIN|DECLARE)\b")
_SQL = re.compile(r"(?i)[a-z]+\b")
_OWN = re.compile(r"/|(?:[A-Z]|'|\().*;|.*\bEND;|END LOOP;", re.DOTALL)


class Surprise(AssertionError):
    """The client would do something that the script does not mean."""


@dataclass(frozen=True)
class Command:
    """What the client does next: its own command, or text that it sends."""

    kind: str
    text: str


def hazards(script: str) -> list[str]:
    """Return the lines with which a client could do something of its own, whatever is set.

    A lone slash and a semicolon at the end of a line are how PL/SQL is written: those are left out here.
    """
    return [line for line in sqlplus_hazards(script) if line != "/" and (not line.endswith(";") or "&" in line)]


def commands(script: str) -> Iterator[Command]:
    """Take a script apart; raises Surprise where the client would change it or ask for something."""
    settings = {"DEFINE": "ON", "SQLPREFIX": '"#"', "SQLTERMINATOR": ";"}
    lines: list[str] = []
    for line in script.split("\n"):
        _check(line, settings, inside=bool(lines))
        if lines:
            if line.strip() == "/":
                yield Command("block" if _PLSQL.match(lines[0]) else "sql", "\n".join(lines))
                lines = []
            else:
                lines.append(line)
        elif not line.strip() or line.startswith("--"):
            continue
        elif _COMMANDS.match(line):
            words = line.split(maxsplit=2)
            if words[0] == "SET":
                settings[words[1]] = words[2]
            yield Command(words[0].upper(), line)
        else:
            if not _SQL.match(line):
                raise Surprise(f"an unknown command: {line[:40]!r}")
            lines = [line]
    if lines:
        raise Surprise("the last statement has no slash")


def _check(line: str, settings: dict[str, str], *, inside: bool) -> None:
    stripped = line.strip()
    rules: dict[str, bool] = {
        "a line that is too long": len(line.encode()) > _LONGEST,
        "a variable": "&" in line and settings["DEFINE"] != "OFF",
        "a line that goes on": stripped.endswith("-"),
        "a command": stripped.startswith((settings["SQLPREFIX"].strip('"'), "@", "#")),
        "a full stop alone": stripped == ".",
        "a slash that is not alone": inside and stripped == "/" and line != "/",
        "a control character": any(ord(character) < ord(" ") and character != "\t" for character in line),
        "a semicolon that ends a statement": (
            inside and stripped.endswith(";") and settings["SQLTERMINATOR"] != "OFF" and line != stripped
        ),
    }
    for what, holds in rules.items():
        if holds:
            raise Surprise(f"{what}: {line[:60]!r}")


@dataclass
class Client:
    """SQL*Plus with one session."""

    server: Server
    stops: bool = True
    """Whether it obeys WHENEVER; a client that knows no such command goes on after errors."""
    skip: Callable[[int], bool] = lambda _: False
    """Which of the blocks it does not send, as after an error of its own (SP2-...)."""
    variables: dict[str, Any] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)

    def run(self, script: str) -> int:
        """Run a script; return the exit code, 0 where its end is reached without EXIT."""
        whenever: list[str] = []
        count = 0
        for command in commands(script):
            if command.kind == "WHENEVER":
                whenever.append(command.text)
            elif command.kind == "VARIABLE":
                self.variables[f":{command.text.split()[1]}"] = None
            elif command.kind == "PROMPT":
                self.printed.append(command.text.removeprefix("PROMPT "))
            elif command.kind == "EXIT":
                self.server.rollback(apart=False)
                return int(self.variables[command.text.split()[1]])
            elif command.kind in {"block", "sql"}:
                count += 1
                if not self.skip(count) and not self._send(command) and self.stops:
                    assert "WHENEVER SQLERROR EXIT FAILURE ROLLBACK" in whenever
                    self.server.rollback(apart=False)
                    return 1
        return 0

    def _send(self, command: Command) -> bool:
        """Send a statement; an error takes back what it alone has done, and leaves its variables as they were."""
        before = dict(self.variables)
        try:
            if command.kind == "sql":
                self.server.execute(command.text, apart=False)
            else:
                Block(command.text, self.server, self.variables).run()
        except OracleError as error:
            self.variables.update(before)
            self.printed.append(str(error))
            return False
        return True
