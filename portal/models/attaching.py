"""What becomes of the files of comments when something becomes of the comments.

It lies on this floor because sending, editing, deciding and ruling all end here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from portal.domain.attachments import FileState, FileWord, Scan, Standing
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.text import undeceived
from portal.models.attachments import Attachment
from portal.models.base import db


def files_by_comment(ids: Iterable[int]) -> dict[int, tuple[Attachment, ...]]:
    """The files of comments, in the order in which they were sent. One query."""
    query = select(Attachment).where(Attachment.comment_id.in_(list(ids)))
    found: dict[int, tuple[Attachment, ...]] = {}
    for each in db.session.scalars(query.order_by(Attachment.comment_id, Attachment.position)):
        found[each.comment_id or 0] = (*found.get(each.comment_id or 0, ()), each)
    return found


def files_by_token(tokens: Iterable[str]) -> dict[str, Attachment]:
    """Files kept for forms, by their tokens. One query, none without a token."""
    wanted = list(tokens)
    if not wanted:
        return {}
    query = select(Attachment).where(Attachment.token.in_(wanted))
    return {each.token: each for each in db.session.scalars(query)}


def files_of(comment_id: int) -> tuple[Attachment, ...]:
    """The files of one comment."""
    return files_by_comment((comment_id,)).get(comment_id, ())


def attach(comment_id: int, tokens: Sequence[str]) -> None:
    """Give a comment that is being sent the files kept for it. Raises `attachment_gone`."""
    for position, token in enumerate(tokens, 1):
        kept = update(Attachment).where(Attachment.token == token, Attachment.comment_id.is_(None))
        given = kept.values(comment_id=comment_id, position=position).returning(Attachment.id)
        if db.session.scalar(given) is None:
            raise DomainError("attachment_gone")


def received_file(file: Attachment) -> dict[str, Any]:
    """What was received, by its digest, and what is kept of it (an image is drawn anew)."""
    return {"sent": file.sent_sha256, "kept": file.sha256, "size": file.size}


def states(files: Iterable[Attachment]) -> tuple[FileState, ...]:
    """As a moderator's word on them has to fit."""
    return tuple(
        FileState(each.id, each.standing, each.scan, each.taken_back_at is not None)
        for each in files
    )


def take_words(files: Iterable[Attachment], said: Sequence[FileWord]) -> None:
    """Let each stand as it was decided; without a word it is held back."""
    words = {word.file_id: word for word in said}
    for each in files:
        word = words.get(each.id)
        each.standing = word.standing if word else Standing.HELD
        each.ground = word.ground if word else None


def hold_back(comment_ids: Sequence[int]) -> None:
    """Nothing stands decided of the files of these comments any more."""
    db.session.execute(
        update(Attachment)
        .where(Attachment.comment_id.in_(comment_ids), Attachment.standing != Standing.HELD)
        .values(standing=Standing.HELD, ground=None),
        execution_options={"synchronize_session": "fetch"},
    )


def take_back(files: Iterable[Attachment], ids: Iterable[int], now: datetime) -> bool:
    """Its author takes files back; gives whether any was there to be."""
    wanted = set(ids)
    found = [each for each in files if each.id in wanted and each.taken_back_at is None]
    for each in found:
        each.taken_back_at = now
        each.standing, each.ground = Standing.HELD, None
    return bool(found)


def words_kept(said: Sequence[FileWord]) -> list[dict[str, Any]]:
    """Words on files as JSON keeps them."""
    return [
        {"file": word.file_id, "ground": word.ground.value if word.ground else None}
        for word in said
    ]


def to_words(kept: Iterable[Mapping[str, Any]]) -> tuple[FileWord, ...]:
    """Words on files as they were kept."""
    return tuple(
        FileWord(int(each["file"]), Ground(each["ground"]) if each["ground"] else None)
        for each in kept
    )


def told_of_files(
    files: Iterable[Attachment], said: Sequence[FileWord]
) -> list[dict[str, str | None]]:
    """What the notice says of each file of a comment, by its name, after such a decision."""
    words = {word.file_id: word for word in said}
    told: list[dict[str, str | None]] = []
    for each in files:
        word = words.get(each.id)
        standing = word.standing if word else Standing.HELD
        if each.scan is Scan.INFECTED:
            state = "infected"
        elif each.taken_back_at:
            state = "taken_back"
        else:
            state = standing.value
        ground = word.ground.value if word and word.ground else None
        told.append({"name": undeceived(each.name), "state": state, "ground": ground})
    return told
