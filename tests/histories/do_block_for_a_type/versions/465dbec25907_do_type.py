"""do type

Revision ID: 465dbec25907
Revises: 62a594bd013e
Create Date: 2019-04-11 10:20:28.062928

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '465dbec25907'
down_revision = '62a594bd013e'
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        DO $$ BEGIN
            CREATE TYPE size AS ENUM ('s', 'm', 'l');
        EXCEPTION
            WHEN duplicate_object THEN null;
        END $$;
        """
    )
    op.add_column("products", sa.Column("size", sa.Enum("s", "m", "l", name="size", create_type=False), server_default="m", nullable=False))


def downgrade():
    op.drop_column("products", "size")
    op.execute("DROP TYPE IF EXISTS size")
