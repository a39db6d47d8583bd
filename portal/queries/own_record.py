"""The portal's own database held against its record: after a restore, or when in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from portal.domain.errors import DomainError
from portal.domain.record import Entry
from portal.formats.record_files.checking import (
    Checkpoint,
    Finding,
    Key,
    committed,
    read_leaf,
    roots,
)
from portal.formats.record_files.checking_bundle import BAD, FEW
from portal.models import Comment, CommentRevision, Consultation, RecordEntry, RecordLeaf, db
from portal.models.sealing import About, about, comment_content
from portal.queries.proofs import leaves, notes_until, public_keys

AT_ONCE = 500
ALL = 2**31 - 1
History = dict[tuple[str, int], list[str]]


def own_findings() -> Iterator[Finding]:
    """Whether checkpoints, leaves, entries and comments belong together.

    Raises `record_no_key` where nothing was signed yet.
    """
    notes = notes_until(ALL)
    if not notes:
        raise DomainError("record_no_key")
    try:
        keys = [Key(each.verifier) for each in public_keys()]
        signed = {each.size: each.root for each in (Checkpoint(note, keys) for note in notes)}
    except BAD:
        yield Finding("signature", False)
        return
    yield Finding("signature", True, {"keys": ", ".join(key.text for key in keys)})
    size = max(signed)
    told = roots((leaf.encode() for leaf in leaves(0, size)), set(signed))
    yield Finding("tree", told == signed, {"leaves": size, "checkpoints": len(signed)})
    history: History = {}
    opened = _entries(history)
    yield Finding("opened", opened is not None, {"openings": opened or 0})
    many, odd, erased = _comments(history)
    yield Finding("stored", not odd, {"comments": many, "odd": odd[:FEW]})
    if erased:
        yield Finding("erased_here", None, {"comments": erased})


def _entries(history: History) -> int | None:
    """How many entries keep their content; None where one is not what its leaf says."""
    query = (
        select(RecordEntry, RecordLeaf.leaf)
        .outerjoin(RecordLeaf, RecordLeaf.entry_id == RecordEntry.id)
        .order_by(RecordEntry.id)
        .execution_options(yield_per=AT_ONCE)
    )
    opened = 0
    for entry, leaf in db.session.execute(query):
        try:
            commitment, _slug, kind = read_leaf(leaf)
            good = commitment == entry.commitment and kind == entry.kind
            if entry.content is not None:
                opened += 1
                good = good and committed(entry.salt, entry.content) == commitment
                _note(history, entry.kind, entry.content)
        except BAD:
            return None
        if not good:
            return None
    return opened


def _note(history: History, kind: Entry, content: Mapping[str, Any]) -> None:
    said: list[tuple[int, str]] = []
    if kind is Entry.RECEIVED:
        said = [(each["number"], each["hash"]) for each in content["comments"]]
    elif kind is Entry.EDITED:
        said = [(content["comment"], content["hash"])]
    for number, hashed in said:
        history.setdefault((content["consultation"], number), []).append(hashed)


def _comments(history: History) -> tuple[int, list[str], int]:
    """How many comments there are, those whose texts are not what the record has, and how many
    were erased."""
    query = (
        select(Comment, Consultation.slug)
        .join(Consultation, Comment.consultation_id == Consultation.id)
        .order_by(Comment.id)
    )
    many, odd, after, erased = 0, [], 0, 0
    known = set(history)
    while some := db.session.execute(query.where(Comment.id > after).limit(AT_ONCE)).all():
        many, after = many + len(some), some[-1][0].id
        comments = {comment.id: comment for comment, _slug in some}
        erased += sum(each.erased_at is not None for each in comments.values())
        earlier = _earlier(list(comments))
        for slug in {slug for _comment, slug in some}:
            mine = [comment for comment, its in some if its == slug]
            of = about(mine)
            for each in mine:
                told = _hashes(slug, each, of[each.number], earlier.get(each.id, []))
                if told != history.get((slug, each.number)):
                    odd.append(f"{slug} {each.number}")
                known.discard((slug, each.number))
        db.session.expunge_all()
    return many, odd + [f"{slug} {number}" for slug, number in sorted(known)], erased


def _earlier(comment_ids: list[int]) -> dict[int, list[CommentRevision]]:
    query = select(CommentRevision).where(CommentRevision.comment_id.in_(comment_ids))
    found: dict[int, list[CommentRevision]] = {}
    for each in db.session.scalars(query.order_by(CommentRevision.id)):
        found.setdefault(each.comment_id, []).append(each)
    return found


def _hashes(
    slug: str, comment: Comment, of: About, earlier: list[CommentRevision]
) -> list[str] | None:
    """The hashes of all that a comment said, worked out anew, the present text last.

    Of one that was erased, as they were kept: nothing is left that they could be worked out from.
    """
    if comment.erased_at is not None:
        return [*(each.digest for each in earlier), comment.digest]
    contents = [
        (each.salt, each.digest, comment_content(slug, comment, of, _words(each)))
        for each in earlier
    ]
    contents.append((comment.salt, comment.digest, comment_content(slug, comment, of)))
    try:
        told = [committed(salt, content) for salt, _digest, content in contents]
    except BAD:
        return None
    return told if told == [digest for _salt, digest, _content in contents] else None


def _words(revision: CommentRevision) -> dict[str, str]:
    return {
        "comment": revision.text,
        "proposed_text": revision.proposed,
        "grounds": revision.grounds,
    }
