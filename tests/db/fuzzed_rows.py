"""Revisions that hold random values of all kinds in all places where a literal can stand; the same for each seed."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.projects import Rev

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNS = (
    "'\"`\\:;%$-/*#@&{}()[]<>|~^?!=+.,_ EenxNbuqQ0123456789"
    "\n\r\t\b\f\v\x01\x1a\x1b\x7f\x85\xa0\xad\u200f\u2028\u202e\ufeffé中😀"
)
_FIRST = dt.datetime(1, 1, 1)  # noqa: DTZ001 - as a column without a time zone has it
_PIECES = (
    "\r\n",
    "';--",
    "\\'",
    "\n/\n",
    "\ngo\n",
    "\n.exit\n",
    "\ndelimiter //\n",
    "/*! */",
    "''",
    "\\\\",
    "$$",
    ":v",
    "\\g",
)

_UPGRADE = """\
import datetime
from decimal import Decimal
t = op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("text", sa.Text()), sa.Column("word", sa.String(200), server_default={default!r}, comment={comment!r}),
    sa.Column("bytes", sa.LargeBinary()), sa.Column("whole", sa.BigInteger()), sa.Column("price", sa.Numeric(20, 6)),
    sa.Column("ratio", sa.Double()), sa.Column("moment", sa.DateTime()), sa.Column("day", sa.Date()),
    sa.Column("flag", sa.Boolean()), sa.Column("doc", sa.JSON()), comment={comment!r})
op.bulk_insert(t, {rows!r})
for number, row in enumerate({rows!r}, 1):
    op.execute(t.update().where(t.c.id == number).values(
        word=row["word"], text=t.c.text + sa.literal(row["text"]), price=row["price"]))
    op.execute(sa.text("INSERT INTO t (text, bytes, whole) VALUES (:text, :bytes, :whole - 1)").bindparams(
        text=row["text"], bytes=row["bytes"], whole=row["whole"]))
op.execute(t.delete().where(t.c.text == {gone!r}))
"""


@dataclass(frozen=True, slots=True)
class Fuzz:
    """Makes one revision."""

    seed: int
    rows: int = 40
    without: str = ""
    """Characters that the database can't hold."""

    def revision(self) -> Rev:
        """Return the revision; it makes the table `t` and fills it."""
        source = random.Random(self.seed)  # noqa: S311 - no secret
        rows = [{"id": number + 1, **self._row(source)} for number in range(self.rows)]
        upgrade = _UPGRADE.format(
            default=self._text(source)[:60],
            comment=self._text(source)[:60],
            rows=rows,
            gone=rows[0]["text"],
        )
        return Rev("a", upgrade=upgrade, downgrade='op.drop_table("t")')

    def _row(self, source: random.Random) -> Mapping[str, object]:
        row: dict[str, object] = {
            "text": self._text(source),
            "word": self._text(source)[:50],
            "bytes": source.randbytes(source.randrange(30)),
            "whole": source.choice([0, -1, 2**63 - 2, 1 - 2**63, source.randrange(-(10**18), 10**18)]),
            "price": Decimal(source.randrange(-(10**14), 10**14)).scaleb(-source.randrange(7)),
            "ratio": source.choice(
                [0.1, 1e300, 5e-324, source.gauss(0, 1), source.random() * 10 ** source.randrange(-300, 300)]
            ),
            "moment": _FIRST + dt.timedelta(source.randrange(700_000, 3_000_000), source.randrange(86400)),
            "day": dt.date(1, 1, 1) + dt.timedelta(source.randrange(3_000_000)),
            "flag": source.random() < 0.5,
            "doc": {self._text(source): [self._text(source), 1.5, None, True]},
        }
        return {name: value if name == "text" or source.random() > 0.1 else None for name, value in row.items()}

    def _text(self, source: random.Random) -> str:
        parts = [
            source.choice(_PIECES) if source.random() < 0.15 else source.choice(_SIGNS + "\0")
            for _ in range(source.randrange(1, 40))
        ]
        return "".join(char for char in "".join(parts) if char not in self.without)
