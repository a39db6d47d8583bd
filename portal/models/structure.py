"""The provisions of a working version written as one list, and what is kept so as to undo it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select

from portal.domain.drafts import DraftAct, DraftFormat, ProvisionKind
from portal.domain.structure import Row, Rows, eids_of
from portal.formats.canonical import digest
from portal.models.base import db
from portal.models.drafts import DraftEdit, DraftVersion, Provision, ProvisionMatch

MOST_EDITS = 100  # that can be undone, for each version
FIELDS = ("kind", "number", "marker", "heading", "text", "depth", "heading_en", "text_en")
MATCHED = ("version_id", "old_eid", "new_eid", "relation", "confirmed_by", "confirmed_at")
# What an import changes of the version itself, so that it too can be undone.
HEAD = (
    *("title", "source", "format", "file_name", "file_sha256"),
    *("page_lines", "to_confirm", "file_warnings"),
)


def load_rows(version_id: int) -> Rows:
    """The provisions of a version as the editor's list. One query."""
    query = select(*(getattr(Provision, field) for field in FIELDS))
    found = query.where(Provision.version_id == version_id).order_by(Provision.position)
    return tuple(Row(*row) for row in db.session.execute(found))


def write_rows(version: DraftVersion, rows: Rows) -> None:
    """Put `rows` in the place of the version's provisions; counts its revision on."""
    _carry_matches(version.id, rows)
    db.session.execute(delete(Provision).where(Provision.version_id == version.id))
    values = [
        {
            "version_id": version.id,
            "position": at,
            "eid": eid,
            **{field: getattr(row, field) for field in FIELDS},
        }
        for at, (row, eid) in enumerate(zip(rows, eids_of(rows), strict=True))
    ]
    if values:
        db.session.execute(insert(Provision), values)
    version.revision += 1
    db.session.flush()
    db.session.expire(version, ["provisions"])


def _carry_matches(version_id: int, rows: Rows) -> None:
    """What a drafter confirmed of a provision goes with its words; where those are not any more,
    it is forgotten."""
    of_it = ProvisionMatch.version_id == version_id
    query = select(*(getattr(ProvisionMatch, name) for name in MATCHED)).where(of_it)
    matches = [dict(row._mapping) for row in db.session.execute(query)]
    if not matches:
        return
    old = _words(load_rows(version_id))
    now = _words(rows)
    where = {said: eid for eid, said in reversed(now.items())}
    kept = {}
    for match in matches:
        eid = match["new_eid"]
        if eid and now.get(eid) != old.get(eid):
            eid = where.get(old.get(eid, ("", "")))
        if eid is not None:
            kept[match["old_eid"], eid] = {**match, "new_eid": eid}
    db.session.execute(delete(ProvisionMatch).where(of_it))
    if kept:
        db.session.execute(insert(ProvisionMatch), list(kept.values()))


def _words(rows: Rows) -> dict[str, tuple[str, str]]:
    """Heading and text by id, in reading order."""
    return {eid: (row.heading, row.text) for eid, row in zip(eids_of(rows), rows, strict=True)}


def remember(
    version: DraftVersion,
    act: DraftAct,
    eid: str,
    *,
    at: datetime,
    by: int | None,
    head: Iterable[str] = (),
) -> None:
    """Keep how the version is now, before `act`; what had been undone can not be done again."""
    of_it = DraftEdit.version_id == version.id
    db.session.execute(delete(DraftEdit).where(of_it, DraftEdit.undone))
    number = (db.session.scalar(select(func.max(DraftEdit.number)).where(of_it)) or 0) + 1
    db.session.execute(delete(DraftEdit).where(of_it, DraftEdit.number <= number - MOST_EDITS))
    before = pack(version, head)
    db.session.add(
        DraftEdit(
            version_id=version.id, number=number, act=act, eid=eid, before=before, at=at, by=by
        )
    )
    db.session.flush()


def pack(version: DraftVersion, head: Iterable[str] = ()) -> bytes:
    """How a version is now: its provisions, and of itself what `head` names."""
    rows = [[getattr(row, field) for field in FIELDS] for row in load_rows(version.id)]
    kept = {"rows": rows, "head": {name: getattr(version, name) for name in head}}
    return zlib.compress(json.dumps(kept, ensure_ascii=False).encode())


def restore(version: DraftVersion, packed: bytes) -> bytes:
    """Bring back what was packed; gives how it was until now, packed alike."""
    kept: dict[str, Any] = json.loads(zlib.decompress(packed))
    now = pack(version, kept["head"])
    for name, value in kept["head"].items():
        setattr(version, name, DraftFormat(value) if name == "format" else value)
    write_rows(version, tuple(Row(ProvisionKind(row[0]), *row[1:]) for row in kept["rows"]))
    return now


def text_digest(version_id: int) -> str:
    """The digest of a version's provisions in reading order, translations and all."""
    names = ("eid", *FIELDS)
    query = select(*(getattr(Provision, name) for name in names))
    found = query.where(Provision.version_id == version_id).order_by(Provision.position)
    rows = [dict(zip(names, row, strict=True)) for row in db.session.execute(found)]
    return digest([{**row, "kind": row["kind"].value} for row in rows])
