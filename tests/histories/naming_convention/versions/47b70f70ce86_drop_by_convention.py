"""drop by convention

Revision ID: 47b70f70ce86
Revises: eb0325696986
Create Date: 2020-09-10 10:01:41.046185

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '47b70f70ce86'
down_revision = 'eb0325696986'
branch_labels = None
depends_on = None


def upgrade():
    keys = sa.inspect(op.get_bind()).get_foreign_keys("players")
    op.drop_constraint(keys[0]["name"], "players", type_="foreignkey")
    op.drop_constraint(op.f("ck_players_positive"), "players", type_="check")
    op.create_unique_constraint(None, "teams", ["name"])


def downgrade():
    op.drop_constraint("uq_teams_name", "teams", type_="unique")
    op.create_check_constraint("positive", "players", "number > 0")
    op.create_foreign_key(None, "players", "teams", ["team_id"], ["id"])
