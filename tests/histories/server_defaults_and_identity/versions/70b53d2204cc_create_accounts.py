"""create accounts

Revision ID: 70b53d2204cc
Revises: 
Create Date: 2019-02-08 09:05:25.277165

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '70b53d2204cc'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute(sa.schema.CreateSequence(sa.Sequence("account_number", start=500, increment=5)))
    op.create_table(
        "accounts",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True, start=10), primary_key=True),
        sa.Column("number", sa.Integer, server_default=sa.text("nextval('account_number'::regclass)"), nullable=False),
        sa.Column("key", sa.Uuid, server_default=sa.text("'00000000-0000-0000-0000-000000000001'::uuid"), nullable=False),
        sa.Column("net", sa.Numeric(10, 2), server_default=sa.text("0")),
        sa.Column("gross", sa.Numeric(10, 2), sa.Computed("net * 1.19", persisted=True)),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now()),
    )


def downgrade():
    op.drop_table("accounts")
    op.execute(sa.schema.DropSequence(sa.Sequence("account_number")))
