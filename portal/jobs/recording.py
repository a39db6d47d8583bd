"""What the clock asks for of the record: leaves placed, a checkpoint, its time stamp, bundles."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

import structlog

from config import Settings
from portal.adapters.database import unit_of_work
from portal.adapters.files import write_whole
from portal.adapters.signing import Keys
from portal.adapters.stamping import StampError, stamp
from portal.domain.errors import DomainError
from portal.formats.record_files.bundles import bundle_file, write_bundle, zipped
from portal.models import db
from portal.models.tree import waiting
from portal.queries.bundles import bundle_of
from portal.queries.matrices import every_edition
from portal.queries.proofs import newest_checkpoint, unstamped
from portal.services.record import keep_stamp, make_checkpoint, sequence

log = structlog.get_logger()


def bring_up(settings: Settings, now: datetime) -> int:
    """Place every leaf that waits and sign the tree; how many were placed.

    Raises `record_key_missing`.
    """
    placed = 0
    while waiting():
        with unit_of_work():
            placed += sequence()
    with unit_of_work():
        make_checkpoint(now, Keys(settings.data), settings.base_url)
    return placed


def record(settings: Settings, now: datetime) -> int:
    """The minute's work; what fails is told in the log, and is tried again the next minute."""
    placed = 0
    try:
        if waiting() or newest_checkpoint() is None:
            placed = bring_up(settings, now)
        stamp_newest(settings, now)
        for name, consultation_id, number in every_edition():
            _bundle(settings.data, name, consultation_id, number)
    except (DomainError, OSError) as error:
        log.error("the record stands still", error=str(error))
    finally:
        db.session.rollback()
    return placed


def stamp_newest(settings: Settings, now: datetime) -> None:
    """Have the newest checkpoint stamped, where an authority is set and has not done so."""
    checkpoint = unstamped() if settings.timestamp_url else None
    db.session.rollback()
    if checkpoint is None or settings.timestamp_roots is None:
        return
    try:
        data = checkpoint.note.encode()
        token = stamp(settings.timestamp_url, settings.timestamp_roots, data)
    except StampError as error:
        log.warning("no time stamp", size=checkpoint.size, error=str(error))
        return
    with unit_of_work():
        keep_stamp(now, checkpoint.size, token, settings.timestamp_url)


def _bundle(data: Path, slug: str, consultation_id: int, number: int) -> None:
    """Make the bundle of an edition that a checkpoint covers; others are left for later."""
    target = bundle_file(data, slug, number)
    if target.exists():
        return
    try:
        parts = bundle_of(consultation_id, number)
    except DomainError:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=".bundle-"))
    try:
        write_bundle(folder / "files", parts)
        zipped(folder / "files", folder / "zip", target.stem)
        write_whole(target, (folder / "zip").read_bytes())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
