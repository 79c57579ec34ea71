"""add tag

Revision ID: 870df5a98f48
Revises: d56bc55efbd4
Create Date: 2019-09-05 10:58:02.124074

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base


# revision identifiers, used by Alembic.
revision = '870df5a98f48'
down_revision = 'd56bc55efbd4'
branch_labels = None
depends_on = None

Base = declarative_base()


class Tag(Base):
    __tablename__ = "tags"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(20))


def upgrade():
    session = Session(bind=op.get_bind())
    tag = Tag(name="new")
    session.add(tag)
    session.flush()
    session.execute(sa.text("UPDATE tags SET name = :name WHERE id = :id"), {"name": f"tag {tag.id}", "id": tag.id})
    session.commit()


def downgrade():
    op.execute("DELETE FROM tags")
