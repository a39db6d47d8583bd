"""Corrections to a working version: each can be undone, and none is made unseen over another's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.draft_sources import SourceDraft
from portal.domain.drafts import DraftAct, ProvisionKind
from portal.domain.errors import DomainError, Stale
from portal.domain.structure import Placed, Rows, eids_of
from portal.domain.structure_acts import (
    Words,
    change_kind,
    correct,
    renumber,
    without_unseen,
)
from portal.domain.structure_splits import split
from portal.domain.structure_title import followed
from portal.domain.translations import Attached, attach
from portal.models import DraftEdit, DraftVersion, User, db
from portal.models.structure import load_rows, remember, restore, write_rows


def perform(
    actor: Actor,
    now: datetime,
    version: DraftVersion,
    seen: int,
    act: DraftAct,
    eid: str,
    change: Callable[[Rows, int], Placed],
) -> str:
    """Do one act to the provision `eid`; gives the id that it has then.

    `seen` is the revision that the drafter looked at. Raises `version_published`, `not_found`,
    `corrected_meanwhile` (who did what), and what `change` raises.
    """
    _lock(version, seen)
    rows = load_rows(version.id)
    eids = eids_of(rows)
    if eid not in eids:
        raise DomainError("not_found", status=404)
    placed = change(rows, eids.index(eid))
    if placed.rows != rows:
        remember(version, act, eid, at=now, by=actor.user_id, head=("title",))
        version.title = followed(version.title, rows, placed.rows)
        write_rows(version, placed.rows)
    return eids_of(placed.rows)[placed.at]


def correct_provision(
    actor: Actor,
    now: datetime,
    version: DraftVersion,
    seen: int,
    eid: str,
    kind: ProvisionKind,
    number: str,
    words: Words,
    split_at: int | None = None,
) -> str:
    """Kind, number and words of one provision, as one act; gives the id that it has then.

    With `split_at`, its text is split there too.
    """

    def change(rows: Rows, at: int) -> Placed:
        placed = correct(rows, at, words)
        asked = number
        if kind is not rows[at].kind:
            placed = change_kind(placed.rows, placed.at, kind)
            if number.strip() == rows[at].number:  # left as it was: numbered as its new kind is
                asked = placed.rows[placed.at].number
        placed = renumber(placed.rows, placed.at, asked)
        return placed if split_at is None else split(placed.rows, placed.at, split_at)

    act = DraftAct.CORRECT if split_at is None else DraftAct.SPLIT
    return perform(actor, now, version, seen, act, eid, change)


def remove_unseen(actor: Actor, now: datetime, version: DraftVersion, seen: int) -> None:
    """Take out every character that nobody sees."""
    _lock(version, seen)
    remember(version, DraftAct.CLEAN, "", at=now, by=actor.user_id, head=("title",))
    rows = load_rows(version.id)
    clean = without_unseen(rows)
    version.title = followed(version.title, rows, clean)
    write_rows(version, clean)


def confirm(actor: Actor, now: datetime, version: DraftVersion, seen: int) -> None:
    """Somebody has compared the text with the pages of its file."""
    _lock(version, seen)
    if version.to_confirm:
        remember(version, DraftAct.CONFIRM, "", at=now, by=actor.user_id, head=("to_confirm",))
        version.to_confirm = False
        version.revision += 1
        db.session.flush()


def translate(actor: Actor, now: datetime, version: DraftVersion, draft: SourceDraft) -> Attached:
    """Lay a translation beside the provisions; says what matched and what did not."""
    _lock(version)
    attached = attach(load_rows(version.id), draft.draft.provisions)
    if attached.matched:
        remember(version, DraftAct.TRANSLATE, "", at=now, by=actor.user_id)
        write_rows(version, attached.rows)
    return attached


def undo(version: DraftVersion, seen: int) -> str:
    """Take back the newest correction; gives the id it was about. Raises `nothing_to_undo`."""
    return _turn(version, seen, undone=False)


def redo(version: DraftVersion, seen: int) -> str:
    """Make the correction again that was taken back last. Raises `nothing_to_redo`."""
    return _turn(version, seen, undone=True)


def _turn(version: DraftVersion, seen: int, *, undone: bool) -> str:
    _lock(version, seen)
    order = DraftEdit.number if undone else DraftEdit.number.desc()
    query = select(DraftEdit).where(
        DraftEdit.version_id == version.id, DraftEdit.undone.is_(undone)
    )
    edit = db.session.scalar(query.order_by(order).limit(1))
    if edit is None:
        raise DomainError("nothing_to_redo" if undone else "nothing_to_undo", status=409)
    # The edit keeps the other side from now on: what doing it again brings back, or undoing it.
    edit.before = restore(version, edit.before)
    edit.undone = not undone
    db.session.flush()
    return edit.eid


def _lock(version: DraftVersion, seen: int | None = None) -> None:
    """One at a time, and nobody over what they have not seen."""
    db.session.refresh(version, with_for_update=True)
    if version.published_at:
        raise DomainError("version_published", status=409)
    if seen is None or seen == version.revision:
        return
    query = (
        select(DraftEdit.act, User.name)
        .outerjoin(User, User.id == DraftEdit.by)
        .where(DraftEdit.version_id == version.id)
        .order_by(DraftEdit.number.desc())
        .limit(1)
    )
    last = db.session.execute(query).first()
    if last is None:
        raise Stale("corrected_since")
    raise Stale("corrected_meanwhile", name=last.name or "", act=DraftAct(last.act))
