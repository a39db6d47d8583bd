"""The demo's answered consultation: two versions, every comment answered, the matrix published."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from portal.domain.bilingual import Bilingual
from portal.domain.drafts import DocumentKind
from portal.domain.matrices import Place as Changed
from portal.domain.particulars import Particulars
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.formats.summaries import draft_texts
from portal.jobs.demo.loading import first_version, publish, send_all
from portal.jobs.demo.people import People
from portal.models import DraftVersion
from portal.queries.summaries import load_asked, load_figures, load_reflected
from portal.services import consultations, matrices, reflection, responses, reviews, summaries
from portal.services.responses import Draft

PARTICULARS = {
    "title": Bilingual(
        "مشروع تعليمات المواعيد الإلكترونية في مراكز الخدمات (مثال)",
        "Draft instructions on online appointments at service centres (example)",
    ),
    "purpose": Bilingual(
        "تنظيم حجز المواعيد في مراكز الخدمات. كُتب هذا النص مثالاً لتجربة البوابة.",
        "To order the booking of appointments at service centres. This text was written as an "
        "example, for trying the portal.",
    ),
    "negotiable": Bilingual(
        "المدد والمهل وطرق الشكوى. (مثال)", "Periods and complaints. (example)"
    ),
    "fixed": Bilingual("مبدأ الحجز الإلكتروني. (مثال)", "Online booking as such. (example)"),
    "contact": "consultation@demo.example",
}
OWN_REASONS = {
    "art_1": "طلبت المراكز وقتاً لإعداد أنظمتها. (مثال)",
    "art_3__para_c": "موضع هذا الحكم مع أحكام الحضور. (مثال)",
    "art_4": "أظهر تشغيل تجريبي أن التذكير يقلل المواعيد الضائعة. (مثال)",
}


def load_appointments(people: People, now: datetime) -> None:
    """Closed a month ago, its matrix out since nine days."""
    opened = now - timedelta(days=60)
    closed = now - timedelta(days=40)
    drafted = opened - timedelta(days=2)
    consultation = consultations.create(
        people.drafter,
        drafted,
        body_id=people.body.id,
        slug="service-appointments",
        particulars=Particulars(
            opens_at=opened,
            closes_at=closed,
            **PARTICULARS,  # type: ignore[arg-type]
        ),
    )
    place = first_version(
        people, drafted, consultation, DocumentKind.INSTRUCTIONS, "appointments-1"
    )
    consultations.announce(people.drafter, drafted, consultation, minimum_days=10)
    said = send_all(people, place, "appointments-comments", opened + timedelta(days=1))
    studied = closed + timedelta(days=20)
    second = publish(people, studied, consultation, place.document, "appointments-2")
    for each in said:
        _answer(people, studied, consultation.id, second, each)
    for eid, reason in OWN_REASONS.items():
        place_of_change = Changed(second.id, eid)
        reflection.explain_change(people.drafter, studied, consultation.id, place_of_change, reason)
    edition = matrices.publish(people.approver, now - timedelta(days=9), consultation.id)
    texts = draft_texts(
        load_asked(consultation.id), load_figures(edition.id), load_reflected(edition.id)
    )
    at = now - timedelta(days=8)
    summaries.write(people.drafter, at, consultation.id, texts, seen=0)
    summaries.publish(people.approver, at, consultation.id, seen=1)


def _answer(
    people: People,
    at: datetime,
    consultation_id: int,
    second: DraftVersion,
    said: dict[str, Any],
) -> None:
    draft = Draft(
        refs=(RowRef(said["number"]),),
        disposition=Disposition(said["disposition"]),
        reason_ar=said.get("reason", ""),
        reason_en=said.get("reason_en", ""),
        covered_by=said.get("covered_by", ""),
        until=said.get("until", ""),
        cites=tuple(Changed(second.id, eid) for eid in said.get("cite", ())),
        ready=True,
    )
    written = responses.record(people.drafter, at, consultation_id, draft)
    reviews.approve(
        people.approver,
        at + timedelta(days=1),
        written,
        seen_revision=written.revision,
    )
