"""A short draft with Arabic marks, a definition and a table, and its next version."""

from __future__ import annotations

import re

from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.domain.redaction import spans_of
from portal.domain.submissions import Point, Sender
from portal.domain.visibility import FIELDS
from portal.models import Comment, DraftVersion, db
from portal.services import drafts, moderation, submissions
from portal.services.moderation import Decision
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import START, Clock

WORDS = """# مشروع نظام المكتبات العامة (مثال)

المادة 1: التعريفات
يقصد بالكلمات الآتية ما يلي:
المُستعير: كلُّ من يَستعير كتاباً من المكتبة.

المادة 2: الإعارة
أ- تُعِيرُ المكتبةُ الكتابَ مُدَّةَ أسبوعين، وتُجدَّدُ المُدَّةُ مرَّةً واحدة.
ب- لا تُعارُ المخطوطات.

المادة 3: الغرامة
يدفع من يتأخر عن ردِّ الكتاب غرامةً مقدارها عشرة قروش عن كل يوم.
"""
# A paragraph comes before the words, another article says something else.
NEXT = WORDS.replace(
    "أ- تُعِيرُ المكتبةُ الكتابَ مُدَّةَ", "أ- على من يطلب كتاباً أن يبرز بطاقته، وتُعِيرُ المكتبةُ الكتابَ مُدَّةَ"
).replace("عشرة قروش", "خمسة قروش")


def say(place: Open, clock: Clock, eid: str = "art_2__para_a", **words: str) -> Comment:
    point = Point(place.target(eid), words.pop("text", "ملاحظة"), **words)  # type: ignore[arg-type]
    key = f"form-{db.session.query(Comment).count()}"
    submissions.submit(clock(), place.consultation, Sender(), (point,), form_key=key, language="ar")
    db.session.commit()
    return made.comments(place)[-1]


def publish(cast: Cast, clock: Clock, comment: Comment, mask: str = "") -> None:
    fields = {field: getattr(comment, field) for field in FIELDS}
    spans = spans_of(mask, fields, Ground.PERSONAL_DATA) if mask else ()
    outcome = Outcome.REDACT if mask else Outcome.PUBLISH
    ground = Ground.PERSONAL_DATA if mask else None
    decision = Decision(outcome, comment.revision, ground, "", spans)
    moderation.decide(cast.moderator, clock(), comment, decision)
    db.session.commit()


def next_version(cast: Cast, place: Open, source: str = NEXT) -> DraftVersion:
    version, _ = drafts.import_text(cast.drafter, START, place.document, source)
    drafts.publish_version(cast.drafter, START, place.consultation, version)
    db.session.commit()
    return version


def marked(page: str) -> str:
    """All words under a mark in the law, one after the other."""
    return "".join(re.findall(r'<mark class="d\d">(.*?)</mark>', page))
