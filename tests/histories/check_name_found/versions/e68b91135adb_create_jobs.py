"""create jobs

Revision ID: e68b91135adb
Revises: 
Create Date: 2021-01-25 09:44:52.955088

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'e68b91135adb'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.CheckConstraint("priority > 0"),
    )


def downgrade():
    op.drop_table("jobs")
