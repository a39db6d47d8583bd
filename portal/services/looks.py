"""Writing down who of the staff saw words that the public may not see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert

from portal.domain.accounts import Actor
from portal.models import OriginalLook, db


def note(actor: Actor, now: datetime, comment_ids: Iterable[int]) -> int:
    """One entry for each of the comments, as they were seen together; gives how many."""
    rows = [
        {"comment_id": each, "user_id": actor.user_id, "at": now}
        for each in dict.fromkeys(comment_ids)
    ]
    if rows:
        db.session.execute(insert(OriginalLook), rows)
    return len(rows)
