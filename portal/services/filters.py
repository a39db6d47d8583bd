"""The filters that somebody keeps: of the queue of moderation, of the study of a consultation."""

from __future__ import annotations

from sqlalchemy import and_, func, select

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError
from portal.domain.text import check_words
from portal.models import SavedFilter, db

NAME_LIMIT = 80
MOST = 30


def keep(actor: Actor, name: str, query: str, *, screen: str = "") -> SavedFilter:
    """Keep a filter under a name; the same name takes the place of the one before.

    Raises `filter_name_missing`, `text_long`, `filters_many`.
    """
    name = name.strip()
    if not name:
        raise DomainError("filter_name_missing", field="name")
    for error in check_words(name, "name", NAME_LIMIT):
        raise error
    mine = and_(SavedFilter.user_id == actor.user_id, SavedFilter.screen == screen)
    kept = db.session.scalar(select(SavedFilter).where(mine, SavedFilter.name == name))
    if kept is None:
        if (db.session.scalar(select(func.count()).where(mine)) or 0) >= MOST:
            raise DomainError("filters_many", field="name", maximum=MOST)
        kept = SavedFilter(user_id=actor.user_id, screen=screen, name=name)
        db.session.add(kept)
    kept.query = query
    db.session.flush()
    return kept


def forget(actor: Actor, filter_id: int) -> None:
    """Keep it no longer; somebody else's is none of ours (`not_found`)."""
    kept = db.session.get(SavedFilter, filter_id)
    if kept is None or kept.user_id != actor.user_id:
        raise DomainError("not_found", status=404)
    db.session.delete(kept)
