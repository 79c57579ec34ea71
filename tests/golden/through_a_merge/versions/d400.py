"""merge; the first article is a greeting

Revision: d400
"""

import sqlalchemy as sa
from alembic import op

revision = "d400"
down_revision = ("b200", "c300")


article = sa.table("article", sa.column("id", sa.Integer()), sa.column("title", sa.String()))
author = sa.table("author", sa.column("id", sa.Integer()), sa.column("name", sa.String()))


def upgrade():
    op.bulk_insert(author, [{"id": 1, "name": "the editors"}])
    op.bulk_insert(article, [{"id": 1, "title": "Hello; it's us"}])


def downgrade():
    op.execute(article.delete().where(article.c.id == 1))
    op.execute(author.delete().where(author.c.id == 1))
