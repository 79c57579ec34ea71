"""Tests: what each module promises, on text and on real servers."""
