"""Splitting a comment and joining its parts: nothing that was written is lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.domain.errors import DomainError
from portal.domain.record import Entry
from portal.domain.responses import ResponseStatus
from portal.domain.row_refs import RowKey, RowRef
from portal.models import Comment, CommentTheme, RecordEntry, Response, ResponseComment, db
from portal.queries.rows import parts_of, refs_of
from portal.queries.study_page import answering_nothing
from portal.queries.study_rows import row_views
from portal.services import edits, splitting, themes
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.study import POINTS, SEVERAL, answer, spans_of, split
from tests.fixtures.apps import Clock


@pytest.fixture
def comment(place: Open, clock: Clock) -> Comment:
    made.send(place, clock, SEVERAL)
    return made.comments(place)[0]


def join(cast: Cast, clock: Clock, comment: Comment, keep: int | None = None) -> None:
    splitting.join(cast.drafter, clock(), comment, keep=keep, seen_revision=comment.revision)
    db.session.commit()


def words(place: Open, comment: Comment) -> dict[RowKey, str]:
    keys = parts_of([comment.id]) or {RowKey(comment.id): ()}
    views = row_views(place.consultation.id, keys)
    return {key: "".join(map(str, view.words.text)) for key, view in views.items()}


def kinds() -> list[Entry]:
    return list(db.session.scalars(db.select(RecordEntry.kind).order_by(RecordEntry.id)))


def test_each_part_has_its_own_words_and_the_record_says_so(
    cast: Cast, place: Open, clock: Clock, comment: Comment
) -> None:
    split(cast, clock, comment, *POINTS)
    found = {RowKey(comment.id, at): point for at, point in enumerate(POINTS, start=1)}
    assert words(place, comment) == found
    assert kinds()[-1] is Entry.COMMENT_SPLIT
    join(cast, clock, comment)
    assert words(place, comment) == {RowKey(comment.id): SEVERAL}
    assert kinds()[-1] is Entry.COMMENT_JOINED


def test_a_response_answers_every_part_and_waits_for_approval_anew(
    cast: Cast, place: Open, clock: Clock, comment: Comment
) -> None:
    written = answer(cast, clock, place, "1", approved=True)
    split(cast, clock, comment, *POINTS[:2])
    assert refs_of(written.id) == (RowRef(1, 1), RowRef(1, 2))
    assert (written.status, written.approved_by) == (ResponseStatus.RETURNED, None)
    assert "قُسّمت الملاحظة 1" in written.remark
    join(cast, clock, comment)
    assert refs_of(written.id) == (RowRef(1),)


def test_of_several_responses_one_is_kept_and_the_others_are_there_to_be_used(
    cast: Cast, place: Open, clock: Clock, comment: Comment
) -> None:
    split(cast, clock, comment, *POINTS)
    first = answer(cast, clock, place, "1.1", reason="أول", approved=True)
    second = answer(cast, clock, place, "1.3", reason="ثان")
    with pytest.raises(DomainError, match="parts_answered_apart"):
        join(cast, clock, comment)
    db.session.rollback()
    join(cast, clock, comment, keep=second.id)
    assert refs_of(second.id) == (RowRef(1),)
    assert answering_nothing(place.consultation.id) == (first.id,)
    assert (first.reason_ar, first.approved_by) == ("أول", None)


def test_themes_go_with_the_words(cast: Cast, place: Open, clock: Clock, comment: Comment) -> None:
    fees, terms = (themes.make(place.consultation.id, name) for name in ("الرسوم", "التعريفات"))
    themes.put_under(fees, [RowKey(comment.id)])
    split(cast, clock, comment, *POINTS[:2])
    themes.put_under(terms, [RowKey(comment.id, 2)])
    query = db.select(CommentTheme.part, CommentTheme.theme_id)
    assert set(map(tuple, db.session.execute(query))) == {(1, fees.id), (2, fees.id), (2, terms.id)}
    join(cast, clock, comment)
    assert set(map(tuple, db.session.execute(query))) == {(0, fees.id), (0, terms.id)}


def test_what_cannot_be_split_or_joined_is_refused(
    cast: Cast, place: Open, clock: Clock, comment: Comment
) -> None:
    with pytest.raises(DomainError, match="not_split"):
        join(cast, clock, comment)
    with pytest.raises(DomainError, match="one_part"):
        split(cast, clock, comment, POINTS[0])
    db.session.rollback()
    parts = spans_of(comment, *POINTS)
    with pytest.raises(DomainError, match="changed_meanwhile"):
        splitting.split(cast.drafter, clock(), comment, parts, seen_revision=comment.revision - 1)
    db.session.rollback()
    split(cast, clock, comment, *POINTS)
    with pytest.raises(DomainError, match="split_already"):
        split(cast, clock, comment, *POINTS)


def test_an_edit_of_the_author_makes_it_whole(
    cast: Cast, place: Open, clock: Clock, comment: Comment
) -> None:
    code = made.send(place, clock, SEVERAL).code
    mine = made.comments(place)[1]
    split(cast, clock, mine, *POINTS)
    edits.edit_comment(clock(), code, 2, edits.NewWords("غير ذلك"), seen_revision=mine.revision)
    assert words(place, mine) == {RowKey(mine.id): "غير ذلك"}


steps = st.lists(
    st.tuples(st.sampled_from(["split", "join", "answer"]), st.integers(0, 2), st.integers(0, 9)),
    min_size=3,
    max_size=12,
)


@given(steps)
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_split_and_joined_no_word_and_no_answer_is_lost(
    cast: Cast, place: Open, clock: Clock, sequence: list[tuple[str, int, int]]
) -> None:
    slug = f"split-{db.session.query(Comment).count()}"
    here = made.open_one(cast, clock, slug=slug)
    made.send(here, clock, SEVERAL, SEVERAL, SEVERAL)
    reasons: dict[int, str] = {}
    for step, which, choice in sequence:
        comment = made.comments(here)[which]
        try:
            if step == "split":
                split(cast, clock, comment, *POINTS[: 2 + choice % 2])
            elif step == "join":
                join(cast, clock, comment, keep=choice or None)
            else:
                parts = sorted(key.part for key in parts_of([comment.id])) or [0]
                ref = str(RowRef(comment.number, parts[choice % len(parts)]))
                written = answer(cast, clock, here, ref, reason=f"سبب {len(reasons)}")
                reasons[written.id] = written.reason_ar
        except DomainError:
            db.session.rollback()
        _nothing_is_lost(here, reasons)


def _nothing_is_lost(here: Open, reasons: dict[int, str]) -> None:
    linked = set(db.session.scalars(db.select(ResponseComment.response_id)))
    loose = set(answering_nothing(here.consultation.id))
    for response_id, reason in reasons.items():
        assert db.session.get_one(Response, response_id).reason_ar == reason
        assert (response_id in linked) is not (response_id in loose)
    for comment in made.comments(here):
        assert comment.text == SEVERAL
        rows = set(words(here, comment))
        query = db.select(ResponseComment).where(ResponseComment.comment_id == comment.id)
        answered = {RowKey(each.comment_id, each.part) for each in db.session.scalars(query)}
        assert answered <= rows  # no answer points at a row that is not there
