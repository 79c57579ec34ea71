"""Options in, exit codes out; the only module that imports click, and it holds no logic."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shlex
import shutil
import sys
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from changescript import __version__
from changescript.errors import ChangescriptError, HistoryError, UsageError, WriteError
from changescript.model import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from changescript.bundle import Bundle
    from changescript.content import Content
    from changescript.drift import Finding
    from changescript.history import History
    from changescript.model import Project, Range

_EXIT_FINDING = 1
_EXIT_ERROR = 2
_EXIT_BUG = 70
_EXIT_INTERRUPTED = 130
_EXIT_UNREAD = 141
"""As a program ends that SIGPIPE ends."""
_EXIT_CODES = """\b
Exit codes: 0 done, or everything is current; 1 check found drift, doctor what
does not render, or a rollback.sql stops before FROM; 2 wrong usage, or an
error that the message explains; 70 a bug of ours."""


class _Commands(click.Group):
    """Turns an error that we can explain into its message and exit code, in this one place."""

    def invoke(self, ctx: click.Context) -> object:
        code = _guarded("", lambda: super(_Commands, self).invoke(ctx))
        if code:
            sys.exit(code)
        return code


def _guarded(target: str, work: Callable[[], object]) -> int:
    """Return the exit code of the work; tell what it raises, and for which target."""
    try:
        code = work()
    except ChangescriptError as error:
        click.echo(f"changescript: {f'target {target}: ' if target else ''}{error}", err=True)
        if error.hint:
            click.echo(f"  {error.hint}", err=True)
        return _EXIT_ERROR
    except KeyboardInterrupt:
        return _EXIT_INTERRUPTED
    except BrokenPipeError:  # whoever reads has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _EXIT_UNREAD
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception:  # noqa: BLE001 - our own bug: it must show itself, and not end as a finding does
        traceback.print_exc()
        return _EXIT_BUG
    return code if isinstance(code, int) else 0


_config_option = click.option(
    "-c",
    "--config",
    type=click.Path(path_type=Path),
    help="The project's alembic.ini; default: here or above.",
)
_output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder for the bundles; default: the setting, sql_out.",
)


_x_option = click.option(
    "-x", multiple=True, metavar="KEY=VALUE", help="Handed on to env.py, as by alembic; may be repeated."
)
_engine_option = click.option(
    "--engine", metavar="NAME", help="Which database, where env.py migrates several, by its engine_name."
)
_target_option = click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="NAME",
    help="Only this one of the targets in the settings; may be repeated.",
)


@click.group(cls=_Commands, epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Turn ranges of Alembic revisions into SQL scripts that a DBA reviews and runs by hand."""
    gc.disable()  # until the history is loaded: up to then nearly everything stays, and looking through it takes time


@main.command(epilog=_EXIT_CODES)
@click.argument("revisions", metavar="[FROM:TO]", required=False)
@click.option("--ticket", default="", help="Number of the change, for the scripts' headers.")
@click.option("--dialect", default="", help="Database to write for; default: as env.py configures it.")
@click.option("--stdout", is_flag=True, help="Print one script and write nothing.")
@click.option("--rollback", is_flag=True, help="With --stdout: the rollback script.")
@click.option(
    "--drifted",
    is_flag=True,
    help="Write again every bundle that check finds drifted, with its ticket.",
)
@click.option("--no-env", is_flag=True, help="Render without the project's env.py; needs --dialect.")
@_engine_option
@_x_option
@_target_option
@_output_option
@_config_option
def sql(  # noqa: PLR0913 - one parameter an option
    *,
    revisions: str | None,
    ticket: str,
    dialect: str,
    stdout: bool,
    rollback: bool,
    drifted: bool,
    no_env: bool,
    engine: str | None,
    x: Sequence[str],
    targets: Sequence[str],
    output: Path | None,
    config: Path | None,
) -> int:
    """Write the folder of a range: upgrade.sql, rollback.sql, manifest.json and SHA256SUMS.

    FROM and TO are whatever Alembic takes: base, head, heads, an id or its start, a branch label, head-2, +1, or
    several heads as a,b. Without FROM:TO: what no committed range covers yet, up to the heads.
    """
    from changescript.generate import check_ticket
    from changescript.targets import run_each

    _refuse_mixed(revisions=revisions, ticket=ticket, stdout=stdout, rollback=rollback, drifted=drifted)
    check_ticket(ticket)
    projects = _open(config, output, targets, dialect, x, engine)
    if stdout and len(projects) > 1:
        raise UsageError("--stdout prints one script", hint="name one of the targets: --target NAME")

    def request(wanted: Range) -> Request:
        return Request(wanted, ticket, no_env=no_env, engine=engine)

    def prepare(project: Project) -> Callable[[], int]:
        history = _load(project)
        if drifted:
            return _prepare_drifted(project, history)
        wanted = _wanted(project, history, revisions)
        if wanted is None:
            return _saying("every revision is covered; there is nothing to write")
        if stdout:
            return _prepare_script(project, history, request(wanted), rollback=rollback)
        return _prepare_bundles(project, history, [request(wanted)])

    return run_each(projects, prepare, _guarded, together=True)


def _refuse_mixed(*, revisions: str | None, ticket: str, stdout: bool, rollback: bool, drifted: bool) -> None:
    if rollback and not stdout:
        raise UsageError("--rollback goes with --stdout", hint="without --stdout both scripts are written")
    if drifted and (revisions or ticket or stdout):
        raise UsageError(
            "--drifted goes without a range, --ticket or --stdout",
            hint="each drifted bundle keeps its own range and ticket",
        )


def _wanted(project: Project, history: History, revisions: str | None) -> Range | None:
    """Return the range that is asked for, or that no bundle covers."""
    from changescript.committed import committed_bundles, uncovered
    from changescript.halfway import resolve
    from changescript.history import range_of_uncovered

    if revisions:
        return resolve(history, revisions)
    missed = uncovered(committed_bundles(project, history), history)
    return range_of_uncovered(history, missed) if missed else None


def _saying(text: str) -> Callable[[], int]:
    def finish() -> int:
        click.echo(text, err=True)
        return 0

    return finish


def _prepare_script(project: Project, history: History, request: Request, *, rollback: bool) -> Callable[[], int]:
    from changescript.generate import generate_script

    script = generate_script(project, history, request, rollback=rollback)

    def finish() -> int:
        sys.stdout.buffer.writelines(script.pieces())
        return 0

    return finish


def _prepare_bundles(project: Project, history: History, requests: Sequence[Request]) -> Callable[[], int]:
    """Render the bundles, all of them before the first is written."""
    from changescript.bundle import MANIFEST, write_bundle
    from changescript.generate import generate_bundles
    from changescript.manifest import stops_of
    from changescript.reports import shown

    rendered = [_or_raise(files) for files in generate_bundles(project, history, requests)]

    def finish() -> int:
        for request, files in zip(requests, rendered, strict=True):
            written = write_bundle(project.output, request.revisions.name, files)
            click.echo(f"wrote {shown(project, written.name)}: {', '.join(files)}", err=True)
        stops = [stop for files in rendered for stop in stops_of(json.loads(files[MANIFEST].read()))]
        for stop in stops:
            click.echo(f"  there is no whole way back: rollback.sql stops at {stop}", err=True)
        return _EXIT_FINDING if stops else 0

    return finish


def _or_raise(files: dict[str, Content] | ChangescriptError) -> dict[str, Content]:
    if isinstance(files, ChangescriptError):
        raise files
    return files


def _prepare_drifted(project: Project, history: History) -> Callable[[], int]:
    from changescript.committed import committed_bundles
    from changescript.drift import MENDABLE, check_bundles

    findings = check_bundles(project, history, committed_bundles(project, history))
    requests = [found.request for found in findings if found.status in MENDABLE and found.request]
    if not requests:
        return _saying("no bundle has drifted; there is nothing to write")
    return _prepare_bundles(project, history, requests)


def _open(  # noqa: PLR0913, PLR0917 - one parameter an option
    config: Path | None,
    output: Path | None,
    targets: Sequence[str],
    dialect: str = "",
    x: Sequence[str] = (),
    engine: str | None = None,
) -> list[Project]:
    """Return the project, once for each target, and go where relative paths of alembic.ini start."""
    return _each(_find(config, output, dialect, x, engine), targets)


def _find(
    config: Path | None, output: Path | None, dialect: str = "", x: Sequence[str] = (), engine: str | None = None
) -> Project:
    """Return the project, and go where relative paths of alembic.ini start."""
    from changescript.project import find_project

    start = _here()
    project = replace(find_project(start, config, dialect), x=tuple(x), engine=engine)
    os.chdir(project.root)
    return replace(project, output=start / output) if output else project


def _here() -> Path:
    """Return the folder that the user stands in; raises UsageError where it has been removed."""
    from changescript.errors import UsageError

    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError("the folder that you stand in has been removed", hint="go to the project's folder") from None


def _each(project: Project, targets: Sequence[str]) -> list[Project]:
    """Return the project, once for each target."""
    from changescript.history.databases import databases_of
    from changescript.targets import as_targets, narrowed

    if not (project.dialect or project.x or project.engine is not None):
        project = as_targets(project, databases_of(project))
    return narrowed(project, targets)


def _program() -> str:
    """Return how to call this program again from the same shell."""
    called = sys.argv[0]
    if Path(called).name == "__main__.py":
        return "python -m changescript"
    return shlex.quote(called) if os.sep in called and not shutil.which("changescript") else "changescript"


@main.command(epilog=_EXIT_CODES)
@click.argument("ranges", metavar="[FROM:TO]...", nargs=-1)
@click.option("--allow-uncovered", is_flag=True, help="Revisions that no bundle covers are no drift.")
@click.option("--no-cache", is_flag=True, help="Render everything, whatever is known from the last check.")
@_x_option
@_target_option
@_output_option
@_config_option
def check(  # noqa: PLR0913 - one parameter an option
    *,
    ranges: Sequence[str],
    allow_uncovered: bool,
    no_cache: bool,
    x: Sequence[str],
    targets: Sequence[str],
    output: Path | None,
    config: Path | None,
) -> int:
    """Render every committed bundle again, in memory, and tell which are not what the revisions say.

    With FROM:TO, only those bundles. Nothing is ever written into the project. Where all was current, nothing is
    rendered again until something that was looked at has changed; in CI, everything always is.
    """
    from changescript.verdicts import Memory

    start = _here()
    whole = _find(config, output, x=x)
    memory = Memory(whole.root, is_on=not no_cache)

    def question(project: Project) -> str:
        return repr((tuple(ranges), allow_uncovered, tuple(targets), project))

    known = None if whole.targets else memory.recall(question(whole))
    if known is not None:
        return _printing(known)()
    with memory.watching():
        from changescript.targets import run_each, strangers

        projects = _each(whole, targets)
        options = (("-c", config), ("-o", output))
        given = tuple(text for name, value in options if value for text in (name, str(value)))

        def prepare(project: Project) -> Callable[[], int]:
            answer = memory.recall(question(project)) if project.target else None
            if answer is not None:
                return _printing(answer)
            found = _look_at(project, ranges, allow_uncovered=allow_uncovered)
            if found.is_current:
                revision_files = {str(revision.file) for revision in found.history.revisions.values()}
                memory.remember(question(project), found.report, revision_files)
            return lambda: _tell(found, given, start)

        code = run_each(projects, prepare, _guarded)
    astray = [] if targets else strangers(projects)
    if astray:
        from changescript.reports import stranger_lines

        _printing("".join(f"{line}\n" for name in astray for line in stranger_lines(name)))()
    return max(code, _EXIT_FINDING if astray else 0)


def _printing(text: str) -> Callable[[], int]:
    def finish() -> int:
        click.echo(text, nl=False)
        return 0

    return finish


@dataclass(frozen=True)
class _Found:
    """What check has found for one target."""

    project: Project
    history: History
    bundles: Sequence[Bundle]
    findings: Sequence[Finding]
    uncovered: Sequence[str]
    """Revisions that no bundle covers."""
    unknown: ChangescriptError | None
    """Why nobody can tell which these are."""
    drifted: Sequence[Finding]
    is_current: bool
    """Whether nothing is wrong."""
    report: str


def _look_at(project: Project, ranges: Sequence[str], *, allow_uncovered: bool) -> _Found:
    """Render what check is asked for, and compare."""
    from changescript.committed import committed_bundles, uncovered
    from changescript.drift import Status, check_bundles
    from changescript.reports import check_lines

    history = _load(project)
    bundles = committed_bundles(project, history, ranges)
    findings = _with_progress(check_bundles(project, history, bundles), len(bundles))
    unknown: ChangescriptError | None = None
    missed: Sequence[str] = ()
    try:
        missed = () if ranges else uncovered(bundles, history)
    except HistoryError as error:
        unknown = error
    drifted = [finding for finding in findings if finding.status is not Status.CURRENT]
    return _Found(
        project=project,
        history=history,
        bundles=bundles,
        findings=findings,
        uncovered=() if allow_uncovered else missed,
        unknown=unknown,
        drifted=drifted,
        is_current=not (drifted or unknown or (missed and not allow_uncovered)),
        report="".join(f"{line}\n" for line in check_lines(project, history, findings, missed)),
    )


def _tell(found: _Found, given: tuple[str, ...], start: Path) -> int:
    """Print what check has found, and return its exit code; `given`: options of the command."""
    from changescript.drift import Status
    from changescript.mending import Place, engine_options, mending_command

    project = found.project
    click.echo(found.report, nl=False)
    code = 0
    if found.drifted or found.uncovered:
        options = (*given, *(("--target", project.target) if project.target else engine_options(found.bundles)))
        place = Place(_program(), options, project.output, start)
        command = mending_command(place, found.drifted, found.uncovered, found.history)
        click.echo(f"\nto mend it:  {command}")
        code = _EXIT_ERROR if any(finding.status is Status.BROKEN for finding in found.drifted) else _EXIT_FINDING
    if found.unknown:
        raise found.unknown
    return code


def _with_progress(findings: Iterable[Finding], count: int) -> list[Finding]:
    """Return the findings; on a terminal, show how far it is."""
    if not sys.stderr.isatty():
        return list(findings)
    with click.progressbar(findings, length=count, label="checking", file=sys.stderr) as shown:
        return list(shown)


@main.command(epilog=_EXIT_CODES)
@click.argument("revision", metavar="REVISION")
@click.option("--rollback", is_flag=True, help="In place of its downgrade().")
@click.option("--dialect", default="", help="Database to write for; default: as env.py configures it.")
@_engine_option
@_x_option
@_target_option
@_config_option
def override(  # noqa: PLR0913 - one parameter an option
    *,
    revision: str,
    rollback: bool,
    dialect: str,
    engine: str | None,
    x: Sequence[str],
    targets: Sequence[str],
    config: Path | None,
) -> None:
    """Start a file of hand-written SQL that stands in scripts in place of a revision which can't be rendered.

    It holds what can be rendered, and what the revision asks for.
    """
    from changescript.generate import generate_override
    from changescript.halfway import plan
    from changescript.history import range_below, resolve_range
    from changescript.model import Direction

    (project, *others) = _open(config, None, targets, dialect, x, engine)
    if others:
        raise UsageError("the file is for one database", hint="name one of the targets: --target NAME")
    history = _load(project)
    ids = resolve_range(history, f"base:{revision}").upper
    if len(ids) != 1:
        raise UsageError(f"{revision!r} is {len(ids)} revisions", hint="name one of them")
    way = Direction.ROLLBACK if rollback else Direction.UPGRADE
    (step,) = plan(history, range_below(history, ids[0]), way)
    file, text = generate_override(project, history, step)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise WriteError(f"{file.name} can't be written: {error.strerror}", hint="mend the rights") from error
    click.echo(f"wrote {os.path.relpath(file, project.root)}: what is there is a start, write the rest", err=True)


@main.command(epilog=_EXIT_CODES)
@click.option("--all", "everything", is_flag=True, help="List every revision, also those that simply render.")
@click.option("--json", "as_json", is_flag=True, help="Print the same as JSON, one line for each target.")
@click.option("--dialect", default="", help="Database to write for; default: as env.py configures it.")
@click.option("--no-env", is_flag=True, help="Render without the project's env.py; needs --dialect.")
@_engine_option
@_x_option
@_target_option
@_config_option
def doctor(  # noqa: PLR0913 - one parameter an option
    *,
    everything: bool,
    as_json: bool,
    dialect: str,
    no_env: bool,
    engine: str | None,
    x: Sequence[str],
    targets: Sequence[str],
    config: Path | None,
) -> int:
    """Render every revision of the history alone, in both directions, and tell which do not render, and why.

    Nothing is ever written.
    """
    from changescript.doctor import examine
    from changescript.doctor_report import as_json_line, as_table
    from changescript.targets import run_each

    projects = _open(config, None, targets, dialect, x, engine)

    def prepare(project: Project) -> Callable[[], int]:
        history = _load(project)
        with _progress(f"examining {project.target}".strip(), 2 * len(history.revisions)) as progress:
            found = examine(project, history, no_env=no_env, progress=progress)

        def finish() -> int:
            told = as_json_line if as_json else as_table
            for line in told(found, everything=everything):
                click.echo(line)
            return 0 if found.all_render else _EXIT_FINDING

        return finish

    return run_each(projects, prepare, _guarded)


@contextlib.contextmanager
def _progress(label: str, length: int) -> Iterator[Callable[[], object]]:
    """Yield what is called at each step; on a terminal, it shows how far it is."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr, update_min_steps=length // 200) as shown:
        yield lambda: shown.update(1)


def _load(project: Project) -> History:
    from changescript.history import load_history

    history = load_history(project)
    gc.freeze()
    gc.enable()
    return history


@main.command("list", epilog=_EXIT_CODES)
@_target_option
@_output_option
@_config_option
def list_(*, targets: Sequence[str], output: Path | None, config: Path | None) -> None:
    """Show the committed bundles, the revisions that each covers, and the revisions that none covers."""
    from changescript.committed import committed_bundles, uncovered
    from changescript.reports import bundle_lines, uncovered_lines

    projects = _open(config, output, targets)
    history = _load(projects[0])
    for project in projects:
        bundles = committed_bundles(project, history)
        for line in bundle_lines(project, history, bundles):
            click.echo(line)
        for line in uncovered_lines(project, history, uncovered(bundles, history)):
            click.echo(line)
