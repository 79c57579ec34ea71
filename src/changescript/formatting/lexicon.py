"""Own the lexical rules of each dialect, as data; hold no scanner."""

import enum
import string
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


class Blocks(enum.Enum):
    """Where a `;` stands inside a statement instead of ending it."""

    ATOMIC_BODIES = "a routine's BEGIN ATOMIC ... END"
    TRIGGER_BODIES = "a trigger's BEGIN ... END"
    ROUTINE_BODIES = "a routine's, trigger's or event's compound statement"
    WHOLE_BLOCKS = "a PL/SQL block, which keeps its last semicolon"
    BATCHES = "a batch, which is sent, and scopes its variables, as one"


@dataclass(frozen=True, slots=True)
class Quoted:
    """One way to write a literal or a quoted name."""

    opening: str
    closing: str
    prefix: str = ""
    """Regular expression of what may stand before the opening character."""
    doubled: bool = True
    """Whether the closing character, written twice, stands for itself."""
    backslash: bool = False
    """Whether a backslash takes the meaning from the character behind it."""
    continued: bool = False
    """Whether the literal goes on in the next quotes after a line end."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What the server of one dialect, and its own client, read as one word, literal or comment.

    Each is equal to itself alone: to compare its fields, or hash them, takes longer than a small statement.
    """

    name: str
    strings: tuple[Quoted, ...]
    names: tuple[Quoted, ...]
    word_start: str
    """Regular expression for one character of an unquoted word, like `word_rest`."""
    word_rest: str
    blocks: Blocks
    operators: str = r"+\-*/<>=~!@#%^&|`?"
    nested_comments: bool = False
    hash_comments: bool = False
    dash_comment_needs_blank: bool = False
    executable_comments: bool = False
    """Whether the server runs what stands in `/*! ... */`."""
    comment_ends: str = r"\n"
    """Regular expression class of the characters that end a line comment."""
    dollar_quotes: bool = False
    q_quotes: bool = False
    keeps_bodies: bool = True
    """Whether the server stores the body of a routine or trigger as the text that it was given, blanks and all."""
    glued_calls: bool = False
    """Whether `name(` and `name (` mean different things."""
    client_line: str | None = None
    """Regular expression of a line that the stock client takes for itself, wherever it stands."""


def _ascii_or_beyond(allowed: str) -> str:
    """Return the class of these ASCII characters and of all that is not ASCII.

    It names what it leaves out, because CPython takes milliseconds to compile a range up to the last character.
    """
    others = "".join(f"\\x{code:02x}" for code in range(128) if chr(code) not in allowed)
    return f"[^{others}]"


_LETTERS = f"{string.ascii_letters}_"
_WORD = f"{_LETTERS}{string.digits}"

DOLLAR_QUOTE = rf"\$(?:{_ascii_or_beyond(_LETTERS)}{_ascii_or_beyond(_WORD)}*)?\$"
"""Regular expression of what opens and closes a dollar-quoted string."""

_BACKTICKS = Quoted("`", "`")
_DOUBLE_QUOTES = Quoted('"', '"')

# scan.l: every byte from 0x80 on is a letter, so a no-break space is part of a name.
POSTGRESQL = Lexicon(
    name="postgresql",
    strings=(
        Quoted("'", "'", prefix="[eE]", backslash=True, continued=True),
        Quoted("'", "'", prefix="(?:[uU]&|[bBxXnN])?", continued=True),
    ),
    names=(Quoted('"', '"', prefix="(?:[uU]&)?"),),
    word_start=_ascii_or_beyond(_LETTERS),
    word_rest=_ascii_or_beyond(f"{_WORD}$"),
    blocks=Blocks.ATOMIC_BODIES,
    # A body is a literal there, or is stored as the server has read it.
    keeps_bodies=False,
    nested_comments=True,
    comment_ends=r"\r\n",
    dollar_quotes=True,
)

# The script sets sql_mode, so that backslashes escape and double quotes are strings.
# The client takes a line that starts with DELIMITER for itself, even inside a statement.
MYSQL = Lexicon(
    name="mysql",
    strings=(
        Quoted("'", "'", prefix="(?:[bBxXnN]|_[A-Za-z0-9]+)?", backslash=True),
        Quoted('"', '"', prefix="(?:_[A-Za-z0-9]+)?", backslash=True),
    ),
    names=(_BACKTICKS,),
    word_start=_ascii_or_beyond(f"{_LETTERS}$@"),
    word_rest=_ascii_or_beyond(f"{_WORD}$@"),
    blocks=Blocks.ROUTINE_BODIES,
    operators=r"+\-*/<>=~!%^&|?",
    hash_comments=True,
    dash_comment_needs_blank=True,
    executable_comments=True,
    glued_calls=True,
    client_line=r"(?i:[ \t]*delimiter\b.*)",
)

# The shell takes a line that holds only GO or a slash for a semicolon.
SQLITE = Lexicon(
    name="sqlite",
    strings=(Quoted("'", "'", prefix="[xX]?"),),
    names=(_DOUBLE_QUOTES, _BACKTICKS, Quoted("[", "]", doubled=False)),
    word_start=_ascii_or_beyond(f"{_LETTERS}@#"),
    word_rest=_ascii_or_beyond(f"{_WORD}$"),
    blocks=Blocks.TRIGGER_BODIES,
    operators=r"+\-*/<>=~!%&|?",
    client_line=r"(?i:[ \t]*(?:/|go)[ \t]*)",
)

# sqlcmd runs a line that starts with one of its commands, even inside a statement.
MSSQL = Lexicon(
    name="mssql",
    strings=(Quoted("'", "'", prefix="[nN]?"),),
    names=(_DOUBLE_QUOTES, Quoted("[", "]")),
    word_start=r"[\w@#]",
    word_rest=r"[\w@#$]",
    blocks=Blocks.BATCHES,
    operators=r"+\-*/<>=~!%^&|",
    nested_comments=True,
    client_line=r"(?i:[ \t]*(?:(?:go|reset|exit|ed|quit)\b.*|:.*|!!.*))",
)

# SQL*Plus: a slash or a full stop alone ends the statement, `#` starts a command of its own,
# a hyphen at the end joins the next line.
ORACLE = Lexicon(
    name="oracle",
    strings=(Quoted("'", "'", prefix="[nN]?"),),
    names=(_DOUBLE_QUOTES,),
    word_start=r"[\w]",
    word_rest=r"[\w$#]",
    blocks=Blocks.WHOLE_BLOCKS,
    operators=r"+\-*/<>=~!^|",
    q_quotes=True,
    client_line=r"[ \t]*(?:[/.][ \t]*|[#~@].*|.*-[ \t]*)",
)

LEXICONS: Mapping[str, Lexicon] = MappingProxyType(
    {
        "postgresql": POSTGRESQL,
        "mysql": MYSQL,
        "mariadb": MYSQL,
        "sqlite": SQLITE,
        "mssql": MSSQL,
        "oracle": ORACLE,
    }
)
"""The lexical rules by SQLAlchemy's dialect name."""
