"""create tags

Revision ID: 3b34dc6286b5
Revises: 1598ad2ab71f
Create Date: 2020-02-22 10:17:49.367357

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '3b34dc6286b5'
down_revision = '1598ad2ab71f'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    if not sa.inspect(bind).has_table("tags"):
        op.create_table("tags", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("label", sa.String(40)))
    op.bulk_insert(
        sa.table("tags", sa.column("id", sa.Integer), sa.column("label", sa.String)),
        [{"id": 1, "label": "new"}, {"id": 2, "label": "old"}],
    )


def downgrade():
    bind = op.get_bind()
    if bind.dialect.has_table(bind, "tags"):
        op.drop_table("tags")
