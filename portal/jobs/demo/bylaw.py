"""The demo's open consultation, with a comment in every publication status."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.domain.bilingual import Bilingual
from portal.domain.drafts import DocumentKind
from portal.domain.particulars import Particulars
from portal.jobs.demo.loading import first_version, send_all
from portal.jobs.demo.people import People
from portal.jobs.demo.study import study
from portal.services import consultations
from portal.services.appeals import appeal

PARTICULARS = {
    "title": Bilingual(
        "مشروع نظام المشاركة الإلكترونية لسنة 2026 (مثال)",
        "Draft bylaw on electronic participation, 2026 (example)",
    ),
    "purpose": Bilingual(
        "تنظيم عرض المسودات على الناس وتلقي ملاحظاتهم والرد عليها. "
        "كُتب هذا النص مثالاً لتجربة البوابة.",
        "To order how drafts are put to the public, how comments are taken and how they are "
        "answered. This text was written as an example, for trying the portal.",
    ),
    "negotiable": Bilingual(
        "مدد الاستشارة والرد، وتشكيل لجنة الخبراء، وقواعد الإشراف. (مثال)",
        "The periods of consultation and answer, the expert committee, the rules of moderation. "
        "(example)",
    ),
    "fixed": Bilingual(
        "مبدأ الرد على كل ملاحظة، فهو التزام معلن. (مثال)",
        "That every comment is answered: this is a commitment already made. (example)",
    ),
    "contact": "consultation@demo.example",
}
APPEAL = "انتقدت الصياغة ولم أقصد أحداً بعينه، فأرجو إعادة النظر. (مثال)"


def load_bylaw(people: People, now: datetime) -> None:
    """Open since a week, for another seventeen days."""
    opened = now - timedelta(days=7)
    drafted = opened - timedelta(days=3)
    consultation = consultations.create(
        people.drafter,
        drafted,
        body_id=people.body.id,
        slug="electronic-participation",
        particulars=Particulars(
            opens_at=opened,
            closes_at=now + timedelta(days=17),
            **PARTICULARS,  # type: ignore[arg-type]
        ),
    )
    place = first_version(people, drafted, consultation, DocumentKind.BYLAW, "bylaw")
    consultations.announce(people.drafter, drafted, consultation, minimum_days=10)
    said = send_all(people, place, "bylaw-comments", opened + timedelta(hours=5))
    withheld = next(each for each in said if each.get("outcome") == "withhold")
    appeal(now - timedelta(days=1), withheld["code"], withheld["number"], APPEAL, days=14)
    study(people, now, consultation)
