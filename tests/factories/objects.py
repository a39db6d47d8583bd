"""One object of every kind in a consultation, and their ids, by the names that routes give them."""

from __future__ import annotations

from portal.domain.comment_groups import Progress
from portal.domain.drafts import ImportStatus, Tracked
from portal.domain.editions import RunStatus
from portal.domain.moderation import Outcome
from portal.domain.sheets import SheetKind, SheetStatus
from portal.models import (
    Base,
    CommentGroup,
    DeskSession,
    DraftImport,
    EditionRun,
    GroupDecision,
    Passkey,
    ReasonTemplate,
    RoleGrant,
    SavedFilter,
    SheetImport,
    db,
)
from portal.services import themes
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.study import answer
from tests.fixtures.apps import START, Clock

HASH = "0" * 64


def make_objects(cast: Cast, clock: Clock, place: Open) -> dict[str, int]:
    """What is in `place`, by the name of its parameter; committed.

    What belongs to somebody is the drafter's; the kept reason is the other body's.
    """
    group = CommentGroup(
        consultation_id=place.consultation.id,
        founder_id=made.comments(place)[0].id,
        size=2,
        created_at=START,
    )
    written = answer(cast, clock, place, "1")
    theme = themes.make(place.consultation.id, "محور (مثال)")
    files = _files(cast, place)
    own = _own(cast)
    db.session.add_all([group, *files.values(), *own.values()])
    db.session.flush()
    decision = _decision(cast, group)
    db.session.add(decision)
    db.session.commit()
    rows = {"group_id": group, "decision_id": decision, "theme_id": theme, **files, **own}
    ids: dict[str, int] = {name: row.id for name, row in rows.items()}  # type: ignore[attr-defined]
    return {**ids, "response_id": written.id, "version_id": place.version.id}


def _files(cast: Cast, place: Open) -> dict[str, Base]:
    """Files that were sent, and a publication that was asked for."""
    here = place.consultation.id
    sent = {"file_name": "x.xlsx", "file_sha256": HASH, "created_at": START}
    return {
        "import_id": DraftImport(
            document_id=place.document.id,
            tracked=Tracked.ACCEPT,
            status=ImportStatus.WAITING,
            **sent,
        ),
        "answers": SheetImport(
            consultation_id=here, kind=SheetKind.ANSWERS, status=SheetStatus.READ, **sent
        ),
        "comments": SheetImport(
            consultation_id=here,
            kind=SheetKind.COMMENTS,
            status=SheetStatus.READ,
            options={"organisation": "x", "sender_class": "citizen"},
            **sent,
        ),
        "run_id": EditionRun(
            consultation_id=here,
            status=RunStatus.WAITING,
            requested_by=cast.approver.user_id,
            requested_at=START,
            changed_at=START,
        ),
    }


def _own(cast: Cast) -> dict[str, Base]:
    """What is somebody's own."""
    mine = {"user_id": cast.drafter.user_id}
    moments = {"began_at": START, "seen_at": START, "proved_at": START}
    return {
        "session_id": DeskSession(**mine, token_hash=HASH, **moments),
        "passkey_id": Passkey(
            **mine, credential_id="x", public_key=b"x", sign_count=0, name="x", added_at=START
        ),
        "filter_id": SavedFilter(**mine, screen="", name="x", query="x=1"),
        "grant_id": db.session.scalars(db.select(RoleGrant).filter_by(**mine)).one(),
        "template_id": ReasonTemplate(
            body_id=cast.elsewhere.id,
            title="سبب (مثال)",
            text_ar="نص (مثال)",
            changed_by=cast.drafter.user_id,
            changed_at=START,
        ),
    }


def _decision(cast: Cast, group: CommentGroup) -> GroupDecision:
    return GroupDecision(
        group_id=group.id,
        outcome=Outcome.PUBLISH,
        decided_by=cast.moderator.user_id,
        created_at=START,
        changed_at=START,
        status=Progress.STOPPED,
        total=2,
    )
