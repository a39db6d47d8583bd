"""What goes when its time is over, each thing by its own rule (docs/personal-data.md).

Every function deletes what is due and gives how much that was; none asks what day it is.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update

from portal.domain.record import Entry
from portal.domain.sessions import LONGEST
from portal.models import (
    Appeal,
    Comment,
    Consultation,
    DeskSession,
    DraftImport,
    Invitation,
    MatrixEdition,
    ModerationDecision,
    OriginalLook,
    OutboxMail,
    ResponseWorking,
    SheetImport,
    SheetRow,
    Submission,
    db,
)
from portal.models.ledger import write_down
from portal.models.submissions import KNOWN

PORTION = 500
LOOKS = "looks"  # the trigger on `original_look` knows it by this word
INVITED = timedelta(days=30)  # after an invitation ran out
UNDELIVERED = timedelta(days=30)  # a mail that nobody takes for so long will not arrive


def expire_senders(now: datetime, *, appeal_days: int, address_days: int) -> tuple[int, int]:
    """Addresses, and names that are not public, of the next senders whom nothing more can be told.

    That is when the final matrix has been out, or the consultation withdrawn, for the time of an
    appeal and `address_days`, and no decision on any comment of theirs is younger than that or
    under appeal. Gives how many, and the consultation; (0, 0) when none is left.
    """
    since = now - timedelta(days=appeal_days + address_days)
    for consultation_id in db.session.scalars(_over(since)).all():
        query = (
            select(Submission.id)
            .where(Submission.consultation_id == consultation_id, KNOWN, ~_waits(since))
            .order_by(Submission.id)
            .limit(PORTION)
        )
        ids = db.session.scalars(query).all()
        if ids:
            theirs = update(Submission).where(Submission.id.in_(ids))
            _run(theirs.values(email=""))
            _run(theirs.where(~Submission.name_public).values(name=""))
            return len(ids), consultation_id
    return 0, 0


def _over(since: datetime) -> Select[int]:
    """Consultations whose newest final edition is older, or that were withdrawn before."""
    newest = (
        select(func.max(MatrixEdition.published_at))
        .where(MatrixEdition.consultation_id == Consultation.id, ~MatrixEdition.interim)
        .correlate(Consultation)
        .scalar_subquery()
    )
    over = or_(newest < since, Consultation.withdrawn_at < since)
    return select(Consultation.id).where(over).order_by(Consultation.id)


def _waits(since: datetime) -> ColumnElement[bool]:
    """Something about one of their comments can still be told them."""
    theirs = Comment.submission_id == Submission.id
    decided = select(ModerationDecision.id).join(
        Comment, ModerationDecision.comment_id == Comment.id
    )
    appealed = select(Appeal.id).join(Comment, Appeal.comment_id == Comment.id)
    return or_(
        decided.where(theirs, ModerationDecision.decided_at >= since).exists(),
        appealed.where(theirs, or_(Appeal.outcome.is_(None), Appeal.decided_at >= since)).exists(),
    )


def expire_mail(now: datetime, *, days: int) -> int:
    """To whom mail went and what it said; that it went stays. What nobody takes is deleted."""
    sent = update(OutboxMail).where(
        OutboxMail.sent_at < now - timedelta(days=days), OutboxMail.recipient != ""
    )
    stuck = delete(OutboxMail).where(
        OutboxMail.sent_at.is_(None), OutboxMail.created_at < now - UNDELIVERED
    )
    return _run(sent.values(recipient="", params={})) + _run(stuck)


def expire_desk(now: datetime, *, working_days: int) -> dict[str, int]:
    """Of staff: sessions that are over, invitations that ran out, texts that were typed and never
    recorded."""
    left = ResponseWorking.saved_at < now - timedelta(days=working_days)
    return {
        "sessions": _run(delete(DeskSession).where(DeskSession.began_at < now - LONGEST)),
        "invitations": _run(delete(Invitation).where(Invitation.expires_at < now - INVITED)),
        "working copies": _run(delete(ResponseWorking).where(left)),
    }


def expire_looks(now: datetime, *, days: int) -> int:
    """Who looked at originals. It is noted first: without that the database deletes none."""
    looked = OriginalLook.at < now - timedelta(days=days)
    many = db.session.scalar(select(func.count()).select_from(OriginalLook).where(looked)) or 0
    if many:
        note(now, LOOKS, many)
        db.session.flush()
        _run(delete(OriginalLook).where(looked))
    return many


def expire_imports(now: datetime, *, days: int) -> tuple[int, list[str]]:
    """Rows of spreadsheets that were taken in: how many; and the files that nothing needs now."""
    done = select(SheetImport.id).where(SheetImport.finished_at < now - timedelta(days=days))
    rows = _run(delete(SheetRow).where(SheetRow.import_id.in_(done)))
    if not rows:
        return 0, []
    still = select(SheetImport.file_sha256).where(SheetImport.id.not_in(done))
    drafts = select(DraftImport.file_sha256)
    files = select(SheetImport.file_sha256).where(
        SheetImport.id.in_(done),
        SheetImport.file_sha256.not_in(still),
        SheetImport.file_sha256.not_in(drafts),
    )
    return rows, list(db.session.scalars(files.distinct()))


def note(now: datetime, what: str, many: int, consultation_id: int | None = None) -> None:
    """Keep in the activity log what was deleted because its time was over."""
    write_down(
        Entry.EXPIRED,
        at=now,
        subject=f"{what}: {many}",
        content={"what": what, "many": many},
        consultation_id=consultation_id,
    )


def _run(statement: object) -> int:
    options = {"synchronize_session": False}
    return int(db.session.execute(statement, execution_options=options).rowcount)  # type: ignore[call-overload]
