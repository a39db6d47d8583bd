"""Sealing personal details with another key than they were sealed with."""

from __future__ import annotations

from sqlalchemy import Column, String, bindparam, select, type_coerce, update

from portal.models import Base, db
from portal.models.personal import Sealed, SealedJSON

AT_ONCE = 500


def sealed_columns() -> list[Column[object]]:
    """Every column that is sealed."""
    tables = Base.metadata.sorted_tables
    return [
        column
        for table in tables
        for column in table.columns
        if isinstance(column.type, Sealed | SealedJSON)
    ]


def reseal_some(key_id: str) -> int:
    """Seal the next values that another key sealed; gives how many, 0 when none is left."""
    for column in sealed_columns():
        table, raw = column.table, type_coerce(column, String)
        other = (raw != "") & ~raw.startswith(f"{key_id}:", autoescape=True)
        query = select(table.c.id, column).where(other).order_by(table.c.id).limit(AT_ONCE)
        found = db.session.execute(query).all()
        if found:
            changed = update(table).where(table.c.id == bindparam("at"))
            written = changed.values({column.name: bindparam("said", type_=column.type)})
            values = [{"at": at, "said": said} for at, said in found]
            db.session.connection().execute(written, values)
            return len(found)
    return 0
