"""README.md and docs/ say what the program does: commands, outputs, messages, settings, keys, modules and links.

Blocks under a comment `<!-- output of: changescript ... -->`, or `<!-- from /A/ to /B/ of: ... -->` for the lines
from the first that matches A to the next that matches B, are what that command prints. They are only compared here;
`CHANGESCRIPT_GOLDEN=rewrite pytest tests/test_readme.py` writes them anew.
"""

from __future__ import annotations

import ast
import functools
import json
import os
import re
import shlex
import tomllib
from dataclasses import asdict
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

from changescript.cli import main
from changescript.drift import Status
from changescript.errors import ProjectError
from changescript.manifest import settings_values
from changescript.model import Settings
from changescript.project import read_settings
from tests.projects import Rev, make_project, run_cli

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
FORMAT = ROOT / "docs" / "script-format.md"
SETTINGS = ROOT / "docs" / "settings.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
DOCUMENTS = (README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
SOURCES = ROOT / "src" / "changescript"
EXCERPTED = "sql b7d2:0f93 --ticket CHG0012345 --stdout"
"""The script that README.md shows: it has concurrent indexes, and so every routine and message of the guard."""
REWRITES = os.environ.get("CHANGESCRIPT_GOLDEN") == "rewrite"

_PRINTED = re.compile(
    r"<!-- (?:output|from /(?P<first>.+?)/ to /(?P<last>.+?)/) of: changescript (?P<command>.+?) -->\n"
    r"```\w+\n(?P<text>.*?)```\n",
    re.DOTALL,
)
_FENCE = re.compile(r"^( *)```(?P<language>\w*)\n(?P<text>.*?)^\1```$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[[^\]]+\]\((?P<target>[^)\s]+)\)")
_MAKE = re.compile(r"make(?: +(?P<target>[a-z]+))?(?P<variables>(?: +[A-Z]+=\S+)*)")
_RAISED = re.compile(r"RAISE EXCEPTION '(?P<message>[^']+)'")
_WHOLE_NAME = re.compile(r"[a-z_]+")


def text_of(document: Path) -> str:
    """Return a document's text."""
    return document.read_text(encoding="utf-8")


def without_fences(text: str) -> str:
    """Return the prose and tables of a document."""
    return _FENCE.sub("", text)


def section(document: Path, heading: str) -> str:
    """Return what stands under a heading, up to the next one of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text_of(document), re.DOTALL | re.MULTILINE)
    assert found, f"{document.name} has no heading {heading!r}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table's rows, without the heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    heads = {index - 1 for index, line in enumerate(lines) if line.startswith("|---")}
    kept = [line for index, line in enumerate(lines) if index not in heads and not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in kept]


def code_of(cell: str) -> str:
    """Return the first code in a cell."""
    found = _CODE.search(cell)
    assert found, cell
    return found[1]


@functools.cache
def printed(command: str) -> str:
    """Return what a changescript command prints in this repository."""
    outcome = run_cli(ROOT, *shlex.split(command))
    assert outcome.code == 0, outcome.err
    return outcome.out


def expected(found: re.Match[str]) -> str:
    """Return the block with what its command prints now."""
    text = printed(found["command"])
    if found["first"]:
        lines = text.splitlines(keepends=True)
        first = next(index for index, line in enumerate(lines) if re.search(found["first"], line))
        last = next(index for index in range(first + 1, len(lines)) if re.search(found["last"], lines[index]))
        text = "".join(lines[first : last + 1])
    start, end = found.start("text") - found.start(), found.end("text") - found.start()
    return found[0][:start] + text + found[0][end:]


def commands() -> Iterator[tuple[str, str]]:
    """Yield every command line in code, with the document's name; what is joined by && or ; is several."""
    for document in DOCUMENTS:
        text = text_of(document)
        blocks = [found["text"] for found in _FENCE.finditer(text) if found["language"] in {"sh", "yaml"}]
        lines = [line for block in blocks for line in block.splitlines()]
        for line in [*lines, *_CODE.findall(without_fences(text))]:
            for part in re.split(r"&&|;", line):
                yield document.name, re.sub(r"^\s*(?:- )?(?:run: )?", "", part).strip()


COMMANDS = list(commands())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_printed_blocks_are_what_the_commands_print(document: Path) -> None:
    """Help texts and excerpts of scripts are the program's own output, and nothing else."""
    text = text_of(document)
    current = _PRINTED.sub(expected, text)
    if REWRITES and current != text:
        document.write_text(current, encoding="utf-8")
    assert text == current, "see this module's first lines for how to write them anew"


def test_readme_shows_the_help_of_every_command_and_a_script() -> None:
    """No command is left out, and none is shown that is not there."""
    shown = {found["command"] for found in _PRINTED.finditer(text_of(README))}
    helps = {"--help", *(f"{name} --help" for name in main.commands)}
    assert helps <= shown
    assert EXCERPTED in shown


def test_changescript_commands_in_the_documents_parse() -> None:
    """Each names a command and options that exist."""
    parsed = 0
    for document, line in COMMANDS:
        if not line.startswith("changescript ") or line.split()[1].startswith("-"):
            continue
        name, *arguments = shlex.split(line)[1:]
        assert name in main.commands, f"{document}: {line}"
        try:
            main.commands[name].make_context(name, arguments)
        except click.ClickException as error:
            pytest.fail(f"{document}: {line}: {error.format_message()}")
        parsed += 1
    assert parsed > 10


def test_options_named_in_prose_exist() -> None:
    """An option of changescript that stands alone in code is one of a command's."""
    known = {option for command in main.commands.values() for item in command.params for option in item.opts}
    others = {"-1", "--single-transaction"}  # psql's
    named = {line for _, line in COMMANDS if re.fullmatch(r"--?[a-z][a-z-]*|-\d", line)}
    assert named >= {"--allow-uncovered", "-o"}
    assert named - known - others == set()


def test_make_targets_and_variables_exist() -> None:
    """Each `make ...` names a target of the Makefile, and variables that it hands on."""
    makefile = text_of(ROOT / "Makefile")
    targets = set(re.findall(r"^([a-z]+):.*?##", makefile, re.MULTILINE))
    options = re.search(r"^OPTIONS := (.*)$", makefile, re.MULTILINE)
    assert options
    known = {*options[1].split(), "PYTHON"}
    found = [match for _, line in COMMANDS if (match := _MAKE.fullmatch(line))]
    assert {match["target"] for match in found if match["target"]} >= {"sql", "test", "check"}
    for match in found:
        assert match["target"] is None or match["target"] in targets, match[0]
        assert set(re.findall(r"([A-Z]+)=", match["variables"])) <= known, match[0]


def test_exit_codes_are_those_of_the_help() -> None:
    """The table lists each code that --help explains, and no other."""
    told = re.search(r"Exit codes:(.*)", printed("--help"), re.DOTALL)
    assert told
    documented = [int(cells[0]) for cells in rows(section(README, "Exit codes"))]
    assert documented == [int(code) for code in re.findall(r"\b\d\b", told[1])]


def test_statuses_are_those_of_check() -> None:
    """The table names every status that check prints, in its words."""
    documented = [code_of(cells[0]) for cells in rows(section(README, "For CI"))]
    assert documented == [*(status.value for status in Status), "uncovered"]


@pytest.mark.parametrize("status", Status, ids=lambda status: status.name)
def test_script_format_defines_every_status(status: Status) -> None:
    """What check compares is told for each status."""
    assert f"`{status.value}`" in section(FORMAT, "What `check` compares")


def test_messages_are_those_of_the_scripts() -> None:
    """Each REFUSED and FAILED that a script can raise has its row, word by word, and no other has one."""
    raised: set[str] = set()
    asking = ROOT / "tests" / "golden" / "asks_for_the_schema" / "postgresql.upgrade.sql"
    for message in _RAISED.findall(printed(EXCERPTED) + text_of(asking)):
        kinds = ("REFUSED", "FAILED") if message.startswith("%: ") else ("",)
        raised.update(kind + message.removeprefix("%" if kind else "") for kind in kinds)
    tables = section(README, "REFUSED: nothing has changed") + section(README, "FAILED, and every other error")
    documented = {code_of(cells[0]).replace("…", "%") for cells in rows(tables)}
    assert documented == raised | {"FAILED: database % is at %"}


def test_every_setting_is_documented_with_its_default() -> None:
    """README and docs/settings.md list the settings that pyproject.toml may hold, in their order."""
    with pytest.raises(ProjectError) as caught:
        read_settings({"": 1}, Path("pyproject.toml"))
    known = caught.value.hint.removeprefix("the settings are ").split(", ")
    defaults = asdict(Settings())
    assert list(defaults) == known
    assert re.findall(r"^## `(\w+)`$", text_of(SETTINGS), re.MULTILINE) == known
    in_readme = {code_of(cells[0]): cells[1] for cells in rows(section(README, "Settings"))}
    assert list(in_readme) == known
    for name, default in defaults.items():
        told = re.search(r"^- Default: (.*)$", section(SETTINGS, f"`{name}`"), re.MULTILINE)
        assert told
        if default is None:
            assert told[1] == "not set"
            assert "`" not in in_readme[name]
        else:
            assert told[1] == in_readme[name] == f"`{json.dumps(default)}`"


@pytest.mark.parametrize("name", asdict(Settings()))
def test_examples_of_settings_are_allowed_or_refused_as_told(name: str) -> None:
    """Every value in docs/settings.md behaves as the line says that it stands on."""
    text = section(SETTINGS, f"`{name}`")
    for line, is_allowed in (("Allowed", True), ("Refused", False)):
        told = re.search(rf"^- {line}: (.*?)(?=^- )", text, re.DOTALL | re.MULTILINE)
        assert told
        examples = [code for code in _CODE.findall(told[1]) if not _WHOLE_NAME.fullmatch(code) or code == "true"]
        assert examples
        for code in examples:
            assert _accepts(f"{name} = {code}") is is_allowed, f"{name} = {code}"


def _accepts(toml: str) -> bool:
    try:
        read_settings(tomllib.loads(toml), Path("pyproject.toml"))
    except ProjectError:
        return False
    return True


def test_settings_block_holds_defaults_and_is_accepted() -> None:
    """The block at the top of docs/settings.md can be copied as it is, and changes nothing but what has no default."""
    block = next(found["text"] for found in _FENCE.finditer(text_of(SETTINGS)) if found["language"] == "toml")
    table = tomllib.loads(block)["tool"]["changescript"]
    defaults = asdict(Settings())
    assert list(table) == list(defaults)
    assert {name: value for name, value in table.items() if value != defaults[name]} == {
        "transaction": "script",
        "overrides": "db/by_hand",
        "server_version": "15",
        "baseline": "baseline.sql",
    }
    assert _accepts(block.partition("\n")[2])


def test_every_key_of_the_manifest_is_documented(tmp_path: Path) -> None:
    """docs/script-format.md lists the keys of a written manifest, in its order, and no other."""
    asking = Rev("c", ("a",), upgrade="sa.inspect(op.get_bind()).has_table('t')")
    project = make_project(tmp_path, [Rev("a"), asking, Rev("b", ("c",))])
    project.file_of("b").with_name("b.postgresql.upgrade.sql").write_text("SELECT 1;")
    assert project.run("sql", "base:b", "--ticket", "CHG1").code == 0
    manifest = json.loads((project.output / "base__b" / "manifest.json").read_text(encoding="utf-8"))
    found = list(dict.fromkeys(_keys(manifest)))
    documented = [code_of(cells[0]) for cells in rows(section(FORMAT, "manifest.json"))]
    documented.remove("packages.sqlmodel")  # this project imports none
    assert sorted(documented) == sorted(found)
    top = [key for key in documented if "." not in key and "[" not in key]
    assert top == list(manifest)
    settings = [key.partition(".")[2] for key in documented if key.startswith("settings.")]
    assert settings == list(settings_values(Settings()))


def _keys(value: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield from _keys(item, f"{path}[]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            here = f"{path}.{key}" if path else key
            yield here
            yield from _keys(inner, "scripts.*" if path == "scripts" else here)


def test_script_format_names_every_routine_of_the_guard() -> None:
    """The table lists what scripts make in pg_temp, and what only IF NOT EXISTS and manual steps need."""
    made = re.findall(r"CREATE OR REPLACE (?:FUNCTION|PROCEDURE) pg_temp\.(\w+)", printed(EXCERPTED))
    documented = {code_of(cells[0]).partition("(")[0] for cells in rows(section(FORMAT, "Guard"))}
    assert documented == {*made, "drop_invalid_index", "require_manual"}


def module_rows() -> list[str]:
    """Return the modules in the order of docs/architecture.md: a pattern, or a package with a slash behind it."""
    return [code_of(cells[0]) for cells in rows(section(ARCHITECTURE, "Modules"))]


def row_of(file: str) -> str | None:
    """Return the row that a source file belongs to; the longest that fits it."""
    fitting = [row for row in module_rows() if fnmatchcase(file, f"{row}*" if row.endswith("/") else row)]
    return max(fitting, key=len, default=None)


def source_files() -> list[str]:
    """Return the paths of all modules below src/changescript."""
    return sorted(path.relative_to(SOURCES).as_posix() for path in SOURCES.rglob("*.py"))


def test_every_module_is_in_the_architecture() -> None:
    """The table lists each module, or its package, and none that is gone."""
    assert [file for file in source_files() if row_of(file) is None] == []
    used = {row_of(file) for file in source_files()}
    assert [row for row in module_rows() if row not in used] == []


@pytest.mark.parametrize("file", source_files())
def test_imports_run_downwards_in_the_table(file: str) -> None:
    """A module imports only what stands below it, or in its own row; imports for types alone don't count."""
    order = module_rows()
    own = row_of(file)
    assert own is not None
    for imported in _imported_files(ast.parse((SOURCES / file).read_text(encoding="utf-8"))):
        row = row_of(imported)
        assert row is not None
        assert row == own or order.index(row) > order.index(own), f"{file} imports {imported}"


def _imported_files(tree: ast.Module) -> Iterator[str]:
    for_types = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in for_types:
            package, _, module = (node.module or "").partition(".")
            if package == "changescript":
                names = [module] if module else [alias.name for alias in node.names]
                yield from (_file_of(name) for name in names)


def _file_of(module: str) -> str:
    path = module.replace(".", "/")
    candidates = (f"{path}.py", f"{path}/__init__.py", "__init__.py")
    return next(file for file in candidates if (SOURCES / file).is_file())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_relative_links_resolve(document: Path) -> None:
    """Each link into the repository leads to a file, and to a heading in it where one is named."""
    for found in _LINK.finditer(without_fences(text_of(document))):
        target, _, anchor = found["target"].partition("#")
        if "://" in target:
            continue
        file = (document.parent / target).resolve() if target else document
        assert file.is_file(), found["target"]
        assert file.is_relative_to(ROOT), found["target"]
        assert not anchor or anchor in _anchors(file), found["target"]


def _anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", without_fences(text_of(document)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
