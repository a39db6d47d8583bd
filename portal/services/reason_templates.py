"""The templates of reasons that a body's team keeps: written, changed, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError, Refusals, Stale
from portal.domain.reason_templates import template_faults
from portal.domain.responses import Disposition
from portal.models import ReasonTemplate, db


@dataclass(frozen=True, slots=True)
class Written:
    """A template as typed; `disposition` is None where it goes with any decision."""

    title: str
    text_ar: str = ""
    text_en: str = ""
    disposition: Disposition | None = None


def keep_template(
    actor: Actor,
    now: datetime,
    body_id: int,
    written: Written,
    *,
    template: ReasonTemplate | None = None,
    seen_revision: int = 0,
) -> ReasonTemplate:
    """Keep a new template, or change one.

    Raises `Refusals` with every fault, `template_taken` where another has the title, and `Stale`
    where somebody changed it meanwhile.
    """
    if template is not None and template.revision != seen_revision:
        raise Stale("template_changed_meanwhile")
    title = " ".join(written.title.split())
    found = template_faults(title, written.text_ar, written.text_en)
    if found:
        raise Refusals(found)
    same = select(ReasonTemplate.id).where(
        ReasonTemplate.body_id == body_id, ReasonTemplate.title == title
    )
    if db.session.scalar(same) not in (None, template.id if template else None):
        raise DomainError("template_taken", field="title", title=title)
    kept = template or ReasonTemplate(body_id=body_id, revision=-1)
    kept.title, kept.disposition = title, written.disposition
    kept.text_ar, kept.text_en = written.text_ar.strip(), written.text_en.strip()
    kept.changed_by, kept.changed_at = actor.user_id or 0, now
    kept.revision += 1
    db.session.add(kept)
    db.session.flush()
    return kept


def drop_template(template: ReasonTemplate, *, seen_revision: int) -> None:
    """Take a template away; reasons that were written from it stay as they are."""
    if template.revision != seen_revision:
        raise Stale("template_changed_meanwhile")
    db.session.delete(template)
    db.session.flush()
