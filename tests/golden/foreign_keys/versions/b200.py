"""files belong to owners

Revision: b200
"""

import sqlalchemy as sa
from alembic import op

revision = "b200"
down_revision = "a100"


def upgrade():
    op.create_table(
        "owner", sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_owner")
    )
    owner = sa.ForeignKey("owner.id", name="fk_file_owner", ondelete="CASCADE")
    if op.get_context().dialect.name == "sqlite":
        op.add_column("file", sa.Column("owner_id", sa.Integer(), owner), inline_references=True)
    else:
        op.add_column("file", sa.Column("owner_id", sa.Integer(), owner))
    op.execute("INSERT INTO owner (id) VALUES (7)")
    op.execute("UPDATE file SET owner_id = 7 WHERE id = 2")


def downgrade():
    if op.get_context().dialect.name != "sqlite":
        op.drop_constraint("fk_file_owner", "file", type_="foreignkey")
    op.drop_column("file", "owner_id")
    op.drop_table("owner")
