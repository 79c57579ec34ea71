"""by query

Revision ID: 8fcf8f8b97d6
Revises: b13171bfdec2
Create Date: 2022-03-02 10:14:33.417521

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base


# revision identifiers, used by Alembic.
revision = '8fcf8f8b97d6'
down_revision = 'b13171bfdec2'
branch_labels = None
depends_on = None


class User(declarative_base()):
    __tablename__ = "users"
    id = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    email = sa.Column(sa.String(120), nullable=False)
    name = sa.Column(sa.String(80))


def upgrade():
    session = Session(bind=op.get_bind())
    session.query(User).filter(User.name.is_(None)).update({User.name: "it's 100%"}, synchronize_session=False)
    session.query(User).filter(User.name.like("O%")).update({"name": User.email})
    session.query(User).filter_by(id=1).delete(synchronize_session="fetch")
    session.execute(sa.update(User).where(User.id == 3).values(email="new@example.org"))
    session.commit()


def downgrade():
    session = Session(bind=op.get_bind())
    session.execute(sa.delete(User).where(User.email == "new@example.org"))
    session.commit()
