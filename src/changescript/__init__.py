"""Turns ranges of Alembic revisions into SQL scripts that a DBA reviews and runs by hand."""

__version__ = "0.1.0"
