"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# No test is about time: a busy machine is no failure.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
