"""create all kinds

Revision ID: eb0325696986
Revises: 
Create Date: 2020-09-09 09:48:24.941456

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'eb0325696986'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(30), nullable=False, index=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
    )
    op.create_table(
        "players",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id")),
        sa.Column("number", sa.Integer(), nullable=False, unique=True),
        sa.CheckConstraint("number > 0", name="positive"),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    op.drop_table("players")
    op.drop_table("teams")
