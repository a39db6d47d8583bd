"""All that the page of a response shows beside its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.domain.bilingual import Bilingual
from portal.domain.citations import article_of, once
from portal.domain.draft_comparison import WordOp, word_changes
from portal.domain.errors import DomainError
from portal.domain.reason_templates import fill
from portal.domain.responses import RULES, Answered, Disposition
from portal.domain.row_refs import RowRef, parse_refs
from portal.domain.selections import Of, form_key, parse_of
from portal.formats.messages import message
from portal.formats.reasons import values_of
from portal.queries.answering import answer_faults, answered_elsewhere, coverable
from portal.queries.answers import SHOWN, ResponseView, RowView, row_views
from portal.queries.changes import ProvisionChange, as_changes, load_changes
from portal.queries.comparison import name_of_body
from portal.queries.drafts import list_documents
from portal.queries.reason_templates import TemplateView, templates_of
from portal.queries.rows import find_rows
from portal.queries.selecting import (
    Selected,
    answered_kinds,
    kinds_left,
    kinds_of_rows,
    look_at,
)
from portal.queries.similar import Contradiction, contradictions, groups_of
from portal.web.forms.responses import ResponseForm, answer_in, draft_of, value_of
from portal.web.gate import scope

KEY = 80  # characters at most of what names a form
Offered = tuple[str, ProvisionChange, tuple[WordOp, ...]]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about: rows that are shown, how many there are, and the set they are of."""

    key: str
    of: Of | None
    rows: tuple[RowView, ...]
    total: int
    selected: Selected | None

    @property
    def comment_ids(self) -> tuple[int, ...]:
        return tuple(row.comment.id for row in self.rows)

    @property
    def eids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.comment.eid or "" for row in self.rows))


def subject_of(form: ResponseForm, view: ResponseView | None) -> Subject:
    """What the form is about, as far as it can be read."""
    of, refs = None, _refs(form)
    try:
        of = parse_of(form.of.data or "")
    except DomainError:
        of = None
    selected = look_at(scope().id, of, shown=SHOWN) if of else None
    if selected:
        shown, total = selected.first, selected.left
    elif view and view.many:
        shown, total = view.refs[:SHOWN], view.rows
    else:
        shown, total = refs[:SHOWN], len(refs)
    key = (form.key.data or "")[:KEY] or form_key(view.id if view else None, of, refs)
    try:
        rows = row_views(scope().id, shown)
    except DomainError:  # a reference that is none: the field says so
        rows = ()
    return Subject(key, of, rows, total, selected)


def _refs(form: ResponseForm) -> tuple[RowRef, ...]:
    try:
        return parse_refs(form.comments.data or "")
    except DomainError:
        return ()


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules say of a form as it is typed: what is missing, what contradicts it."""

    missing: tuple[str, ...] = ()
    against: tuple[Contradiction, ...] = ()


def tell(
    form: ResponseForm,
    view: ResponseView | None,
    changes: tuple[ProvisionChange, ...],
    comment_ids: Sequence[int],
) -> Told:
    """Ask the rules; nothing is written."""
    try:
        draft = draft_of(form, changes, ready=True)
        kinds = _kinds(form, view)
        answer = answer_in(draft)
        found = answer_faults(scope().id, answer, kinds, draft.cites, as_changes(changes))
        rows = find_rows(scope().id, draft.refs)
        taken = answered_elsewhere(rows, view.id if view else None)
        found = [taken, *found] if taken else found
    except DomainError as error:
        return Told((message(error),))
    against = contradictions(groups_of(comment_ids), draft.disposition, view.id if view else None)
    return Told(tuple(message(error) for error in found), against)


def _kinds(form: ResponseForm, view: ResponseView | None) -> tuple[Answered, ...]:
    of = parse_of(form.of.data or "")
    if of:
        return kinds_left(scope().id, of)
    refs = parse_refs(form.comments.data or "")
    if view and (view.many or set(refs) == set(view.refs)):
        return answered_kinds(view.id)
    if not refs:
        raise DomainError("no_comment_chosen", field="comments")
    return kinds_of_rows(find_rows(scope().id, refs).values())


def offered_changes(
    changes: tuple[ProvisionChange, ...], eids: Sequence[str]
) -> tuple[list[Offered], list[Offered]]:
    """Places to cite: first those in the articles commented on, then the others."""
    articles = {article_of(eid) for eid in eids if eid}
    near: list[Offered] = []
    far: list[Offered] = []
    for change in changes:
        at = {article_of(once(change.place.eid)), *map(article_of, change.old_eids)}
        offer = (value_of(change.place), change, word_changes(change.before, change.after))
        (near if at & articles else far).append(offer)
    return near, far


def rules_for_script() -> dict[str, dict[str, Any]]:
    """The table of dispositions as the script of the page reads it: which fields each needs."""
    return {
        each.value: {"change": rule.change, "needs": rule.needs, "reason": rule.reason}
        for each, rule in RULES.items()
    }


def covering_choices(form: ResponseForm) -> None:
    """The provisions of the newest versions, to choose the one that covers a comment."""
    values = coverable(scope().id)
    chosen = form.covered_by.data or ""
    form.covered_by.choices = ["", *values, *([chosen] if chosen not in ("", *values) else [])]


@dataclass(frozen=True, slots=True)
class Template:
    """A template with the words of these comments in its placeholders."""

    id: int
    title: str
    disposition: Disposition | None
    ar: str
    en: str


def templates_for(rows: Sequence[RowView]) -> tuple[Template, ...]:
    """The body's templates, filled in."""
    kept = templates_of(scope().body_id)
    if not kept:
        return ()
    titles = {each.number: each.title for each in list_documents(scope().id)}
    documents: list[Bilingual] = [
        titles[row.comment.document_number] for row in rows if row.comment.document_number in titles
    ]
    values = values_of(
        [row.ref for row in rows],
        [row.comment.eid for row in rows if row.comment.eid],
        documents,
        scope().title,
        name_of_body(scope().body_id),
    )

    def filled(each: TemplateView) -> Template:
        ar, en = fill(each.text_ar, values["ar"]), fill(each.text_en, values["en"])
        return Template(each.id, each.title, each.disposition, ar, en)

    return tuple(filled(each) for each in kept)


def changes_here() -> tuple[ProvisionChange, ...]:
    """The changes of the consultation that is looked at."""
    return load_changes(scope().id)
