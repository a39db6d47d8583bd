"""The demo body's templates of reasons."""

from __future__ import annotations

from datetime import datetime

from portal.domain.responses import Disposition
from portal.jobs.demo.people import People
from portal.services.reason_templates import Written, keep_template

TEMPLATES = (
    Written(
        "أُخذ بالمقترح (مثال)",
        "أُخذ بالمقترح، وعُدّلت {الحكم} على هذا النحو.",
        "The proposal was taken over, and {provision} was changed accordingly.",
        Disposition.ACCEPTED,
    ),
    Written(
        "خارج النطاق (مثال)",
        "لا تنظّم {الوثيقة} هذا الأمر، وقد أُحيطت به {الجهة}.",
        "{document} does not govern this; {body} has taken note of it.",
        Disposition.OUT_OF_SCOPE,
    ),
)


def load_reasons(people: People, now: datetime) -> None:
    """Two, kept by the drafter."""
    for each in TEMPLATES:
        keep_template(people.drafter, now, people.body.id, each)
