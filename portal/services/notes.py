"""Private notes on comments, and who is named in them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError
from portal.domain.mentions import mentioned
from portal.domain.text import check_words
from portal.models import Comment, Mention, PrivateNote, db
from portal.models.telling_staff import tell_staff
from portal.queries.notes import colleagues

LIMIT = 5_000


def write(
    actor: Actor,
    now: datetime,
    body_id: int,
    comment: Comment,
    text: str,
    named: Collection[int] = (),
) -> PrivateNote:
    """A note on a comment, for the staff alone; who is named in it finds it in their inbox.

    `named` are people chosen beside it; `@` and a colleague's name in the text name them too.
    Raises `note_empty`, `text_long`.
    """
    if not text.strip():
        raise DomainError("note_empty", field="note")
    for error in check_words(text, "note", LIMIT):
        raise error
    note = PrivateNote(
        comment_id=comment.id, text=text.strip(), written_by=actor.user_id, written_at=now
    )
    db.session.add(note)
    db.session.flush()
    people = colleagues(body_id)
    told = (mentioned(text, people) | set(named)) & people.keys() - {actor.user_id}
    db.session.add_all(Mention(note_id=note.id, user_id=each) for each in sorted(told))
    db.session.flush()
    tell_staff(now, told, "named", [comment.id])
    return note


def see(actor: Actor, now: datetime, comment_id: int) -> None:
    """Who is named in the notes on a comment has opened them."""
    on_comment = select(PrivateNote.id).where(PrivateNote.comment_id == comment_id)
    query = update(Mention).where(
        Mention.note_id.in_(on_comment), Mention.user_id == actor.user_id, Mention.seen_at.is_(None)
    )
    db.session.execute(query.values(seen_at=now), execution_options={"synchronize_session": False})
