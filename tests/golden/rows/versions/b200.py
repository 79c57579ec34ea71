"""many plain rows in several statements, then some change

Revision: b200
"""

import sqlalchemy as sa
from alembic import op

revision = "b200"
down_revision = "a100"


def upgrade():
    code = op.create_table(
        "code",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_code"),
    )
    op.bulk_insert(code, [{"id": number, "name": f"code {number}"} for number in range(1, 11)])
    op.execute(code.update().where(code.c.id.in_([2, 3, 5, 7])).values(name=sa.func.upper(code.c.name)))
    op.execute(code.delete().where(code.c.name.like("code 1%")))
    op.execute(
        sa.text("INSERT INTO code (id, name) SELECT id + :more, :name FROM code WHERE id < 4").bindparams(
            sa.bindparam("more", 100, type_=sa.Integer()), sa.bindparam("name", "a 'copy'", type_=sa.String())
        )
    )


def downgrade():
    op.drop_table("code")
