"""first team

Revision ID: 45d624ee5acb
Revises: b8ef46aa82d9
Create Date: 2021-01-13 10:26:46.956870

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '45d624ee5acb'
down_revision = 'b8ef46aa82d9'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("teams", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20)))
    op.add_column("users", sa.Column("team_id", sa.Integer))
    bind = op.get_bind()
    team_id = bind.execute(sa.text("INSERT INTO teams (name) VALUES ('first') RETURNING id")).scalar_one()
    bind.execute(sa.text("UPDATE users SET team_id = :team"), {"team": team_id})


def downgrade():
    op.drop_column("users", "team_id")
    op.drop_table("teams")
