"""What a revision file declares, told by its text, is what it declares when it runs."""

from __future__ import annotations

import contextlib
import io
import itertools
import subprocess
import sys
import warnings
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changescript.history.declared import Declared, UndeclaredError, declare
from changescript.history.head import LOADED
from changescript.history.reading import read_by_text

HEADS = [
    '"""a message\n\nRevision ID: a1\n"""\n',
    "'''a message'''\n",
    '"a message"  # said\n',
    '# -*- coding: utf-8 -*-\n"""ä message"""\n',
    'r"""a \\d message"""\n',
    '"""a \\x41 message"""\n',
    '"""a """ """message"""\n',
    '"""a message""".upper()\n',
    "",
]
NAMES = [
    'revision = "a1"\ndown_revision = "b1"\nbranch_labels = None\ndepends_on = None\n',
    "revision='a1'\ndown_revision=None\n",
    'revision: str = "a1"\ndown_revision: Union[str, None] = "b1"\nbranch_labels: str | Sequence[str] | None = None\n',
    'revision = "a1"\ndown_revision = ("b1", "c1")\ndepends_on = ["d1"]\nbranch_labels = ("l", "k",)\n',
    'revision = ("a1")\ndown_revision = ("b1",\n    "c1")\n',
    'revision = "a" "1"\ndown_revision = {"b1", "c1"}\n',
    'revision = "a1"; down_revision = "b1"\n',
    'revision, down_revision = "a1", "b1"\n',
    'revision = other = "a1"\ndown_revision = ()\n',
    'revision = "a1"\nrevision = "a2"\ndown_revision = None\n',
    'NUMBER = 7\nrevision = f"a{NUMBER}"\ndown_revision = "b" + "1"\n',
    'revision = """a1"""\ndown_revision = \\\n    "b1"\n',
    'revision = "a1"\ndown_revision = ("b1"  # )\n)\n',
    'down_revision = "b1"\n',
    'revision = "a1"\n',
    'revision = b"a1"\ndown_revision = 1\n',
    'revision: str\nrevision = "a1"\ndown_revision = [None]\n',
]
SURPRISES = [
    "",
    "import os\n",
    "import os as revision\n",
    "from os import path, sep as depends_on\n",
    "from os import *\n",
    "from string import (\n    digits,\n    hexdigits as branch_labels,\n)\n",
    "x = 1\n",
    'revision = "z9"\n',
    'if True:\n    down_revision = "z9"\n',
    'for revision in ["z9"]:\n    pass\n',
    "del revision\n",
    'branch_labels = [*"xy"]\n',
    'depends_on = "d1" if len("x") else None\n',
    'depends_on = ()\ndepends_on += ("e1",)\n',
    'def f():\n    global revision\n    revision = "z9"\nf()\n',
    'def f():\n    revision = "z9"\n    return revision\nf()\n',
    'def f(x=[revision := "z9"]):\n    pass\n',
    'class C:\n    revision = "z9"\n',
    "class revision:\n    pass\n",
    "def down_revision():\n    pass\n",
    "try:\n    1 / 0\nexcept ZeroDivisionError as revision:\n    pass\n",
    'match "z9":\n    case revision:\n        pass\n',
    'print(revision := "z9", end="")\n',
    'x = [y for y in "z" if (revision := "z9")]\n',
    'globals()["revision"] = "z9"\n',
    'globals()["revi" + "sion"] = "z9"\n',
    'exec("revi" "sion = 7")\n',
    'globals()["__builtins__"]["ex" + "ec"]("revi" "sion = 7")\n',
    'def f(name="pri" "nt"):\n    globals()[name]("x")\n',
    'def f(name="upgrade"):\n    return globals()[name].__name__\n',
    'globals()["__builtins__"]["setattr"](type("T", (), {}), "x", 1)\n',
    'vars()["down_" + "revision"[0:8]] = "z9"\n',
    'def f():\n    g = globals\n    g().update({chr(114) + "evision": "z9"})\nf()\n',
    '"""\nrevision = "z9"\n"""\n',
    'TEXT = """\nrevision = "z9"\n"""\n',
    "TEXT = '''\ndef f():\n'''\n",
    '__doc__ = "another"\n',
    'def __getattr__(name):\n    return "z9"\n',
    "\N{FULLWIDTH LATIN SMALL LETTER R}evision = 'z9'\n",
    "with open('/dev/null') as revision:\n    revision = 'z9'\n",
    "# revision = 'z9'\n",
    "async def revision():\n    pass\n",
    "  \x0crevision = 'z9'\n",
    "def \N{FULLWIDTH LATIN SMALL LETTER R}evision():\n    pass\n",
    "(revision) = 'z9'\n",
    "revision: (down_revision := str) = 'z9'\n",
    "def f() -> (revision := 'z9'):\n    pass\n",
    "revision: str = 'z9'\n",
    "import sys; sys._getframe().f_globals['revi' 'sion'] = 'z9'\n",
    "def f(): pass; x = 'revision'\n",
    "type('T', (), {})\n",
]
TAILS = [
    "",
    "def upgrade():\n    op.execute('SELECT 1')\n\n\ndef downgrade() -> None:\n    pass\n",
    "def upgrade(): pass",
]


@dataclass(frozen=True)
class Ran:
    """What a file declares when it runs, or why it declares nothing."""

    declared: Declared | None
    failed: bool = False


def run(data: bytes) -> Ran:
    """Run a file as Alembic does."""
    names: dict[str, object] = {"__name__": "revision_py", "__doc__": None}
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            exec(compile(data, "a1.py", "exec"), names)  # noqa: S102 - what is tested is that nothing has to
    except (Exception, SystemExit):  # noqa: BLE001
        return Ran(None, failed=True)
    fallback = names.get("__getattr__")
    for name in ("revision", "down_revision", "branch_labels", "depends_on"):
        if name not in names and callable(fallback):
            names[name] = fallback(name)
    with contextlib.suppress(UndeclaredError):
        return Ran(declare(names, ""))
    return Ran(None)


def facts(declared: Declared | None) -> tuple[object, ...] | None:
    """Return what Alembic reads of a file."""
    if declared is None:
        return None
    lists = (set(declared.down), set(declared.labels), set(declared.depends_on))
    return declared.id, *lists, declared.doc.split()


def assert_text_tells_what_running_does(data: bytes) -> None:
    """Fail unless the text declares what the file does, or says that it can't tell."""
    ran = run(data)
    if ran.failed:
        return  # such a file stops Alembic, so there is nothing to compare with
    try:
        declared = read_by_text(data, "")
    except UndeclaredError:
        assert ran.declared is None, data
    else:
        assert declared is None or facts(declared) == facts(ran.declared), data


@pytest.mark.parametrize("surprise", SURPRISES)
def test_text_declares_what_the_file_does_or_nothing(surprise: str) -> None:
    """However the variables are written, and whatever else may set them, in front of them and behind."""
    ends = itertools.cycle(["\n", "\r\n", "\r"])
    for head, names, tail in itertools.product(HEADS[:3], NAMES, TAILS[:2]):
        for text in (
            head + surprise + names + tail,
            head + names + surprise + tail,
            head + names + tail + "\n" + surprise,
        ):
            assert_text_tells_what_running_does(text.replace("\n", next(ends)).encode())


@pytest.mark.parametrize("names", NAMES[:4])
@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("head", [head for head in HEADS if "upper" not in head])
def test_plain_file_need_not_run(head: str, names: str, tail: str) -> None:
    """What Alembic's templates write is told by the text alone."""
    text = (
        head + "import sqlalchemy as sa\nfrom alembic import op\n\n# revision identifiers, used by Alembic.\n" + names
    )
    declared = read_by_text((text + "\n\n" + tail).encode(), "")
    assert declared is not None
    assert not declared.acts
    assert not declared.imports


@given(
    st.lists(
        st.sampled_from([*HEADS, *NAMES, *SURPRISES, *TAILS, "    ", "(", "\\\n", "#", "\n", "'''", '"""', ";"]),
        max_size=6,
    )
)
@settings(max_examples=400, deadline=None, derandomize=True, database=None)
def test_no_mixture_of_pieces_is_misread(pieces: list[str]) -> None:
    """Whatever stands behind what."""
    assert_text_tells_what_running_does("".join(pieces).encode())


def test_encoding_that_a_file_names_is_read_as_python_reads_it() -> None:
    """A cookie, a byte order mark, and a wrong encoding."""
    text = '"""ä"""\nrevision = "a1"\ndown_revision = None\n'
    for data in (
        b"# coding: latin-1\n" + text.encode("latin-1"),
        b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n" + text.encode("cp1252"),
        b"\xef\xbb\xbf" + text.encode(),
    ):
        declared = read_by_text(data, "")
        assert declared is not None
        assert declared.doc == "ä"
    assert read_by_text(text.encode("latin-1"), "") is None


@pytest.mark.parametrize("ending", ["a \\\\d message", 'a """.strip()', "never closed"])
@pytest.mark.timeout(20)
def test_long_docstring_that_is_not_plain_is_read_in_no_time(ending: str) -> None:
    """However many ways there are to take its text apart, one look at it is enough."""
    text = '"""' + "a message of some length " * 9 + ending + '"""\nrevision = "a1"\ndown_revision = None\n'
    assert_text_tells_what_running_does(text.encode())


def test_modules_that_need_not_run_are_loaded_before_any_revision() -> None:
    """So that none of them can be a module of the project that has the same name."""
    code = "import sys, alembic.script; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert set(LOADED) - set(loaded.split()) == set()
