"""Raw SQL of revisions: the same statements, each terminated once, or a refusal that names the line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.projects import Rev, make_project, run_cli
from tests.raw_sql import ACCEPTED, REFUSED, Raw, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

_RENDER = """\
import json, sys
from click.testing import CliRunner
from changescript.cli import main

for name in json.loads(sys.argv[1]):
    done = CliRunner().invoke(main, ["sql", "base:" + name])
    if done.exit_code not in (0, 2):
        raise done.exception
    print(json.dumps([done.exit_code, done.stderr]))
"""


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[int, str, str, Any]]:
    """Render each text in a revision of its own: exit code, what was said, script and manifest."""
    texts: list[Raw | Refused] = [*ACCEPTED, *REFUSED]
    revisions = [Rev(text.name, upgrade=f"op.execute({text.sql!r})", downgrade="pass") for text in texts]
    project = make_project(tmp_path_factory.mktemp("raw") / "project", revisions)
    done = run_cli(project.root, json.dumps([text.name for text in texts]), code=_RENDER)
    assert done.code == 0, done.err
    found = {}
    for text, line in zip(texts, done.out.splitlines(), strict=True):
        code, said = json.loads(line)
        folder = project.output / f"base__{text.name}"
        script, manifest = "", {}
        if folder.exists():
            script = (folder / "upgrade.sql").read_bytes().decode()
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        found[text.name] = code, said, script, manifest
    return found


@pytest.mark.parametrize("raw", ACCEPTED, ids=lambda raw: raw.name)
def test_text_becomes_its_statements(rendered: Mapping[str, tuple[int, str, str, Any]], raw: Raw) -> None:
    """As many statements as the server would run, each ended by one semicolon."""
    code, said, script, manifest = rendered[raw.name]
    assert code == 0, said
    listed = manifest["scripts"]["upgrade.sql"]["statements"]
    assert len(listed) == raw.count
    lines = script.split("\n")
    places = [statement["line"] - 1 for statement in listed]
    for start, end in zip(places, [*places[1:], len(lines)], strict=False):
        text = "\n".join(lines[start:end])
        assert ";;" not in text
        assert ";\n;" not in text


@pytest.mark.parametrize("refused", REFUSED, ids=lambda refused: refused.name)
def test_what_a_client_would_take_for_its_own_is_refused(
    rendered: Mapping[str, tuple[int, str, str, Any]], refused: Refused
) -> None:
    """The refusal names revision and line, quotes nothing of the text, and no bundle is written."""
    code, said, script, _ = rendered[refused.name]
    assert (code, script) == (2, ""), said
    assert f"revision {refused.name} (migrations/versions/{refused.name}.py:16)" in said
    assert refused.said in said
