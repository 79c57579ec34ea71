"""what a person has written by hand

Revision: a100
"""

from alembic import op

revision = "a100"
down_revision = None


CREATED = """
-- Two tables; the second one's rows refer to the first.
CREATE TABLE kind (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL);
CREATE TABLE thing (
    id INTEGER NOT NULL PRIMARY KEY,
    kind_id INTEGER REFERENCES kind (id), -- a; b
    note VARCHAR(40) DEFAULT 'none; yet' NOT NULL
);

/* and some; rows */
INSERT INTO kind (id, name) VALUES (1, 'it''s; one'), (2, 'two');
INSERT INTO thing (id, kind_id) SELECT id * 10, id FROM kind ORDER BY id;
"""


def upgrade():
    op.execute(CREATED)


def downgrade():
    op.execute("DROP TABLE thing; DROP TABLE kind")
