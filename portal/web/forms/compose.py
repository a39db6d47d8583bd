"""The form of a submission: comments, then one set of questions about the sender."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    MultipleFileField,
    SelectField,
    StringField,
    TextAreaField,
)

from portal.domain.anchor_words import Position
from portal.domain.attachments import SUFFIXES
from portal.domain.comments import CommentType
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.submissions import (
    MAX_COMMENTS,
    Governorate,
    Point,
    Sender,
    SenderClass,
    Target,
)
from portal.formats.citations import cite
from portal.formats.labels import choices
from portal.queries.drafts import DocumentView
from portal.queries.drafts import Target as Choice
from portal.web.forms.codes import code_or
from portal.web.languages import current

WHOLE = ""
ACCEPTED = ",".join(suffix for known in SUFFIXES.values() for suffix in known)
_TOKEN = re.compile(r"[0-9a-f]{32}")
MOST_TOKENS = 50


class CommentForm(Form):
    """One comment. Nothing in it is required by the form: the domain says what is missing."""

    target = SelectField(_l("What is your comment about?"), validate_choice=False)
    type = SelectField(_l("Kind of comment"), validate_choice=False)
    text = TextAreaField(_l("Your comment"))
    quoted = TextAreaField(_l("The words it is about, copied from the text"))
    # Where the words stand, for when they stand there more than once; checked on the server.
    at = HiddenField()
    before = HiddenField()
    after = HiddenField()
    proposed = TextAreaField(_l("The wording you propose instead"))
    grounds = TextAreaField(_l("Why your wording is better"))
    files = MultipleFileField(_l("Files"), render_kw={"accept": ACCEPTED})
    # Tokens of files that were sent with an earlier step of the form.
    kept = HiddenField()


class ComposeForm(Form):
    """A submission on its way."""

    form_key = HiddenField()
    comments = FieldList(FormField(CommentForm), max_entries=MAX_COMMENTS)
    sender_class = SelectField(_l("You write as"), validate_choice=False)
    organisation = StringField(_l("Name of the body you speak for"))
    governorate = SelectField(_l("Governorate"), validate_choice=False)
    name = StringField(_l("Your name"))
    name_public = BooleanField(_l("Show my name beside my comments"))
    email = StringField(_l("E-mail"))
    confidential = BooleanField(_l("Keep this submission confidential"))
    # Nobody sees it: what is filled in here was filled in by a machine.
    website = StringField(_l("Leave this field empty"))


def refuse_more_than_kept(sent: Iterable[str]) -> None:
    """Raise `comments_cut` where the names of the fields sent tell of more comments than are taken.

    The form has read the first of them only, so that no page is drawn as long as somebody likes.
    """
    comments = {name.split("-")[1] for name in sent if name.startswith("comments-")}
    if len(comments) > MAX_COMMENTS:
        raise DomainError("comments_cut", maximum=MAX_COMMENTS)


def offer(
    form: ComposeForm, documents: tuple[DocumentView, ...], targets: tuple[Choice, ...]
) -> None:
    """Fill the lists to choose from, in the language of the page."""
    about = target_choices(documents, targets)
    listed = {value for value, _words in about}
    for entry in form.comments.entries:
        chosen = entry.form.target.data or WHOLE
        named = [(chosen, cite(chosen.partition(":")[2]))] if chosen not in listed else []
        there = target_of(chosen, documents, targets).document_id != 0
        entry.form.target.choices = [*about, *(named if there else [])]
        entry.form.type.choices = choices(CommentType)
    form.sender_class.choices = choices(SenderClass)
    form.governorate.choices = [("", _l("I would rather not say")), *choices(Governorate)]


def target_choices(
    documents: tuple[DocumentView, ...], targets: tuple[Choice, ...]
) -> list[tuple[str, str]]:
    """Everything a comment can be about, as `(value, words)`; values as `d1:art_4`."""
    found: list[tuple[str, str]] = [(WHOLE, str(_l("The consultation as a whole")))]
    several = len(documents) > 1
    for document in documents:
        title = document.title.pick(current())
        found.append((f"d{document.number}", str(_l("The whole document")) + f": {title}"))
        for target in targets:
            if target.document_id == document.id and target.kind is not ProvisionKind.TEXT:
                heading = target.heading.pick(current())
                words = f"{cite(target.eid)} · {heading}" if heading else cite(target.eid)
                before = f"{document.number}: " if several else ""
                found.append((f"d{document.number}:{target.eid}", before + words))
    return found


def target_of(
    value: str, documents: tuple[DocumentView, ...], targets: tuple[Choice, ...]
) -> Target:
    """The target that `value` stands for; one that cannot be, for a value that is not offered."""
    if value == WHOLE:
        return Target()
    for document in documents:
        if value == f"d{document.number}":
            return Target(document.id)
    for target in targets:
        if value == f"d{target.document_number}:{target.eid}":
            return Target(target.document_id, target.version_id, target.eid)
    return Target(document_id=0)


def points_of(
    form: ComposeForm, documents: tuple[DocumentView, ...], targets: tuple[Choice, ...]
) -> tuple[Point, ...]:
    """The comments as typed."""
    return tuple(
        Point(
            target=target_of(entry.form.target.data or WHOLE, documents, targets),
            text=_lines(entry.form.text.data),
            type=code_or(CommentType, entry.form.type.data, CommentType.SUBSTANTIVE),
            proposed=_lines(entry.form.proposed.data),
            grounds=_lines(entry.form.grounds.data),
            quoted=_lines(entry.form.quoted.data),
            at=_position(entry.form.at.data or ""),
            prefix=entry.form.before.data or "",
            suffix=entry.form.after.data or "",
            files=tokens_of(entry.form),
        )
        for entry in form.comments.entries
    )


def tokens_of(comment: CommentForm) -> tuple[str, ...]:
    """The tokens of files that a comment's fields carry, each once."""
    return tuple(dict.fromkeys(_TOKEN.findall(comment.kept.data or "")))[:MOST_TOKENS]


def sender_of(form: ComposeForm) -> Sender:
    """The sender as typed."""
    governorate = form.governorate.data or ""
    return Sender(
        sender_class=code_or(SenderClass, form.sender_class.data, SenderClass.CITIZEN),
        name=form.name.data or "",
        name_public=form.name_public.data,
        organisation=form.organisation.data or "",
        governorate=Governorate(governorate) if governorate in set(Governorate) else None,
        email=form.email.data or "",
        confidential=form.confidential.data,
    )


def _position(typed: str) -> Position | None:
    """`12-40`; anything else is no position, and the words themselves are looked for."""
    found = re.fullmatch(r"(\d{1,7})-(\d{1,7})", typed)
    return Position(int(found[1]), int(found[2])) if found else None


def _lines(text: str | None) -> str:
    """Browsers send CR LF; what is kept has LF alone."""
    return (text or "").replace("\r\n", "\n").strip()
