"""audit log

Revision ID: 1d47c4253d0d
Revises: c4b587fbae23
Create Date: 2020-07-27 10:12:24.515612

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy import inspect


# revision identifiers, used by Alembic.
revision = '1d47c4253d0d'
down_revision = 'c4b587fbae23'
branch_labels = None
depends_on = None


def upgrade():
    conn = op.get_bind()
    inspector = inspect(conn)
    tables = inspector.get_table_names()
    if 'audit_log' not in tables:
        op.create_table(
            'audit_log',
            sa.Column('id', sa.Integer(), nullable=False),
            sa.Column('user_id', sa.Integer(), nullable=False),
            sa.Column('what', sa.String(length=200), server_default='', nullable=False),
            sa.ForeignKeyConstraint(['user_id'], ['users.id'], name='fk_audit_log_user'),
            sa.PrimaryKeyConstraint('id'),
        )


def downgrade():
    if 'audit_log' in inspect(op.get_bind()).get_table_names():
        op.drop_table('audit_log')
