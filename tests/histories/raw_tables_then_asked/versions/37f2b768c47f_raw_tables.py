"""raw tables

Revision ID: 37f2b768c47f
Revises: 
Create Date: 2021-02-13 09:36:48.081792

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '37f2b768c47f'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        CREATE TABLE IF NOT EXISTS stations (
            id integer NOT NULL PRIMARY KEY,
            code varchar(10) NOT NULL, -- as printed; on tickets
            height numeric(8, 2) DEFAULT 0,
            CONSTRAINT uq_code UNIQUE (code)
        )
        """
    )
    op.execute("CREATE INDEX ix_height ON stations (height)")
    op.execute("ALTER TABLE stations ADD COLUMN closed date")


def downgrade():
    op.execute("DROP TABLE stations")
