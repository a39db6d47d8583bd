"""Only what the public may read is ever found, whatever is decided and by whatever word."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.domain.search import words_of
from portal.domain.visibility import Audience, Span
from portal.models import Comment, db
from portal.models.search import search_words
from portal.queries.comments import find_comment
from portal.queries.search import What
from portal.services import submissions
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.factories.search import decide, look, marked, names, publish_all
from tests.fixtures.apps import Clock

SECRET = "زعفران"


def test_a_name_that_is_not_shown_is_not_found(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "رأي", name="سوسن")
    publish_all(cast, clock, place)
    assert names(look(clock, "سوسن")) == []
    assert names(look(clock, "رأي")) == [1]


def test_masked_words_are_never_found(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, f"قبل {SECRET} بعد")
    (comment,) = made.comments(place)
    at = comment.text.index(SECRET)
    mask = Span("text", at, at + len(SECRET), Ground.PERSONAL_DATA)
    decide(cast, clock, comment, Outcome.REDACT, ground=Ground.PERSONAL_DATA, spans=(mask,))
    db.session.commit()
    assert names(look(clock, SECRET)) == []
    assert names(look(clock, '"قبل بعد"')) == [], "no quotation reaches across a mask"
    (result,) = look(clock, "بعد", what=What.COMMENTS).results
    assert SECRET not in result.excerpt.text
    assert marked(result) == ["بعد"]


def test_words_of_a_mask_are_not_found(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, f"نشرت بيانات {SECRET}")
    (comment,) = made.comments(place)
    mask = Span("text", 12, 12 + len(SECRET), Ground.PERSONAL_DATA)
    decide(cast, clock, comment, Outcome.REDACT, ground=Ground.PERSONAL_DATA, spans=(mask,))
    (result,) = look(clock, "بيانات").results
    assert marked(result) == ["بيانات"]
    assert names(look(clock, "شخصية")) == []


OUTCOMES = st.lists(
    st.sampled_from([*Outcome, "withdraw"]),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(OUTCOMES, st.booleans())
def test_whatever_is_decided_only_public_words_are_found(
    cast: Cast, place: Open, clock: Clock, outcomes: list[Outcome | str], confidential: bool
) -> None:
    sent = made.send(place, clock, f"قبل {SECRET} بعد", confidential=confidential)
    comment = db.session.scalars(db.select(Comment).filter_by(submission_id=sent.id)).one()
    mask = Span("text", 4, 4 + len(SECRET), Ground.INSULT)
    for outcome in outcomes:
        more: dict[str, object] = {}
        if outcome not in (Outcome.PUBLISH, "withdraw"):
            more = {"ground": Ground.INSULT, "note": "بيان"}
        if outcome is Outcome.REDACT:
            more["spans"] = (mask,)
        try:
            if isinstance(outcome, Outcome):
                decide(cast, clock, comment, outcome, **more)
            else:
                submissions.withdraw_comment(clock(), sent.code, comment.number)
        except DomainError:
            db.session.rollback()
        db.session.commit()
        shown = find_comment(place.consultation.id, comment.number, Audience.PUBLIC)
        assert shown is not None
        public = "".join(piece for piece in shown.words.text if isinstance(piece, str))
        for word in ("قبل", SECRET, "بعد"):
            found = comment.number in names(look(clock, word, what=What.COMMENTS))
            assert found is (word in words_of(public)), (outcomes, word)


def test_a_comment_that_is_not_public_has_no_entry(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, SECRET)
    made.send(place, clock, SECRET, confidential=True)
    of_comments = db.select(db.func.count()).select_from(search_words)
    of_comments = of_comments.where(search_words.c.rowid.between(1, 2**31))
    assert db.session.scalar(of_comments) == 0
    publish_all(cast, clock, place)  # the confidential one stays confidential
    assert db.session.scalar(of_comments) == 1


def test_what_is_not_announced_is_not_found(cast: Cast, place: Open, clock: Clock) -> None:
    hidden = made.prepare(cast, slug="hidden", source=DRAFT.replace("الدراجات", SECRET))
    db.session.commit()
    assert names(look(clock, SECRET)) == []
    assert names(look(clock, "الدراجات")) == ["art_3"]
    hidden.consultation.announced_at = clock()
    db.session.commit()
    assert names(look(clock, SECRET)) == ["art_3"]


def test_an_entry_left_behind_shows_nothing(cast: Cast, place: Open, clock: Clock) -> None:
    """What is shown is read anew: the index alone makes nothing public."""
    made.send(place, clock, SECRET)
    publish_all(cast, clock, place)
    withheld = db.update(Comment).values(publication="withheld")
    db.session.execute(withheld)
    assert names(look(clock, SECRET)) == []
