"""Freezing: the rows as they stand, compared with the edition before, counted and digested."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import select

from portal.domain.editions import Difference, Issued, changed_columns
from portal.domain.matrices import Incomplete
from portal.domain.tally import Counts, Tally
from portal.formats.canonical import canonical_row
from portal.models import MatrixEdition, MatrixRow, db
from portal.queries.checking import check
from portal.queries.frame import load_frame
from portal.queries.freezing import PORTION, Ready, ready_rows

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Frozen:
    """What an edition says of its rows, when all are written."""

    counts: Counts
    places: tuple[tuple[int | None, str], ...]
    differences: dict[str, Any]
    digest: str


def newest_issued(consultation_id: int) -> Issued | None:
    """The newest edition of a consultation."""
    query = (
        select(MatrixEdition.id, MatrixEdition.number, MatrixEdition.interim)
        .where(MatrixEdition.consultation_id == consultation_id)
        .order_by(MatrixEdition.number.desc())
        .limit(1)
    )
    found = db.session.execute(query).first()
    return Issued(*found) if found else None


def freeze(
    consultation_id: int, interim: bool, run_id: int, write: Callable[[Rows, int], None]
) -> Frozen:
    """Give every row to `write`, in portions, with how many there were before and with them.

    Raises `Incomplete` where a final edition lacks anything: `Incomplete.gaps`.
    """
    found = check(consultation_id)
    if found.gaps and not interim:
        raise Incomplete(list(found.gaps))
    against = _Against(newest_issued(consultation_id))
    tally, hashed = Tally(), hashlib.sha256(b"[")
    ready = ready_rows(load_frame(consultation_id, found.open))
    done = 0
    while portion := list(islice(ready, PORTION)):
        differences = against.compare(portion)
        for position, row in enumerate(portion, start=done):
            hashed.update((b"," if position else b"") + canonical_row(row.cells))
            _count(tally, row)
        rows = [
            _frozen(run_id, done + at, row, differences.get(row.ref))
            for at, row in enumerate(portion)
        ]
        done += len(portion)
        write(rows, done)
    hashed.update(b"]")
    return Frozen(tally.counts(), tuple(tally.places), against.told(), hashed.hexdigest())


def _count(tally: Tally, row: Ready) -> None:
    tally.add(
        comment_id=row.comment_id,
        text=row.text_key,
        sender=row.sender_key,
        disposition=row.disposition,
        sender_class=row.sender_class,
        place=(row.document_number, row.article),
        cited=row.cited,
    )


def _frozen(
    run_id: int, position: int, row: Ready, difference: Difference | None
) -> dict[str, Any]:
    return {
        "edition_id": run_id,
        "position": position,
        "ref": row.ref,
        "comment_id": row.comment_id,
        "document_number": row.document_number,
        "article": row.article,
        "disposition": row.disposition,
        "sender_class": row.sender_class,
        "difference": difference,
        "folded": " ".join(row.words),
        "cells": row.cells,
    }


class _Against:
    """The edition before, row by row; of a first edition nothing differs."""

    def __init__(self, before: Issued | None) -> None:
        self._before = before
        self._seen: set[str] = set()
        self._counted: Counter[Difference] = Counter()

    def compare(self, portion: Iterable[Ready]) -> dict[str, Difference]:
        """How rows differ, by reference; what is as it was is left out."""
        if self._before is None:
            return {}
        rows = {row.ref: row.cells for row in portion}
        self._seen.update(rows)
        kept = select(MatrixRow.ref, MatrixRow.cells).where(
            MatrixRow.edition_id == self._before.id, MatrixRow.ref.in_(list(rows))
        )
        earlier: dict[str, dict[str, Any]] = dict(db.session.execute(kept).all())
        found = {
            ref: kind for ref, cells in rows.items() if (kind := _kind(earlier.get(ref), cells))
        }
        self._counted.update(found.values())
        return found

    def told(self) -> dict[str, Any]:
        """What the edition says of its differences; nothing for a first one."""
        if self._before is None:
            return {}
        own = MatrixRow.edition_id == self._before.id
        refs = select(MatrixRow.ref).where(own).order_by(MatrixRow.position)
        removed = [ref for ref in db.session.scalars(refs) if ref not in self._seen]
        return {
            "edition": self._before.number,
            "added": self._counted[Difference.ADDED],
            "changed": self._counted[Difference.CHANGED],
            "removed": removed,
        }


def _kind(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Difference | None:
    if before is None:
        return Difference.ADDED
    return Difference.CHANGED if changed_columns(before, after) else None
