"""lower names

Revision ID: c130d80105a9
Revises: 8b453b98f7d6
Create Date: 2019-10-28 10:55:23.527943

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import declarative_base


# revision identifiers, used by Alembic.
revision = 'c130d80105a9'
down_revision = '8b453b98f7d6'
branch_labels = None
depends_on = None

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(80))


def upgrade():
    session = orm.Session(bind=op.get_bind())
    for user in session.query(User).filter(User.name.isnot(None)):
        user.name = user.name.lower()
    session.commit()


def downgrade():
    pass
