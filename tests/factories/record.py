"""A consultation with comments in every state, its matrix published, its record signed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask

from portal.adapters.database import unit_of_work
from portal.adapters.signing import Keys
from portal.domain.comments import Publication
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.domain.visibility import Span
from portal.formats.record_files.bundles import write_bundle
from portal.formats.record_files.receipts import in_one_form
from portal.models import db
from portal.queries.bundles import bundle_of
from portal.queries.receipts import find_receipt
from portal.services import edits, matrices, moderation, responses, reviews, submissions
from portal.services.edits import NewWords
from portal.services.record import make_checkpoint, sequence
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

BASE = "https://consult.example.org"


def bring_up(app: Flask) -> int:
    """Place and sign what waits; the size of the newest checkpoint that this made, or 0."""
    with unit_of_work():
        while sequence():
            pass
        keys = Keys(app.extensions["settings"].data)
        signed = make_checkpoint(app.extensions["clock"](), keys, BASE)
        return signed.size if signed else 0


def send_all(cast: Cast, place: Open, clock: Clock) -> list[str]:
    """Six comments in three submissions: published, masked, withheld, edited, withdrawn, secret."""
    codes = [
        made.send(place, clock, "السابعة متأخرة", "اتصلوا بي 0790000000").code,
        made.send(place, clock, "شتيمة", "قبل التعديل", "أسحبها", email="a@example.org").code,
        made.send(place, clock, "كلام سري", eid=None, confidential=True).code,
    ]
    clock.pass_(hours=1)
    edits.edit_comment(clock(), codes[1], 4, NewWords("بعد التعديل"), seen_revision=0)
    submissions.withdraw_comment(clock(), codes[1], 5)
    shown, masked, insult, edited, _gone, _secret = made.comments(place)
    span = Span("text", 10, 20, Ground.PERSONAL_DATA)
    for comment, outcome, ground, spans in (
        (shown, Outcome.PUBLISH, None, ()),
        (masked, Outcome.REDACT, Ground.PERSONAL_DATA, (span,)),
        (insult, Outcome.WITHHOLD, Ground.INSULT, ()),
        (edited, Outcome.PUBLISH, None, ()),
    ):
        decision = Decision(outcome, comment.revision, ground, spans=spans)
        moderation.decide(cast.moderator, clock(), comment, decision)
    db.session.commit()
    return codes


def publish(cast: Cast, place: Open, clock: Clock) -> None:
    """Answer every comment alike, and publish."""
    clock.moment = place.consultation.closes_at + timedelta(days=2)
    for comment in made.comments(place):
        withdrawn = comment.publication is Publication.WITHDRAWN
        said = Disposition.WITHDRAWN if withdrawn else Disposition.CLARIFIED
        draft = Draft((RowRef(comment.number),), said, reason_ar="بيان", ready=True)
        written = responses.record(cast.drafter, clock(), place.consultation.id, draft)
        reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    matrices.publish(cast.approver, clock(), place.consultation.id)
    db.session.commit()


def answered(app: Flask, cast: Cast, place: Open, clock: Clock) -> list[str]:
    """All of it; gives the codes of the three receipts."""
    codes = send_all(cast, place, clock)
    bring_up(app)
    publish(cast, place, clock)
    bring_up(app)
    return codes


def bundle(folder: Path, place: Open) -> Path:
    """The bundle of its edition, as files."""
    write_bundle(folder, bundle_of(place.consultation.id, 1))
    return folder


def receipt(code: str) -> bytes:
    """The receipt's file."""
    found = find_receipt(code)
    assert found is not None
    return in_one_form(found)
