"""Reads what a revision file declares from a look at its text, as Alembic's templates write it; must not guess.

Exact or nothing. The file has to begin with complete statements of known shapes, and nothing may stand behind them but
plain functions, which do not run when the file does. Whatever else a file holds, `syntax.py` reads it.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BOM = b"\xef\xbb\xbf"
_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_UTF8 = {b"utf-8", b"utf8", b"utf_8"}

_REMARKS = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")
_DOCSTRING = re.compile(
    r'(?:"""(?P<long>(?:[^"\\]++|"(?!""))*+)"""|"(?P<short>[^"\\\n]+)"|'
    r"'(?P<single>[^'\\\n]+)')[ \t]*(?:#[^\n]*)?\n"
)
_STATEMENT = re.compile(
    _REMARKS.pattern + r"(?:(?P<import>import [\w., ]+|from [\w.]+ import (?:[\w, ]+|\([\w, \t\n]*\)))"
    r"|(?P<name>revision|down_revision|branch_labels|depends_on)(?:[ ]*:[\w ,.|\[\]]+)?[ ]*=[ ]*"
    r"""(?:(?P<none>None)|"(?P<text>[^"\\\n]*)"|'(?P<word>[^'\\\n]*)'|(?P<several>[(\[][^()\[\]\\\n]*[)\]])))"""
    r"[ \t]*(?:\#[^\n]*)?\n",
    re.ASCII,
)

_PLAIN_FUNCTION = r"def (?!(?:revision|down_revision|branch_labels|depends_on|__doc__|__getattr__)\b)\w+"
_SOMETHING_ELSE = re.compile(
    rf"\n(?![ \t\n#)\]}}]|{_PLAIN_FUNCTION}\([\w ,:]*\)[\w >.,|\[\]-]*:|\Z)",
    re.ASCII,  # Python reads other letters as these: they could spell one of the names
)
"""A line behind the head that may begin something else than a function without defaults, or be a part of one.

Nothing runs in a file that defines such functions alone.
"""
_WORDS = (
    "abc alembic base64 collections contextlib copy csv dataclasses datetime decimal enum __future__ functools hashlib "
    "inspect io itertools json logging math operator os pathlib random re sqlalchemy string sys textwrap time types "
    "typing uuid warnings zoneinfo"
)
LOADED = frozenset(_WORDS.split())
"""Packages that are there before any revision runs. Any other name of Python's own may be one of the project's."""
_VARIABLES = ("revision", "branch_labels", "depends_on", "__doc__", "__getattr__")


@dataclass(frozen=True, slots=True)
class Head:
    """What the first statements of a file say."""

    values: Mapping[str, object]
    imports: tuple[str, ...]
    is_exact: bool
    """Whether the rest of the file can't change it."""


def read_head(data: bytes) -> Head:
    """Return what the first statements of a file say, and whether that is all there is to know."""
    text = _decoded(data)
    if text is None:
        return Head({}, (), is_exact=False)
    values: dict[str, object] = {}
    at = _read_docstring(text, values)
    imports: list[str] = []
    while True:
        match = _STATEMENT.match(text, at)
        if match is None or not _take(match, values, imports):
            break
        at = match.end()
    is_exact = "revision" in values and "down_revision" in values and not _SOMETHING_ELSE.search(text, max(at - 1, 0))
    return Head(values, tuple(imports), is_exact)


def _decoded(data: bytes) -> str | None:
    """Return the text as Python reads it; None where only Python can tell the encoding."""
    lines = data.split(b"\n", 2)[:2]
    if any((match := _COOKIE.match(line)) and match[1].lower() not in _UTF8 for line in lines):
        return None
    if b"\f" in data:  # it takes indentation back, so that a statement can begin behind blanks
        return None
    try:
        text = data.removeprefix(BOM).decode()
    except UnicodeDecodeError:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") else text + "\n"


def _after_remarks(text: str, at: int) -> int:
    match = _REMARKS.match(text, at)
    return match.end() if match else at


def _read_docstring(text: str, values: dict[str, object]) -> int:
    """Put the docstring among the values, and return where the file goes on."""
    at = _after_remarks(text, 0)
    match = _DOCSTRING.match(text, at)
    if match is None:
        return at
    values["__doc__"] = match["long"] or match["short"] or match["single"]
    return match.end()


def _take(match: re.Match[str], values: dict[str, object], imports: list[str]) -> bool:
    """Note what a statement says; False where it is none of the plain ones after all."""
    if statement := match["import"]:
        if _sets_a_variable(statement):
            return False
        if not is_trusted(statement):
            imports.append(statement)
        return True
    if several := match["several"]:
        try:
            values[match["name"]] = ast.literal_eval(several)
        except (ValueError, SyntaxError):
            return False
        return True
    values[match["name"]] = None if match["none"] else match["text"] or match["word"] or ""
    return True


@cache
def _sets_a_variable(statement: str) -> bool:
    return any(word in statement for word in _VARIABLES)


@cache
def is_trusted(statement: str) -> bool:
    """Tell whether an import loads nothing that isn't there already, or part of SQLAlchemy or Alembic."""
    if statement.startswith("from "):
        modules = [statement.split(None, 2)[1]]
    else:
        modules = [part.split()[0] for part in statement.removeprefix("import ").split(",") if part.strip()]
    return all(is_trusted_module(module) for module in modules)


def is_trusted_module(module: str) -> bool:
    """Tell whether a module is SQLAlchemy's, Alembic's, or one of Python's that those two load."""
    return module.partition(".")[0] in LOADED
