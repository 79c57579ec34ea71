"""The base of every table model: one metadata, types that are alike on every server, a rule for constraints' names."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import DateTime, Double, Float, MetaData
from sqlalchemy.dialects import mysql
from sqlmodel import SQLModel

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# MySQL's own types would drop microseconds, and half the digits.
TIMESTAMP = DateTime(timezone=True).with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
SCORE = Float().with_variant(Double(), "mysql", "mariadb")

metadata = MetaData(naming_convention=NAMING_CONVENTION)


class Model(SQLModel):
    """A model whose constraints are named by NAMING_CONVENTION, on every server alike."""

    metadata: ClassVar[MetaData] = metadata
