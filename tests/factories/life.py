"""A consultation to which anything may happen, and what a test knows of each comment in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from flask import Flask

from portal.domain.appeals import AppealOutcome, Ruling
from portal.domain.attachments import FileWord
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.domain.submissions import Point, Sender
from portal.domain.visibility import Span
from portal.models import Appeal, Comment, db
from portal.models.attaching import files_of
from portal.services import appeals, edits, moderation, submissions
from tests.factories.attachments import kept
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

numbers = count()


@dataclass
class Kept:
    """What the test knows of a comment: all it ever said, its sender, and the name and the content
    of its file."""

    number: int
    code: str
    name: str
    shows_name: bool
    file: tuple[str, str] = ("", "")
    texts: list[str] = field(default_factory=list)


@dataclass
class World:
    """A consultation, the comments sent to it, and how to make each thing happen."""

    app: Flask
    cast: Cast
    place: Open
    clock: Clock
    kept: list[Kept] = field(default_factory=list)

    def text(self) -> str:
        """Words that stand nowhere else."""
        return " ".join(f"كلمة{next(numbers):06}" for _each in range(4))

    def comment(self, which: int) -> tuple[Kept, Comment]:
        known = self.kept[which % len(self.kept)]
        query = db.select(Comment).where(
            Comment.consultation_id == self.place.consultation.id, Comment.number == known.number
        )
        return known, db.session.scalars(query).one()

    def submit(self, shows_name: bool, confidential: bool) -> None:
        if len(self.kept) == 6:
            return
        text, name = self.text(), f"اسم{next(numbers):06}"
        key = f"form-{next(numbers)}"
        file = (f"ملف{next(numbers):06}", f"محتوى{next(numbers):06}")
        token = kept(self.app, self.clock, f"%PDF {file[1]}".encode(), file[0])
        sender = {"name": name, "name_public": shows_name, "email": "author@example.org"}
        sent = submissions.submit(
            self.clock(),
            self.place.consultation,
            Sender(**sender, confidential=confidential),  # type: ignore[arg-type]
            (Point(self.place.target("art_3"), text, grounds=text, files=(token,)),),
            form_key=key,
            language="ar",
        )
        self.kept.append(Kept(len(self.kept) + 1, sent.code, name, shows_name, file, [text]))

    def edit(self, which: int, back: bool) -> None:
        known, comment = self.comment(which)
        text = self.text()
        words = edits.NewWords(text, grounds=text)
        without = [each.id for each in files_of(comment.id)] if back else []
        edits.edit_comment(
            self.clock(),
            known.code,
            known.number,
            words,
            seen_revision=comment.revision,
            without=without,
        )
        known.texts.append(text)

    def decision(self, comment: Comment, outcome: Outcome, at: int) -> Decision:
        """One that hides the word at that place, in the text and in the grounds."""
        start = comment.text.split(" ")[at]
        ground = None if outcome is Outcome.PUBLISH else list(Ground)[at]
        spans = tuple(
            Span(
                name,
                getattr(comment, name).index(start) + 1,
                getattr(comment, name).index(start) + 3,
                list(Ground)[at],
            )
            for name in ("text", "grounds")
        )
        masks = spans if outcome is Outcome.REDACT else ()
        # Nothing said of the file, shown, or withheld.
        (file,) = files_of(comment.id)
        said = (FileWord(file.id, None), FileWord(file.id, list(Ground)[at]))
        words = said[at % 2 :][:1] if at else ()
        return Decision(outcome, comment.revision, ground, "بيان", masks, words)

    def do(self, event: str, which: int, outcome: Outcome, at: int, flag: bool) -> None:
        if event == "submit":
            self.submit(flag, confidential=at == 3)
        elif event == "edit":
            self.edit(which, back=flag and at == 3)
        elif event == "withdraw":
            known, _comment = self.comment(which)
            submissions.withdraw_comment(self.clock(), known.code, known.number)
        elif event == "decide":
            _known, comment = self.comment(which)
            by = self.cast.moderator if flag else self.cast.other_moderator
            moderation.decide(by, self.clock(), comment, self.decision(comment, outcome, at))
        elif event == "hold":
            _known, comment = self.comment(which)
            decision = self.decision(comment, outcome, at)
            seconds = timedelta(seconds=20)
            moderation.hold(
                self.cast.moderator, self.clock(), comment, decision, undo_for=seconds, batch="b"
            )
        elif event == "undo":
            moderation.undo(self.cast.moderator, self.clock())
        elif event == "settle":
            self.clock.pass_(seconds=21)
            moderation.settle_due(self.clock())
        elif event == "appeal":
            known, _comment = self.comment(which)
            appeals.appeal(self.clock(), known.code, known.number, "أعترض", days=14)
        elif event == "rule":
            self.rule(which, outcome, at, flag)
        else:
            self.clock.pass_(minutes=7)

    def rule(self, which: int, outcome: Outcome, at: int, flag: bool) -> None:
        _known, comment = self.comment(which)
        query = db.select(Appeal).where(Appeal.comment_id == comment.id).order_by(Appeal.id.desc())
        appeal = db.session.scalar(query.limit(1))
        if appeal is None:
            return
        instead = self.decision(comment, outcome, at) if flag else None
        ruling = Ruling(AppealOutcome.UPHELD if flag else AppealOutcome.REJECTED, "سبب", instead)
        appeals.rule(self.cast.other_moderator, self.clock(), appeal, ruling)
