"""Files of comments: from the form to what a moderator says of them, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError

from portal.adapters import attachments as store
from portal.domain.appeals import AppealOutcome, Ruling
from portal.domain.attachments import FileWord, Scan, Standing
from portal.domain.comments import Publication
from portal.domain.errors import DomainError, Refusals
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.domain.record import commitment
from portal.domain.submissions import Point, Sender
from portal.formats.canonical import canonical
from portal.formats.mails import render
from portal.models import Comment, CommentGroup, ModerationDecision, OutboxMail, db
from portal.queries.receipts import find_receipt
from portal.services import appeals, attachments, edits, group_decisions, moderation, submissions
from tests.factories import consultations as made
from tests.factories.attachments import all_files, kept, send_with
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

SHOW = None


def decide(
    cast: Cast, clock: Clock, comment: Comment, *words: FileWord, outcome: Outcome = Outcome.PUBLISH
) -> ModerationDecision:
    ground = None if outcome is Outcome.PUBLISH else Ground.INSULT
    decision = Decision(outcome, comment.revision, ground, "بيان", files=words)
    kept = moderation.decide(cast.moderator, clock(), comment, decision)
    db.session.commit()
    return kept


def standings() -> list[Standing]:
    db.session.expire_all()
    return [each.standing for each in all_files()]


def test_a_fingerprint_and_the_receipt_hold_what_was_sent(
    app: Flask, place: Open, clock: Clock
) -> None:
    sent = send_with(app, place, clock, "مذكرة.pdf", "b.pdf")
    (comment,) = made.comments(place)
    files = all_files()
    assert [(each.comment_id, each.position) for each in files] == [
        (comment.id, 1),
        (comment.id, 2),
    ]
    receipt = find_receipt(sent.code)
    assert receipt is not None
    (said,) = receipt["entries"][0]["comments"]
    digests = [(each.sent_sha256, each.sha256) for each in files]
    assert [(each["sent"], each["kept"]) for each in said["content"]["files"]] == digests
    assert comment.digest == commitment(bytes.fromhex(said["salt"]), canonical(said["content"]))
    folder = app.extensions["settings"].data
    for each in files:
        assert store.load(folder, each.stored, each.sha256) == f"%PDF {each.name}".encode()
        place_on_disk = next((folder / "attachments").rglob(each.stored))
        assert place_on_disk.stat().st_mode & 0o077 == 0


def test_each_file_stands_as_it_was_decided_and_the_author_is_told(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    send_with(app, place, clock, "a.pdf", "b\u202e.pdf", "c.pdf", email="author@example.org")
    (comment,) = made.comments(place)
    first, second, _third = (each.id for each in all_files())
    words = (FileWord(first, SHOW), FileWord(second, Ground.COPYRIGHT))
    decided = decide(cast, clock, comment, *words)
    assert standings() == [Standing.SHOWN, Standing.WITHHELD, Standing.HELD]
    assert decided.files == [
        {"file": first, "ground": None},
        {"file": second, "ground": "copyright"},
    ]
    mail = db.session.scalars(db.select(OutboxMail).order_by(OutboxMail.id.desc())).first()
    assert mail is not None
    letter = render(mail.template, "ar", mail.params, mail.recipient, mail.id).body
    assert "«a.pdf»: يُعرض معها" in letter
    assert "«bU+202E.pdf»: حُجب. السبب: حقوق ملكية" in letter
    assert "«c.pdf»: محتجز" in letter
    assert "/appeal" in letter


@pytest.mark.parametrize("what", ["publish", "withhold", "edit", "many"])
def test_without_a_word_a_file_is_held_back_again(
    app: Flask, cast: Cast, place: Open, clock: Clock, what: str
) -> None:
    sent = send_with(app, place, clock, "a.pdf")
    (comment,) = made.comments(place)
    decide(cast, clock, comment, FileWord(all_files()[0].id, SHOW))
    if what == "edit":
        new = edits.NewWords("غيره")
        edits.edit_comment(clock(), sent.code, 1, new, seen_revision=comment.revision)
    else:
        outcome = Outcome.WITHHOLD if what == "withhold" else Outcome.PUBLISH
        words = (FileWord(all_files()[0].id, SHOW),) if what == "withhold" else ()
        decide(cast, clock, comment, *words, outcome=outcome)
    assert standings() == [Standing.HELD]


def test_a_decision_for_a_group_shows_no_file(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    for name in ("a.pdf", "b.pdf"):
        send_with(app, place, clock, name, text="نطلب أن تفتح الحديقة مبكراً كل يوم")
    db.session.commit()
    group = db.session.scalars(db.select(CommentGroup)).one()
    ordered = group_decisions.order(cast.moderator, clock(), group, Outcome.PUBLISH)
    group_decisions.carry_on(clock(), ordered.id)
    db.session.commit()
    assert made.statuses(place) == [Publication.PUBLISHED] * 2
    assert standings() == [Standing.HELD] * 2


def test_what_a_decision_says_of_files_can_be_undone_and_takes_effect_later(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    send_with(app, place, clock, "a.pdf")
    (comment,) = made.comments(place)
    word = FileWord(all_files()[0].id, SHOW)

    def hold(*words: FileWord) -> object:
        decision = Decision(Outcome.PUBLISH, comment.revision, files=words)
        wait = timedelta(seconds=20)
        held = moderation.hold(cast.moderator, clock(), comment, decision, undo_for=wait, batch="b")
        db.session.commit()
        return held

    assert hold(word) is not None
    assert standings() == [Standing.HELD]
    moderation.undo(cast.moderator, clock())
    assert hold(word) is not None
    clock.pass_(seconds=21)
    moderation.settle_due(clock())
    db.session.commit()
    assert standings() == [Standing.SHOWN]
    assert hold() is None  # what takes a file from sight takes effect at once
    assert standings() == [Standing.HELD]


def test_words_are_on_files_of_the_comment_that_can_be_shown(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    send_with(app, place, clock, "a.pdf")
    send_with(app, place, clock, "b.pdf", text="أخرى")
    first, _other = made.comments(place)
    mine, others = all_files()
    for words in ((FileWord(others.id, SHOW),), (FileWord(mine.id, SHOW),) * 2):
        with pytest.raises(DomainError, match="file_not_of_comment"):
            decide(cast, clock, first, *words)
        db.session.rollback()
    attachments.note_scan(clock(), mine.id, "Eicar")
    db.session.commit()
    with pytest.raises(DomainError, match="file_infected"):
        decide(cast, clock, first, FileWord(mine.id, SHOW))
    db.session.rollback()


def test_what_is_found_later_is_shown_no_longer(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    send_with(app, place, clock, "a.pdf")
    (comment,) = made.comments(place)
    decide(cast, clock, comment, FileWord(all_files()[0].id, SHOW))
    attachments.note_scan(clock(), all_files()[0].id, "Eicar")
    db.session.commit()
    assert standings() == [Standing.HELD]
    assert all_files()[0].scan is Scan.INFECTED


def test_an_author_takes_a_file_back_and_it_is_never_shown_again(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    sent = send_with(app, place, clock, "a.pdf", "b.pdf")
    (comment,) = made.comments(place)
    first, second = (each.id for each in all_files())
    same = edits.NewWords(comment.text)
    with pytest.raises(Refusals, match="edit_same"):
        edits.edit_comment(clock(), sent.code, 1, same, seen_revision=comment.revision)
    before = comment.digest
    edits.edit_comment(
        clock(), sent.code, 1, same, seen_revision=comment.revision, without=(first, 999)
    )
    db.session.commit()
    assert comment.digest != before
    with pytest.raises(DomainError, match="file_taken_back"):
        decide(cast, clock, comment, FileWord(first, SHOW), FileWord(second, SHOW))
    db.session.rollback()
    decide(cast, clock, comment, FileWord(second, SHOW))
    assert standings() == [Standing.HELD, Standing.SHOWN]


def test_the_same_form_twice_is_one_and_a_file_is_sent_once(
    app: Flask, place: Open, clock: Clock
) -> None:
    token = kept(app, clock, b"%PDF x")

    def send(key: str) -> int:
        points = (Point(place.target("art_3"), "نص", files=(token,)),)
        sent = submissions.submit(
            clock(), place.consultation, Sender(), points, form_key=key, language="ar"
        )
        db.session.commit()
        return sent.id

    assert send("one") == send("one")
    with pytest.raises(DomainError, match="attachment_gone"):
        send("two")
    db.session.rollback()
    assert len(made.comments(place)) == 1


def test_more_files_than_a_submission_may_have_are_refused(
    app: Flask, place: Open, clock: Clock
) -> None:
    with pytest.raises(Refusals, match="attachments_many"):
        send_with(app, place, clock, *"abcdef")


def test_what_was_received_is_locked_by_the_database(app: Flask, place: Open, clock: Clock) -> None:
    send_with(app, place, clock, "a.pdf")
    for change in ("UPDATE attachment SET sha256 = 'x'", "DELETE FROM attachment"):
        with pytest.raises(DatabaseError, match="immutable"):
            db.session.execute(db.text(change))
        db.session.rollback()


def test_a_withheld_file_can_be_appealed_against_though_the_words_are_published(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    sent = send_with(app, place, clock, "a.pdf")
    (comment,) = made.comments(place)
    file_id = all_files()[0].id
    decide(cast, clock, comment)
    with pytest.raises(DomainError, match="appeal_nothing"):
        appeals.appeal(clock(), sent.code, 1, "أعترض", days=14)
    db.session.rollback()
    withheld = FileWord(file_id, Ground.COPYRIGHT)
    decide(cast, clock, comment, withheld)
    appeal = appeals.appeal(clock(), sent.code, 1, "أعترض", days=14)
    db.session.commit()

    def upheld(*words: FileWord) -> Ruling:
        instead = Decision(Outcome.PUBLISH, comment.revision, files=words)
        return Ruling(AppealOutcome.UPHELD, "لا حق لأحد فيه", instead)

    with pytest.raises(DomainError, match="appeal_same"):
        appeals.rule(cast.other_moderator, clock(), appeal, upheld(withheld))
    db.session.rollback()
    appeals.rule(cast.other_moderator, clock(), appeal, upheld(FileWord(file_id, SHOW)))
    db.session.commit()
    assert standings() == [Standing.SHOWN]
    assert made.statuses(place) == [Publication.PUBLISHED]
