"""Own which semicolons stand inside a body: BEGIN ... END and its kin, for each kind of server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from changescript.formatting.lexicon import Blocks
from changescript.formatting.pieces import words
from changescript.formatting.scanner import Token


class UnsplittableStatement(ValueError):
    """It isn't certain where a statement ends; the message names the construct, never its text."""


class BlockTracker(Protocol):
    """Follows the tokens of one statement."""

    def see(self, token: Token, brackets: int) -> None:
        """Take the next token that isn't white space; `brackets` counts the open ones behind it."""

    def may_end(self) -> bool:
        """Say whether a semicolon outside brackets would end the statement here."""


def block_tracker(blocks: Blocks) -> BlockTracker:
    """Return the tracker for a statement that begins now."""
    return _TRACKERS[blocks]()


class _NoBlocks:
    """For servers that take such bodies only as a whole."""

    def see(self, token: Token, brackets: int) -> None:
        """Take note of nothing."""

    def may_end(self) -> bool:
        """Let every semicolon end the statement."""
        return True


@dataclass(slots=True)
class _Bodies:
    """What the trackers share: the word at hand, the one before, and the blocks that are open."""

    words: list[str] = field(default_factory=list)
    """The first words of the statement."""
    opened: list[str] = field(default_factory=list)
    before: str = ""

    def see(self, token: Token, brackets: int) -> None:
        """Follow the words outside brackets; what stands inside is complete by itself."""
        mark = token.text.upper() if token.kind == "word" else token.text[:1]
        if token.kind == "word" and len(self.words) < _HEAD:
            self.words.append(mark)
        if not brackets and token.kind == "word" and self.before not in {".", "AS"}:
            self._word(mark)
        elif not brackets:
            self._sign(mark)
        self.before = mark

    def may_end(self) -> bool:
        """Say whether every block is closed."""
        return not self.opened

    def _word(self, word: str) -> None:
        if self._opens_body(word):
            self.opened.append("BEGIN")
        elif word == "CASE" and self._counts_case():
            self.opened.append("CASE")
        elif word == "END" and self.opened:
            if self.opened[-1] != "CASE" and self.before not in {";", "BEGIN", "ATOMIC"}:
                raise UnsplittableStatement("END inside a body, but not behind a semicolon")
            self.opened.pop()

    def _sign(self, mark: str) -> None:
        """Take note of a sign, a literal or a quoted name."""

    def _opens_body(self, word: str) -> bool:
        raise NotImplementedError

    def _counts_case(self) -> bool:
        return bool(self.opened)


_HEAD = 12


@dataclass(slots=True)
class _AtomicBodies(_Bodies):
    """PostgreSQL: CREATE FUNCTION or PROCEDURE with BEGIN ATOMIC; other bodies are literals."""

    def _opens_body(self, word: str) -> bool:
        return (
            word == "ATOMIC"
            and self.before == "BEGIN"
            and not self.opened
            and self.words[0] == "CREATE"
            and not {"FUNCTION", "PROCEDURE"}.isdisjoint(self.words[1:4])
        )


@dataclass(slots=True)
class _TriggerBodies(_Bodies):
    """SQLite: CREATE TRIGGER ... BEGIN ... END, with statements but no control flow."""

    def _opens_body(self, word: str) -> bool:
        return (
            word == "BEGIN"
            and not self.opened
            and self._counts_case()
            and self.before not in {"TRIGGER", "EXISTS", "ON", "OF", ","}
        )

    def _counts_case(self) -> bool:
        return self.words[0] == "CREATE" and "TRIGGER" in self.words[1:3]


_KINDS = words("DATABASE EVENT FUNCTION INDEX PACKAGE PROCEDURE ROLE SCHEMA SEQUENCE SERVER TABLE TRIGGER USER VIEW")
_ROUTINE_KINDS = frozenset({"EVENT", "FUNCTION", "PROCEDURE", "TRIGGER"})
_LOOPS = frozenset({"FOR", "LOOP", "REPEAT", "WHILE"})
_STARTS = frozenset({"", ";", ":", "BEGIN", "ATOMIC", "DO", "ELSE", "LOOP", "REPEAT", "ROW", "THEN"})
"""A statement of the body may begin behind these."""
_EXPRESSION = "CASE expression"


@dataclass(slots=True)
class _RoutineBodies(_Bodies):
    """MySQL and MariaDB: routines, triggers and events, whose body is one compound statement."""

    routine: bool | None = None
    """Whether the statement has such a body; None until its first words have told."""
    closed: str = ""
    """What the END before this word has closed."""
    handler: bool = False
    """Whether a DECLARE ... HANDLER is being read, whose body may be a block."""
    returns: bool = False
    """Whether a bare RETURN is the body, in which IF and REPEAT are functions."""

    def may_end(self) -> bool:
        """Say whether every block is closed, its last word included."""
        return not self.opened and self.closed in {"", "BEGIN", "CASE", _EXPRESSION}

    def _word(self, word: str) -> None:
        if self.routine is None:
            self._recognize(word)
        if not self.routine or self._finishes_end(word):
            return
        if word == "END":
            self._end()
        elif word == "HANDLER":
            self.handler = True
        elif word == "RETURN" and not self.opened:
            self.returns = True
        elif self._starts_statement():
            self._open_statement(word)
        elif word == "CASE":
            self.opened.append(_EXPRESSION)
        elif word == "BEGIN" and (self.handler or self._may_open_routine()):
            self._open_statement(word)
        elif word in {"IF", *_LOOPS} and not self.opened:
            self._in_header(word)

    def _sign(self, mark: str) -> None:
        if self.closed in {"IF", *_LOOPS}:
            raise UnsplittableStatement(f"END of {self.closed} without {self.closed}")
        if mark == ";":
            self.handler = False
            self.closed = ""

    def _recognize(self, word: str) -> None:
        if self.words[:1] not in (["CREATE"], ["ALTER"]):
            if self.words == ["BEGIN", "NOT", "ATOMIC"]:  # MariaDB's anonymous block
                self.routine = True
                self.opened.append("BEGIN")
            elif self.words[0] in {"IF", "CASE", *_LOOPS}:
                raise UnsplittableStatement("a compound statement outside a routine")
            elif self.words[0] != "BEGIN":
                self.routine = False
        elif word == "PACKAGE":
            raise UnsplittableStatement("a package")
        elif word in _KINDS:
            self.routine = word in _ROUTINE_KINDS

    def _finishes_end(self, word: str) -> bool:
        """Say whether the word belongs to the END before it, as in END IF."""
        closed, self.closed = self.closed, ""
        if closed in {"IF", *_LOOPS}:
            if word != closed:
                raise UnsplittableStatement(f"END of {closed} without {closed}")
            return True
        return closed == "CASE" and word == "CASE"

    def _end(self) -> None:
        if not self.opened:
            raise UnsplittableStatement("END that closes nothing")
        self.closed = self.opened.pop()
        if self.closed not in {_EXPRESSION, "REPEAT"} and self.before not in _STARTS:
            raise UnsplittableStatement("END inside a body, but not behind a semicolon")

    def _starts_statement(self) -> bool:
        if self.opened:
            return self.opened[-1] != _EXPRESSION and self.before in _STARTS
        return self.before in {"ROW", "DO", ":"}

    def _may_open_routine(self) -> bool:
        names = {"TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "EXISTS", "ON"}
        return not self.opened and self.before not in names

    def _open_statement(self, word: str) -> None:
        if word in {"BEGIN", "IF", "CASE", *_LOOPS}:
            self.opened.append(word)
            self.handler = False

    def _in_header(self, word: str) -> None:
        is_clause = word == "FOR" or (word == "IF" and self.before in _ROUTINE_KINDS)
        if not is_clause and not self.returns:
            raise UnsplittableStatement(f"a routine whose body is {word} without BEGIN")


_TRACKERS: Mapping[Blocks, Callable[[], BlockTracker]] = {
    Blocks.ATOMIC_BODIES: _AtomicBodies,
    Blocks.TRIGGER_BODIES: _TriggerBodies,
    Blocks.ROUTINE_BODIES: _RoutineBodies,
    Blocks.WHOLE_BLOCKS: _NoBlocks,
    Blocks.BATCHES: _NoBlocks,
}
