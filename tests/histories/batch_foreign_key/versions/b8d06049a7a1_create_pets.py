"""create pets

Revision ID: b8d06049a7a1
Revises: 
Create Date: 2019-11-23 09:30:30.613270

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'b8d06049a7a1'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "owners",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(40)),
    )
    op.create_table(
        "pets",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(40), server_default="it's a pet", nullable=False),
        sa.Column("owner_id", sa.Integer, nullable=True),
        sa.Column("born", sa.Date),
        sa.Column("weight", sa.Numeric(6, 2)),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_pets_owner", ondelete="CASCADE"),
        sa.UniqueConstraint("name", "owner_id", name="uq_pets_name"),
        sa.CheckConstraint("weight > 0", name="ck_pets_weight"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_pets_born", "pets", ["born"])


def downgrade():
    op.drop_table("pets")
    op.drop_table("owners")
