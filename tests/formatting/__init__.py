"""Thousands of statements of each dialect, and independent judges of whether two texts say the same."""
