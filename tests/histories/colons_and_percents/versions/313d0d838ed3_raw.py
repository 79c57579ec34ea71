"""raw

Revision ID: 313d0d838ed3
Revises: 4f74d67e2787
Create Date: 2020-12-27 10:48:12.846004

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '313d0d838ed3'
down_revision = '4f74d67e2787'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE users SET name = '{\"k\"\\:1, \"at\"\\: \"10\\:30\"}' WHERE id = 1")
    op.execute("UPDATE users SET name = name || '%s %(x)s %%' WHERE id = 1")
    op.execute("UPDATE users SET email = 'x::text' WHERE email LIKE '%@%' AND id::text = '2'")
    op.execute(sa.text("UPDATE users SET name = :v WHERE id = 3").bindparams(v="100%:x"))


def downgrade():
    op.execute("UPDATE users SET name = NULL")
