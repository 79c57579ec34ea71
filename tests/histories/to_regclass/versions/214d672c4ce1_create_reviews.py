"""create reviews

Revision ID: 214d672c4ce1
Revises: d7b703819eb5
Create Date: 2021-08-25 10:42:54.604022

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '214d672c4ce1'
down_revision = 'd7b703819eb5'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    if bind.execute(sa.text("SELECT to_regclass('public.reviews')")).scalar() is None:
        op.execute("CREATE TABLE reviews (id serial PRIMARY KEY, product_id integer NOT NULL REFERENCES products, stars smallint)")


def downgrade():
    if op.get_bind().execute(sa.text("SELECT to_regclass('reviews') IS NOT NULL")).scalar():
        op.drop_table("reviews")
