"""docs/personal-data.md speaks of every table and every column of text, and of nothing else."""

from __future__ import annotations

import re

from sqlalchemy import JSON, Column, Enum, String

from config import ROOT
from portal.models import Base
from portal.models.personal import Sealed, SealedJSON
from tests.architecture.tree import read

PAGE = read(ROOT / "docs" / "personal-data.md")
INVENTORY = PAGE[PAGE.index("## Inventory") : PAGE.index("## Keys")]
TABLES = INVENTORY[INVENTORY.index("Tables that hold nothing") :]
ROW = re.compile(r"^\| (`\w+\.\w+`.*?) \| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE)
NAMED = re.compile(r"`(\w+\.\w+)`")
CLASSES = ("secret", "sealed", "held", "published", "staff")


def holds_text(column: Column[object]) -> bool:
    """Whether somebody's words or details could stand in it: no codes, numbers or moments."""
    kinds = (String, JSON, Sealed, SealedJSON)
    return isinstance(column.type, kinds) and not isinstance(column.type, Enum)


def test_every_column_of_text_is_in_the_inventory() -> None:
    plain = set(re.findall(r"`(\w+)`", TABLES))
    tables = Base.metadata.tables
    assert plain <= set(tables)
    wanted = {
        f"{table.name}.{column.name}"
        for table in tables.values()
        for column in table.columns
        if table.name not in plain and holds_text(column)
    }
    # Who did what is told of by number alone, in words and not column by column.
    named = set(NAMED.findall(INVENTORY)) - {"record_entry.actor_id"}
    assert sorted(wanted - named) == []
    assert sorted(named - wanted) == []


def test_what_is_said_to_be_sealed_is_and_nothing_else() -> None:
    rows = ROW.findall(INVENTORY)
    said = {name for row in rows if "(sealed)" in row[0] for name in NAMED.findall(row[0])}
    sealed = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Sealed | SealedJSON)
    }
    assert said == sealed
    assert {column.type.about for table in Base.metadata.tables.values() for column in table.columns
            if isinstance(column.type, Sealed | SealedJSON)} == sealed  # fmt: skip


def test_every_row_says_why_what_class_who_and_how_long() -> None:
    rows = ROW.findall(INVENTORY)
    assert len(rows) > 20
    for column, why, class_, who, how_long in rows:
        assert why, column
        assert class_.startswith(CLASSES), column
        assert who, column
        assert how_long, column
