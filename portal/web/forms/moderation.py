"""The form of a moderation decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, RadioField, SelectField, TextAreaField

from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome, spans_of
from portal.formats.labels import choices
from portal.services.moderation import Decision


class DecisionForm(Form):
    seen = HiddenField()
    outcome = RadioField(_l("Decision"), validate_choice=False)
    ground = SelectField(_l("Ground"), validate_choice=False)
    masked = TextAreaField(_l("Words to mask, one stretch a line, as they stand in the comment"))
    note = TextAreaField(_l("To the author, beside the ground"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = choices(Outcome)
        self.ground.choices = [("", _l("Choose a ground")), *choices(Ground)]


def decision_of(form: DecisionForm, fields: Mapping[str, str]) -> Decision:
    """The decision as typed; raises `outcome_missing`, `ground_missing`, `span_not_found`."""
    if form.outcome.data not in set(Outcome):
        raise DomainError("outcome_missing", field="outcome")
    outcome = Outcome(form.outcome.data)
    ground = Ground(form.ground.data) if form.ground.data in set(Ground) else None
    if outcome is Outcome.PUBLISH:
        ground = None  # a ground left in the list says nothing about plain publication
    lines = (form.masked.data or "").splitlines() if outcome is Outcome.REDACT else []
    if outcome is Outcome.REDACT and ground is None:
        raise DomainError("ground_missing", field="ground")
    spans = tuple(
        span
        for line in lines
        if line.strip()
        for span in spans_of(line.strip(), fields, ground or Ground.PERSONAL_DATA)
    )
    seen = form.seen.data or ""
    return Decision(
        outcome, int(seen) if seen.isdecimal() else -1, ground, form.note.data or "", spans
    )
