"""Random consultations: a row for each comment or part, each rule refused when broken and only
then, and what is published never changes (DOMAIN.md, 'Rules of the matrix')."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from portal.domain.matrices import Incomplete, Place
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.row_refs import RowRef
from portal.formats.canonical import digest
from portal.models import (
    ChangeReason,
    CommentPart,
    MatrixEdition,
    Response,
    ResponseChange,
    ResponseComment,
    db,
)
from portal.queries.checking import check
from portal.queries.matrices import all_rows
from portal.services import (
    consultations,
    drafts,
    matrices,
    reflection,
    responses,
    reviews,
    submissions,
)
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast, make_cast
from tests.factories.consultations import DRAFT
from tests.fixtures.apps import START, Clock

LATER = DRAFT.replace("من السابعة صباحاً", "من السادسة صباحاً")
TEXT = "المدة قصيرة. والرسم مرتفع."
numbers = count()
# What becomes of a comment: split, proposing a wording, withdrawn; and how it is answered.
fates = st.tuples(st.booleans(), st.booleans(), st.booleans(), st.sampled_from("cnad"))


@pytest.fixture
def cast(web: Flask) -> Cast:
    cast = make_cast()
    db.session.commit()
    return cast


class World:
    """A consultation that is closed and answered in full, as every rule wants it."""

    def __init__(self, cast: Cast, clock: Clock, drawn: list[tuple[bool, bool, bool, str]]) -> None:
        clock.moment = START
        self.cast, self.clock = cast, clock
        self.place = made.prepare(cast, slug=f"rules-{next(numbers)}")
        consultations.announce(cast.drafter, START, self.place.consultation, minimum_days=10)
        clock.moment = START + timedelta(days=3)
        self.refs: list[tuple[RowRef, bool, bool, str]] = []
        for number, (split, proposes, withdrawn, how) in enumerate(drawn, start=1):
            words = {"proposed": "نص آخر"} if proposes and not split else {}
            sent = made.send(self.place, clock, TEXT, words=words)
            if withdrawn:
                submissions.withdraw_comment(clock(), sent.code, number)
            parts = self._split(number) if split else (0,)
            self.refs += [(RowRef(number, part), bool(words), withdrawn, how) for part in parts]
        clock.moment = self.place.consultation.closes_at
        version, _ = drafts.import_text(cast.drafter, clock(), self.place.document, LATER)
        drafts.publish_version(cast.drafter, clock(), self.place.consultation, version)
        self.changed = Place(version.id, "art_2__para_a")
        self._answer()
        db.session.commit()

    def _split(self, number: int) -> tuple[int, ...]:
        comment = made.comments(self.place)[number - 1]
        by = {"split_by": self.cast.drafter.user_id, "split_at": self.clock()}
        for part, (start, end) in enumerate(((0, 12), (13, 26)), start=1):
            spans = [{"field": "text", "start": start, "end": end}]
            db.session.add(CommentPart(comment_id=comment.id, part=part, spans=spans, **by))
        return (1, 2)

    def _answer(self) -> None:
        """Each row as drawn: clarified, noted, accepted, or a duplicate of the row before."""
        before: RowRef | None = None
        accepted = False
        for ref, proposes, withdrawn, how in self.refs:
            draft = Draft((ref,), Disposition.CLARIFIED, reason_ar="بيان", ready=True)
            if withdrawn:
                draft = Draft((ref,), Disposition.WITHDRAWN, ready=True)
            elif how == "n" and not proposes:
                draft = Draft((ref,), Disposition.NOTED, reason_ar="بيان", ready=True)
            elif how == "a":
                accepted = True
                cites = (self.changed,)
                draft = Draft((ref,), Disposition.ACCEPTED, cites=cites, ready=True)
            elif how == "d" and before:
                draft = Draft((ref,), Disposition.DUPLICATE, duplicate_of=before, ready=True)
            before = ref
            written = responses.record(
                self.cast.drafter, self.clock(), self.place.consultation.id, draft
            )
            reviews.approve(
                self.cast.approver, self.clock(), written, seen_revision=written.revision
            )
        if not accepted:
            reflection.explain_change(
                self.cast.drafter, self.clock(), self.place.consultation.id, self.changed, "تبسيط"
            )

    def publish(self, reason: str = "") -> MatrixEdition:
        return matrices.publish(
            self.cast.approver, self.clock(), self.place.consultation.id, reason=reason
        )

    def response(self, at: int) -> Response:
        query = db.select(Response).where(Response.consultation_id == self.place.consultation.id)
        found = db.session.scalars(query.order_by(Response.id)).all()
        return found[at % len(found)]


def unanswered(world: World, response: Response) -> set[str]:
    db.session.execute(db.delete(ResponseComment).where(ResponseComment.response_id == response.id))
    return {"unanswered"}


def not_approved(world: World, response: Response) -> set[str]:
    response.status, response.approved_by = ResponseStatus.READY, None
    return {"not_approved"}


def without_reason(world: World, response: Response) -> set[str]:
    needs = response.disposition in (Disposition.CLARIFIED, Disposition.NOTED)
    response.reason_ar = ""
    return {"reason_missing"} if needs else set()


def without_change(world: World, response: Response) -> set[str]:
    cites = db.delete(ResponseChange).where(ResponseChange.response_id == response.id)
    db.session.execute(cites)
    return {"change_missing"} if response.disposition is Disposition.ACCEPTED else set()


def nowhere(world: World, response: Response) -> set[str]:
    if response.disposition is not Disposition.ACCEPTED:
        return set()
    db.session.add(
        ResponseChange(response_id=response.id, version_id=world.changed.version_id, eid="art_3")
    )
    return {"change_not_there"}


def unexplained(world: World, response: Response) -> set[str]:
    cited = db.session.query(ResponseChange).filter_by(version_id=world.changed.version_id).count()
    explained = db.delete(ChangeReason).where(ChangeReason.version_id == world.changed.version_id)
    db.session.execute(explained)
    return set() if cited else {"change_unexplained"}


def in_a_circle(world: World, response: Response) -> set[str]:
    if response.disposition is not Disposition.DUPLICATE:
        return set()
    link = db.select(ResponseComment).where(ResponseComment.response_id == response.id)
    own = db.session.scalars(link).one()
    response.duplicate_of, response.duplicate_part = own.comment_id, own.part
    return {"duplicate_of_itself", "duplicate_circle"}


BREAKS: tuple[Callable[[World, Response], set[str]], ...] = (
    unanswered,
    not_approved,
    without_reason,
    without_change,
    nowhere,
    unexplained,
    in_a_circle,
)
# What may follow from a broken row in the rows that repeat it, or in what it cited.
FOLLOWS = {"duplicate_unanswered", "duplicate_circle", "change_unexplained"}


def assert_each_rule_is_refused_when_broken_and_only_then(world: World, at: int) -> None:
    for broken in BREAKS:
        wanted = broken(world, world.response(at))
        db.session.flush()
        found = {gap.code for gap in check(world.place.consultation.id).gaps}
        assert wanted <= found, broken.__name__
        assert found - wanted <= (FOLLOWS if wanted else set()), broken.__name__
        if wanted:
            with pytest.raises(Incomplete):
                world.publish()
        db.session.rollback()
    response = world.response(at)
    response.approved_by = response.written_by
    with pytest.raises(IntegrityError, match="four_eyes"):
        db.session.flush()
    db.session.rollback()


@given(st.lists(fates, min_size=1, max_size=5), st.integers(0, 9))
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_rows_are_the_comments_received_and_each_rule_holds(
    web: Flask,
    cast: Cast,
    clock: Clock,
    drawn: list[tuple[bool, bool, bool, str]],
    at: int,
) -> None:
    world = World(cast, clock, drawn)
    assert check(world.place.consultation.id).gaps == ()
    assert_each_rule_is_refused_when_broken_and_only_then(world, at)
    first = world.publish()
    db.session.commit()
    rows = list(all_rows(first.id))
    assert [row["ref"] for row in rows] == [str(ref) for ref, *_rest in world.refs]
    assert len({row["ref"].split(".")[0] for row in rows}) == len(drawn)
    assert (first.counts["received"], first.counts["answered"]) == (len(drawn), len(drawn))
    assert sum(first.counts["dispositions"].values()) == len(rows)
    assert first.digest == digest(rows)
    response = world.response(at)
    response.reason_ar += " آخر"
    db.session.commit()
    second = world.publish(reason="تصويب")
    db.session.commit()
    assert list(all_rows(first.id)) == rows, "what is published never changes"
    changed = [row["ref"] for row, old in zip(all_rows(second.id), rows, strict=True) if row != old]
    assert second.differences["changed"] == len(changed)
    assert (second.corrects, second.differences["removed"]) == (1, [])
