"""Any SQLAlchemy dialect with an Alembic implementation: what can be had for one that has no record of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from changescript.dialects.base import Dialect
from changescript.dialects.generic.by_hand import GO_ON
from changescript.dialects.generic.frame import GenericFrame
from changescript.dialects.generic.statements import LEXICON, loses_data, mode_of, refusal_of

if TYPE_CHECKING:
    from typing import Any

_CLIENT = (
    "any that reads UTF-8, commits each statement by itself, and stops at the first error; nothing here has been tried"
)


def generic_record(name: str, **known: Any) -> Dialect:  # noqa: ANN401 - fields of a Dialect
    """Return the record of SQLAlchemy's dialect `name`, with what is known better of its database."""
    generic: dict[str, Any] = {
        "name": name,
        "title": f"{name}; changescript knows no more of it than its SQLAlchemy dialect says",
        "run_command": f"the client of {name}, with autocommit on: {{file}}",
        "client": _CLIENT,
        "lexicon": LEXICON,
        "make_frame": partial(GenericFrame, name),
        "mode_of": mode_of,
        "refusal_of": refusal_of,
        "protect": str,
        "loses_data": loses_data,
        "settings_shown": (),
        "transactional_ddl": False,
        "expect": 'no error, and the last result "OK: at {state}"',
        "go_on": GO_ON,
    }
    return Dialect(**{**generic, **known})
