"""fill

Revision ID: 3183647b809b
Revises: dd152cf72525
Create Date: 2020-03-11 10:16:56.501980

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = '3183647b809b'
down_revision = 'dd152cf72525'
branch_labels = None
depends_on = None


def upgrade():
    settings = sa.table(
        "settings", sa.column("id"), sa.column("tags", postgresql.JSONB), sa.column("doc", sa.JSON), sa.column("codes", postgresql.ARRAY(sa.Text))
    )
    op.bulk_insert(settings, [
        {"id": 1, "tags": ["a", "it's", {"k:v": 1.5}], "doc": {"x": None, "ü": "\\n"}, "codes": ["a,b", 'q"', "NULL"]},
        {"id": 2, "tags": [], "doc": [], "codes": []},
    ])
    op.get_bind().execute(
        sa.text("UPDATE settings SET tags = :tags WHERE id = 2").bindparams(sa.bindparam("tags", ["x", 1], type_=postgresql.JSONB))
    )
    op.execute(settings.update().where(settings.c.id == 1).values(doc={"list": [1, 2]}))


def downgrade():
    op.execute("DELETE FROM settings")
