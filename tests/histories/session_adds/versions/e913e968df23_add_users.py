"""add users

Revision ID: e913e968df23
Revises: 004872f986a6
Create Date: 2021-02-07 10:16:56.352820

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base


# revision identifiers, used by Alembic.
revision = 'e913e968df23'
down_revision = '004872f986a6'
branch_labels = None
depends_on = None

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    email = sa.Column(sa.String(120), nullable=False)
    name = sa.Column(sa.String(80))


def upgrade():
    session = Session(bind=op.get_bind())
    session.execute(sa.text("UPDATE users SET name = :n WHERE id = 2"), {"n": "it's"})
    session.add_all([User(id=50, email="first@x", name="100%"), User(id=51, email="second@x")])
    session.flush()
    session.commit()


def downgrade():
    op.execute("DELETE FROM users WHERE id IN (50, 51)")
