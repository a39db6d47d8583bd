"""A mail of the outbox as a letter: its template filled in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import force_locale

from portal.domain.appeals import appeal_until
from portal.domain.bilingual import Bilingual
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.formats.links import link


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to be handed over; `key` is its own and stays the same when sent again."""

    key: str
    recipient: str
    language: str
    subject: str
    body: str


def render(
    template: str, language: str, params: dict[str, Any], recipient: str, number: int
) -> Letter:
    """Fill `templates/mail/TEMPLATE.txt`: its first line is the subject, the rest the body."""
    with force_locale(language):
        # Not `render_template`: a mail is no page, and no request may be under way.
        text = current_app.jinja_env.get_template(f"mail/{template}.txt").render(
            lang=language,
            link=link(language),
            pick=lambda words: Bilingual(words["ar"], words["en"]).pick(language),
            Ground=Ground,
            Outcome=Outcome,
            appeal_until=_appeal_until,
            **params,
        )
    subject, _, body = text.strip().partition("\n")
    return Letter(f"{number}", recipient, language, subject.strip()[:300], body.strip() + "\n")


def _appeal_until(decided_at: str) -> datetime:
    """Until when an appeal is taken against what was decided at that moment (ISO 8601)."""
    days = current_app.extensions["settings"].appeal_days
    return appeal_until(datetime.fromisoformat(decided_at), days)
