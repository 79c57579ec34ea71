"""Oracle Database 12.2 and later."""
