"""The version of a server that nobody has stated, which a revision must not be told by a guess."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from changescript.sources import is_inside

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Dialect

    from changescript.recording.recorder import Recorder

_NAME = "server_version_info"


def keep_version_from_revisions(dialect: Dialect, recorder: Recorder, root: Path) -> None:
    """Refuse revisions that ask for the server's version; SQLAlchemy goes on with the one that SQL is written for.

    What a revision then did would be right for some servers that the script takes, and wrong for others.
    """
    real: Any = type(dialect)

    def read(self: Any) -> Any:
        asking = sys._getframe(1)
        if recorder.is_recording and not recorder.presumes and is_inside(asking.f_code.co_filename, root):
            raise recorder.refuse(
                "it asks which version the server has",
                'state it in the settings: server_version = "..."; the script then refuses any other server',
            )
        return self.__dict__.get(_NAME, getattr(real, _NAME))

    def write(self: Any, value: Any) -> None:
        self.__dict__[_NAME] = value

    own = {_NAME: property(read, write), "supports_statement_cache": True, "__module__": real.__module__}
    dialect.__class__ = type(real.__name__, (real,), own)
