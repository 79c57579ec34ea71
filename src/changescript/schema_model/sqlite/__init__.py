"""The model of a SQLite database."""
