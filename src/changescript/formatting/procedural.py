"""Own which statements hold a body, whose layout is its author's."""

from collections.abc import Sequence

from changescript.formatting.pieces import Pieces, words

_DECORATIONS = words("OR REPLACE TEMPORARY TEMP UNLOGGED UNIQUE MATERIALIZED GLOBAL LOCAL EDITIONABLE FORCE")
"""What may stand between CREATE and the kind of the object."""
_HEAD = 10
"""First tokens that say what a statement is."""
HEAD = 16
"""The same where ALGORITHM=, DEFINER= and SQL SECURITY precede."""

_ROUTINES = words("FUNCTION PROCEDURE PROC TRIGGER PACKAGE RULE EVENT")
_BLOCKS = words("DO BEGIN DECLARE IF WHILE LOOP FOR CASE EXEC EXECUTE")
_LAID_OUT_KINDS = words("INDEX TABLE TYPE VIEW")
_OTHER_KINDS = words("TABLE INDEX VIEW SEQUENCE TYPE SCHEMA DOMAIN")


def kind_of(marks: Sequence[str]) -> str:
    """Return what a statement creates or alters, as in CREATE VIEW; otherwise its first two words."""
    if marks[0] in {"CREATE", "ALTER"}:
        for mark in marks[1:HEAD]:
            if mark in _LAID_OUT_KINDS:
                return f"{marks[0]} {mark}"
            if mark == "(":
                break
    return " ".join(marks[:2])


def is_procedural(pieces: Pieces) -> bool:
    """Say whether a statement holds a body, whose layout is its author's."""
    head = pieces.marks[:_HEAD]
    first = head[:1]
    if ";" in pieces.marks or "\\" in pieces.marks:
        return True
    if first in (["CREATE"], ["ALTER"]):
        kind = next((word for word in head[1:] if word not in _DECORATIONS), "")
        has_routine = not _ROUTINES.isdisjoint(_kind_words(head))
        return has_routine or (kind == "TYPE" and "BODY" in head)
    return not _BLOCKS.isdisjoint(first)


def may_hold_body(first_words: Sequence[str]) -> bool:
    """Say whether a statement that begins with these words could hold a body."""
    return not (_ROUTINES.isdisjoint(first_words) and _BLOCKS.isdisjoint(first_words[:1]))


def _kind_words(head: list[str]) -> list[str]:
    """Return the words before the object's name, as far as one can tell: DEFINER=a@b may precede."""
    for index, word in enumerate(head):
        if word in _OTHER_KINDS:
            return head[:index]
    return head
