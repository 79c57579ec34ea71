"""by session

Revision ID: a91376a352a4
Revises: c87fdd970203
Create Date: 2020-01-04 10:55:23.003083

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base


# revision identifiers, used by Alembic.
revision = 'a91376a352a4'
down_revision = 'c87fdd970203'
branch_labels = None
depends_on = None

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    email = sa.Column(sa.String(120), nullable=False)
    name = sa.Column(sa.String(80))


def upgrade():
    with Session(bind=op.get_bind()) as session:
        session.execute(sa.text("UPDATE users SET name = :n WHERE id = :id"), {"n": "100%: it's", "id": 2})
        session.execute(User.__table__.insert().values(id=50, email="first@x"))
        session.execute(sa.delete(User.__table__).where(User.__table__.c.id == 1))
        session.commit()


def downgrade():
    op.execute("DELETE FROM users WHERE id = 50")
