"""Measurements against plain Alembic, as ratios within one run; `make bench` runs them."""
