"""Helpers that migrations share."""
import sqlalchemy as sa
from alembic import op


def has_table(table):
    return sa.inspect(op.get_bind()).has_table(table)


def has_column(table, column):
    inspector = sa.inspect(op.get_bind())
    return column in [each["name"] for each in inspector.get_columns(table)]


def add_column_if_missing(table, column):
    if not has_column(table, column.name):
        op.add_column(table, column)


def drop_column_if_there(table, name):
    if has_column(table, name):
        op.drop_column(table, name)
