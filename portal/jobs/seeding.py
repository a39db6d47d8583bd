"""`flask bench seed`: a scratch database filled for measuring, set by set; no real words.

One consultation that is closed, with two versions of a draft, and so many comments, each answered
and approved. Nothing is in the queue, and comments have no anchors: what is measured is the matrix.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import func, insert, select

from portal.adapters.database import unit_of_work
from portal.domain.bilingual import Bilingual
from portal.domain.comments import CommentType, Publication
from portal.domain.drafts import DocumentKind
from portal.domain.errors import DomainError
from portal.domain.matrices import Place
from portal.domain.particulars import Particulars
from portal.domain.record import Entry
from portal.domain.responses import RULES, Disposition, ResponseStatus
from portal.domain.submissions import Channel, SenderClass
from portal.jobs.console import run_or_exit
from portal.jobs.demo import is_empty
from portal.jobs.demo.people import People, load_people
from portal.models import (
    ChangeReason,
    Comment,
    Consultation,
    Document,
    DraftVersion,
    Response,
    ResponseChange,
    ResponseComment,
    Submission,
    db,
)
from portal.models.ledger import write_down_many
from portal.queries.changes import load_changes
from portal.services import consultations, drafts

commands = AppGroup("bench", help="Scratch databases for measuring.")
SLUG = "bench"
PORTION = 2_000
ARTICLES, CHANGED = 60, 20
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
# How often each decision is taken, in a hundred.
SHARES = {
    Disposition.ACCEPTED: 15,
    Disposition.ACCEPTED_IN_PART: 10,
    Disposition.CLARIFIED: 25,
    Disposition.NOTED: 10,
    Disposition.NOT_ACCEPTED: 30,
    Disposition.OUT_OF_SCOPE: 10,
}
STATUSES = (Publication.PUBLISHED,) * 9 + (Publication.WITHHELD,)


@commands.command("seed")
@click.option("--comments", type=click.IntRange(1, 2_000_000), required=True)
@click.option("--unanswered", type=click.IntRange(0), default=0, help="So many have no response.")
def seed_command(comments: int, unanswered: int) -> None:
    """Fill an EMPTY database with one closed consultation and so many answered comments."""
    with run_or_exit():
        if not is_empty():
            raise DomainError("database_not_empty")
        slug = seed(current_app.extensions["clock"](), comments, unanswered)
        click.echo(f"{comments} comments in the consultation {slug}.")


def seed(now: datetime, comments: int, unanswered: int = 0) -> str:
    """Fill an empty database; gives the slug of the consultation. The same for the same numbers."""
    words = _Words()
    with unit_of_work():
        people = load_people(now - timedelta(days=60))
        place = _draft(people, now, words)
        scale = _Scale(people, *place, now)
        cites = [change.place for change in load_changes(scale.consultation_id)]
        scale.explain(cites)
    for first in range(1, comments + 1, PORTION):
        numbers = range(first, min(first + PORTION, comments + 1))
        with unit_of_work():
            scale.write(words, numbers, cites, last=comments - unanswered)
    with unit_of_work():
        db.session.get_one(Consultation, scale.consultation_id).next_number = comments + 1
        _count_on()
    return SLUG


def _count_on() -> None:
    """PostgreSQL goes on counting where the given ids end."""
    if db.engine.dialect.name == "postgresql":
        for table in (Submission, Comment, Response):
            name = table.__tablename__
            newest = select(func.max(table.id)).scalar_subquery()
            db.session.execute(select(func.setval(f"{name}_id_seq", newest)))


class _Words:
    """Invented words, the first used most, as in any language."""

    def __init__(self) -> None:
        self.chance = random.Random(11)  # noqa: S311 (the same words in every run)
        self._all = ["".join(self.chance.choices(LETTERS, k=size % 5 + 3)) for size in range(8_000)]
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._all) + 1)))

    def text(self, shortest: int, longest: int) -> str:
        many = self.chance.randint(shortest, longest)
        return " ".join(self.chance.choices(self._all, cum_weights=self._weights, k=many))


def _draft(people: People, now: datetime, words: _Words) -> tuple[Consultation, Document, int]:
    """A closed consultation with two published versions; gives the id of the first."""
    begun = now - timedelta(days=50)
    particulars = Particulars(
        title=Bilingual("استشارة للقياس (مثال)", "Consultation for measuring (example)"),
        opens_at=begun + timedelta(days=1),
        closes_at=now - timedelta(days=20),
        contact="contact@demo.example",
    )
    made = consultations.create(
        people.drafter, begun, body_id=people.body.id, slug=SLUG, particulars=particulars
    )
    document = consultations.add_document(
        people.drafter, begun, made, DocumentKind.LAW, Bilingual("مشروع قانون للقياس (مثال)")
    )
    articles = [f"المادة {at}:\n{words.text(40, 60)}." for at in range(1, ARTICLES + 1)]
    first = _publish(people, begun, made, document, articles)
    consultations.announce(people.drafter, begun, made, minimum_days=10)
    for at in range(CHANGED):
        articles[at * (ARTICLES // CHANGED)] += f" {words.text(5, 9)}."
    _publish(people, now - timedelta(days=10), made, document, articles)
    return made, document, first.id


def _publish(
    people: People, at: datetime, made: Consultation, document: Document, articles: Sequence[str]
) -> DraftVersion:
    version, _parsed = drafts.import_text(people.drafter, at, document, "\n\n".join(articles))
    drafts.publish_version(people.drafter, at, made, version)
    return version


class _Scale:
    """Writes comments with all that belongs to them, a portion at a time."""

    def __init__(
        self,
        people: People,
        consultation: Consultation,
        document: Document,
        version_id: int,
        now: datetime,
    ) -> None:
        self.consultation_id = consultation.id
        self._document_id, self._version_id = document.id, version_id
        self._writer, self._approver = people.drafter.user_id, people.approver.user_id
        self._at = now - timedelta(days=30)
        self._now = now

    def explain(self, changes: Sequence[Place]) -> None:
        """The drafter's own reason for every change, whether a comment asks for it or not."""
        reason = {"reason": "سبب (مثال)", "recorded_by": self._writer, "recorded_at": self._now}
        rows = [{"version_id": each.version_id, "eid": each.eid, **reason} for each in changes]
        db.session.execute(insert(ChangeReason), rows)

    def write(self, words: _Words, numbers: range, cites: Sequence[Place], *, last: int) -> None:
        """Comments with these numbers; those up to `last` are answered, four by a response."""
        db.session.execute(insert(Submission), [self._submission(at) for at in numbers])
        db.session.execute(insert(Comment), [self._comment(at, words) for at in numbers])
        said: list[tuple[str, dict[str, Any]]] = [("submission", {"number": at}) for at in numbers]
        of = self.consultation_id
        write_down_many(Entry.RECEIVED, said, at=self._at, consultation_id=of)
        answered = [at for at in numbers if at <= last]
        responses = list(dict.fromkeys(self._response_of(at) for at in answered))
        decided = dict(zip(responses, self._decisions(words, len(responses)), strict=True))
        for at in responses[::5]:  # answers to those who propose a wording
            decided[at] = Disposition.NOT_ACCEPTED
        rows = [self._response(at, each, words) for at, each in decided.items()]
        if rows:
            db.session.execute(insert(Response), rows)
            links = [
                {
                    "comment_id": at,
                    "part": 0,
                    "response_id": self._response_of(at),
                    "digest": f"{at:064}",
                }
                for at in answered
            ]
            db.session.execute(insert(ResponseComment), links)
        cited = list(self._cited(decided, cites))
        if cited:
            db.session.execute(insert(ResponseChange), cited)

    def _decisions(self, words: _Words, many: int) -> list[Disposition]:
        return words.chance.choices(list(SHARES), weights=list(SHARES.values()), k=many)

    @staticmethod
    def _response_of(number: int) -> int:
        return (number - 1) // 4 + 1

    def _cited(
        self, decided: dict[int, Disposition], cites: Sequence[Place]
    ) -> Iterator[dict[str, Any]]:
        for response_id, disposition in decided.items():
            if RULES[disposition].change:
                place = cites[response_id % len(cites)]
                yield {
                    "response_id": response_id,
                    "version_id": place.version_id,
                    "eid": place.eid,
                }

    def _submission(self, number: int) -> dict[str, Any]:
        return {
            "id": number,
            "consultation_id": self.consultation_id,
            "code": f"{number:016}",
            "form_key": f"{number:032}",
            "salt": f"{number:064}",
            "channel": Channel.PORTAL,
            "received_at": self._at + timedelta(seconds=number),
            "sender_class": list(SenderClass)[number % 7 % len(SenderClass)],
            "email": f"author-{number}@demo.example" if number % 2 else "",
            "sender_key": f"{number % 90_000:064}",
            "looked_at": self._at,
        }

    def _comment(self, number: int, words: _Words) -> dict[str, Any]:
        return {
            "id": number,
            "submission_id": number,
            "consultation_id": self.consultation_id,
            "number": number,
            "document_id": self._document_id,
            "version_id": self._version_id,
            "eid": f"art_{number % ARTICLES + 1}",
            "type": CommentType.SUBSTANTIVE,
            "text": words.text(20, 80),
            "proposed": words.text(8, 25) if (self._response_of(number) - 1) % 5 == 0 else "",
            "publication": STATUSES[number % len(STATUSES)],
            "text_key": f"{number % 95_000:064}",
            "salt": f"{number:064}",
            "digest": f"{number:064}",
        }

    def _response(self, number: int, disposition: Disposition, words: _Words) -> dict[str, Any]:
        return {
            "id": number,
            "consultation_id": self.consultation_id,
            "disposition": disposition,
            "reason_ar": words.text(15, 40),
            "status": ResponseStatus.APPROVED,
            "revision": 2,
            "written_by": self._writer,
            "changed_by": self._writer,
            "changed_at": self._now,
            "approved_by": self._approver,
            "approved_at": self._now,
        }
