"""make partitions

Revision ID: 052316ce0c95
Revises: 
Create Date: 2020-07-21 09:24:12.371288

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '052316ce0c95'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        CREATE FUNCTION make_logs() RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            FOR n IN 1..2 LOOP
                EXECUTE format('CREATE TABLE log_%s (id integer)', n);
            END LOOP;
        END $$
        """
    )
    op.execute("SELECT make_logs()")


def downgrade():
    op.execute("DROP TABLE log_1, log_2")
    op.execute("DROP FUNCTION make_logs()")
