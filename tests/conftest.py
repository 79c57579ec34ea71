"""What holds for all tests."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

# No test is about time: a busy machine is no failure.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# What checks remember is forgotten with the tests, and is nobody's who runs them.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="changescript-tests-")
atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)
