"""In the folder of any Alembic project, its own env.py is enough: as `alembic init` and Flask-Migrate write it."""

from __future__ import annotations

import json
import re
import shutil
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from tests.projects import OFFLINE_ENV, Rev, ThrowAway, contents, make_project, run_cli

URL = "postgresql://user:hunter2@db.invalid/shop"
TABLE = 'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.String(20)))'


def made_from(template: str, root: Path, monkeypatch: pytest.MonkeyPatch, url: str = URL) -> ThrowAway:
    """Return what `alembic init` and `alembic revision` write, with a URL and one change."""
    root.mkdir()
    monkeypatch.chdir(root)
    toml = root / "pyproject.toml"
    if template.startswith("pyproject"):
        toml.write_text('[project]\nname = "shop"\n')
    config = Config(root / "alembic.ini", toml_file=toml if toml.exists() else None)
    command.init(config, "migrations", template)
    ini = root / "alembic.ini"
    text = re.sub(r"^sqlalchemy\.url = .*", f"sqlalchemy.url = {url}", ini.read_text(), flags=re.MULTILINE)
    ini.write_text(text)
    config = Config(ini, toml_file=toml if toml.exists() else None)
    written = command.revision(config, "first table", rev_id="a1")
    assert written
    assert not isinstance(written, list)
    change(Path(written.path))
    return ThrowAway(root)


def change(revision: Path) -> None:
    """Let each upgrade function of a revision that Alembic has written create a table."""
    text = revision.read_text()
    assert "pass" in text
    revision.write_text(re.sub(r"(def upgrade\w*\([^\n]*\n(?: {4}\"[^\n]*\n)?) {4}pass", rf"\1    {TABLE}", text))


SINGLE = {
    "generic": URL,
    "async": URL.replace("postgresql:", "postgresql+asyncpg:"),
    "pyproject": URL,
    "pyproject_async": URL.replace("postgresql:", "postgresql+asyncpg:"),
}


@pytest.mark.parametrize("template", SINGLE)
def test_template_works_as_it_is(template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its env.py, its settings and its revision file; nothing but the bundle is new, and no password is in it."""
    project = made_from(template, tmp_path / "project", monkeypatch, SINGLE[template])
    before = contents(project.root)
    outcome = project.run("sql", "base:head")
    assert outcome.code == 0, outcome.text
    text = (project.output / "base__a1" / "upgrade.sql").read_text()
    assert "CREATE TABLE t (" in text
    assert "hunter2" not in text
    assert project.run("check").code == 0
    shutil.rmtree(project.output)
    assert contents(project.root) == before


# Several databases ------------------------------------------------------------------------------------


@pytest.fixture
def multidb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ThrowAway:
    """Return a project of the template for several databases, one of them MySQL."""
    project = made_from("multidb", tmp_path / "project", monkeypatch)
    ini = project.root / "alembic.ini"
    ini.write_text(
        re.sub(r"(\[engine2\]\nsqlalchemy.url = ).*", r"\1mysql+pymysql://user:hunter2@h/d", ini.read_text())
    )
    return project


def test_each_database_of_the_template_is_a_target(multidb: ThrowAway) -> None:
    """With its own folder and dialect; the files that env.py opens for Alembic's SQL stay as they are."""
    (multidb.root / "engine1.sql").write_text("reviewed by hand")
    before = contents(multidb.root)
    outcome = multidb.run("sql", "base:head")
    assert outcome.code == 0, outcome.text
    text = {name: (multidb.output / name / "base__a1" / "upgrade.sql").read_text() for name in ("engine1", "engine2")}
    assert "--   Dialect      postgresql" in text["engine1"]
    assert "--   Dialect      mysql" in text["engine2"]
    assert "--   Regenerate   changescript sql base:a1 --target engine2\n" in text["engine2"]
    assert all("CREATE TABLE t (" in each for each in text.values())
    found = multidb.run("check")
    assert found.code == 0
    assert [line.split()[-1] for line in found.out.splitlines()] == ["engine1/base__a1", "engine2/base__a1"]
    assert "every revision is covered for target engine2" in multidb.run("list").out
    shutil.rmtree(multidb.output)
    assert contents(multidb.root) == before


def test_one_database_is_chosen_by_name(multidb: ThrowAway) -> None:
    """The bundle says which, so that `check` makes it again without being told, and no targets are looked for."""
    assert multidb.run("sql", "base:head", "--engine", "engine2").code == 0
    folder = multidb.output / "base__a1"
    text = (folder / "upgrade.sql").read_text()
    assert "--   Dialect      mysql" in text
    assert "--   Regenerate   changescript sql base:a1 --engine engine2\n" in text
    assert json.loads((folder / "manifest.json").read_text())["engine"] == "engine2"
    assert multidb.run("check").out == "current           base__a1\n"
    multidb.put(Rev("b1", ("a1",), upgrade="pass"))
    command_line = multidb.run("check").out.rpartition("to mend it:  changescript ")[2]
    assert command_line == "sql --engine engine2\n"
    multidb.file_of("b1").unlink()
    assert multidb.run("sql", "base:head", "--engine", "engine2", "--stdout").out == text
    nothing = multidb.run("sql", "base:head", "--engine", "engine3")
    assert nothing.code == 2
    assert "no database called 'engine3'\n  its names are: 'engine1', 'engine2'\n" in nothing.err


def test_database_of_a_target_is_a_setting(multidb: ThrowAway) -> None:
    """When it names another one, the bundles of that target are not current."""
    targets = '[tool.changescript.targets.main]\nengine = "engine1"\n'
    (multidb.root / "pyproject.toml").write_text(targets)
    assert multidb.run("sql", "base:head").code == 0
    assert {folder.name for folder in multidb.output.iterdir()} == {"main"}
    assert multidb.run("check").code == 0
    (multidb.root / "pyproject.toml").write_text(targets.replace("engine1", "engine2"))
    found = multidb.run("check")
    assert found.code == 1
    assert "setting engine was engine1, is engine2" in found.out
    refused = multidb.run("sql", "base:head", "--engine", "engine1")
    assert "--engine goes without targets" in refused.err


def test_hand_written_sql_is_for_one_of_several_databases(multidb: ThrowAway) -> None:
    """Two of them may have the same dialect, and yet need other SQL."""
    versions = multidb.root / "migrations" / "versions"
    (versions / "a1.engine1.postgresql.upgrade.sql").write_text("SELECT 'of engine1';\n")
    (versions / "a1.mysql.upgrade.sql").write_text("SELECT 'of none';\n")
    assert "of engine1" in multidb.run("sql", "base:head", "--engine", "engine1", "--stdout").out
    assert "of none" not in multidb.run("sql", "base:head", "--engine", "engine2", "--stdout").out


SEVERAL = {
    "named": ('for name in ("shop", "logs"):\n    RUN(engine_name=name)\n', "migrates 2 databases: 'shop', 'logs'"),
    "named by another argument": ('for name in ("shop", "logs"):\n    RUN(tenant=name)\n', "databases: 'shop', 'logs'"),
    "without names": ('for name in ("shop", "logs"):\n    RUN()\n', "run_migrations() 2 times, not once"),
    "one name twice": ('for name in ("shop", "shop"):\n    RUN(engine_name=name)\n', "run_migrations() 2 times"),
}


@pytest.mark.parametrize("kind", SEVERAL)
def test_several_databases_are_told_apart_or_refused(kind: str, tmp_path: Path) -> None:
    """What is found by their names is chosen by them; else a script would be for one of them by chance."""
    lines, said = SEVERAL[kind]
    env = "from alembic import context\n\n\ndef RUN(**names):\n    context.configure(url='postgresql://')\n"
    env += f"    with context.begin_transaction():\n        context.run_migrations(**names)\n\n\n{lines}"
    project = make_project(tmp_path / "project", [Rev("a")], env)
    revision = project.file_of("a")
    revision.write_text(revision.read_text().replace("grade():", "grade(**names):"))
    refused = project.run("sql", "base:a")
    assert refused.code == 2
    assert said in refused.err
    assert not project.output.exists()
    chosen = project.run("sql", "base:a", "--engine", "shop")
    assert (chosen.code == 0) == kind.startswith("named"), chosen.text


def test_single_database_needs_no_choice(tmp_path: Path) -> None:
    """Even if env.py names it; what is committed then says nothing of it."""
    env = OFFLINE_ENV.replace("run_migrations()", 'run_migrations(engine_name="shop")')
    project = make_project(tmp_path / "project", [Rev("a")], env)
    revision = project.file_of("a")
    revision.write_text(revision.read_text().replace("grade():", "grade(engine_name):"))
    assert project.run("sql", "base:a").code == 0
    assert "engine" not in json.loads((project.output / "base__a" / "manifest.json").read_text())
    assert "--engine" not in (project.output / "base__a" / "upgrade.sql").read_text()


# Flask-Migrate ----------------------------------------------------------------------------------------

FLASK_APP = """\
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///shop.db"
app.config["SQLALCHEMY_BINDS"] = BINDS
db = SQLAlchemy(app)
Migrate(app, db)
"""


def flask_project(template: str, root: Path, binds: str) -> ThrowAway:
    """Return what `flask db init` writes, and a revision as its template would be filled."""
    try:
        home = Path(str(distribution("flask-migrate").locate_file("flask_migrate/templates"))) / template
    except PackageNotFoundError:
        pytest.skip("Flask-Migrate is not installed")
    folder = root / "migrations"
    (folder / "versions").mkdir(parents=True)
    (root / "app.py").write_text(FLASK_APP.replace("= BINDS", f"= {binds}"))
    shutil.copy(home / "env.py", folder / "env.py")
    shutil.copy(home / "alembic.ini.mako", folder / "alembic.ini")
    return ThrowAway(root)


@pytest.mark.parametrize("template", ["flask", "aioflask"])
def test_flask_migrate_works_as_it_is(template: str, tmp_path: Path) -> None:
    """From the folder of the application and from that of env.py, which runs inside the application."""
    project = flask_project(template, tmp_path / "project", "{}")
    project.put(Rev("a1", upgrade=f"from flask import current_app\nassert current_app.name == 'app'\n{TABLE}"))
    before = contents(project.root)
    outcome = project.run("sql", "base:head")
    assert outcome.code == 0, outcome.text
    assert "CREATE TABLE t (" in (project.output / "base__a1" / "upgrade.sql").read_text()
    assert run_cli(project.root / "migrations", "check").code == 0
    assert project.run("check", "-c", "migrations/alembic.ini").code == 0
    shutil.rmtree(project.output)
    shutil.rmtree(project.root / "instance", ignore_errors=True)  # Flask-SQLAlchemy's, empty
    assert contents(project.root) == before


@pytest.mark.parametrize("template", ["flask-multidb", "aioflask-multidb"])
def test_flask_migrate_with_several_databases(template: str, tmp_path: Path) -> None:
    """The one without a name is chosen by an empty one."""
    project = flask_project(template, tmp_path / "project", '{"logs": "sqlite:///logs.db"}')
    text = Rev("a1", upgrade="FUNCTION()", downgrade="FUNCTION()").text()
    text = text.replace("grade():", "grade(engine_name):").replace("FUNCTION", 'globals()[f"create_{engine_name}"]')
    functions = (f"\n\ndef create_{name}():\n    {TABLE}\n" for name in ("", "logs"))
    project.file_of("a1").write_text(text + "".join(functions))
    refused = project.run("sql", "base:head")
    assert "env.py migrates 2 databases: '', 'logs'" in refused.err
    for name in ("", "logs"):
        assert "CREATE TABLE t (" in project.run("sql", "base:head", "--engine", name, "--stdout").out
    assert sorted(path.name for path in project.root.iterdir()) == ["app.py", "instance", "migrations"]


def test_missing_application_is_named(tmp_path: Path) -> None:
    """It is found as `flask` finds it; where that fails, the message says how to name it."""
    project = flask_project("flask", tmp_path / "project", "{}")
    (project.root / "app.py").rename(project.root / "shop.py")
    project.put(Rev("a1"))
    refused = project.run("sql", "base:head")
    assert refused.code == 2
    assert "FLASK_APP" in refused.err
    assert project.run("sql", "base:head", env={"FLASK_APP": "shop:app"}).code == 0


# Whatever env.py does besides -------------------------------------------------------------------------

CONFIGURED = """\
from alembic import context

{before}
context.configure(url="postgresql://", {options})
with context.begin_transaction():
    context.run_migrations()
"""

ENVIRONMENTS = {
    "include_object": (
        "def take(*_):\n    return True\n",
        "include_object=take, include_schemas=True",
        "CREATE TABLE t (",
    ),
    "hooks of autogenerate": (
        "def hook(*_):\n    raise AssertionError\n",
        "process_revision_directives=hook, render_item=hook, compare_type=hook, user_module_prefix='shop.'",
        "CREATE TABLE t (",
    ),
    "transaction_per_migration": ("", "transaction_per_migration=True, transactional_ddl=True", "CREATE TABLE t ("),
    "version_table": ("", 'version_table="shop_version", version_table_schema="meta"', "meta.shop_version"),
    "on_version_apply that only looks": (
        "seen = []\n\n\ndef look(ctx, step, heads, run_args, **_):\n    seen.append((step.up_revision_id, heads))\n",
        "on_version_apply=look",
        "CREATE TABLE t (",
    ),
    "on_version_apply that writes": (
        (
            "import sqlalchemy as sa\n\n\ndef log(ctx, step, **_):\n"
            '    ctx.connection.execute(sa.text("INSERT INTO audit VALUES (:id)").bindparams(id=step.up_revision_id))\n'
        ),
        "on_version_apply=[log]",
        "INSERT INTO audit VALUES (CAST('a1' AS VARCHAR));",
    ),
    "prints": ('print("migrating")\n', "", "CREATE TABLE t ("),
    "reads the environment": ('import os\n\nos.environ["SHOP_URL"]\n', 'dialect_opts={"paramstyle": "named"}', "t ("),
    "engine at import": (
        'from sqlalchemy import create_engine\n\nengine = create_engine("postgresql+asyncpg://u:p@h/d")\n',
        "",
        "CREATE TABLE t (",
    ),
    "models of the application": (
        "from shop.models import Base\n",
        "target_metadata=Base.metadata",
        "CREATE TABLE t (",
    ),
    "logging": (
        (
            "import logging\nfrom logging.config import fileConfig\n\nfileConfig(context.config.config_file_name)\n"
            'logging.getLogger("alembic.runtime").info("starts")\n'
        ),
        "",
        "CREATE TABLE t (",
    ),
}
LOGGING = """
[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys =
[logger_root]
level = INFO
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stdout,)
"""
MODELS = "import sqlalchemy as sa\nfrom sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n"


@pytest.mark.parametrize("kind", ENVIRONMENTS)
def test_env_py_does_what_it_wants(kind: str, tmp_path: Path) -> None:
    """What decides the SQL is in the script, and nothing that env.py says is."""
    before, options, expected = ENVIRONMENTS[kind]
    project = make_project(
        tmp_path / "project", [Rev("a1", upgrade=TABLE)], CONFIGURED.format(before=before, options=options)
    )
    with (project.root / "alembic.ini").open("a") as ini:
        ini.write(LOGGING)
    (project.root / "shop").mkdir()
    (project.root / "shop" / "models.py").write_text(MODELS)
    outcome = project.run("sql", "base:head", "--stdout", env={"SHOP_URL": URL})
    assert outcome.code == 0, outcome.text
    assert expected in " ".join(outcome.out.split())
    assert outcome.out.startswith("-- ====")
    assert "migrating" not in outcome.out


RUN = "with context.begin_transaction():\n    context.run_migrations()\n"
CONNECTED = f"""
with ENGINE.connect() as connection:
    context.configure(connection=connection)
    {RUN.replace(chr(10), chr(10) + "    ").rstrip()}
ENGINE.dispose()
"""
SECTION = 'context.config.get_section("alembic", {}), prefix="sqlalchemy."'
SEEN = {
    "a connection that tests hand over": (
        'connectable = context.config.attributes.get("connection", None)\nassert connectable is None\n'
        f"from sqlalchemy import engine_from_config, pool\nENGINE = engine_from_config({SECTION})\n{CONNECTED}"
    ),
    "an engine of the settings, whose URL has variables": (
        "import os\nfrom sqlalchemy import engine_from_config\n"
        'context.config.set_section_option("alembic", "DB_USER", os.environ["DB_USER"])\n'
        f"ENGINE = engine_from_config({SECTION})\n{CONNECTED}"
    ),
    "a loop of its own": (
        "import asyncio\nfrom sqlalchemy.ext.asyncio import async_engine_from_config\n"
        "def do(connection):\n    context.configure(connection=connection)\n"
        f"    {RUN.replace(chr(10), chr(10) + '    ')}\n"
        'async def run():\n    context.config.set_main_option("sqlalchemy.url", "postgresql+asyncpg://u:hunter2@h/d")\n'
        f"    engine = async_engine_from_config({SECTION})\n"
        "    async with engine.connect() as connection:\n        await connection.run_sync(do)\n"
        "    await engine.dispose()\n"
        "asyncio.get_event_loop().run_until_complete(run())\n"
    ),
    "an asynchronous call before": (
        f'import asyncio\nasync def f():\n    pass\nasyncio.run(f())\ncontext.configure(url="postgresql://")\n{RUN}'
    ),
    "what the command line has said": (
        "assert context.get_x_argument(as_dictionary=True) == {}\nassert context.get_tag_argument() is None\n"
        "assert not getattr(context.config.cmd_opts, 'autogenerate', False)\n"
        f'context.configure(url="postgresql://")\nassert context.get_context().opts is not None\n{RUN}'
    ),
    "naming conventions": (
        "import sqlalchemy as sa\n"
        'metadata = sa.MetaData(naming_convention={"pk": "pk_%(table_name)s"})\n'
        'context.configure(url="postgresql://", target_metadata=metadata)\n'
        f"{RUN}"
    ),
    "helpers of a package": (
        "class helpers:\n    @staticmethod\n    def include_object(*_): return True\n"
        "    @staticmethod\n    def writer(context, revision, directives): raise AssertionError\n"
        "    @staticmethod\n    def render_item(*_): return False\n"
        "take = helpers.include_object\n"
        'context.configure(url="postgresql://", include_object=take, include_name=take,'
        " process_revision_directives=helpers.writer, render_item=helpers.render_item)\n"
        f"{RUN}"
    ),
    "a URL as an object": (
        "from sqlalchemy import URL\n"
        f'context.configure(url=URL.create("postgresql+psycopg2", "u", "hunter2", "h"))\n{RUN}'
    ),
}


@pytest.mark.parametrize("kind", SEEN)
def test_env_py_as_it_is_seen_elsewhere_works(kind: str, tmp_path: Path) -> None:
    """Nothing of it has to change, and no secret is told."""
    env = f"from alembic import context\n{SEEN[kind]}"
    project = make_project(tmp_path / "project", [Rev("a1", upgrade=TABLE)], env)
    with (project.root / "alembic.ini").open("a") as ini:
        ini.write("sqlalchemy.url = postgresql://%(DB_USER)s:hunter2@h/d\nDB_USER = u\n")
    outcome = project.run("sql", "base:head", "--stdout", env={"DB_USER": "somebody"})
    assert outcome.code == 0, outcome.text
    assert "CREATE TABLE t (" in outcome.out
    assert ("CONSTRAINT pk_t PRIMARY KEY" in outcome.out) == (kind == "naming conventions")
    assert "hunter2" not in outcome.text


DRIVERS = {
    "postgresql+psycopg2": "postgresql",
    "postgresql+psycopg": "postgresql",
    "mysql+mysqldb": "mysql",
    "mysql+aiomysql": "mysql",
    "oracle+oracledb": "oracle",
    "mssql+pyodbc": "mssql",
}


@pytest.mark.parametrize("driver", DRIVERS)
def test_driver_need_not_be_installed(driver: str, tmp_path: Path) -> None:
    """Neither where env.py gives a URL, nor where it makes an engine."""
    url = f"{driver}://u:hunter2@h/d"
    for number, lines in enumerate(
        (
            f"context.configure(url={url!r})\n{RUN}",
            f"from sqlalchemy import create_engine\nENGINE = create_engine({url!r})\n{CONNECTED}",
        )
    ):
        env = f"from alembic import context\n{lines}"
        project = make_project(tmp_path / str(number), [Rev("a1", upgrade="op.execute('SELECT 1')")], env)
        outcome = project.run("sql", "base:head", "--stdout")
        assert outcome.code == 0, outcome.text
        assert f"--   Dialect      {DRIVERS[driver]}" in outcome.out
        assert "hunter2" not in outcome.text


FAILING = {
    "settings without a variable": (
        "from shop.settings import settings\n",
        "shop/settings.py:7: ValidationError: database_url, token have no value",
    ),
    "a variable of the environment": (
        'import os\nos.environ["SHOP_URL"]\n',
        "migrations/env.py:2: KeyError: 'SHOP_URL' is missing",
    ),
    "a variable in the URL": (
        'from alembic import context\ncontext.config.get_main_option("sqlalchemy.url")\n',
        "migrations/env.py:2: InterpolationMissingOptionError: db_user has no value, which sqlalchemy.url names",
    ),
    "logging without its sections": (
        "from logging import config\nfrom alembic import context\nconfig.fileConfig(context.config.config_file_name)\n",
        "migrations/env.py:3: ",
    ),
    "no URL": (
        "from alembic import context\ncontext.configure(url=None)\n",
        "env.py configures no url, which says what the database is\n  set sqlalchemy.url (postgresql:// is enough)",
    ),
    "no URL for an engine": (
        "from sqlalchemy import engine_from_config\nengine_from_config({}, prefix='sqlalchemy.')\n",
        "migrations/env.py:2: KeyError: 'url' is missing",
    ),
    "an old name of PostgreSQL": (
        "from alembic import context\ncontext.configure(url='postgres://u:hunter2@h/d')\n",
        "SQLAlchemy calls it postgresql: write postgresql:// in place of postgres://",
    ),
    "no offline mode": (
        "raise NotImplementedError('offline mode is not supported')\n",
        "migrations/env.py:1: NotImplementedError: offline mode is not supported",
    ),
    "an end of the process": ("import os\nos._exit(0)\n", "migrations/env.py:2: SystemExit"),
    "SQL of its own": (
        f"from alembic import context\ncontext.configure(url='postgresql://')\ncontext.execute('SET x = 1')\n{RUN}",
        "env.py emits SQL outside of context.run_migrations()",
    ),
}
SETTINGS = """\
from pydantic import BaseModel
import os
class Settings(BaseModel):
    database_url: str
    token: str
    other: str
settings = Settings(**{"other": "hunter2"})
"""


@pytest.mark.parametrize("kind", FAILING)
def test_env_py_that_can_not_work_is_told_by_what_is_missing(kind: str, tmp_path: Path) -> None:
    """By the names in the code, never by a value; --no-env does without it."""
    env, said = FAILING[kind]
    project = make_project(tmp_path / "project", [Rev("a1")], env)
    (project.root / "shop").mkdir()
    (project.root / "shop" / "settings.py").write_text(SETTINGS)
    with (project.root / "alembic.ini").open("a") as ini:
        ini.write("sqlalchemy.url = postgresql://%(DB_USER)s:hunter2@h/d\n")
    outcome = project.run("sql", "base:head")
    assert outcome.code == 2
    assert said in outcome.err
    assert "hunter2" not in outcome.text
    if "env.py failed offline" in outcome.err:
        assert "--no-env --dialect NAME" in outcome.err
    assert project.run("sql", "base:head", "--no-env", "--dialect", "postgresql").code == 0


def test_settings_in_pyproject_are_enough(tmp_path: Path) -> None:
    """Without an alembic.ini, with several folders of revisions, names by date, and env.py elsewhere."""
    root = tmp_path / "project"
    project = make_project(root, "")
    (root / "alembic.ini").unlink()
    (root / "pyproject.toml").write_text(
        '[tool.alembic]\nscript_location = "%(here)s/migrations"\nprepend_sys_path = ["."]\n'
        'file_template = "%%(year)d/%%(rev)s_%%(slug)s"\nrecursive_version_locations = true\n'
        'version_locations = ["%(here)s/migrations/versions", "%(here)s/shop/versions"]\n'
    )
    (root / "shop" / "versions" / "2026").mkdir(parents=True)
    (root / "migrations" / "versions" / "a1_first.py").write_text(Rev("a1").text())
    (root / "shop" / "versions" / "2026" / "b1_second.py").write_text(Rev("b1", ("a1",)).text())
    outcome = project.run("sql", "base:head")
    assert outcome.code == 0, outcome.text
    text = (project.output / "base__b1" / "upgrade.sql").read_text()
    assert text.index("CREATE TABLE t_a1") < text.index("CREATE TABLE t_b1")


DIRECTIVES = {
    "alembic_utils": (
        "from alembic_utils.pg_view import PGView\nfrom alembic_utils.pg_function import PGFunction",
        """op.create_entity(PGView("public", "names", "SELECT name, 'a:b' AS x FROM t"))
op.replace_entity(PGFunction("public", "one()", "returns integer as $$ select 1; $$ language sql"))
op.drop_entity(PGView("public", "old", "SELECT 1"))""",
        (
            """CREATE VIEW "public"."names" AS SELECT name, 'a:b' AS x FROM t;""",
            'CREATE OR REPLACE FUNCTION "public"."one"() returns integer as $$ select 1; $$ language sql;',
            'DROP VIEW "public"."old";',
        ),
    ),
    "alembic_postgresql_enum": (
        "from alembic_postgresql_enum import TableReference",
        """op.sync_enum_values(
    enum_schema="public", enum_name="mood", new_values=["sad", "ok"],
    affected_columns=[TableReference(table_schema="public", table_name="t", column_name="m")],
)""",
        (
            'ALTER TYPE "public"."mood" RENAME TO "mood_old";',
            """CREATE TYPE "public"."mood" AS ENUM('sad', 'ok');""",
            'DROP TYPE "public"."mood_old"',
        ),
    ),
}


@pytest.mark.parametrize("package", DIRECTIVES)
def test_directives_of_others_are_rendered(package: str, tmp_path: Path) -> None:
    """What they execute through Alembic's operations or through the bind is in the script."""
    pytest.importorskip(package)
    imports, upgrade, expected = DIRECTIVES[package]
    project = make_project(tmp_path / "project", [Rev("a1", upgrade=f"{imports}\n{upgrade}")])
    outcome = project.run("sql", "base:head", "--stdout")
    assert outcome.code == 0, outcome.text
    text = " ".join(outcome.out.split())
    assert [each for each in expected if each not in text] == []


# An env.py that knows no offline mode -----------------------------------------------------------------

ONLINE_ONLY = {
    "connects": """\
from alembic import context
from sqlalchemy import create_engine, pool

engine = create_engine("postgresql+psycopg2://user:hunter2@db.invalid/shop", poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, version_table="shop_version")
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
""",
    "connects asynchronously": """\
import asyncio
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine


def run(connection):
    context.configure(connection=connection, version_table="shop_version")
    with context.begin_transaction():
        context.run_migrations()


async def main():
    engine = create_async_engine("postgresql+asyncpg://user:hunter2@db.invalid/shop")
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(main())
""",
}


@pytest.mark.parametrize("kind", ONLINE_ONLY)
def test_env_py_that_always_connects_works(kind: str, tmp_path: Path) -> None:
    """It gets a connection to no database, whose dialect is that of its engine; what it configures counts."""
    project = make_project(tmp_path / "project", [Rev("a1")], ONLINE_ONLY[kind])
    outcome = project.run("sql", "base:head", "--stdout")
    assert outcome.code == 0, outcome.text
    assert "INSERT INTO shop_version (version_num)" in outcome.out
    assert "hunter2" not in outcome.text


def test_env_py_that_executes_is_refused(tmp_path: Path) -> None:
    """Online that would be executed before every migration, and no script would hold it."""
    env = ONLINE_ONLY["connects"].replace(
        "    context.configure", "    connection.execute(None)\n    context.configure", 1
    )
    project = make_project(tmp_path / "project", [Rev("a1")], env)
    outcome = project.run("sql", "base:head")
    assert outcome.code == 2
    assert "env.py asks its connection for .execute although it runs offline" in outcome.err


def test_mariadb_behind_a_mysql_url_is_mysql_to_revisions(tmp_path: Path) -> None:
    """As SQLAlchemy has it online: the name, the variants and the types are MySQL's, the server is MariaDB's."""
    upgrade = (
        "v = sa.Integer().with_variant(sa.Text(), 'mysql')\n"
        "op.create_table('t', sa.Column('u', sa.Uuid()), sa.Column('v', v))\n"
        "op.execute('INSERT INTO log VALUES (' + repr(op.get_bind().dialect.name) + ')')"
    )
    project = make_project(tmp_path, [Rev("a", upgrade=upgrade)], OFFLINE_ENV.replace("postgresql:", "mysql+pymysql:"))
    behind = project.run("sql", "base:a", "--stdout", "--dialect", "mariadb")
    assert behind.code == 0, behind.text
    assert "--   Dialect      mariadb" in behind.out
    assert "u CHAR(32),\n    v TEXT" in behind.out
    assert "('mysql')" in " ".join(behind.out.split())
    named = project.run("sql", "base:a", "--stdout", "--dialect", "mariadb", "--no-env")
    assert "u UUID,\n    v INTEGER" in named.out
