"""keep samples of every kind of value

Revision: a100
"""

import datetime as dt
import uuid
from decimal import Decimal

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None


DAY = dt.date(2026, 2, 28)
MOMENT = dt.datetime(2026, 2, 28, 23, 59, 58)


def row(number, **values):
    plain = {
        "text": None,
        "amount": None,
        "ratio": None,
        "is_good": None,
        "day": None,
        "moment": None,
        "clock": None,
        "data": None,
        "doc": sa.null(),
        "key": None,
    }
    return {"id": number, **plain, **values}


ROWS = [
    row(1, text='it\'s "quoted" `so` \\n 100% :name ?', amount=Decimal("-12345.600"), ratio=0.1, is_good=True),
    row(2, text="two\nlines;\n-- and\ttab", day=DAY, moment=MOMENT, clock=dt.time(1, 2, 3)),
    row(3, text="\U0001f600 ünïcödé \u202e", data=b"\x00\xff'\\", is_good=False),
    row(4, text="", doc={"a": [1, 2.5, None, "x'y\\z"], "b": True}, key=uuid.UUID(int=0xABCDEF)),
    row(5, text="$$ /* no comment */ {braces}", ratio=-1e-7, doc=[], data=b""),
]


def upgrade():
    sample = op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("text", sa.Text()),
        sa.Column("amount", sa.Numeric(12, 3)),
        sa.Column("ratio", sa.Double()),
        sa.Column("is_good", sa.Boolean()),
        sa.Column("day", sa.Date()),
        sa.Column("moment", sa.DateTime()),
        sa.Column("clock", sa.Time()),
        sa.Column("data", sa.LargeBinary()),
        sa.Column("doc", sa.JSON()),
        sa.Column("key", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_sample"),
    )
    op.bulk_insert(sample, ROWS)


def downgrade():
    op.drop_table("sample")
