"""insert values

Revision ID: 4843b5acaaab
Revises: 911be7f9cf33
Create Date: 2021-08-14 10:41:01.738645

"""
from alembic import op
import sqlalchemy as sa
import datetime
import uuid
from decimal import Decimal


# revision identifiers, used by Alembic.
revision = '4843b5acaaab'
down_revision = '911be7f9cf33'
branch_labels = None
depends_on = None


def upgrade():
    kinds = sa.table(
        "kinds",
        sa.column("id", sa.Integer), sa.column("day", sa.Date), sa.column("at", sa.DateTime), sa.column("amount", sa.Numeric(20, 6)),
        sa.column("raw", sa.LargeBinary), sa.column("key", sa.Uuid), sa.column("on", sa.Boolean), sa.column("ratio", sa.Double),
        sa.column("text", sa.Text),
    )
    rows = [
        dict(id=1, day=datetime.date(2024, 2, 29), at=datetime.datetime(1999, 12, 31, 23, 59, 59), amount=Decimal("0.000001"),
             raw=b"\x00\xff'", key=uuid.UUID(int=5), on=True, ratio=0.1, text="line\nbreak\ttab \\ % : ' \" ü"),
        dict(id=2, day=None, at=None, amount=Decimal("-12345678901234.5"), raw=b"", key=None, on=False, ratio=1e300, text=""),
    ]
    op.bulk_insert(kinds, rows)


def downgrade():
    op.execute("DELETE FROM kinds WHERE id < 3")
