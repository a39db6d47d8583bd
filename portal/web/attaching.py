"""Files that a form of comments carries: looked into, kept at once, known to the form by a token.

They are kept when they are first sent, with whichever button, so that nobody has to choose them
again after the preview or a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from flask import current_app, request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from portal.adapters import attachments as store
from portal.adapters.database import unit_of_work
from portal.adapters.reading import inspect_safely
from portal.domain.attachments import MAX_BYTES, MAX_FILES, check_size, shown_name
from portal.domain.errors import DomainError
from portal.formats.messages import message
from portal.queries.attachments import KeptFile, kept_files
from portal.services import attachments
from portal.services.attachments import Upload
from portal.web.forms.compose import CommentForm, ComposeForm, tokens_of
from portal.web.forms.refusals import Summary
from portal.web.moment import now

# Each is looked into by a process of its own; so many at once in one process of the web.
AT_ONCE = 2
PATIENCE = 5.0  # seconds; who waits keeps others from being answered
_turns = BoundedSemaphore(AT_ONCE)


def take_files(form: ComposeForm) -> Summary:
    """Keep what was sent with each comment; gives what was refused, beside its field too."""
    summary: Summary = []
    room = MAX_FILES - sum(len(tokens_of(entry.form)) for entry in form.comments.entries)
    for index, entry in enumerate(form.comments.entries):
        for sent in request.files.getlist(f"comments-{index}-files"):
            if not sent.filename:
                continue
            try:
                if room <= 0:
                    raise DomainError("attachments_many", maximum=MAX_FILES)
                add_token(entry.form, _taken(sent))
                room -= 1
            except DomainError as refused:
                name = shown_name(sent.filename)
                words = _("“%(name)s”: %(why)s", name=name, why=message(refused))
                field = entry.form.files
                field.errors = [*field.errors, words]
                summary.append((field.id, words))
    return summary


def kept_in(form: ComposeForm) -> tuple[dict[str, KeptFile], Summary]:
    """The files that the form carries, by token. What is no longer kept goes out of the form, and
    is told beside its field."""
    entries = [entry.form for entry in form.comments.entries]
    files = kept_files([token for each in entries for token in tokens_of(each)], now())
    summary: Summary = []
    for each in entries:
        there = [token for token in tokens_of(each) if token in files]
        if len(there) < len(tokens_of(each)):
            each.kept.data = " ".join(there)
            words = message(DomainError("attachment_gone"))
            each.files.errors = [*each.files.errors, words]
            summary.append((each.files.id, words))
    return files, summary


def add_token(comment: CommentForm, token: str) -> None:
    """Let the form carry one token more."""
    comment.kept.data = " ".join((*tokens_of(comment), token))


def drop_token(form: ComposeForm, token: str) -> None:
    """Take a file out of the form, and forget it."""
    for entry in form.comments.entries:
        tokens = tokens_of(entry.form)
        if token in tokens:
            entry.form.kept.data = " ".join(each for each in tokens if each != token)
            with unit_of_work():
                gone = attachments.drop([token])
            store.forget(current_app.extensions["settings"].data, gone)


def _taken(sent: FileStorage) -> str:
    """A file kept: its bytes are safe on the disk before anything speaks of them."""
    data = sent.stream.read(MAX_BYTES + 1)
    check_size(len(data))
    name = sent.filename or ""
    with _turn():
        kind, kept = inspect_safely(data, name)
    folder = current_app.extensions["settings"].data
    stored = store.keep(folder, kept)  # before the transaction: no writer waits for the disk
    try:
        with unit_of_work():
            attachments.check_room(len(kept))
            return attachments.keep(now(), Upload(name, kind, stored, data, kept))
    except BaseException:
        store.forget(folder, [stored])
        raise


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise DomainError("attachments_busy", status=503)
    try:
        yield
    finally:
        _turns.release()
