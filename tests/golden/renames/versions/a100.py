"""keep persons

Revision: a100
"""

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None


def upgrade():
    person = op.create_table(
        "person",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("group", sa.String(20)),
    )
    op.create_index("ix_person_name", "person", ["name"])
    op.bulk_insert(person, [{"id": 1, "name": "Ann", "group": "a"}])


def downgrade():
    op.drop_index("ix_person_name", table_name="person")
    op.drop_table("person")
