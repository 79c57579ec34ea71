"""manifest.json: what a bundle's scripts hold, where each statement comes from, and what they were made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from changescript.bundle import FORMAT
from changescript.content import sha256
from changescript.errors import HistoryError
from changescript.model import Assumed, Project, Range, Revision, Script, ScriptStatement, Settings
from changescript.packages import package_versions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class ManifestInput:
    """What one bundle's manifest tells."""

    project: Project
    revisions: Range
    ticket: str
    dialect: str
    no_env: bool
    engine: str | None
    applied: Sequence[Revision]
    """The revisions of the range, lowest first."""
    scripts: Sequence[Script]


def build_manifest(given: ManifestInput) -> dict[str, Any]:
    """Return the manifest as plain data; the same input gives the same bytes."""
    return {
        "format": FORMAT,
        "from": list(given.revisions.lower),
        "to": list(given.revisions.upper),
        "ticket": given.ticket,
        "target": given.project.target or None,
        "dialect": given.dialect,
        "env_py": not given.no_env,
        **({} if given.engine is None else {"engine": given.engine}),
        "settings": settings_values(given.project.settings),
        "baseline": baseline_digest(given.project),
        "packages": package_versions(),
        "revisions": [_revision(revision) for revision in given.applied],
        "scripts": {f"{script.direction.value}.sql": _script(script) for script in given.scripts},
    }


def baseline_digest(project: Project) -> str | None:
    """Return the SHA-256 of the file that the setting `baseline` names; None where it names none, or none is there."""
    name = project.settings.baseline
    file = project.root / name if name else None
    return sha256(file.read_bytes().replace(b"\r\n", b"\n")) if file and file.is_file() else None


def settings_values(settings: Settings) -> dict[str, Any]:
    """Return the settings that decide what a script says, as plain data."""
    return {
        "transaction": settings.transaction.value if settings.transaction else None,
        "lock_timeout": settings.lock_timeout,
        "statement_timeout": settings.statement_timeout,
        "search_path": settings.search_path,
        "rows_per_insert": settings.rows_per_insert,
        "overrides": settings.overrides,
        "server_version": settings.server_version,
        "baseline": settings.baseline,
    }


def _revision(revision: Revision) -> dict[str, Any]:
    return {
        "id": revision.id,
        "down": list(revision.down),
        "message": revision.message,
        "file": revision.path,
        "sha256": file_digest(revision),
    }


def file_digest(revision: Revision) -> str:
    """Return the digest of a revision file; line ends of a CRLF checkout count as plain ones."""
    try:
        return sha256(revision.file.read_bytes().replace(b"\r\n", b"\n"))
    except OSError as error:
        raise HistoryError(f"{revision.path} can't be read: {error.strerror}") from error


def _script(script: Script) -> dict[str, Any]:
    return {
        "sha256": script.content.sha256,
        "stops": str(script.stop) if script.stop else None,
        "overrides": [
            {"revision": id_, "file": override.path, "sha256": override.sha256} for id_, override in script.overrides
        ],
        "assumptions": [_assumed(each) for each in script.assumptions],
        "verbatim": sum(statement.verbatim for statement in script.statements),
        "statements": [_statement(statement) for statement in script.statements],
    }


def _assumed(each: Assumed) -> dict[str, Any]:
    return {
        "revision": each.revision,
        "source": str(each.assumption.source),
        "question": each.assumption.question,
        "answer": each.assumption.answer,
        "behind": each.behind,
    }


def _statement(statement: ScriptStatement) -> dict[str, Any]:
    return {
        "number": statement.number,
        "line": statement.line,
        "revision": statement.revision,
        "directive": statement.directive,
        "source": str(statement.source),
        "outside_transaction": statement.outside_transaction,
        "verbatim": statement.verbatim,
    }


def range_of(manifest: Mapping[str, Any]) -> Range | None:
    """Return the range that a manifest is about, or None when it doesn't say."""
    lower, upper = _ids(manifest.get("from")), _ids(manifest.get("to"))
    return None if lower is None or upper is None else Range(lower, upper)


def stops_of(manifest: Mapping[str, Any]) -> list[str]:
    """Return where the scripts of a manifest end before they should, in words; most often nowhere."""
    scripts = manifest.get("scripts")
    entries = scripts.values() if isinstance(scripts, dict) else ()
    return [str(entry["stops"]) for entry in entries if isinstance(entry, dict) and entry.get("stops")]


def _ids(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list) and all(isinstance(id_, str) for id_ in value):
        return tuple(value)
    return None
