"""every book has a title

Revision: b200
"""

import sqlalchemy as sa
from alembic import op

revision = "b200"
down_revision = "a100"


def upgrade():
    op.alter_column("book", "title", existing_type=sa.String(40), nullable=False)
    op.create_unique_constraint("uq_book_title", "book", ["title"])


def downgrade():
    op.drop_constraint("uq_book_title", "book", type_="unique")
    op.alter_column("book", "title", existing_type=sa.String(40), nullable=True)
