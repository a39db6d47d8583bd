"""Comments on chosen words: kept where they stand, and carried when the next version is out."""

from __future__ import annotations

import pytest

from portal.domain.anchor_words import Position
from portal.domain.drafts import Standing
from portal.domain.errors import DomainError, Refusals
from portal.domain.record import Entry, commitment
from portal.domain.submissions import Channel, Point, Sender
from portal.formats.canonical import canonical
from portal.models import (
    Comment,
    CommentAnchor,
    DraftVersion,
    ProvisionMatch,
    RecordEntry,
    db,
)
from portal.models.anchoring import read_words
from portal.models.intake import Arrival
from portal.services import anchors as services
from portal.services import drafts, submissions
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.fixtures.apps import START, Clock
from tests.fixtures.statements import counted

QUOTE = "السابعة صباحاً"


def say(place: Open, clock: Clock, eid: str = "art_2__para_a", **words: object) -> Comment:
    """One comment through the portal."""
    point = Point(place.target(eid), "متأخرة", **words)  # type: ignore[arg-type]
    key = f"form-{db.session.query(Comment).count()}"
    submissions.submit(clock(), place.consultation, Sender(), (point,), form_key=key, language="ar")
    return made.comments(place)[-1]


def publish(cast: Cast, place: Open, source: str) -> DraftVersion:
    version, _ = drafts.import_text(cast.drafter, START, place.document, source)
    drafts.publish_version(cast.drafter, START, place.consultation, version)
    return version


def anchors(comment: Comment) -> list[CommentAnchor]:
    query = db.select(CommentAnchor).where(CommentAnchor.comment_id == comment.id)
    return list(db.session.scalars(query.order_by(CommentAnchor.version_id)))


def pointed(anchor: CommentAnchor) -> str:
    """The words that an anchor points at, in its version's text."""
    words = read_words([anchor.version_id])[anchor.version_id].words(anchor.eid)
    return words[anchor.start : anchor.end]


def test_chosen_words_are_anchored_where_they_stand(place: Open, clock: Clock) -> None:
    (anchor,) = anchors(say(place, clock, quoted=f" {QUOTE.replace(' ', '  ')}\n"))
    assert (anchor.version_id, anchor.eid) == (place.version.id, "art_2__para_a")
    assert (pointed(anchor), anchor.exact, anchor.standing) == (QUOTE, QUOTE, Standing.EXACT)
    assert (anchor.prefix, anchor.suffix) == ("تفتح الحديقة من ", " إلى الغروب.")


def test_a_comment_on_a_provision_is_anchored_to_the_whole(place: Open, clock: Clock) -> None:
    (anchor,) = anchors(say(place, clock))
    assert (anchor.eid, anchor.start, anchor.end, anchor.exact) == ("art_2__para_a", None, None, "")
    (comment,) = made.comments(place)
    assert comment.quoted == ""


def test_words_are_kept_as_the_text_has_them(place: Open, clock: Clock) -> None:
    comment = say(place, clock, quoted="ابعة\nصباحا", at=Position(17, 28))
    assert comment.quoted == QUOTE
    assert pointed(anchors(comment)[0]) == QUOTE


@pytest.mark.parametrize(
    ("quoted", "code"),
    [("الثامنة صباحاً", "quote_not_found"), ("الحديقة", "quote_twice"), ("  .  ", "quote_twice")],
)
def test_words_that_are_not_found_once_are_told_at_their_field(
    place: Open, clock: Clock, quoted: str, code: str
) -> None:
    with pytest.raises(Refusals) as told:
        say(place, clock, "art_2", quoted=quoted)
    (error,) = told.value.errors
    assert (error.code, error.field) == (code, "comments-0-quoted")
    assert made.comments(place) == []


def test_a_place_without_words_is_none(place: Open, clock: Clock) -> None:
    (anchor,) = anchors(say(place, clock, quoted="", at=Position(2, 9), prefix="ا", suffix="ب"))
    assert (anchor.start, anchor.exact, anchor.prefix, anchor.suffix) == (None, "", "", "")


@pytest.mark.parametrize("quoted", ["", QUOTE])
def test_a_proposal_of_the_same_words_is_none(place: Open, clock: Clock, quoted: str) -> None:
    whole = "تفتح الحديقة من السابعة صباحاً إلى الغروب."
    comment = say(place, clock, quoted=quoted, proposed=f" {quoted or whole}\n")
    assert comment.proposed == ""
    changed = say(place, clock, quoted=quoted, proposed="السادسة صباحاً")
    assert changed.proposed == "السادسة صباحاً"
    same = Point(place.target("art_2__para_a"), "", quoted=quoted, proposed=quoted or whole)
    with pytest.raises(Refusals) as told:
        submissions.check(place.consultation, Sender(), (same,))
    assert [each.code for each in told.value.errors] == ["comment_empty"]


@pytest.mark.parametrize(
    ("quoted", "start"), [(QUOTE, 16), ("الثامنة صباحاً", None), ("الحديقة", 5)]
)
def test_what_came_on_paper_is_never_refused_for_its_quote(
    place: Open, cast: Cast, clock: Clock, quoted: str, start: int | None
) -> None:
    point = Point(place.target("art_2__para_a"), "متأخرة", quoted=quoted)
    arrival = Arrival(Channel.LETTER, clock(), "letter-1")
    submissions.take_in_by_staff(
        cast.drafter, clock(), place.consultation, Sender(), (point,), arrival
    )
    (comment,) = made.comments(place)
    (anchor,) = anchors(comment)
    assert comment.quoted == quoted
    assert (anchor.start, anchor.exact) == (start, quoted if start else "")


SECOND = DRAFT.replace("تفتح الحديقة من السابعة", "مع مراعاة العطل تفتح الحديقة من السابعة")


def test_anchors_are_carried_when_the_next_version_is_published(
    place: Open, cast: Cast, clock: Clock
) -> None:
    words, whole = say(place, clock, quoted=QUOTE), say(place, clock)
    lost = say(place, clock, "art_3", quoted="المسارات المخصصة")
    gone = say(place, clock, "art_2__para_b")
    version = publish(
        cast,
        place,
        SECOND.replace("المخصصة", "المعدة").replace("ب- تغلق الحديقة يوماً واحداً", "وتغلق يوماً"),
    )
    found = [anchors(each)[1] for each in (words, whole, lost, gone)]
    assert {each.version_id for each in found} == {version.id}
    assert [each.standing.value for each in found] == ["shifted", "exact", "orphaned", "orphaned"]
    assert pointed(found[0]) == QUOTE
    assert [each.near_eid for each in found] == ["", "", "art_3", "art_2"]
    assert anchors(words)[0].standing is Standing.EXACT


def test_what_the_drafter_matched_goes_before_equal_ids(
    place: Open, cast: Cast, clock: Clock
) -> None:
    comment = say(place, clock, "art_3", quoted="الدراجات في المسارات")
    version, _ = drafts.import_text(
        cast.drafter, START, place.document, DRAFT.replace("المادة 3:", "المادة 4:")
    )
    for old, new in (("art_3", "art_4"), ("art_1", "art_1")):
        match = ProvisionMatch(
            version_id=version.id, old_eid=old, new_eid=new, relation="renumbered"
        )
        db.session.add(match)
    drafts.publish_version(cast.drafter, START, place.consultation, version)
    anchor = anchors(comment)[1]
    assert (anchor.eid, anchor.standing) == ("art_4", Standing.EXACT)
    assert pointed(anchor) == comment.quoted


def test_a_comment_on_an_earlier_version_is_carried_as_it_comes_in(
    place: Open, cast: Cast, clock: Clock
) -> None:
    publish(cast, place, SECOND)
    publish(cast, place, SECOND.replace("المادة 3", "المادة 5"))
    comment = say(place, clock, quoted=QUOTE)
    assert [each.standing.value for each in anchors(comment)] == ["exact", "shifted", "shifted"]
    assert {pointed(each) for each in anchors(comment)} == {QUOTE}


def test_carrying_asks_no_more_often_when_there_are_more(
    place: Open, cast: Cast, clock: Clock
) -> None:
    say(place, clock, quoted=QUOTE)
    db.session.commit()
    with counted() as few:
        publish(cast, place, SECOND)
    for _each in range(30):
        say(place, clock, quoted=QUOTE)
    db.session.commit()
    with counted() as many:
        publish(cast, place, DRAFT)
    assert len([each for each in many if "comment_anchor" in each]) == 2
    assert len(many) <= len(few) + 1


def test_a_comment_on_a_target_that_is_not_there_is_told(place: Open, clock: Clock) -> None:
    with pytest.raises(Refusals) as told:
        say(place, clock, "art_99", quoted="كلمة", proposed="كلام")
    assert [each.code for each in told.value.errors] == ["target_wrong"]
    assert isinstance(told.value.errors[0], DomainError)


def test_an_orphan_is_placed_and_carried_on_from_there(
    place: Open, cast: Cast, clock: Clock
) -> None:
    comment = say(place, clock, "art_3", quoted="المسارات المخصصة")
    kept = say(place, clock, quoted=QUOTE)
    publish(cast, place, SECOND.replace("المخصصة", "المعدة"))
    with pytest.raises(DomainError) as told:
        services.place(cast.drafter, clock(), kept, "art_1")
    assert (told.value.code, told.value.status) == ("not_orphaned", 409)
    with pytest.raises(DomainError) as told:
        services.place(cast.drafter, clock(), comment, "art_99")
    assert told.value.code == "no_such_provision"
    services.place(cast.drafter, clock(), comment, "art_1")
    placed = services.place(cast.drafter, clock(), comment, "art_2")
    assert (placed.eid, placed.exact, placed.placed_at) == ("art_2", "المسارات المخصصة", clock())
    kind = RecordEntry.kind == Entry.COMMENT_PLACED
    leaves = db.session.scalars(db.select(RecordEntry).where(kind).order_by(RecordEntry.id)).all()
    said = {"comment": comment.number, "version": placed.version_id, "eid": "art_2"}
    assert [(leaf.subject, leaf.actor_id, leaf.at) for leaf in leaves] == [
        (f"comment {comment.number}", cast.drafter.user_id, clock())
    ] * 2
    assert leaves[1].commitment == commitment(bytes.fromhex(leaves[1].salt), canonical(said))
    publish(cast, place, SECOND.replace("المخصصة", "المعدة").replace("النظافة", "الصيانة"))
    last = anchors(comment)[-1]
    assert (last.eid, last.start, last.standing) == ("art_2", None, Standing.SHIFTED)
    assert last.exact == "المسارات المخصصة"
