"""`python -m changescript`."""

from __future__ import annotations

from changescript.cli import main

main(prog_name="changescript")
