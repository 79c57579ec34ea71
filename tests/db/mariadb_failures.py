"""A script that fails at each of its statements, one after the other, and each time goes on as its guard says.

Nothing here knows pytest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.db.mariadb_scripts import BROKEN, BROKEN_MESSAGE, FAILED_EXIT, Script, run, succeeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.db.mariadb import MariaDBDatabase
    from tests.db.postgres import Finished

_STATEMENT = re.compile(r"^-- \[(?P<number>\d+)\] (?P<rest>.*)\n", re.MULTILINE)
_DONE = re.compile(r"the work of statement (\d+) is there already")
_COUNTS = "\nSET @changescript_errors = @changescript_errors + @@error_count;"


@dataclass(frozen=True, slots=True)
class Point:
    """A place at which a script is to fail."""

    start: int
    number: int
    outside: bool
    behind: bool
    """Whether the statement has worked by then, but has not been counted yet."""


def points(script: Script) -> Iterator[Point]:
    """Yield a place before each statement, and one behind each that commits by itself."""
    for found in _STATEMENT.finditer(script.text):
        number, outside = int(found["number"]), "outside a transaction" in found["rest"]
        yield Point(found.end(), number, outside, behind=False)
        if outside:
            yield Point(script.text.index(_COUNTS, found.end()) + 1, number, outside, behind=True)


@dataclass
class Walk:
    """One way through a script, with a failure wherever there can be one."""

    database: MariaDBDatabase
    script: Script
    heads: Callable[[], list[str]]
    """Reads the version table."""
    rest: Callable[[tuple[str, ...]], Script]
    """Gives the script that goes on from heads between two revisions."""
    line: str | None = None
    """The guard's line to go on from."""
    failures: int = 0
    states: set[tuple[str, ...]] = field(default_factory=set)
    """The markers that have been seen."""

    def to_the_end(self) -> None:
        """Fail at each point, go on from there, and end well."""
        passed = 0
        while passed < len(found := list(points(self.script))):
            point, script = found[passed], self.script
            self.fail_at(point)
            # The script that goes on between two revisions begins with the statement that has failed.
            passed = passed + 1 if script is self.script else 1
        finished = self.run(self.script.text)
        assert succeeded(self.database, self.script.upper, finished), finished.output

    def run(self, text: str) -> Finished:
        """Run what is left of a text, as the guard tells."""
        finished = self._run(text)
        done = _DONE.search(finished.stdout)
        if self.line and done:
            assert finished.exit_code == FAILED_EXIT, finished.output
            self.line = f"{self.line}, statement {done[1]} done"
            finished = self._run(text)
        return finished

    def _run(self, text: str) -> Finished:
        script = Script(text, self.script.lower, self.script.upper)
        return run(self.database, script.from_line(self.line) if self.line else text)

    def fail_at(self, point: Point) -> None:
        """Let the script fail there, look at what it leaves, and find the way on."""
        finished = self.run(self.script.broken_at(point.start, BROKEN))
        assert BROKEN_MESSAGE in finished.stderr, f"{point}\n{finished.output}"
        assert (finished.exit_code, "OK: " in finished.stdout) == (FAILED_EXIT, False), finished.output
        self.failures += 1
        self.go_on(point)

    def go_on(self, point: Point) -> None:
        """Choose what the guard names for the rows that are there."""
        heads = tuple(self.heads())
        if not any(":" in head for head in heads):
            self.line = None
            if heads != self.script.lower:
                self.script = self.rest(heads)
            return
        if heads not in self.states:
            self.refuses_to_start_again()
            self.states.add(heads)
        self.line = f"go on at {', '.join(heads)}"
        assert f"\n-- {self.line}\n" in self.script.text, self.line
        unclear = f"-- no check can tell whether statement {point.number} is done"
        if point.behind and f"{unclear}: look before going on here\n-- {self.line}\n" in self.script.text:
            self.line += f", statement {point.number} done"

    def refuses_to_start_again(self) -> None:
        """Run the whole file, which must not begin anew."""
        again = run(self.database, self.script.text)
        assert (again.exit_code, "REFUSED" in again.stderr) == (FAILED_EXIT, True), again.output
