"""Publishing the response matrix: all or nothing, and then never changed.

A publication is asked for, its rows are frozen under its id, and at last the edition itself is
written: until then nobody sees any of it. `publish` does it all at once, for as many rows as a
request can wait for; the job (`jobs.editions`) does it in portions.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from portal.domain.accounts import Actor
from portal.domain.consultations import Event, after, phase
from portal.domain.editions import (
    UNFINISHED,
    UNPUBLISHED,
    RunStatus,
    corrected_by_next,
    refuse_unseen,
)
from portal.domain.errors import DomainError
from portal.domain.matrices import Incomplete
from portal.domain.record import Entry
from portal.models import Comment, Consultation, EditionFile, EditionRun, MatrixEdition, db
from portal.models.edition_rows import sweep, write_portion
from portal.models.ledger import write_down
from portal.models.telling import tell_next
from portal.queries.checking import check
from portal.queries.consultations import dates
from portal.queries.editions import Frozen, freeze, newest_issued
from portal.queries.seals import seal

KILLED_AFTER = timedelta(minutes=2)  # no portion takes as long as that
FILE_KILLED_AFTER = timedelta(minutes=15)  # no single file takes as long as that
MOST_ATTEMPTS = 8


class Disturbed(Exception):  # noqa: N818 (it says what happened)
    """What the rows rest on was touched while they were being frozen: begin again."""


def request_edition(
    actor: Actor,
    now: datetime,
    consultation_id: int,
    *,
    reason: str = "",
    interim: bool = False,
    newest_seen: int | None = None,
) -> EditionRun:
    """Ask for the next edition; `interim`: of what is answered so far.

    `newest_seen`: the newest edition that whoever asks has seen (0: none), so that a form whose
    answer was lost, sent again, publishes once.

    Raises `Incomplete` with all that is missing, `interim_nothing_answered`, what
    `corrected_by_next` raises, `phase_refuses` at the wrong time, and (409)
    `publication_under_way` to the second of two who ask at once, `edition_meanwhile` later.
    """
    consultation = _locked(consultation_id)
    _check_phase(consultation, now, interim=interim)
    if _is_under_way(consultation_id):
        raise DomainError("publication_under_way", status=409)
    refuse_unseen(newest := newest_issued(consultation_id), newest_seen)
    corrected_by_next(newest, interim=interim, reason=reason)
    _refuse_gaps(consultation_id, interim=interim)
    received = select(func.count()).where(Comment.consultation_id == consultation_id)
    run = EditionRun(
        consultation_id=consultation_id,
        interim=interim,
        reason=reason.strip(),
        status=RunStatus.WAITING,
        total=db.session.scalars(received).one(),
        done=0,
        attempts=0,
        told_up_to=0,
        requested_by=actor.user_id,
        requested_at=now,
        changed_at=now,
        error_code="",
        error_params={},
    )
    db.session.add(run)
    db.session.flush()
    return run


def _locked(consultation_id: int) -> Consultation:
    # A write to the row is what both databases make others wait for.
    db.session.execute(
        update(Consultation)
        .where(Consultation.id == consultation_id)
        .values(next_number=Consultation.next_number)
    )
    return db.session.get_one(Consultation, consultation_id, populate_existing=True)


def _check_phase(consultation: Consultation, now: datetime, *, interim: bool) -> None:
    after(phase(dates(consultation), now), Event.ANSWER_IN_PART if interim else Event.ANSWER)


def _is_under_way(consultation_id: int) -> bool:
    query = select(EditionRun.id).where(
        EditionRun.consultation_id == consultation_id, EditionRun.status.in_(UNFINISHED)
    )
    return db.session.scalar(query.limit(1)) is not None


def _refuse_gaps(consultation_id: int, *, interim: bool) -> None:
    found = check(consultation_id)
    if not interim and found.gaps:
        raise Incomplete(list(found.gaps))
    if interim and len(found.open) == found.received:
        raise DomainError("interim_nothing_answered", status=409)


def publish(
    actor: Actor,
    now: datetime,
    consultation_id: int,
    *,
    reason: str = "",
    interim: bool = False,
    newest_seen: int | None = None,
) -> MatrixEdition:
    """Publish the next edition in this one transaction, and tell every author.

    For consultations of a size that a request can wait for. Raises what `request_edition` raises.
    """
    run = request_edition(
        actor, now, consultation_id, reason=reason, interim=interim, newest_seen=newest_seen
    )
    run.status, run.attempts = RunStatus.FREEZING, 1
    db.session.flush()
    sealed = seal(consultation_id, interim=interim)
    connection = db.session.connection()
    frozen = freeze(
        consultation_id,
        interim,
        run.id,
        lambda rows, _done: write_portion(connection, run.id, rows),
    )
    try:
        edition = finish(now, run.id, run.attempts, frozen, sealed)
    except Disturbed:
        raise DomainError("edition_disturbed", status=409) from None
    while run.status is RunStatus.TELLING:
        tell_next(now, run)
    return edition


def take_up(now: datetime, run_id: int) -> EditionRun | None:
    """Begin to freeze the rows; None where another worker does, or it is done already.

    What a killed worker had written is swept away. A run that was begun again and again is given
    up: `edition_given_up`.
    """
    run = db.session.get(EditionRun, run_id, with_for_update=True, populate_existing=True)
    # Either way: where the clock was set back, nobody waits until it has caught up.
    killed = run is not None and abs(now - run.changed_at) >= KILLED_AFTER
    if run is None or not (
        run.status is RunStatus.WAITING or (run.status is RunStatus.FREEZING and killed)
    ):
        return None
    sweep(db.session.connection(), run_id)
    if run.attempts >= MOST_ATTEMPTS:
        refuse(now, run_id, run.attempts, DomainError("edition_given_up"))
        return None
    run.status, run.changed_at, run.done = RunStatus.FREEZING, now, 0
    run.attempts += 1
    db.session.flush()
    return run


def let_go(now: datetime, run_id: int, attempt: int) -> None:
    """Lay a run back, to be begun again at once."""
    mine = (EditionRun.id == run_id) & (EditionRun.attempts == attempt)
    back = update(EditionRun).where(mine, EditionRun.status == RunStatus.FREEZING)
    db.session.execute(back.values(status=RunStatus.WAITING, changed_at=now))


def finish(now: datetime, run_id: int, attempt: int, frozen: Frozen, sealed: int) -> MatrixEdition:
    """Write the edition itself: from here on it is there, whole, and cannot be changed.

    Raises `Disturbed` where a comment came, or anything the rows rest on was touched, since
    `sealed`; `publication_taken_over` (409) where another worker holds the run.
    """
    run = db.session.get_one(EditionRun, run_id, with_for_update=True, populate_existing=True)
    if run.attempts != attempt or run.status is not RunStatus.FREEZING:
        raise DomainError("publication_taken_over", status=409)
    consultation = _locked(run.consultation_id)
    if seal(consultation.id, interim=run.interim) != sealed:
        raise Disturbed
    _check_phase(consultation, now, interim=run.interim)
    newest = newest_issued(consultation.id)
    edition = MatrixEdition(
        id=run.id,
        consultation_id=consultation.id,
        number=newest.number + 1 if newest else 1,
        interim=run.interim,
        corrects=corrected_by_next(newest, interim=run.interim, reason=run.reason),
        reason=run.reason,
        counts=asdict(frozen.counts),
        places=[list(place) for place in frozen.places],
        differences=frozen.differences,
        digest=frozen.digest,
        published_at=now,
        published_by=run.requested_by,
    )
    db.session.add(edition)
    db.session.flush()
    run.edition_number, run.changed_at = edition.number, now
    # An interim edition is told by its page and the feed; mail comes when all is answered.
    run.status = RunStatus.FILING if run.interim else RunStatus.TELLING
    run.done, run.total = 0, 0 if run.interim else run.total
    if not run.interim:
        consultation.answered_at = consultation.answered_at or now
    _write_down(now, consultation, edition)
    db.session.flush()
    return edition


def _write_down(now: datetime, consultation: Consultation, edition: MatrixEdition) -> None:
    write_down(
        Entry.EDITION_PUBLISHED,
        at=now,
        subject=f"edition {edition.number}",
        content={
            "consultation": consultation.slug,
            "edition": edition.number,
            "interim": edition.interim,
            "digest": edition.digest,
        },
        consultation_id=consultation.id,
        actor_id=edition.published_by,
    )


def refuse(now: datetime, run_id: int, attempt: int, error: DomainError) -> None:
    """It cannot be published; `error` says why, and nothing of it was seen by anybody."""
    mine = (EditionRun.id == run_id) & (EditionRun.attempts == attempt)
    told = {
        "status": RunStatus.FAILED,
        "error_code": error.code,
        "error_params": {name: str(value) for name, value in error.params.items()},
        "changed_at": now,
    }
    failed = update(EditionRun).where(mine, EditionRun.status.in_(UNPUBLISHED)).values(told)
    connection = db.session.connection()
    if connection.execute(failed).rowcount:
        sweep(connection, run_id)


def tell_some(now: datetime, run_id: int) -> bool:
    """Tell the next authors of an edition that is out; True while there may be more."""
    told = EditionRun.status == RunStatus.TELLING
    query = select(EditionRun).where(EditionRun.id == run_id, told)
    held = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    run = db.session.scalar(held)
    return run is not None and tell_next(now, run)


def take_files(now: datetime, run_id: int, wanted: int) -> bool:
    """Begin to make so many files of an edition; False where another worker does, or all is done.

    With none to make, the publication is done.
    """
    query = select(EditionRun).where(EditionRun.id == run_id, EditionRun.status == RunStatus.FILING)
    held = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    run = db.session.scalar(held)
    if run is None or (run.total and abs(now - run.changed_at) < FILE_KILLED_AFTER):
        return False
    run.changed_at, run.total = now, wanted
    if not wanted:
        run.status = RunStatus.DONE
    return bool(wanted)


def keep_file(now: datetime, file: EditionFile, *, done: int) -> None:
    """Note a file that was made of a published edition, and how many are."""
    known = select(EditionFile.id).where(
        EditionFile.edition_id == file.edition_id,
        EditionFile.format == file.format,
        EditionFile.language == file.language,
    )
    if db.session.scalar(known) is None:
        db.session.add(file)
    run = db.session.get_one(EditionRun, file.edition_id)
    run.done, run.changed_at = done, now
    db.session.flush()


def end_files(now: datetime, run_id: int) -> None:
    """All files are made that could be; what could not is made when somebody asks for it."""
    run = db.session.get_one(EditionRun, run_id)
    run.status, run.changed_at = RunStatus.DONE, now
