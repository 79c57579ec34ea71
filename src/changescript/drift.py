"""Compares what is committed with what the revisions say now, and tells why they differ; must not write."""

from __future__ import annotations

import difflib
import enum
import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from changescript.bundle import MANIFEST, SUMS, Bundle, read_sums
from changescript.committed import request_of
from changescript.content import EMPTY, Content, sha256
from changescript.errors import ChangescriptError, RevisionError
from changescript.generate import generate_bundles
from changescript.manifest import baseline_digest, file_digest, range_of, settings_values
from changescript.packages import package_versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from changescript.history import History
    from changescript.model import Project, Request


class Status(enum.Enum):
    """What a committed bundle is, compared with what the revisions say."""

    CURRENT = "current"
    CHANGED = "changed"
    HAND_EDITED = "hand-edited"
    INCOMPLETE = "incomplete"
    STRANGERS = "has other files"
    ORPHAN = "orphan"
    BROKEN = "can't be rendered"


_LARGE = 5_000_000
"""Bytes from which a script is not diffed."""
_UNEXPLAINED = "no revision, setting or package version has changed"

MENDABLE = (Status.CHANGED, Status.HAND_EDITED, Status.INCOMPLETE)
"""What writing the bundle again mends."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What `check` says of one folder."""

    name: str
    status: Status
    details: tuple[str, ...] = ()
    """Why, one line each."""
    diff: tuple[str, ...] = ()
    """Unified diff from the committed files to those that the revisions give, without line ends."""
    request: Request | None = None
    """What makes the bundle again."""


def check_bundles(project: Project, history: History, bundles: Sequence[Bundle]) -> Iterator[Finding]:
    """Yield one finding for each bundle, in their order."""
    requests = {bundle.name: request for bundle in bundles if (request := request_of(bundle, history))}
    if project.target:  # its settings say which dialect; the manifest may be from before they did
        requests = {name: replace(request, dialect="") for name, request in requests.items()}
    rendered = (
        zip(requests, generate_bundles(project, history, list(requests.values())), strict=True) if requests else ()
    )
    fresh = dict(rendered)
    for bundle in bundles:
        request = requests.get(bundle.name)
        if request is None:
            yield Finding(bundle.name, Status.ORPHAN, (_why_orphan(bundle, history),))
        else:
            yield _compare(project, history, bundle, request, fresh[bundle.name])


def _why_orphan(bundle: Bundle, history: History) -> str:
    if bundle.manifest is None:
        return f"it has no {MANIFEST} that can be read"
    revisions = range_of(bundle.manifest)
    if revisions is None or revisions.name != bundle.name:
        return f"its {MANIFEST} is about {revisions.name if revisions else 'no range'}"
    missing = sorted({*revisions.lower, *revisions.upper} - history.revisions.keys())
    return f"no revision is called {', '.join(missing)}" if missing else f"{revisions} is no range of this history"


def _compare(
    project: Project,
    history: History,
    bundle: Bundle,
    request: Request,
    fresh: Mapping[str, Content] | RevisionError,
) -> Finding:
    def finding(status: Status, details: Sequence[str] = (), diff: Sequence[str] = ()) -> Finding:
        return Finding(bundle.name, status, tuple(details), tuple(diff), request)

    if isinstance(fresh, ChangescriptError):
        return finding(Status.BROKEN, [str(fresh), *([fresh.hint] if fresh.hint else [])])
    missing = [f"{name} is missing" for name in fresh if name not in bundle.files]
    unknown = [f"{name} is not a file of a bundle" for name in bundle.files if name not in fresh]
    edited = _hand_edited(bundle)
    differs = dict(bundle.files) != dict(fresh)
    diff = list(_diff(bundle, fresh)) if differs else []
    reasons = list(_reasons(bundle, project, history)) if differs else []
    details = [*missing, *unknown, *edited, *reasons]
    if unknown:
        return finding(Status.STRANGERS, details, diff)
    if edited:
        return finding(Status.HAND_EDITED, details, diff)
    if missing:
        return finding(Status.INCOMPLETE, details, diff)
    if differs:
        return finding(Status.CHANGED, details or [_UNEXPLAINED], diff)
    return finding(Status.CURRENT)


def _hand_edited(bundle: Bundle) -> list[str]:
    """Return the files that are not what SHA256SUMS says they were when they were made."""
    sums = read_sums(bundle.files.get(SUMS, EMPTY).read())
    return [
        _how_edited(name, bundle.files[name], digest)
        for name, digest in sums.items()
        if name in bundle.files and bundle.files[name].sha256 != digest
    ]


def _how_edited(name: str, data: Content, digest: str) -> str:
    if sha256(data.read().replace(b"\r\n", b"\n")) == digest:
        return f"{name} was checked out with CRLF line ends; put `*.sql text eol=lf` into .gitattributes"
    return f"{name} is not what {SUMS} says"


def _diff(bundle: Bundle, fresh: Mapping[str, Content]) -> Iterator[str]:
    """Yield how the scripts differ; only where they do not, how the files about them do."""
    differing = [name for name, data in fresh.items() if name in bundle.files and bundle.files[name] != data]
    scripts = [name for name in differing if name.endswith(".sql")]
    for name in scripts or differing:
        committed, rendered = bundle.files[name].read(), fresh[name].read()
        if max(len(committed), len(rendered)) > _LARGE:
            yield _where_large_files_differ(f"{bundle.name}/{name}", committed, rendered)
            continue
        yield from difflib.unified_diff(
            committed.decode(errors="replace").splitlines(),
            rendered.decode().splitlines(),
            f"{bundle.name}/{name} (committed)",
            f"{bundle.name}/{name} (from the revisions)",
            lineterm="",
        )


def _where_large_files_differ(name: str, committed: bytes, rendered: bytes) -> str:
    """Return a line in place of a diff, whose time grows faster than the files."""
    # The script below its header: the header's digest differs whenever anything does.
    bodies = [data.partition(b"of all that follows\n")[2].splitlines() for data in (committed, rendered)]
    pairs = enumerate(itertools.zip_longest(*bodies), committed.count(b"\n") - len(bodies[0]) + 1)
    line = next((number for number, (old, new) in pairs if old != new), 1)
    return f"{name} differs from line {line} on; it is too large for a diff here"


def _reasons(bundle: Bundle, project: Project, history: History) -> Iterator[str]:
    """Yield what the bundle was made from that is different now."""
    manifest = bundle.manifest or {}
    yield from _changed_revisions(manifest, history)
    yield from _changed_overrides(manifest, project)
    yield from _changed_values("setting", manifest.get("settings"), settings_values(project.settings))
    if manifest.get("baseline") != baseline_digest(project):
        yield f"{project.settings.baseline or 'the baseline'} has changed"
    if project.target:
        yield from _changed_values("setting", {"engine": manifest.get("engine")}, {"engine": project.engine})
    yield from _changed_values("package", manifest.get("packages"), package_versions())


def _changed_revisions(manifest: Mapping[str, Any], history: History) -> Iterator[str]:
    for entry in _entries(manifest, "revisions"):
        revision = history.revisions.get(str(entry.get("id")))
        if revision and file_digest(revision) != entry.get("sha256"):
            yield f"{revision.path} (revision {revision.id}) has changed"


def _changed_overrides(manifest: Mapping[str, Any], project: Project) -> Iterator[str]:
    scripts = manifest.get("scripts")
    for script in scripts.values() if isinstance(scripts, dict) else ():
        for entry in _entries(script, "overrides") if isinstance(script, dict) else ():
            file = project.root / str(entry.get("file"))
            data = file.read_bytes().replace(b"\r\n", b"\n") if file.is_file() else b""
            if sha256(data) != entry.get("sha256"):
                yield f"{entry.get('file')} (in place of revision {entry.get('revision')}) has changed"


def _changed_values(kind: str, recorded: object, current: Mapping[str, Any]) -> Iterator[str]:
    before = recorded if isinstance(recorded, dict) else {}
    for name in sorted({*before, *current}):
        if before.get(name) != current.get(name):
            yield f"{kind} {name} was {before.get(name)}, is {current.get(name)}"


def _entries(manifest: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = manifest.get(key)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
