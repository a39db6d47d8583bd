"""Themes: made, renamed, given up; rows put under them, many at once."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, func, select, tuple_

from portal.domain.errors import DomainError
from portal.domain.row_refs import RowKey
from portal.domain.text import check_words, squeeze
from portal.models import CommentTheme, Theme, db

NAME_LIMIT = 200
MOST = 200
_AT_ONCE = 400


def make(consultation_id: int, name_ar: str, name_en: str = "") -> Theme:
    """A new theme; raises `theme_unnamed`, `text_long`, `theme_twice`, `themes_many`."""
    names = _names(name_ar, name_en)
    of_here = Theme.consultation_id == consultation_id
    if (db.session.scalar(select(func.count()).where(of_here)) or 0) >= MOST:
        raise DomainError("themes_many", field="name_ar", maximum=MOST)
    _refuse_twice(consultation_id, names[0], 0)
    theme = Theme(consultation_id=consultation_id, name_ar=names[0], name_en=names[1])
    db.session.add(theme)
    db.session.flush()
    return theme


def rename(theme: Theme, name_ar: str, name_en: str) -> None:
    """Other names for a theme; raises as `make` does."""
    names = _names(name_ar, name_en)
    _refuse_twice(theme.consultation_id, names[0], theme.id)
    theme.name_ar, theme.name_en = names
    db.session.flush()


def give_up(theme: Theme) -> None:
    """A theme no longer; the rows that were under it stay as they are otherwise."""
    db.session.execute(delete(CommentTheme).where(CommentTheme.theme_id == theme.id))
    db.session.delete(theme)
    db.session.flush()


def put_under(theme: Theme, rows: Collection[RowKey]) -> int:
    """Put these rows of its consultation under a theme; gives how many were not there."""
    there = _rows_under(theme.id)
    new = [key for key in dict.fromkeys(rows) if key not in there]
    db.session.add_all(
        CommentTheme(theme_id=theme.id, comment_id=key.comment_id, part=key.part) for key in new
    )
    db.session.flush()
    return len(new)


def take_away(theme: Theme, rows: Collection[RowKey]) -> int:
    """Take these rows from under a theme; gives how many were there."""
    there = sorted(_rows_under(theme.id) & set(rows))
    row = tuple_(CommentTheme.comment_id, CommentTheme.part)
    for first in range(0, len(there), _AT_ONCE):
        some = there[first : first + _AT_ONCE]
        db.session.execute(
            delete(CommentTheme).where(CommentTheme.theme_id == theme.id, row.in_(some))
        )
    return len(there)


def _rows_under(theme_id: int) -> set[RowKey]:
    query = select(CommentTheme.comment_id, CommentTheme.part)
    found = db.session.execute(query.where(CommentTheme.theme_id == theme_id))
    return {RowKey(comment_id, part) for comment_id, part in found}


def _names(name_ar: str, name_en: str) -> tuple[str, str]:
    names = squeeze(name_ar).strip(), squeeze(name_en).strip()
    if not names[0]:
        raise DomainError("theme_unnamed", field="name_ar")
    for field, name in zip(("name_ar", "name_en"), names, strict=True):
        for error in check_words(name, field, NAME_LIMIT):
            raise error
    return names


def _refuse_twice(consultation_id: int, name_ar: str, own_id: int) -> None:
    query = select(Theme.id).where(
        Theme.consultation_id == consultation_id, Theme.name_ar == name_ar, Theme.id != own_id
    )
    if db.session.scalar(query) is not None:
        raise DomainError("theme_twice", field="name_ar", name=name_ar)
