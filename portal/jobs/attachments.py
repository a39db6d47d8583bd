"""Files sent with comments: handed to the virus scanner, and swept where nothing was sent."""

from __future__ import annotations

from datetime import datetime

import structlog

from config import Settings
from portal.adapters import attachments as store
from portal.adapters.database import unit_of_work
from portal.adapters.virus_scan import NoVerdict, scan
from portal.models import db
from portal.queries.attachments import known_names, to_scan
from portal.services.attachments import note_scan, sweep

log = structlog.get_logger()


def look_after(settings: Settings, now: datetime) -> int:
    """Sweep, and scan what waits; gives how many files the scanner answered for."""
    with unit_of_work():
        gone = sweep(now)
    store.forget(settings.data, gone)
    store.left_over(settings.data, int(now.timestamp()) // 60, known_names)
    db.session.rollback()
    return _scan_all(settings, now) if settings.clamav_url else 0


def _scan_all(settings: Settings, now: datetime) -> int:
    """Each file in a transaction of its own, and none is open while the scanner reads."""
    done = after = 0
    while waiting := to_scan(after):
        db.session.rollback()
        for each in waiting:
            after = each.id
            try:
                data = store.load(settings.data, each.stored, each.sha256)
            except OSError as error:
                log.error("attachment_lost", file=each.id, error=str(error))
                continue
            try:
                found = scan(settings.clamav_url, data)
            except NoVerdict as error:
                log.warning("attachment_not_scanned", file=each.id, error=str(error))
                continue
            except OSError as error:  # nobody answers: the next minute asks again
                log.warning("attachment_not_scanned", file=each.id, error=str(error))
                return done
            with unit_of_work():
                note_scan(now, each.id, found)
            if found:
                log.warning("attachment_infected", file=each.id, found=found)
            done += 1
    db.session.rollback()
    return done
