"""The comment at the top of a script: what it promises, and that nothing breaks out of it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changescript.model import (
    Direction,
    Heads,
    Range,
    RecordedStep,
    Recording,
    Request,
    Revision,
    Settings,
    SourceLine,
    Statement,
    Step,
    TransactionMode,
    VersionTable,
)
from changescript.script import ScriptInput, build_script

if TYPE_CHECKING:
    from collections.abc import Sequence

SQL = {
    "j": "ALTER TABLE t ADD COLUMN c INTEGER",
    "u": "UPDATE t SET c = 1",
    "a": "ALTER TYPE mood ADD VALUE 'sad'",
    "o": "CREATE INDEX CONCURRENTLY ix ON t (c)",
}


def script_of(
    steps: Sequence[tuple[str, Heads, Heads, str]],
    *,
    ticket: str = "",
    message: str = "a step",
    mode: TransactionMode = TransactionMode.SCRIPT,
    direction: Direction = Direction.UPGRADE,
) -> str:
    """Return a script of steps `(id, before, after, kinds of statements)`."""
    recorded = tuple(
        RecordedStep(
            Step(Revision(id_, (), message, Path(), f"versions/{id_}.py"), direction, before, after),
            tuple(Statement(SQL[kind], "execute", SourceLine(f"versions/{id_}.py", 9), kind == "a") for kind in kinds),
        )
        for id_, before, after, kinds in steps
    )
    ends = recorded[0].step.before, recorded[-1].step.after
    revisions = Range(*ends) if direction is Direction.UPGRADE else Range(*reversed(ends))
    given_input = ScriptInput(
        Request(revisions, ticket), direction, Settings(transaction=mode), target="", x=(), stop=None
    )
    recording = Recording(recorded, ends[0], "postgresql", VersionTable(), transaction_per_migration=False)
    return build_script(given_input, recording).content.read().decode()


def header_of(script: str) -> list[str]:
    """Return the lines up to the second rule."""
    lines = script.split("\n")
    return lines[: lines.index(lines[0], 1) + 1]


def row(script: str, label: str) -> list[str]:
    """Return the text beside a label, line by line."""
    found: list[str] = []
    for line in header_of(script):
        title, text = line[5:18].strip(), line[18:]
        if title == label or (found and not title and text):
            found.append(text)
        elif found:
            break
    return found


ONE = [("b", ("a",), ("b",), "jj")]
TWO = [("b", ("a",), ("b",), "jj"), ("c", ("b",), ("c",), "j")]


def test_header_answers_who_what_where_and_how() -> None:
    """Each fact stands beside its label, in the order in which a DBA asks."""
    script = script_of(ONE, ticket="CHG0012345", message="add columns")
    header = header_of(script)
    labels = [line[5:18].strip() for line in header if line[2:5] == "   "]
    expected = [
        *("Change", "From", "To", "Dialect", "Run", "Expect", "Refuses", "If it fails", "Undo"),
        *("Settings", "Regenerate", "SHA-256", "1 of 1"),
    ]
    assert [label for label in labels if label in expected] == expected
    assert row(script, "Change") == ["CHG0012345"]
    assert row(script, "From") == ["a"]
    assert row(script, "To") == ["b    1 revision, 2 statements"]
    assert row(script, "Run") == ["psql -X -d DATABASE -f upgrade.sql"]
    assert row(script, "Expect") == ['exit 0, and the last line "OK: database DATABASE is at b"']
    assert row(script, "Regenerate") == ["changescript sql a:b --ticket CHG0012345"]
    assert row(script, "1 of 1") == ["b    add columns"]


def test_digest_is_that_of_everything_below_the_header() -> None:
    """`tail -n +N | sha256sum` gives it."""
    script = script_of(ONE)
    below = "\n".join(script.split("\n")[len(header_of(script)) :])
    assert row(script, "SHA-256") == [f"{hashlib.sha256(below.encode()).hexdigest()} of all that follows"]


def test_base_is_called_base() -> None:
    """An empty start has a name; a header never shows an empty field."""
    script = script_of([("a", (), ("a",), "j")])
    assert row(script, "From") == ["base"]
    assert row(script, "Regenerate") == ["changescript sql base:a"]


@pytest.mark.parametrize(
    ("steps", "mode", "expected"),
    [
        (ONE, TransactionMode.SCRIPT, "in statements 1-2: nothing has changed"),
        (TWO, TransactionMode.SCRIPT, "in statements 1-3: nothing has changed"),
        ([("b", ("a",), ("b",), "")], TransactionMode.SCRIPT, "before statement 1: nothing has changed"),
        (
            TWO,
            TransactionMode.REVISION,
            (
                "in statements 1-2: nothing has changed"
                " in statement 3: statements 1-2 stay, the database is at b;"
                " go on with changescript sql b:c"
            ),
        ),
        (
            [("b", ("a",), ("b",), "jo")],
            TransactionMode.SCRIPT,
            (
                "in statement 1: nothing has changed"
                " in statement 2: statement 1 stays, alembic_version says b:1;"
                " mend the cause and run this file again, it goes on there"
            ),
        ),
        (
            [("b", ("a",), ("b",), "o")],
            TransactionMode.SCRIPT,
            (
                "before statement 1: nothing has changed"
                " in statement 1: no other has run, alembic_version says b:0;"
                " mend the cause and run this file again, it goes on there"
            ),
        ),
        (
            [("b", ("a",), ("b",), "joj")],
            TransactionMode.SCRIPT,
            (
                "in statement 1: nothing has changed"
                " in statement 2: statement 1 stays, alembic_version says b:1;"
                " mend the cause and run this file again, it goes on there"
                " in statement 3: statements 1-2 stay, alembic_version says b:2;"
                " mend the cause and run this file again, it goes on there"
            ),
        ),
        (
            [("b", ("a",), ("b",), "a")],
            TransactionMode.SCRIPT,
            "in statement 1: nothing has changed",
        ),
    ],
)
def test_header_says_for_each_part_what_remains_when_it_fails(
    steps: list[tuple[str, Heads, Heads, str]], mode: TransactionMode, expected: str
) -> None:
    """Where the script is undone, from which statement on it is not, and how to go on."""
    assert " ".join(row(script_of(steps, mode=mode), "If it fails")) == expected


def test_rollback_header_turns_the_range_around() -> None:
    """It starts from TO, ends at FROM, and is regenerated by the range of the upgrade."""
    steps = [("c", ("c",), ("b",), "j"), ("b", ("b",), ("a",), "j")]
    script = script_of(steps, direction=Direction.ROLLBACK, mode=TransactionMode.REVISION)
    assert row(script, "From") == ["c"]
    assert row(script, "To") == ["a    2 revisions, 2 statements"]
    assert row(script, "Run") == ["psql -X -d DATABASE -f rollback.sql"]
    assert row(script, "Regenerate") == ["changescript sql a:c"]
    assert row(script, "Undo")[0] == "upgrade.sql of this folder"
    assert "the database is at b; go on with" in " ".join(row(script, "If it fails"))


def test_header_names_statements_whose_effect_no_script_takes_back() -> None:
    """What an UPDATE overwrote is gone, whatever rollback.sql does."""
    script = script_of([("b", ("a",), ("b",), "juju")])
    assert row(script, "Undo")[1] == "no script brings back what statements 2, 4 overwrite or remove"


def test_header_names_revisions_that_do_nothing() -> None:
    """An empty downgrade is no rollback, and says so."""
    script = script_of([("b", ("a",), ("b",), "")])
    assert row(script, "Undo")[1] == "nothing is done here for b: only the version changes"


def test_only_a_script_with_markers_accepts_its_own_half_way() -> None:
    """Any other refuses whatever isn't exactly FROM."""
    assert "half-way" not in "".join(row(script_of(ONE), "Refuses"))
    with_marker = " ".join(row(script_of([("b", ("a",), ("b",), "o")]), "Refuses"))
    assert with_marker.startswith("any database that is not exactly at a or half-way through this")


# Outside text -------------------------------------------------------------------------------------

HOSTILE = [
    "x\nDROP TABLE threat_events; --",
    "x\r\nDROP TABLE t;",
    "x\u2028\\! rm -rf /",
    "x\u2029DROP TABLE t;",
    "x\x85DROP TABLE t;",
    "x\x0b\x0cDROP TABLE t;",
    "x*/ DROP TABLE t; /*",
    "\u202e;t ELBAT PORD",
    "\u2066\u2069\u200b\ufeff\x00\x1b[2J",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_message_or_ticket_breaks_out_of_its_comment(text: str) -> None:
    """With hostile text, a script differs from one with a harmless word in comments alone."""
    hostile = script_of(ONE, ticket=text, message=text)
    harmless = script_of(ONE, ticket="ticket", message="message")
    assert _code(hostile) == _code(harmless)
    assert len(hostile.splitlines()) == len(harmless.splitlines())
    assert hostile.isprintable() or not set(hostile) & set("\x00\x1b\u202e\u2066\u2069\u200b\ufeff")


def _code(script: str) -> list[str]:
    return [line for line in script.splitlines() if not line.startswith("--")]


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_any_text_stays_in_its_comment(ticket: str, message: str) -> None:
    """Whatever the characters."""
    assert _code(script_of(ONE, ticket=ticket, message=message)) == _code(script_of(ONE))


NINE = tuple(f"{number:012x}" for number in range(9))
SENTENCE = "a revision message that goes on and on " * 6


@pytest.mark.parametrize("mode", TransactionMode)
@pytest.mark.parametrize(
    ("heads", "ticket", "message"),
    [
        (("b",), "CHG 0012345 " * 5, "short"),
        (("b",), "", SENTENCE),
        (NINE, "", "short"),
    ],
    ids=["ticket", "message", "heads"],
)
def test_no_comment_is_wider_than_a_screen(heads: Heads, ticket: str, message: str, mode: TransactionMode) -> None:
    """100 columns; a word that is longer stays whole, and so does a command or a digest."""
    steps = [("b", ("a",), heads, "jujujo"), ("c", heads, ("c",), "aju")]
    script = script_of(steps, ticket=ticket, message=message, mode=mode)
    comments = [line for line in script.splitlines() if line.startswith("--")]
    wide = [line for line in comments if len(line) > 100 and not _is_copied_whole(line[18:])]
    assert wide == []


def _is_copied_whole(text: str) -> bool:
    return " " not in text or text.startswith("changescript sql ") or len(text.split(maxsplit=1)[0]) == 64


def test_long_word_stays_whole() -> None:
    """An id or a path is copied from a header, so it isn't cut."""
    word = "x" * 120
    assert word in "\n".join(header_of(script_of(ONE, message=word)))
