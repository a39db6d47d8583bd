"""A comment that was split has a row for each part, answered by itself."""

from __future__ import annotations

import pytest

from portal.domain.errors import DomainError
from portal.domain.matrices import Incomplete
from portal.domain.moderation import Outcome
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.models import Comment, CommentPart, db
from portal.models.parting import join_parts
from portal.queries.checking import check
from portal.queries.matrices import all_rows, editions
from portal.queries.rows import find_rows, refs_of
from portal.services import matrices, moderation, responses, reviews
from portal.services.moderation import Decision
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

TEXT = "المدة قصيرة. والرسم مرتفع."
SPLITS = ((0, 12), (13, 26))


@pytest.fixture
def split(cast: Cast, place: Open, clock: Clock) -> Comment:
    """A published comment in two parts, after the deadline."""
    made.send(place, clock, TEXT)
    (comment,) = made.comments(place)
    decision = Decision(Outcome.PUBLISH, comment.revision)
    moderation.decide(cast.moderator, clock(), comment, decision)
    for part, (start, end) in enumerate(SPLITS, start=1):
        spans = [{"field": "text", "start": start, "end": end}]
        db.session.add(
            CommentPart(
                comment_id=comment.id,
                part=part,
                spans=spans,
                split_by=cast.drafter.user_id,
                split_at=clock(),
            )
        )
    db.session.commit()
    clock.moment = place.consultation.closes_at
    return comment


def answer(cast: Cast, clock: Clock, place: Open, ref: RowRef, disposition: Disposition) -> int:
    draft = Draft((ref,), disposition, reason_ar="بيان", ready=True)
    written = responses.record(cast.drafter, clock(), place.consultation.id, draft)
    reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    return written.id


def test_each_part_has_its_row_and_its_answer(
    cast: Cast, place: Open, clock: Clock, split: Comment
) -> None:
    answer(cast, clock, place, RowRef(1, 1), Disposition.CLARIFIED)
    with pytest.raises(Incomplete) as missing:
        matrices.publish(cast.approver, clock(), place.consultation.id)
    assert [(gap.code, gap.ref) for gap in missing.value.gaps] == [("unanswered", RowRef(1, 2))]
    answer(cast, clock, place, RowRef(1, 2), Disposition.OUT_OF_SCOPE)
    matrices.publish(cast.approver, clock(), place.consultation.id)
    rows = list(all_rows(editions(place.consultation.id)[0].id))
    assert [(row["ref"], row["comment"], row["disposition"]) for row in rows] == [
        ("1.1", ["المدة قصيرة."], "clarified"),
        ("1.2", ["والرسم مرتفع."], "out_of_scope"),
    ]


def test_the_whole_of_a_split_comment_is_not_answered(
    cast: Cast, place: Open, clock: Clock, split: Comment
) -> None:
    with pytest.raises(DomainError, match="comment_split"):
        answer(cast, clock, place, RowRef(1), Disposition.CLARIFIED)
    with pytest.raises(DomainError, match="no_such_comment"):
        answer(cast, clock, place, RowRef(1, 3), Disposition.CLARIFIED)


def test_joined_again_it_keeps_the_answer_of_its_first_part(
    cast: Cast, place: Open, clock: Clock, split: Comment
) -> None:
    response_id = answer(cast, clock, place, RowRef(1, 2), Disposition.CLARIFIED)
    assert join_parts(split.id)
    assert refs_of(response_id) == (RowRef(1),)
    assert list(find_rows(place.consultation.id, (RowRef(1),))) == [RowRef(1)]
    assert check(place.consultation.id).gaps == ()
    assert not join_parts(split.id)
