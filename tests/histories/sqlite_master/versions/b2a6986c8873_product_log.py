"""product log

Revision ID: b2a6986c8873
Revises: 9a786ddf54e7
Create Date: 2019-02-20 10:35:43.469003

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'b2a6986c8873'
down_revision = '9a786ddf54e7'
branch_labels = None
depends_on = None


def upgrade():
    conn = op.get_bind()
    tables = conn.execute(sa.text("SELECT name FROM sqlite_master WHERE type='table' AND name='product_log'")).fetchall()
    if not tables:
        op.create_table("product_log", sa.Column("product_id", sa.Integer), sa.Column("price", sa.Numeric(10, 2)))
    trigger = conn.execute(
        sa.text("SELECT name FROM sqlite_master WHERE type = :type AND name = :name"), {"type": "trigger", "name": "log_price"}
    ).scalar()
    if trigger is None:
        op.execute(
            """
            CREATE TRIGGER log_price AFTER UPDATE OF price ON products
            BEGIN
                INSERT INTO product_log (product_id, price) VALUES (old.id, old.price);
            END
            """
        )
    op.execute("UPDATE products SET price = price * 2 WHERE id = 1")


def downgrade():
    op.execute("DROP TRIGGER log_price")
    op.drop_table("product_log")
