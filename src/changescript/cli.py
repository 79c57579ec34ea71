"""Options in, exit codes out; the only module that imports click, and it holds no logic."""

from __future__ import annotations

import gc
import os
import shlex
import shutil
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from changescript import __version__
from changescript.errors import ChangescriptError, UsageError
from changescript.model import Request

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from changescript.bundle import Bundle
    from changescript.content import Content
    from changescript.drift import Finding
    from changescript.history import History
    from changescript.model import Project, Range

_COLUMN = 18
_EXIT_FINDING = 1
_EXIT_ERROR = 2
_EXIT_BUG = 70
_EXIT_INTERRUPTED = 130
_EXIT_CODES = """\b
Exit codes: 0 done, or everything is current; 1 check found drift;
2 wrong usage, or an error that the message explains; 70 a bug of ours."""


class _Commands(click.Group):
    """Turns an error that we can explain into its message and exit code, in this one place."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ChangescriptError as error:
            _fail(error)
        except KeyboardInterrupt:
            sys.exit(_EXIT_INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:  # noqa: BLE001 - our own bug: it must show itself, and not end as a finding does
            traceback.print_exc()
            sys.exit(_EXIT_BUG)


def _fail(error: ChangescriptError) -> NoReturn:
    click.echo(f"changescript: {error}", err=True)
    if error.hint:
        click.echo(f"  {error.hint}", err=True)
    sys.exit(_EXIT_ERROR)


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
    output: Path | None,
    config: Path | None,
) -> None:
    """Write the folder of a range: upgrade.sql, rollback.sql, manifest.json and SHA256SUMS.

    FROM and TO are whatever Alembic takes: base, head, heads, an id or its start, a branch label, head-2, +1, or
    several heads as a,b. Without FROM:TO: what no committed range covers yet, up to the heads.
    """
    from changescript.generate import check_ticket
    from changescript.history import resolve_range

    _refuse_mixed(revisions=revisions, ticket=ticket, stdout=stdout, rollback=rollback, drifted=drifted)
    check_ticket(ticket)
    project, folder = _open(config, output, dialect)
    history = _load(project)
    if drifted:
        _write_drifted(project, history, folder)
        return
    wanted = resolve_range(history, revisions) if revisions else _uncovered_range(folder, history)
    if wanted is None:
        click.echo("every revision is covered; there is nothing to write", err=True)
    elif stdout:
        _print_script(project, history, Request(wanted, ticket), rollback=rollback)
    else:
        _write_all(project, history, folder, [Request(wanted, ticket)])


def _refuse_mixed(*, revisions: str | None, ticket: str, stdout: bool, rollback: bool, drifted: bool) -> None:
    if rollback and not stdout:
        raise UsageError("--rollback goes with --stdout", hint="without --stdout both scripts are written")
    if drifted and (revisions or ticket or stdout):
        raise UsageError(
            "--drifted goes without a range, --ticket or --stdout",
            hint="each drifted bundle keeps its own range and ticket",
        )


def _print_script(project: Project, history: History, request: Request, *, rollback: bool) -> None:
    from changescript.generate import generate_script
    from changescript.model import Direction

    script = generate_script(project, history, request, Direction.ROLLBACK if rollback else Direction.UPGRADE)
    sys.stdout.buffer.writelines(script.pieces())


def _write_all(project: Project, history: History, folder: Path, requests: Sequence[Request]) -> None:
    """Write the bundles; all of them are rendered before the first is written."""
    from changescript.bundle import write_bundle
    from changescript.generate import generate_bundles

    rendered = [_or_raise(files) for files in generate_bundles(project, history, requests)]
    for request, files in zip(requests, rendered, strict=True):
        written = write_bundle(folder, request.revisions.name, files)
        click.echo(f"wrote {written.name}: {', '.join(files)}", err=True)


def _or_raise(files: dict[str, Content] | ChangescriptError) -> dict[str, Content]:
    if isinstance(files, ChangescriptError):
        raise files
    return files


def _write_drifted(project: Project, history: History, folder: Path) -> None:
    from changescript.drift import MENDABLE, check_bundles

    findings = check_bundles(project, history, _bundles(folder, history, ()))
    requests = [found.request for found in findings if found.status in MENDABLE and found.request]
    if requests:
        _write_all(project, history, folder, requests)
    else:
        click.echo("no bundle has drifted; there is nothing to write", err=True)


def _open(config: Path | None, output: Path | None, dialect: str = "") -> tuple[Project, Path]:
    """Return the project and the folder for its bundles, and go where relative paths of alembic.ini start."""
    from changescript.project import find_project

    start = Path.cwd()
    project = find_project(start, config, dialect)
    os.chdir(project.root)
    return project, start / output if output else project.output


def _program() -> str:
    """Return how to call this program again from the same shell."""
    called = sys.argv[0]
    if Path(called).name == "__main__.py":
        return "python -m changescript"
    return shlex.quote(called) if os.sep in called and not shutil.which("changescript") else "changescript"


@main.command(epilog=_EXIT_CODES)
@click.argument("ranges", metavar="[FROM:TO]...", nargs=-1)
@click.option("--allow-uncovered", is_flag=True, help="Revisions that no bundle covers are no drift.")
@_output_option
@_config_option
def check(*, ranges: Sequence[str], allow_uncovered: bool, output: Path | None, config: Path | None) -> None:
    """Render every committed bundle again, in memory, and tell which are not what the revisions say.

    With FROM:TO, only those bundles. Nothing is ever written.
    """
    from changescript.comments import safe_comment
    from changescript.drift import Status, check_bundles
    from changescript.mending import Place, mending_command

    start = Path.cwd()
    project, folder = _open(config, output)
    history = _load(project)
    bundles = _bundles(folder, history, ranges)
    findings = _with_progress(check_bundles(project, history, bundles), len(bundles))
    for finding in findings:
        _report(finding)
    uncovered = () if ranges else _uncovered(bundles, history)
    for id_ in uncovered:
        revision = history.revisions[id_]
        click.echo(f"{'uncovered':<{_COLUMN}}{id_}  {safe_comment(revision.message)}  ({revision.path})")
    drifted = [finding for finding in findings if finding.status is not Status.CURRENT]
    missed = () if allow_uncovered else uncovered
    if drifted or missed:
        given = (("-c", config), ("-o", output))
        options = tuple(text for name, value in given if value for text in (name, str(value)))
        place = Place(_program(), options, folder, start)
        click.echo(f"\nto mend it:  {mending_command(place, drifted, missed, history)}")
        sys.exit(_EXIT_ERROR if any(finding.status is Status.BROKEN for finding in drifted) else _EXIT_FINDING)


def _with_progress(findings: Iterable[Finding], count: int) -> list[Finding]:
    """Return the findings; on a terminal, show how far it is."""
    if not sys.stderr.isatty():
        return list(findings)
    with click.progressbar(findings, length=count, label="checking", file=sys.stderr) as shown:
        return list(shown)


def _report(finding: Finding) -> None:
    click.echo(f"{finding.status.value:<{_COLUMN}}{finding.name}")
    for line in (*finding.details, *finding.diff):
        click.echo(f"    {line}")


def _bundles(folder: Path, history: History, ranges: Sequence[str]) -> list[Bundle]:
    """Return the committed bundles, or those of the ranges that are asked for."""
    from changescript.bundle import read_bundles
    from changescript.drift import in_order
    from changescript.history import resolve_range

    bundles = in_order(read_bundles(folder), history)
    if not ranges:
        return bundles
    by_name = {bundle.name: bundle for bundle in bundles}
    names = [resolve_range(history, text).name for text in ranges]
    for name in names:
        if name not in by_name:
            raise UsageError(f"there is no bundle {name} in {folder.name}", hint="see `changescript list`")
    return [by_name[name] for name in dict.fromkeys(names)]


def _load(project: Project) -> History:
    from changescript.history import load_history

    history = load_history(project)
    gc.freeze()
    gc.enable()
    return history


def _uncovered(bundles: Iterable[Bundle], history: History) -> tuple[str, ...]:
    from changescript.drift import covered_range
    from changescript.history import uncovered_revisions

    ranges = (covered_range(bundle, history) for bundle in bundles)
    return uncovered_revisions(history, [revisions for revisions in ranges if revisions])


def _uncovered_range(folder: Path, history: History) -> Range | None:
    from changescript.history import range_of_uncovered

    uncovered = _uncovered(_bundles(folder, history, ()), history)
    return range_of_uncovered(history, uncovered) if uncovered else None


@main.command("list", epilog=_EXIT_CODES)
@_output_option
@_config_option
def list_(*, output: Path | None, config: Path | None) -> None:
    """Show the committed bundles, the revisions that each covers, and the revisions that none covers."""
    from changescript.comments import safe_comment
    from changescript.drift import covered_steps

    project, folder = _open(config, output)
    history = _load(project)
    bundles = _bundles(folder, history, ())
    for bundle in bundles:
        steps = covered_steps(bundle, history)
        ticket = (bundle.manifest or {}).get("ticket") or "no ticket"
        click.echo(
            f"{bundle.name}  {safe_comment(str(ticket))}" if steps else f"{bundle.name}  covers nothing of this history"
        )
        for step in steps:
            click.echo(f"    {step.revision.id}  {safe_comment(step.revision.message)}")
    uncovered = _uncovered(bundles, history)
    click.echo("uncovered:" if uncovered else "every revision is covered")
    for id_ in uncovered:
        click.echo(f"    {id_}  {safe_comment(history.revisions[id_].message)}")
