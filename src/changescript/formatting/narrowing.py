"""Own how the lines of a statement that keeps its own layout are kept from being too wide."""

from collections.abc import Iterator
from itertools import accumulate

from changescript.formatting.lexemes import same_statement
from changescript.formatting.lexicon import Lexicon
from changescript.formatting.pieces import LITERAL, NAME, NUMBER, Pieces
from changescript.formatting.scanner import Token, scan
from changescript.formatting.wrapping import wrap

_MARKS = {"string": LITERAL, "name": NAME, "number": NUMBER}


def narrow(sql: str, lexicon: Lexicon, width: int) -> str:
    """Break lines wider than `width` at their blanks; a text that can't be proven unchanged stays as it is."""
    if not _is_wide(f"{sql};", width):
        return sql
    *lines, last = _lines(sql, lexicon)
    text = "".join(_narrowed(line, width) for line in lines) + _narrowed(last, width, terminator=1)
    return text if same_statement(sql, text, lexicon) else sql


def _is_wide(text: str, width: int) -> bool:
    return any(len(line.rstrip("\r")) > width for line in text.split("\n"))


def _lines(sql: str, lexicon: Lexicon) -> Iterator[list[Token]]:
    """Yield the tokens of each line with its end; a literal or comment of many lines is one token."""
    line: list[Token] = []
    for token in scan(sql, lexicon):
        end = token.text.rfind("\n") + 1
        if token.kind == "blank" and end:
            yield [*line, Token("blank", token.text[:end], token.start)]
            line = [Token("blank", token.text[end:], token.start + end)]
        else:
            line.append(token)
    yield line


def _narrowed(line: list[Token], width: int, terminator: int = 0) -> str:
    """Return a line as lines that fit."""
    text = "".join(token.text for token in line)
    code = [token for token in line if token.kind != "blank"]
    if not code or not _is_wide(text + ";" * terminator, width) or code[-1].kind == "unfinished":
        return text
    pieces = _pieces(line)
    start, end = code[0].start - line[0].start, code[-1].start - line[0].start + len(code[-1].text)
    breaks = wrap(pieces, {0: start}, width)
    spaces = ["\n" + " " * breaks[i] if i in breaks else " " * gap for i, gap in enumerate(pieces.gaps)]
    inner = "".join(space + token.text for space, token in zip(["", *spaces[1:]], code, strict=True))
    return text[:start] + inner + text[end:].lstrip(" \t")


def _pieces(line: list[Token]) -> Pieces:
    """Return the tokens of a line as wrapping sees them, blanks where they were."""
    texts: list[str] = []
    marks: list[str] = []
    gaps: list[bool] = []
    depths: list[int] = []
    blank = False
    for kind, text, _ in line:
        if kind != "blank":
            texts.append(text)
            marks.append(_MARKS.get(kind) or text.upper())
            gaps.append(blank and len(texts) > 1)
            depths.append((depths[-1] if depths else 0) + (marks[-2:-1] == ["("]) - (text == ")"))
        blank = kind == "blank"
    ends = list(accumulate(len(text) + gap for text, gap in zip(texts, gaps, strict=True)))
    return Pieces(texts, marks, gaps, ends, {}, depths)
