"""The statement that stops a script until a person has done something."""

from __future__ import annotations

_TAG = "$changescript_manual$"


def manual(name: str, text: str) -> str:
    """Return a block that fails unless the session's setting says `done`; PGOPTIONS sets it for psql."""
    said = f"MANUAL STEP {name}: {text}".replace("'", "''").replace("%", "%%").replace(_TAG, "")
    again = f'when it is done, run this file again: PGOPTIONS="-c changescript.manual_{name}=done" psql ...'
    return f"""DO {_TAG}
BEGIN
    IF current_setting('changescript.manual_{name}', true) IS DISTINCT FROM 'done' THEN
        RAISE EXCEPTION '{said}'
            USING HINT = '{again}';
    END IF;
END
{_TAG}"""
