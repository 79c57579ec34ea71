"""keep a tree of folders, and files in them

Revision: a100
"""

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None


def upgrade():
    op.create_table(
        "folder",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("name", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_folder"),
        sa.ForeignKeyConstraint(["parent_id"], ["folder.id"], name="fk_folder_parent", ondelete="CASCADE"),
        sa.UniqueConstraint("parent_id", "name", name="uq_folder_name"),
    )
    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("folder_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_file"),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["folder.id"], name="fk_file_folder", ondelete="SET NULL", onupdate="RESTRICT"
        ),
    )
    op.execute("INSERT INTO folder (id, parent_id, name) VALUES (1, NULL, 'root'), (2, 1, 'sub')")
    op.execute("INSERT INTO file (id, folder_id) VALUES (1, 1), (2, 2)")


def downgrade():
    op.drop_table("file")
    op.drop_table("folder")
