"""The base of all mapped classes: names of constraints, moments in UTC, codes with a CHECK."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Enum, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware moment; kept as UTC in both databases, SQLite having no time zones of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: Moment}
    )


def table_of(model: type[Base]) -> Table:
    """The table itself: a statement on it spares what mapping costs, where somebody waits."""
    return Base.metadata.tables[model.__tablename__]


def code_of(codes: type[StrEnum]) -> Enum:
    """A column type that holds one of `codes` by its value, kept by a CHECK constraint."""

    def values(members: Any) -> list[str]:
        return [member.value for member in members]

    return Enum(
        codes,
        values_callable=values,
        native_enum=False,
        create_constraint=True,
        length=24,
        name=codes.__name__.lower(),
    )


db = SQLAlchemy(model_class=Base)
