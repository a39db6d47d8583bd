"""Themes: what a team studies by, and the rows under each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from portal.domain.bilingual import Bilingual
from portal.domain.row_refs import RowKey
from portal.models import CommentTheme, ResponseComment, Theme, db


@dataclass(frozen=True, slots=True)
class ThemeName:
    """A theme as a label."""

    id: int
    name: Bilingual


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A theme with how many rows are under it, and how many of them have no response."""

    id: int
    name: Bilingual
    rows: int
    unanswered: int


def list_themes(consultation_id: int) -> tuple[ThemeCount, ...]:
    """The themes of a consultation, in the order in which they were made. One query."""
    answered = and_(
        ResponseComment.comment_id == CommentTheme.comment_id,
        ResponseComment.part == CommentTheme.part,
    )
    query = (
        select(Theme, func.count(CommentTheme.comment_id), func.count(ResponseComment.response_id))
        .outerjoin(CommentTheme, CommentTheme.theme_id == Theme.id)
        .outerjoin(ResponseComment, answered)
        .where(Theme.consultation_id == consultation_id)
        .group_by(Theme.id)
        .order_by(Theme.id)
    )
    return tuple(
        ThemeCount(theme.id, Bilingual(theme.name_ar, theme.name_en), rows, rows - done)
        for theme, rows, done in db.session.execute(query)
    )


def find_theme(consultation_id: int, theme_id: int) -> Theme | None:
    """The mapped theme of this consultation."""
    theme = db.session.get(Theme, theme_id)
    return theme if theme is not None and theme.consultation_id == consultation_id else None


def themes_of(comment_ids: Collection[int]) -> dict[RowKey, tuple[ThemeName, ...]]:
    """The themes of each row of these comments. One query."""
    query = (
        select(CommentTheme.comment_id, CommentTheme.part, Theme)
        .join(Theme, CommentTheme.theme_id == Theme.id)
        .where(CommentTheme.comment_id.in_(comment_ids))
        .order_by(Theme.id)
    )
    found: dict[RowKey, tuple[ThemeName, ...]] = {}
    for comment_id, part, theme in db.session.execute(query):
        key = RowKey(comment_id, part)
        name = ThemeName(theme.id, Bilingual(theme.name_ar, theme.name_en))
        found[key] = (*found.get(key, ()), name)
    return found
