"""The form of a moderation decision, and the words that are marked in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, RadioField, SelectField, StringField, TextAreaField

from portal.domain.attachments import FileWord
from portal.domain.errors import DomainError
from portal.domain.given_numbers import revision, whole
from portal.domain.grounds import Ground
from portal.domain.moderation import FOR_MANY, Decision, Outcome, check_spans
from portal.domain.redaction import spans_of, tidy
from portal.domain.visibility import Span
from portal.formats.labels import choices

MOST_MARKS = 200
SHOW = "show"


class DecisionForm(Form):
    seen = HiddenField()
    over = HiddenField()
    outcome = RadioField(_l("Decision"), validate_choice=False)
    ground = SelectField(_l("Ground"), validate_choice=False)
    masked = TextAreaField(_l("Words to mask, one stretch a line, as they stand in the comment"))
    note = TextAreaField(_l("To the author, beside the ground"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # None where nothing was sent yet: then each file stands as it was decided last.
        self.words_on_files = words_on_files(args[0]) if args else None
        self.outcome.choices = choices(Outcome)
        self.ground.choices = [("", _l("Choose a ground")), *choices(Ground)]


def words_on_files(typed: MultiDict[str, str]) -> tuple[FileWord, ...]:
    """What is chosen of each file (`file-12`: `show`, or a ground to withhold it on)."""
    found = []
    for name, value in typed.items():
        number = whole(name.removeprefix("file-")) if name.startswith("file-") else None
        if number is None:
            continue
        if value == SHOW:
            found.append(FileWord(number, None))
        elif value in set(Ground):
            found.append(FileWord(number, Ground(value)))
    return tuple(found)


class ManyForm(Form):
    """One decision for all that are chosen in the list."""

    outcome = SelectField(_l("Decision for all chosen"), validate_choice=False)
    ground = SelectField(_l("Ground"), validate_choice=False)
    note = StringField(_l("To the authors, beside the ground"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(choices(Outcome))
        self.outcome.choices = [(each.value, known[each.value]) for each in FOR_MANY]
        self.ground.choices = [("", _l("Choose a ground")), *choices(Ground)]


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch that is marked to be masked; its ground may not have been chosen yet."""

    field: str
    start: int
    end: int
    words: str
    ground: Ground | None

    @property
    def value(self) -> str:
        """As the form carries it."""
        return f"{self.field}:{self.start}:{self.end}"


def marks_of(typed: MultiDict[str, str], fields: Mapping[str, str]) -> list[Marked]:
    """The marks that a form carries, widened to whole words; raises `span_outside`."""
    places = typed.getlist("span")[:MOST_MARKS]
    grounds = [*typed.getlist("span_ground"), *[""] * len(places)]
    found: dict[str, Marked] = {}
    for place, ground in zip(places, grounds, strict=False):
        span = span_of(place, fields)
        for tidied in tidy((span,), fields):
            words = fields[tidied.field][tidied.start : tidied.end]
            chosen = Ground(ground) if ground in set(Ground) else None
            mark = Marked(tidied.field, tidied.start, tidied.end, words, chosen)
            found[f"{mark.value}:{ground}"] = mark
    return list(found.values())


def span_of(place: str, fields: Mapping[str, str]) -> Span:
    """`FIELD:START:END` as a form carries it; raises `span_outside`."""
    name, _, ends = place.partition(":")
    start, end = (whole(each) for each in (ends.partition(":")[::2]))
    if start is None or end is None:
        raise DomainError("span_outside", field="masked")
    span = Span(name, start, end, Ground.PERSONAL_DATA)
    check_spans((span,), fields)
    return span


def with_typed(form: DecisionForm, marks: list[Marked], fields: Mapping[str, str]) -> list[Marked]:
    """The marks and, under the ground that is chosen, the words that were typed.

    Raises `span_not_found`.
    """
    ground = ground_of(form)
    found = list(marks)
    for line in (form.masked.data or "").splitlines():
        if line.strip():
            for span in spans_of(line.strip(), fields, ground or Ground.PERSONAL_DATA):
                words = fields[span.field][span.start : span.end]
                found.append(Marked(span.field, span.start, span.end, words, ground))
    return found


def ground_of(form: DecisionForm | ManyForm) -> Ground | None:
    """The ground that is chosen."""
    return Ground(form.ground.data) if form.ground.data in set(Ground) else None


def outcome_of(form: DecisionForm | ManyForm) -> Outcome:
    """The outcome that is chosen; raises `outcome_missing`."""
    if form.outcome.data not in set(Outcome):
        raise DomainError("outcome_missing", field="outcome")
    return Outcome(form.outcome.data)


def decision_of(form: DecisionForm, marks: list[Marked], fields: Mapping[str, str]) -> Decision:
    """The decision as typed; raises `outcome_missing`, `ground_missing`, `span_not_found`."""
    outcome, ground = outcome_of(form), ground_of(form)
    spans: tuple[Span, ...] = ()
    if outcome is Outcome.PUBLISH:
        ground = None  # a ground left in the list says nothing about plain publication
    if outcome is Outcome.REDACT:
        marks = with_typed(form, marks, fields)
        grounds = [mark.ground or ground for mark in marks]
        ground = ground or next((each for each in grounds if each), None)
        spans = tuple(
            Span(mark.field, mark.start, mark.end, _given(each))
            for mark, each in zip(marks, grounds, strict=True)
        )
    seen = revision(form.seen.data)
    files = form.words_on_files or ()
    return Decision(outcome, seen, ground, form.note.data or "", spans, files)


def _given(ground: Ground | None) -> Ground:
    if ground is None:
        raise DomainError("span_ground_missing", field="masked")
    return ground
