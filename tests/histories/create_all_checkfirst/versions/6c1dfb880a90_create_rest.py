"""create rest

Revision ID: 6c1dfb880a90
Revises: 50795a4471ce
Create Date: 2019-02-21 10:42:54.476922

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base


# revision identifiers, used by Alembic.
revision = '6c1dfb880a90'
down_revision = '50795a4471ce'
branch_labels = None
depends_on = None


def upgrade():
    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"
        id = sa.Column(sa.Integer, primary_key=True)
        email = sa.Column(sa.String(120), nullable=False)


    class Session(Base):
        __tablename__ = "sessions"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.Integer, sa.ForeignKey("users.id"), index=True)


    Base.metadata.create_all(bind=op.get_bind(), tables=[User.__table__, Session.__table__], checkfirst=True)


def downgrade():
    op.drop_table("sessions")
