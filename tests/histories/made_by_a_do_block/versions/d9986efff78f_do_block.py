"""do block

Revision ID: d9986efff78f
Revises: ea118a39faa5
Create Date: 2019-10-03 10:00:48.329968

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'd9986efff78f'
down_revision = 'ea118a39faa5'
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        DO $$
        DECLARE name text;
        BEGIN
            FOREACH name IN ARRAY ARRAY['width', 'depth'] LOOP
                EXECUTE 'ALTER TABLE products ADD COLUMN ' || quote_ident(name) || ' integer';
            END LOOP;
        END $$
        """
    )


def downgrade():
    op.drop_column("products", "width")
    op.drop_column("products", "depth")
