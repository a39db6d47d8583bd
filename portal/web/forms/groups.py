"""The forms of a group's page and of the list of insults."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, SelectField, StringField, TextAreaField

from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import FOR_MANY, Outcome
from portal.formats.labels import choices


class GroupForm(Form):
    """One decision for all of a group that wait."""

    outcome = RadioField(_l("Decision for all that wait"), validate_choice=False)
    ground = SelectField(_l("Ground"), validate_choice=False)
    note = TextAreaField(_l("To the authors, beside the ground"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(choices(Outcome))
        self.outcome.choices = [(each.value, known[each.value]) for each in FOR_MANY]
        self.ground.choices = [("", _l("Choose a ground")), *choices(Ground)]

    @property
    def chosen(self) -> str:
        """What a preview was of: it is decided as it was shown, or shown again."""
        return f"{self.outcome.data or ''}/{self.ground.data or ''}/{self.note.data or ''}"

    def read(self) -> tuple[Outcome, Ground | None, str]:
        """What was chosen; raises `outcome_missing`."""
        chosen, ground = self.outcome.data or "", self.ground.data or ""
        if chosen not in set(Outcome):
            raise DomainError("outcome_missing", field="outcome")
        named = Ground(ground) if ground in set(Ground) else None
        return Outcome(chosen), named, self.note.data or ""


class PutInForm(Form):
    """Which comment is to come into the group."""

    number = StringField(_l("Number of the comment"))


class WordForm(Form):
    word = StringField(_l("Word or phrase"))
