"""Once a day: what goes when its time is over, and a line in the activity log for each kind."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from flask import Flask

from portal.adapters import originals
from portal.adapters.database import unit_of_work
from portal.formats.dates import in_amman
from portal.services import retention

DONE = "retention_done"


def run_daily(app: Flask, now: datetime) -> int:
    """Do it, unless this process did today; gives how many things were deleted."""
    today = in_amman(now).date()
    if app.extensions.get(DONE) == today:
        return 0
    app.extensions[DONE] = today
    return run(app, now)


def run(app: Flask, now: datetime) -> int:
    """Everything that is due, each kind in transactions of its own."""
    settings = app.extensions["settings"]
    total = _senders(now, settings.appeal_days, settings.address_days)
    counted: dict[str, int] = {}
    with unit_of_work():
        counted["mail"] = retention.expire_mail(now, days=settings.mail_days)
        counted["rows of files"], files = retention.expire_imports(now, days=settings.import_days)
        counted |= retention.expire_desk(now, working_days=settings.working_days)
        for what, many in counted.items():
            if many:
                retention.note(now, what, many)
        total += retention.expire_looks(now, days=settings.look_days)
    for name in files:
        originals.place_of(settings.data, name).unlink(missing_ok=True)
    return total + sum(counted.values())


def _senders(now: datetime, appeal_days: int, address_days: int) -> int:
    """Some hundred senders a transaction; one line for each consultation in the end."""
    gone: Counter[int] = Counter()
    while True:
        with unit_of_work():
            many, consultation_id = retention.expire_senders(
                now, appeal_days=appeal_days, address_days=address_days
            )
        if not many:
            break
        gone[consultation_id] += many
    with unit_of_work():
        for consultation_id, many in gone.items():
            retention.note(now, "details of senders", many, consultation_id)
    return gone.total()
