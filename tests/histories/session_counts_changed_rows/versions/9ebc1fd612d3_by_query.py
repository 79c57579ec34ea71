"""by query

Revision ID: 9ebc1fd612d3
Revises: f973d01fcb5d
Create Date: 2022-03-02 10:14:33.417521

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base


# revision identifiers, used by Alembic.
revision = '9ebc1fd612d3'
down_revision = 'f973d01fcb5d'
branch_labels = None
depends_on = None


class User(declarative_base()):
    __tablename__ = "users"
    id = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    name = sa.Column(sa.String(80))


def upgrade():
    session = Session(bind=op.get_bind())
    changed = session.query(User).filter(User.name.is_(None)).update({User.name: "nobody"}, synchronize_session=False)
    if changed > 0:
        op.execute("UPDATE users SET email = 'nobody@example.org' WHERE name = 'nobody'")


def downgrade():
    pass
