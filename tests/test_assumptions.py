"""What revisions are told about the schema, what they are refused, and what a script says of both."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.projects import OFFLINE_ENV, Rev, ThrowAway, make_project

if TYPE_CHECKING:
    from pathlib import Path

INSPECTOR = "inspector = sa.inspect(op.get_bind())\n"
MADE = (
    'op.create_table("u", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("n", sa.String(9)))\n'
    'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("u_id", sa.Integer()))'
)
READS = "for row in op.get_bind().execute(sa.text('SELECT id FROM t')):\n    op.execute('SELECT 1')\n"


def project_of(tmp_path: Path, *upgrades: str, downgrade: str = "pass", dialect: str = "postgresql") -> ThrowAway:
    """Return a line of revisions a, b, ... whose last one has this downgrade."""
    ids = [chr(ord("a") + number) for number in range(len(upgrades))]
    revs = [
        Rev(id_, (ids[number - 1],) if number else (), upgrade=upgrade, downgrade="pass")
        for number, (id_, upgrade) in enumerate(zip(ids, upgrades, strict=True))
    ]
    revs[-1] = Rev(revs[-1].id, revs[-1].down, upgrade=revs[-1].upgrade, downgrade=downgrade)
    return make_project(tmp_path / "project", revs, OFFLINE_ENV.replace("postgresql:", f"{dialect}:"))


def assumed(project: ThrowAway, range_: str, script: str = "upgrade.sql") -> list[str]:
    """Return the assumptions of a script, as its manifest has them."""
    outcome = project.run("sql", range_)
    assert outcome.code == 0, outcome.text
    manifest = json.loads((project.output / range_.replace(":", "__") / "manifest.json").read_text(encoding="utf-8"))
    return [f"{one['question']}: {one['answer']}" for one in manifest["scripts"][script]["assumptions"]]


def refused(project: ThrowAway, range_: str) -> str:
    """Return why a range is refused."""
    outcome = project.run("sql", range_)
    assert outcome.code == 2, outcome.text
    assert not (project.output / range_.replace(":", "__")).exists()
    return outcome.err


def printed(project: ThrowAway, range_: str, *options: str) -> str:
    """Return a script."""
    outcome = project.run("sql", range_, "--stdout", *options)
    assert outcome.code == 0, outcome.text
    return outcome.out


def on_one_line(script: str) -> str:
    """Return a script whose comments are not broken into lines."""
    return " ".join(script.replace("\n--", " ").split())


# What is assumed -----------------------------------------------------------------------------------

ANSWERED = {
    "has_table": (f"{INSPECTOR}inspector.has_table('t')", ["table or view t: exists"]),
    "no table": (f"{INSPECTOR}inspector.has_table('x')", ["table or view x: doesn't exist"]),
    "dialect": ("bind = op.get_bind()\nbind.dialect.has_table(bind, 't')", ["table or view t: exists"]),
    "several": (
        f"{INSPECTOR}list(inspector.has_multi_table(['t', 'x']).items())",
        ["table or view t: exists", "table or view x: doesn't exist"],
    ),
    "among all": (f"{INSPECTOR}'x' in inspector.get_table_names()", ["table x: doesn't exist"]),
    "twice on a line": (f"{INSPECTOR}inspector.has_table('t'); inspector.has_table('t')", ["table or view t: exists"]),
    "names, then more": (
        f"{INSPECTOR}[(one['name'], one['type']) for one in inspector.get_columns('t')]",
        ["columns of t: id, u_id"],
    ),
    "in a session": (
        (
            "from sqlalchemy.orm import Session\nwith Session(op.get_bind()) as session:\n"
            "    session.execute(sa.text(\"SELECT 1 FROM pg_indexes WHERE indexname = 'i'\")).scalar()"
        ),
        ["index i: doesn't exist"],
    ),
    "with parameters": (
        (
            "query = sa.text('SELECT 1 FROM information_schema.tables WHERE table_name = :n')\n"
            "op.get_bind().execute(query, {'n': 't'}).first()"
        ),
        ["table or view t: exists"],
    ),
    "asynchronously": (
        (
            "async def ask(connection):\n"
            "    return await connection.run_sync(lambda bind: sa.inspect(bind).has_table('t'))\n"
            "op.run_async(ask)"
        ),
        ["table or view t: exists"],
    ),
    "made if missing": (
        "sa.Table('t', sa.MetaData(), sa.Column('id', sa.Integer())).create(op.get_bind(), checkfirst=True)",
        ["table or view t: exists"],
    ),
    "a type made if missing": (
        "sa.dialects.postgresql.ENUM('a', name='mood').create(op.get_bind(), checkfirst=True)",
        ["type mood: doesn't exist"],
    ),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_answer_is_stated_with_its_line(name: str, tmp_path: Path) -> None:
    """In the manifest once, in the header with file and line, and as a condition of the guard."""
    upgrade, expected = ANSWERED[name]
    project = project_of(tmp_path, MADE, upgrade)
    assert assumed(project, "a:b") == expected
    script = (project.output / "a__b" / "upgrade.sql").read_text(encoding="utf-8")
    for each in expected:
        assert re.search(
            rf"^--   (?:Assumes|       )      migrations/versions/b\.py:\d+: {re.escape(each)}$", script, re.MULTILINE
        )
    assert script.count("IS NOT TRUE THEN") == len(expected)
    assert "pg_temp.require_schema(0)" in script


def test_query_that_is_answered_is_no_statement(tmp_path: Path) -> None:
    """One whose result nobody looks at stays one."""
    asking = "op.get_bind().execute(sa.text(\"SELECT 1 FROM pg_type WHERE typname = 'x'\"))"
    project = project_of(tmp_path, MADE, f"{asking}.scalar()\nop.execute('UPDATE u SET n = 1')", asking)
    assert "SELECT 1 FROM pg_type" not in printed(project, "a:b").partition("1 of 1: a -> b")[2]
    assert "UPDATE u" in printed(project, "a:b")
    assert "FROM pg_type" in printed(project, "b:c").partition("1 of 1: b -> c")[2]


def test_answer_is_as_of_when_it_was_asked(tmp_path: Path) -> None:
    """An inspector remembers, as online; and a result is that of the statement's time."""
    upgrade = (
        f"{INSPECTOR}before = inspector.get_columns('t')\n"
        "result = op.get_bind().execute(sa.text(\"SELECT 1 FROM pg_tables WHERE tablename = 'v'\"))\n"
        "op.create_table('v', sa.Column('id', sa.Integer()))\n"
        "op.add_column('t', sa.Column('more', sa.Integer()))\n"
        "assert result.scalar() is None\n"
        "assert [one['name'] for one in inspector.get_columns('t')] == ['id', 'u_id']\n"
        "assert len(sa.inspect(op.get_bind()).get_columns('t')) == 3"
    )
    found = assumed(project_of(tmp_path, MADE, upgrade), "a:b")
    assert found == [
        "names of the columns of t: id, u_id",
        "table v: doesn't exist",
        "names of the columns of t: id, u_id",
        "names of the columns of t: id, u_id, more",
    ]


def test_what_the_script_makes_itself_is_checked_at_its_beginning_alone(tmp_path: Path) -> None:
    """That the table is not there yet; its columns follow from the script."""
    project = project_of(tmp_path, MADE, f"{INSPECTOR}[one['type'] for one in inspector.get_columns('t')]")
    script = printed(project, "base:b")
    assert "columns of t: id, u_id\n" in script
    assert "wrong := CASE" in script
    assert script.count("IS NOT TRUE THEN 'table or view t: doesn''t exist'") == 1
    assert "behind = 2" not in script


ORDERS = (
    'op.create_table("orders", sa.Column("id", sa.Integer()), sa.Column("u_id", sa.Integer()),\n'
    '    sa.ForeignKeyConstraint(["u_id"], ["users.id"], name="fk_o"))'
)
BEHIND = {
    "a sequence that a column brings": (
        'op.execute("ALTER TABLE users ADD COLUMN n SERIAL")',
        f"{INSPECTOR}inspector.has_sequence('users_n_seq')",
        "sequence users_n_seq behind statement 1: doesn't exist",
    ),
    "the index of a constraint": (
        'op.create_unique_constraint("uq", "users", ["x"])',
        "op.get_bind().execute(sa.text(\"SELECT to_regclass('uq')\")).scalar()",
        "table, view, index or sequence uq behind statement 1: doesn't exist",
    ),
    "keys that go with what they need": (
        f'{ORDERS}\nop.execute("ALTER TABLE users DROP COLUMN id CASCADE")',
        f"{INSPECTOR}[one['name'] for one in inspector.get_foreign_keys('orders')]",
        "names of the foreign keys of orders behind statement 2: fk_o",
    ),
    "what an extension may bring": (
        'op.execute("CREATE EXTENSION postgis")',
        f"{INSPECTOR}inspector.has_table('spatial_ref_sys')",
        "table or view spatial_ref_sys behind statement 1: doesn't exist",
    ),
    "types that an extension brings": (
        'op.execute("CREATE EXTENSION earthdistance CASCADE")',
        "bind = op.get_bind()\nbind.dialect.has_type(bind, 'earth')",
        "type earth behind statement 1: doesn't exist",
    ),
}


@pytest.mark.parametrize("what", BEHIND)
def test_more_may_have_been_done_by_a_statement_on_what_nobody_knows(what: str, tmp_path: Path) -> None:
    """So each answer behind it is asked for once more there."""
    does, asks, said = BEHIND[what]
    assert said in on_one_line(printed(project_of(tmp_path, does, asks), "base:b"))


def test_what_is_known_is_asked_for_once(tmp_path: Path) -> None:
    """A statement on a table that the history has made does what the model says."""
    script = printed(project_of(tmp_path, MADE, "op.drop_column('t', 'u_id')\n" + ANSWERED["no table"][0]), "base:b")
    assert "behind statement" not in script


BEFORE = {
    "one that refers to itself": (
        "mysql",
        ["op.create_table('t', sa.Column('id', sa.Integer()), sa.Column('p', sa.ForeignKey('t.id')))"],
        "doesn't exist",
    ),
    "one of another schema": (
        "postgresql",
        ["op.create_table('t', sa.Column('id', sa.Integer()))", "op.execute('ALTER TABLE auth.t ADD COLUMN n INT')"],
        "doesn't exist",
    ),
    "while keys are not checked": (
        "mysql",
        [
            "op.execute('SET FOREIGN_KEY_CHECKS = 0')",
            "op.execute('CREATE TABLE u (id INT, t_id INT, FOREIGN KEY (t_id) REFERENCES t (id))')",
            "op.execute('CREATE TABLE IF NOT EXISTS t (id INT PRIMARY KEY)')",
        ],
        "doesn't exist",
    ),
    **{
        f"under the name of one from outside, {dialect}": (
            dialect,
            [
                "op.add_column('t', sa.Column('n', sa.Integer()))",
                "op.rename_table('t', 'old')",
                "op.create_table('t', sa.Column('id', sa.Integer()))",
            ],
            "exists",
        )
        for dialect in ("postgresql", "mysql", "sqlite")
    },
}


def test_what_a_query_finds_was_there_before_too(tmp_path: Path) -> None:
    """A query names no schema, or that it is looked up in any."""
    query = "op.get_bind().execute(sa.text(\"SELECT 1 FROM information_schema.tables WHERE table_name = 't'\")).first()"
    script = printed(project_of(tmp_path, "op.add_column('t', sa.Column('n', sa.Integer()))", query), "base:b")
    assert re.findall(r"'table or view t: ([^']+)'", script) == ["exists", "exists"]


@pytest.mark.parametrize("what", BEFORE)
def test_a_script_knows_what_was_there_before_it(what: str, tmp_path: Path) -> None:
    """A table that it makes itself wasn't, unless another one of that name was found without having been made."""
    dialect, does, said = BEFORE[what]
    project = project_of(tmp_path, "\n".join(does), f"{INSPECTOR}inspector.has_table('t')", dialect=dialect)
    script = on_one_line(printed(project, "base:b", "--no-env", "--dialect", dialect))
    assert re.search(r"Assumes migrations/versions/b.py:\d+: table or view t( behind statement \d)?: exists", script)
    told = re.findall(r"'(?:the database is not as assumed: )?table or view t: ([^']+(?:''[^']+)*)'", script)
    assert told[0].replace("''", "'") == said


def test_what_was_renamed_is_checked_behind_its_statement(tmp_path: Path) -> None:
    """The beginning tells nothing of it."""
    project = project_of(
        tmp_path, MADE, "op.rename_table('t', 'v')", f"{INSPECTOR}inspector.get_columns('v')[0]['type']"
    )
    script = printed(project, "a:c")
    assert "columns of v behind statement 1: id, u_id" in script
    assert script.index("ALTER TABLE t RENAME TO v") < script.index("CALL pg_temp.require_schema(1);")


def test_many_alike_stand_on_one_line(tmp_path: Path) -> None:
    """As the tables of a create_all()."""
    upgrade = (
        "metadata = sa.MetaData()\n"
        "for name in ('x', 'y', 'z'):\n    sa.Table(name, metadata, sa.Column('id', sa.Integer()))\n"
        "metadata.create_all(op.get_bind())"
    )
    script = printed(project_of(tmp_path, MADE, upgrade), "a:b")
    assert "b.py:19: table or view x, y, z: doesn't exist" in script


def test_scripts_without_questions_have_no_check(tmp_path: Path) -> None:
    """Nothing of all this is in them."""
    script = printed(project_of(tmp_path, MADE, "op.execute('UPDATE u SET n = 1')"), "a:b")
    assert "Assumes" not in script
    assert "require_schema" not in script


# What is refused -----------------------------------------------------------------------------------

REFUSED = {
    "rows": ("op.get_bind().execute(sa.text('SELECT n FROM u')).scalar()", "offline there are no rows"),
    "rows of the catalogue": (
        "op.get_bind().execute(sa.text('SELECT reltuples FROM pg_class')).scalar()",
        "it isn't a lookup of a name in the catalogue",
    ),
    "swallowed": (
        "try:\n    op.get_bind().execute(sa.text('SELECT n FROM u')).scalar()\nexcept Exception:\n    pass",
        "b.py:17",
    ),
    "a table that nobody makes": (
        "sa.Table('x', sa.MetaData(), autoload_with=op.get_bind())",
        "it reads what x looks like, which no revision before it makes",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_answer_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    """Never a guess."""
    upgrade, said = REFUSED[name]
    message = refused(project_of(tmp_path, MADE, upgrade), "a:b")
    assert message.startswith("changescript: revision b (migrations/versions/b.py:")
    assert said in message


def test_part_of_an_answer_that_only_the_server_knows_is_refused_where_it_is_read(tmp_path: Path) -> None:
    """Even if the revision swallows that."""
    made = "op.execute(\"CREATE TABLE t (at interval DEFAULT '1 day')\")"
    reads = (
        f"{INSPECTOR}column = inspector.get_columns('t')[0]\ntry:\n    column['default']\nexcept Exception:\n    pass"
    )
    assert "'default' of at isn't known offline" in refused(project_of(tmp_path, made, reads), "a:b")


def test_revision_that_reads_rows_is_followed_as_if_there_were_none(tmp_path: Path) -> None:
    """It is refused itself; what it does to the schema is known to those above it."""
    add = "op.add_column('t', sa.Column('{}', sa.Integer()))\n"
    reads = add.format("more") + READS + add.format("last")
    project = project_of(tmp_path, MADE, reads, f"{INSPECTOR}[one['name'] for one in inspector.get_columns('t')]")
    assert "b.py:17): the rows of a statement are read" in refused(project, "a:b")
    assert assumed(project, "b:c") == ["names of the columns of t: id, u_id, more, last"]


def test_revision_that_fails_hides_what_it_would_have_gone_on_to_name(tmp_path: Path) -> None:
    """What it has emitted is known; below that, nobody knows what it would have done."""
    fails = "op.add_column('t', sa.Column('more', sa.Integer()))\n{}['x']\nop.drop_table('z')"
    asks = f"{INSPECTOR}inspector.has_table('u')"
    project = project_of(
        tmp_path,
        MADE,
        fails,
        asks,
        f"{INSPECTOR}inspector.has_table('z')",
        f"{INSPECTOR}'t' in inspector.get_table_names()",
    )
    assert assumed(project, "b:c") == ["table or view u: exists"]
    message = refused(project, "c:d")
    assert "what revision b does can't be followed, because upgrade() failed offline: KeyError" in message
    assert "(migrations/versions/b.py:17)" in message
    assert assumed(project, "d:e") == ["table t: exists"]


def test_hand_written_sql_is_followed(tmp_path: Path) -> None:
    """It stands for the revision here too."""
    project = project_of(tmp_path, MADE, "{}['x']", f"{INSPECTOR}[one['name'] for one in inspector.get_columns('t')]")
    file = project.file_of("b").with_name("b.postgresql.upgrade.sql")
    file.write_text("ALTER TABLE t ADD COLUMN more integer;")
    assert assumed(project, "b:c") == ["names of the columns of t: id, u_id, more"]


def test_all_that_fails_in_a_range_is_told_together(tmp_path: Path) -> None:
    """A question behind a revision that fails is not answered by half of what that does."""
    project = project_of(tmp_path, MADE, "{}['x']; op.drop_table('t')", f"{INSPECTOR}inspector.has_table('t')", READS)
    message = refused(project, "a:d")
    assert "3 things can't be rendered" in message
    assert "what revision b does can't be followed" in message


def test_other_databases_have_no_model(tmp_path: Path) -> None:
    """They refuse the question where it is asked."""
    project = project_of(tmp_path, MADE, f"{INSPECTOR}inspector.has_table('t')", dialect="mssql")
    assert "b.py:16): sa.inspect() asks what the database holds" in refused(project, "a:b")


# Downgrades ----------------------------------------------------------------------------------------


def test_downgrade_is_told_the_schema_that_it_finds(tmp_path: Path) -> None:
    """The one above its upgrade; in a range, the one that the downgrades before it leave."""
    down = (
        f"{INSPECTOR}if 'more' in [one['name'] for one in inspector.get_columns('t')]:\n    op.drop_column('t', 'more')"
    )
    project = project_of(tmp_path, MADE, "op.add_column('t', sa.Column('more', sa.Integer()))", downgrade=down)
    assert assumed(project, "a:b", "rollback.sql") == ["names of the columns of t: id, u_id, more"]
    assert "DROP COLUMN more" in (project.output / "a__b" / "rollback.sql").read_text(encoding="utf-8")


KEY = "op.create_foreign_key(None, 't', 'u', ['u_id'], ['id'])"
UNIQUE = "op.create_unique_constraint(None, 't', ['{}'])"
DROP = "op.drop_constraint(None, 't', type_='{}')"


@pytest.mark.parametrize(
    ("dialect", "upgrade", "downgrade", "dropped"),
    [
        ("postgresql", KEY, DROP.format("foreignkey"), ["DROP CONSTRAINT t_u_id_fkey"]),
        ("mariadb", KEY, DROP.format("foreignkey"), ["DROP FOREIGN KEY t_ibfk_1"]),
        ("postgresql", UNIQUE.format("u_id"), DROP.format("unique"), ["DROP CONSTRAINT t_u_id_key"]),
        (
            "postgresql",
            f"{UNIQUE.format('id')}\n{UNIQUE.format('u_id')}",
            f"{DROP.format('unique')}\n{DROP.format('unique')}",
            ["DROP CONSTRAINT t_id_key", "DROP CONSTRAINT t_u_id_key"],
        ),
        (
            "postgresql",
            "op.create_check_constraint(None, 't', 'id > 0')",
            DROP.format("check"),
            ["DROP CONSTRAINT t_id_check"],
        ),
    ],
)  # fmt: skip
def test_constraint_without_a_name_is_dropped_by_the_one_it_has(
    dialect: str, upgrade: str, downgrade: str, dropped: list[str], tmp_path: Path
) -> None:
    """Autogenerate writes such downgrades; Alembic itself fails on them."""
    script = printed(project_of(tmp_path, MADE, upgrade, downgrade=downgrade, dialect=dialect), "a:b", "--rollback")
    assert re.findall(r"DROP (?:CONSTRAINT|FOREIGN KEY) \w+", script) == dropped


def test_constraint_that_the_revision_has_made_is_meant_where_several_fit(tmp_path: Path) -> None:
    """Another one was there before."""
    project = project_of(
        tmp_path, f"{MADE}\n{UNIQUE.format('id')}", UNIQUE.format("u_id"), downgrade=DROP.format("unique")
    )
    assert "DROP CONSTRAINT t_u_id_key" in printed(project, "a:b", "--rollback")


def test_constraint_that_could_be_another_one_is_refused(tmp_path: Path) -> None:
    """Two were made, and one is dropped."""
    both = f"{UNIQUE.format('id')}\n{UNIQUE.format('u_id')}"
    message = refused(project_of(tmp_path, MADE, both, downgrade=DROP.format("unique")), "a:b")
    assert "b.py:21): which unique constraint of t is dropped can't be told: it has no name, and 2 fit" in message


# The baseline --------------------------------------------------------------------------------------


def with_baseline(project: ThrowAway, text: str) -> ThrowAway:
    """Give the project a baseline."""
    (project.root / "pyproject.toml").write_text('[tool.changescript]\nbaseline = "old.sql"\n')
    (project.root / "old.sql").write_text(text)
    return project


def test_baseline_is_known_and_its_change_is_drift(tmp_path: Path) -> None:
    """The manifest has its digest."""
    project = project_of(tmp_path, f"{INSPECTOR}inspector.has_table('old')")
    with_baseline(project, "CREATE TABLE old (id int);\n")
    assert assumed(project, "base:a") == ["table or view old: exists"]
    assert project.run("check").code == 0
    (project.root / "old.sql").write_text("CREATE TABLE other (id int);\n")
    outcome = project.run("check")
    assert outcome.code == 1
    assert "old.sql has changed" in outcome.out


def test_baseline_that_can_not_be_read_is_named_where_it_matters(tmp_path: Path) -> None:
    """Before anything else."""
    project = with_baseline(project_of(tmp_path, MADE, f"{INSPECTOR}inspector.has_table('t')"), "")
    (project.root / "old.sql").unlink()
    assert "baseline: old.sql can't be read: FileNotFoundError" in refused(project, "base:a")


# Doctor --------------------------------------------------------------------------------------------


def test_doctor_tells_what_renders_under_assumptions(tmp_path: Path) -> None:
    """With the lines, in its JSON."""
    project = project_of(tmp_path, MADE, f"{INSPECTOR}inspector.has_table('t')", READS)
    outcome = project.run("doctor", "--json")
    found = {each["revision"]: each for each in json.loads(outcome.out)["revisions"]}
    assert found["b"]["upgrade"]["status"] == "renders under assumptions"
    assert found["b"]["upgrade"]["assumptions"] == ["migrations/versions/b.py:17: table or view t: exists"]
    assert found["c"]["upgrade"]["status"] == "needs an SQL override"


def test_a_table_that_is_made_after_another_one_is_checked_where_it_has_been_made(tmp_path: Path) -> None:
    """The other one may have a column more, of which nothing was asked."""
    asks = f"{INSPECTOR}[one['name'] for one in inspector.get_columns('c')]"
    project = project_of(tmp_path, MADE, f"op.execute('CREATE TABLE c AS SELECT * FROM t')\n{asks}", dialect="sqlite")
    script = printed(project, "a:b")
    assert script.index("CREATE TABLE c AS") < script.index("'names of the columns of c: id, u_id'")
