"""Files on their way: kept for a form that is not sent yet, scanned, swept if it never is."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from portal.domain.attachments import (
    HELD_HOURS,
    MAX_HELD,
    FileKind,
    Scan,
    Standing,
    shown_name,
)
from portal.domain.errors import DomainError
from portal.models import Attachment, db


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was looked into: `sent` as it came, `kept` as it lies on the disk as `stored`."""

    name: str
    kind: FileKind
    stored: str
    sent: bytes
    kept: bytes


def check_room(size: int) -> None:
    """Raise `attachments_full` (503) where too much is kept that nobody has sent."""
    kept = select(func.sum(Attachment.size)).where(Attachment.comment_id.is_(None))
    if (db.session.scalar(kept) or 0) + size > MAX_HELD:
        raise DomainError("attachments_full", status=503)


def keep(now: datetime, upload: Upload) -> str:
    """Keep a file for a form; gives the token by which its comment claims it when it is sent."""
    token = secrets.token_hex(16)
    db.session.add(
        Attachment(
            token=token,
            stored=upload.stored,
            name=shown_name(upload.name),
            kind=upload.kind,
            size=len(upload.kept),
            sha256=hashlib.sha256(upload.kept).hexdigest(),
            sent_sha256=hashlib.sha256(upload.sent).hexdigest(),
            kept_at=now,
        )
    )
    db.session.flush()
    return token


def drop(tokens: list[str]) -> list[str]:
    """Forget files of a form that its writer took out again; gives their names on the disk."""
    gone = delete(Attachment).where(Attachment.token.in_(tokens), Attachment.comment_id.is_(None))
    return list(db.session.scalars(gone.returning(Attachment.stored)))


def sweep(now: datetime) -> list[str]:
    """Forget what was kept for a day and not sent; gives the names on the disk."""
    gone = delete(Attachment).where(
        Attachment.comment_id.is_(None), Attachment.kept_at < now - timedelta(hours=HELD_HOURS)
    )
    return list(db.session.scalars(gone.returning(Attachment.stored)))


def note_scan(now: datetime, file_id: int, found: str) -> None:
    """What the scanner said of a file: `found` names what it found, empty where it is clean.

    What it finds is never shown, whatever was decided.
    """
    scanned = update(Attachment).where(Attachment.id == file_id)
    infected = {"scan": Scan.INFECTED, "scan_said": found, "scanned_at": now}
    if not found:
        db.session.execute(scanned.values(scan=Scan.CLEAN, scan_said="", scanned_at=now))
        return
    hidden = {"standing": Standing.HELD, "ground": None}
    shown = scanned.where(Attachment.standing == Standing.SHOWN)
    db.session.execute(shown.values(**hidden))
    db.session.execute(scanned.values(**infected))
