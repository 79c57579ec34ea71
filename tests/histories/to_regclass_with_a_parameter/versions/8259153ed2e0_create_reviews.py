"""create reviews

Revision ID: 8259153ed2e0
Revises: 56c2fffd8f0b
Create Date: 2021-04-14 10:21:21.629985

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '8259153ed2e0'
down_revision = '56c2fffd8f0b'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    if bind.execute(sa.text("SELECT to_regclass('public.reviews')")).scalar() is None:
        op.execute("CREATE TABLE reviews (id serial PRIMARY KEY, product_id integer NOT NULL REFERENCES products, stars smallint)")
    if bind.execute(sa.text("SELECT to_regclass(:name)"), {"name": "ix_reviews_product_id"}).scalar() is None:
        op.create_index("ix_reviews_product_id", "reviews", ["product_id"])


def downgrade():
    op.drop_table("reviews")
