"""The schema below the first revision: what was made outside of the history; must not run anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.errors import ProjectError
from changescript.schema_model import SchemaModel

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationContext

    from changescript.model import Project

_VERSION_TABLE = "CREATE TABLE {name} (version_num VARCHAR(32) NOT NULL{key})"


def below_the_first_revision(project: Project, context: MigrationContext, baseline: str) -> SchemaModel:
    """Return the schema that the text of the baseline states, with the version table that Alembic makes first."""
    schema = SchemaModel(context.dialect)
    if baseline:
        schema.apply_sql(baseline, str(project.settings.baseline))
    if not context.version_table_schema:
        quote = context.dialect.identifier_preparer.quote
        key = f", CONSTRAINT {quote(f'{context.version_table}_pkc')} PRIMARY KEY (version_num)"
        keyed = context.opts.get("version_table_pk", True)
        schema.apply(_VERSION_TABLE.format(name=quote(context.version_table), key=key if keyed else ""))
    return schema


def read_baseline(project: Project) -> str:
    """Return the text of the file that the setting names, or nothing; raises ProjectError."""
    name = project.settings.baseline
    if not name:
        return ""
    try:
        return (project.root / name).read_bytes().replace(b"\r\n", b"\n").decode()
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(
            f"baseline: {name} can't be read: {type(error).__name__}",
            hint="write the DDL of what was there before the first revision into it, as UTF-8",
        ) from None
