"""Mail out of the outbox to the mail server, which nobody waits for and which may be away."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from portal.adapters import mail
from portal.adapters.database import unit_of_work
from portal.services.notifications import due, note_failure, note_sent, take


def hand_over(app: Flask, now: datetime) -> tuple[int, int]:
    """Hand over what is due; gives how many were, and how many were tried in vain.

    Where the server itself does not answer, the others are left for the next time: each would
    wait as long as the first.
    """
    sent = failed = 0
    for mail_id in due(now):
        with unit_of_work():
            letter = take(now, mail_id)
        if letter is None:
            continue
        try:
            mail.send(app.extensions["settings"], letter)
        except OSError as error:  # smtplib's errors are OSErrors
            with unit_of_work():
                note_failure(mail_id, error)
            failed += 1
            if not isinstance(error, mail.REFUSED):
                break
        else:
            with unit_of_work():
                note_sent(now, mail_id)
            sent += 1
    return sent, failed
