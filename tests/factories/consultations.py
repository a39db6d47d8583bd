"""Consultations in the state that a test begins with, made by the services themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from portal.domain.bilingual import Bilingual
from portal.domain.comments import Publication
from portal.domain.drafts import DocumentKind
from portal.domain.particulars import Particulars
from portal.domain.submissions import Point, Sender, Target
from portal.jobs.looking import carry_out
from portal.models import Comment, Consultation, Document, DraftVersion, Submission, db
from portal.services import consultations, drafts, submissions
from tests.factories.cast import Cast
from tests.fixtures.apps import START, Clock

DRAFT = """# مشروع تعليمات الحدائق (مثال)

المادة 1: التسمية
تسمى هذه التعليمات تعليمات الحدائق.

المادة 2: ساعات العمل
أ- تفتح الحديقة من السابعة صباحاً إلى الغروب.
ب- تغلق الحديقة يوماً واحداً في الأسبوع للصيانة.

المادة 3: الدراجات
يسمح بركوب الدراجات في المسارات المخصصة لها.
"""


@dataclass(frozen=True)
class Open:
    """An open consultation with one document and its first version."""

    consultation: Consultation
    document: Document
    version: DraftVersion

    def target(self, eid: str) -> Target:
        return Target(self.document.id, self.version.id, eid)


def prepare(cast: Cast, *, slug: str = "gardens", source: str = DRAFT) -> Open:
    """A consultation in preparation, its first version published; opens a day after START."""
    particulars = Particulars(
        title=Bilingual("تعليمات الحدائق (مثال)", "Garden instructions (example)"),
        opens_at=START + timedelta(days=1),
        closes_at=START + timedelta(days=16),
        purpose=Bilingual(
            "تنظيم استخدام الحدائق. (مثال)", "To order the use of gardens. (example)"
        ),
        contact="contact@example.org",
    )
    made = consultations.create(
        cast.drafter, START, body_id=cast.body.id, slug=slug, particulars=particulars
    )
    document = consultations.add_document(
        cast.drafter, START, made, DocumentKind.INSTRUCTIONS, Bilingual("تعليمات الحدائق (مثال)")
    )
    version, _parsed = drafts.import_text(cast.drafter, START, document, source)
    drafts.publish_version(cast.drafter, START, made, version)
    return Open(made, document, version)


def followed(cast: Cast) -> Open:
    """The same with a working version after the published one, word for word alike; committed."""
    ready = prepare(cast)
    version, _parsed = drafts.import_text(cast.drafter, START, ready.document, DRAFT)
    db.session.commit()
    return Open(ready.consultation, ready.document, version)


def open_one(cast: Cast, clock: Clock, **kwargs: str) -> Open:
    """The same, announced; the clock stands in its first days."""
    ready = prepare(cast, **kwargs)
    consultations.announce(cast.drafter, START, ready.consultation, minimum_days=10)
    clock.moment = START + timedelta(days=3)
    db.session.commit()
    return ready


def send(
    place: Open,
    clock: Clock,
    *texts: str,
    eid: str | None = "art_2__para_a",
    words: Mapping[str, str] | None = None,
    **sender: object,
) -> Submission:
    """A submission with a comment for each text, through the portal, looked over since; `words`
    quote, propose."""
    target = place.target(eid) if eid else Target()
    number = db.session.query(Submission).count()
    sent = submissions.submit(
        clock(),
        place.consultation,
        Sender(**sender),  # type: ignore[arg-type]
        tuple(Point(target, text, **(words or {})) for text in texts),  # type: ignore[arg-type]
        form_key=f"form-{number}",
        language="ar",
    )
    db.session.commit()
    carry_out(clock, pause=0)
    return sent


def statuses(place: Open) -> list[Publication]:
    """Where each comment stands, in their order."""
    return [comment.publication for comment in comments(place)]


def comments(place: Open) -> list[Comment]:
    """All comments of the consultation, by number."""
    query = db.select(Comment).where(Comment.consultation_id == place.consultation.id)
    return list(db.session.scalars(query.order_by(Comment.number)))
