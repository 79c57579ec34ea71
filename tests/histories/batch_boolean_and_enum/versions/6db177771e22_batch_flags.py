"""batch flags

Revision ID: 6db177771e22
Revises: 398d411d2816
Create Date: 2021-09-07 10:08:52.904944

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '6db177771e22'
down_revision = '398d411d2816'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("flags", table_args=(sa.CheckConstraint("id < 1000", name="ck_flags_id"),)) as batch_op:
        batch_op.alter_column("kind", existing_type=sa.Enum("a", "b", name="kind"), type_=sa.String(10), existing_nullable=False)


def downgrade():
    with op.batch_alter_table("flags", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint("ck_flags_id", type_="check")
