"""Taking turns when many are sending: who goes on at once, who waits, who shows some work.

Whoever is asked to wait has lost nothing and is not refused: the same form, sent when its turn
has come, is taken. What is sent is never judged here, only counted.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.domain.floods import Load, Paces, load_of, wait_of
from portal.models import SendingCount, SendingPace, Submission, db

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sending:
    """What is about to be sent: to where, under which key, from which block (`block_digest`)."""

    consultation_id: int
    key: str
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form brought with it: when its turn is, and whether it shows work."""

    turn: datetime | None = None
    proved: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the sender: to send from `turn` on, or in a flood to show some work."""

    load: Load
    turn: datetime


def block_digest(secret: str, block: str | None, now: datetime) -> str | None:
    """What a block of addresses is known by today, and by nobody tomorrow."""
    if block is None:
        return None
    day = hmac.digest(secret.encode(), f"radd block {now.date()}".encode(), hashlib.sha256)
    return hmac.digest(day, block.encode(), hashlib.sha256).hex()


def admit(now: datetime, sending: Sending, shown: Shown, paces: Paces) -> Asked | None:
    """None: it may be sent now. Otherwise what is asked before; nothing is taken until then.

    What was received already asks nothing: sending it again only fetches its receipt.
    """
    if _received(sending.key) or shown.proved:
        return None
    if shown.turn is not None:
        # Who comes back too early keeps their turn: it is not put off.
        early = shown.turn > now
        return Asked(load_of(_ahead(sending, now, paces)), shown.turn) if early else None
    return _take_turn(now, sending, paces)


def foresee(now: datetime, sending: Sending, paces: Paces) -> Asked | None:
    """The same for a form that is being read once more: what it will be asked is asked already,
    so that the wait passes while it is read."""
    if load_of(_ahead(sending, now, paces)) is Load.QUIET:
        return None
    return _take_turn(now, sending, paces)


def count(now: datetime, consultation_id: int, *, marked: bool) -> None:
    """Count a submission that is received now."""
    _count(consultation_id, now, received=1, marked=int(marked))


def forget(now: datetime) -> None:
    """Delete what is past: paces that are idle again, counts of more than a day ago."""
    db.session.execute(delete(SendingPace).where(SendingPace.busy_until <= now))
    db.session.execute(delete(SendingCount).where(SendingCount.minute < now - KEPT))


def _received(key: str) -> bool:
    return db.session.scalar(select(Submission.id).where(Submission.form_key == key)) is not None


def _whose(sending: Sending) -> tuple[str, ...]:
    """The block first: who shares its pace may have to wait, whatever comes from elsewhere."""
    own = f"consultation {sending.consultation_id}"
    return (sending.block, own) if sending.block else (own,)


def _read(sending: Sending, *, lock: bool) -> dict[str, datetime]:
    query = select(SendingPace.whose, SendingPace.busy_until)
    query = query.where(SendingPace.whose.in_(_whose(sending))).order_by(SendingPace.whose)
    found = db.session.execute(query.with_for_update() if lock else query)
    return {row.whose: row.busy_until for row in found}


def _ahead(sending: Sending, now: datetime, paces: Paces) -> timedelta:
    until = _read(sending, lock=False)
    block = paces.block.ahead(until.get(sending.block), now) if sending.block else timedelta(0)
    if block:
        return block
    return paces.consultation.ahead(until.get(_whose(sending)[-1]), now)


def _take_turn(now: datetime, sending: Sending, paces: Paces) -> Asked | None:
    """The next turn. What a block sends beyond its own pace is not held against all others."""
    until, ahead = _read(sending, lock=True), timedelta(0)
    if sending.block:
        ahead = paces.block.ahead(until.get(sending.block), now)
        _keep(sending.block, paces.block.taken(until.get(sending.block), now))
    if not ahead:
        whose = _whose(sending)[-1]
        ahead = paces.consultation.ahead(until.get(whose), now)
        _keep(whose, paces.consultation.taken(until.get(whose), now))
    load = load_of(ahead)
    if load is Load.QUIET:
        return None
    flood = load is Load.FLOOD
    _count(sending.consultation_id, now, waited=int(not flood), worked=int(flood))
    return Asked(load, now + wait_of(ahead))


def _keep(whose: str, until: datetime) -> None:
    made = _insert(SendingPace).values(whose=whose, busy_until=until)
    same = made.on_conflict_do_update(
        index_elements=[SendingPace.whose], set_={"busy_until": made.excluded.busy_until}
    )
    db.session.execute(same)


def _count(consultation_id: int, now: datetime, **more: int) -> None:
    counts = {"received": 0, "marked": 0, "waited": 0, "worked": 0, **more}
    minute = now.replace(second=0, microsecond=0)
    made = _insert(SendingCount).values(consultation_id=consultation_id, minute=minute, **counts)
    added = {name: getattr(SendingCount, name) + made.excluded[name] for name in counts}
    key = [SendingCount.consultation_id, SendingCount.minute]
    db.session.execute(made.on_conflict_do_update(index_elements=key, set_=added))


def _insert(table: type[SendingPace | SendingCount]) -> postgresql.Insert | sqlite.Insert:
    """An insert that knows what to do where the row is there; SQLAlchemy has one a database."""
    if db.session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
