"""What scripts make through psql is what online upgrades and downgrades with bound parameters make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from changescript.model import TransactionMode
from tests.db.scripts import (
    FIRST,
    LINKS,
    MANY,
    RULES,
    SINGLES,
    TO_LINKS,
    TRIGGER,
    WHOLE,
    apply,
    branching_bundles,
    bundle,
    bundles,
    ok_line,
    run_text,
)
from tests.db.stages import returned_dumps, stages_of

if TYPE_CHECKING:
    from tests.db.postgres import Server

EMPTY_VERSION_TABLE = "CREATE TABLE public.alembic_version"


def ends(range_: str) -> tuple[str, str]:
    """Return the two revisions of a range."""
    lower, _, upper = range_.partition(":")
    return lower, upper


def restored(server: Server, lower: str) -> str:
    """Return the dump that a rollback to `lower` must leave: at base, alembic_version stays and is empty."""
    return returned_dumps(server)["base"] if lower == "base" else stages_of(server).dumps[lower]


@pytest.mark.parametrize("range_", SINGLES)
def test_one_revision_equals_online_and_is_restored(server: Server, range_: str) -> None:
    """The upgrade leaves catalog and rows as online, the rollback as they were before it."""
    stages, scripts = stages_of(server), bundles()[range_]
    lower, upper = ends(range_)
    database = stages.seeded[lower].copy()
    apply(database, scripts.upgrade)
    assert database.dump() == stages.arrived[upper]
    apply(database, scripts.rollback)
    assert database.dump() == restored(server, lower)
    database.drop()


def test_rollback_after_rollback_equals_online(server: Server) -> None:
    """From head down, each rollback does to rows that came later what the online downgrade does."""
    database = stages_of(server).seeded[TRIGGER].copy()
    for range_ in reversed(SINGLES):
        apply(database, bundles()[range_].rollback)
        assert database.dump() == returned_dumps(server)[ends(range_)[0]], range_
    database.drop()


@pytest.mark.parametrize("range_", MANY)
def test_several_revisions_equal_online_in_both_transaction_modes(server: Server, range_: str) -> None:
    """A script of several revisions, in one transaction or one for each, equals one online run."""
    lower, upper = ends(range_)
    database = stages_of(server).seeded[lower].copy()
    online = database.copy()
    online.online_upgrade(upper)
    expected = online.dump()
    online.drop()
    for mode in TransactionMode:
        scripts = bundle(range_, mode)
        apply(database, scripts.upgrade)
        assert database.dump() == expected, mode
        apply(database, scripts.rollback)
        assert database.dump() == restored(server, lower), mode
    database.drop()


def test_revisions_one_by_one_equal_all_at_once(server: Server) -> None:
    """Five scripts leave the same as one, both ways."""
    by_one, at_once = server.create_database(), server.create_database()
    for range_ in SINGLES:
        apply(by_one, bundles()[range_].upgrade)
    apply(at_once, bundles()[WHOLE].upgrade)
    assert by_one.dump() == at_once.dump()
    apply(by_one, bundles()[WHOLE].rollback)
    for range_ in reversed(SINGLES):
        apply(at_once, bundles()[range_].rollback)
    assert by_one.dump() == at_once.dump() == restored(server, "base")


def test_an_empty_version_table_is_base_and_is_kept(server: Server) -> None:
    """Where alembic_version was there and empty, up and down again leaves every byte as it was."""
    database = server.create_database()
    apply(database, bundles()[TO_LINKS].upgrade)
    apply(database, bundles()[TO_LINKS].rollback)
    before = database.dump()
    assert EMPTY_VERSION_TABLE in before
    apply(database, bundles()[WHOLE].upgrade)
    apply(database, bundles()[WHOLE].rollback)
    assert database.dump() == before
    database.drop()


def test_online_goes_on_where_a_script_stopped_and_back(server: Server) -> None:
    """Scripts and online runs can take turns on one database."""
    database = stages_of(server).seeded[FIRST].copy()
    apply(database, bundles()[SINGLES[1]].upgrade)
    database.online_upgrade(LINKS)
    apply(database, bundles()[SINGLES[2]].rollback)
    database.online_downgrade(FIRST)
    assert database.dump() == stages_of(server).dumps[FIRST]
    database.drop()


def test_branches_are_merged_and_parted_again(server: Server) -> None:
    """Scripts over two heads and their merge stamp exactly the rows that Alembic would, and take them back."""
    database = server.create_database()
    heads = [database.heads()]
    dumps = []
    for scripts in branching_bundles().values():
        dumps.append(database.dump())
        apply(database, scripts.upgrade)
        heads.append(database.heads())
    assert heads == [[], ["left", "right"], ["merged"], ["q"], ["unique"]]
    for scripts, before in reversed(list(zip(branching_bundles().values(), dumps, strict=True))[1:]):
        apply(database, scripts.rollback)
        assert database.dump() == before, scripts.rollback.name
    database.drop()


def test_a_log_is_progress_and_the_computed_line(server: Server) -> None:
    """A log holds one line for each revision and, last, where the database is by its own word."""
    database = stages_of(server).seeded[RULES].copy()
    name = f'{database.name} "x"'
    server.maintenance.execute(f"""ALTER DATABASE "{database.name}" RENAME TO "{database.name} ""x""\"""")
    renamed = type(database)(server, name)
    finished = run_text(renamed, bundle(f"{RULES}:{TRIGGER}").upgrade.text)
    assert finished.exit_code == 0
    shown = [line for line in finished.stdout.splitlines() if ":" in line]
    assert shown == [
        "1 of 3: b7d2056ce318 -> 0f93ad4e7b61",
        "2 of 3: 0f93ad4e7b61 -> e5a1c47082fb",
        "3 of 3: e5a1c47082fb -> 92d60b3fe84c",
        ok_line(renamed, [TRIGGER]),
    ]
    assert finished.stdout.endswith(f"{shown[-1]}\n")
    assert [line for line in finished.stderr.splitlines() if "NOTICE" not in line] == []


def test_the_last_line_is_computed(server: Server) -> None:
    """Where the rows are not what they should be, no line says OK, even if every check were gone."""
    database = stages_of(server).seeded[RULES].copy()
    script = bundles()[SINGLES[1]].upgrade
    last = script.pieces[-1]
    assert "CASE" in last.sql
    opening = script.text[: script.pieces[0].start]
    finished = run_text(database, f"{opening}\n{last.sql}")
    assert finished.stdout.splitlines()[-1] == ok_line(database, [RULES])
    database.execute("DELETE FROM alembic_version")
    finished = run_text(database, f"{opening}\n{last.sql}")
    assert finished.stdout.splitlines()[-1] == f"FAILED: database {database.name} is at base"
    database.drop()
