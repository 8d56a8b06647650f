"""The declarative base, its naming convention, its type map."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Date, LargeBinary, MetaData, Table, Text
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import DeclarativeBase, registry

from coopbook.db.types import MoneyColumn, RateColumn
from coopbook.money import Money, Rate

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class Base(DeclarativeBase):
    """What every table of the book descends from."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            int: BigInteger,
            str: Text,
            bytes: LargeBinary,
            date: Date,
            Money: MoneyColumn,
            Rate: RateColumn,
        },
    )


@sqlalchemy_event.listens_for(Table, "after_parent_attach")
def _without_rowid(table: Table, parent: Any) -> None:
    """Keep rows in their key's order on SQLite; they are smaller so."""
    table.dialect_options["sqlite"]["with_rowid"] = False
