"""Own which statements hold a body, whose layout is its author's."""

from changescript.formatting.pieces import Pieces, words

DECORATIONS = words("OR REPLACE TEMPORARY TEMP UNLOGGED UNIQUE MATERIALIZED GLOBAL LOCAL EDITIONABLE FORCE")
"""What may stand between CREATE and the kind of the object."""
HEAD = 10
"""First tokens that say what a statement is."""

_ROUTINES = words("FUNCTION PROCEDURE PROC TRIGGER PACKAGE RULE EVENT")
_BLOCKS = words("DO BEGIN DECLARE IF WHILE LOOP FOR CASE EXEC EXECUTE")
_OTHER_KINDS = words("TABLE INDEX VIEW SEQUENCE TYPE SCHEMA DOMAIN")


def is_procedural(pieces: Pieces) -> bool:
    """Say whether a statement holds a body, whose layout is its author's."""
    head = pieces.marks[:HEAD]
    first = head[:1]
    if ";" in pieces.marks or "\\" in pieces.marks:
        return True
    if first in (["CREATE"], ["ALTER"]):
        kind = next((word for word in head[1:] if word not in DECORATIONS), "")
        has_routine = not _ROUTINES.isdisjoint(_kind_words(head))
        return has_routine or (kind == "TYPE" and "BODY" in head)
    return not _BLOCKS.isdisjoint(first)


def _kind_words(head: list[str]) -> list[str]:
    """Return the words before the object's name, as far as one can tell: DEFINER=a@b may precede."""
    for index, word in enumerate(head):
        if word in _OTHER_KINDS:
            return head[:index]
    return head
