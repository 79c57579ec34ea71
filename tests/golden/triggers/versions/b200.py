"""write the log by a trigger

Revision: b200
"""

import sqlalchemy as sa
from alembic import op

revision = "b200"
down_revision = "a100"


FUNCTION = """
CREATE FUNCTION log_part() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    -- it's only; a remark
    IF NEW.in_stock <> OLD.in_stock THEN
        INSERT INTO part_log (part_id, said) VALUES (NEW.id, 'stock; was ' || OLD.in_stock);
    END IF;
    RETURN NULL;
END;
$body$
"""
TRIGGERS = {
    "postgresql": """
CREATE TRIGGER part_logged AFTER UPDATE ON part FOR EACH ROW EXECUTE FUNCTION log_part()
""",
    "mariadb": """
CREATE TRIGGER part_logged AFTER UPDATE ON part FOR EACH ROW
BEGIN
    -- it's only; a remark
    IF NEW.in_stock <> OLD.in_stock THEN
        INSERT INTO part_log (part_id, said) VALUES (NEW.id, CONCAT('stock; was ', OLD.in_stock));
    END IF;
END
""",
    "sqlite": """
CREATE TRIGGER part_logged AFTER UPDATE ON part
WHEN NEW.in_stock <> OLD.in_stock
BEGIN
    -- it's only; a remark
    INSERT INTO part_log (part_id, said) VALUES (NEW.id, 'stock; was ' || OLD.in_stock);
END
""",
}
part = sa.table(
    "part", sa.column("id", sa.Integer()), sa.column("name", sa.String()), sa.column("in_stock", sa.Integer())
)


def upgrade():
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        op.execute(FUNCTION)
    op.execute(TRIGGERS[dialect])
    op.bulk_insert(part, [{"id": 1, "name": "bolt", "in_stock": 7}, {"id": 2, "name": "nut", "in_stock": 0}])
    op.execute(part.update().where(part.c.name == "bolt").values(in_stock=6))


def downgrade():
    on_table = " ON part" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER part_logged{on_table}")
    if on_table:
        op.execute("DROP FUNCTION log_part()")
    op.execute("DELETE FROM part_log")
    op.execute(part.delete().where(part.c.id.in_([1, 2])))
