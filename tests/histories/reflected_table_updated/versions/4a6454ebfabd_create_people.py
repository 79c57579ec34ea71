"""create people

Revision ID: 4a6454ebfabd
Revises: 213a84063e3d
Create Date: 2020-03-26 10:01:41.620765

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '4a6454ebfabd'
down_revision = '213a84063e3d'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("people", sa.Column("id", sa.Integer, primary_key=True), sa.Column("mail", sa.String(120)))
    bind = op.get_bind()
    metadata = sa.MetaData()
    users = sa.Table("users", metadata, autoload_with=bind)
    people = sa.Table("people", metadata, autoload_with=bind)
    bind.execute(people.insert().from_select(["id", "mail"], sa.select(users.c.id, users.c.email).where(users.c.id > 1)))
    op.execute(users.update().where(users.c.name.is_(None)).values(name="nobody's: 100%"))


def downgrade():
    users = sa.Table("users", sa.MetaData(), autoload_with=op.get_bind())
    op.execute(users.update().where(users.c.name == "nobody's: 100%").values({users.c.name: None}))
    op.drop_table("people")
