"""Studying comments: how the list of what is to be answered is ordered and narrowed."""

from __future__ import annotations

from enum import StrEnum


class Order(StrEnum):
    """How the list is ordered; within each, by the text and then by number."""

    ARTICLE = "article"
    THEME = "theme"
    SENDER = "sender"
    NUMBER = "number"


class Shown(StrEnum):
    """How far the answer to a row is."""

    UNANSWERED = "unanswered"
    DRAFT = "draft"
    READY = "ready"
    RETURNED = "returned"
    APPROVED = "approved"


class Assigned(StrEnum):
    """Whose work a row is, as the list is narrowed by it."""

    MINE = "mine"
    ANYBODY = "anybody"
    NOBODY = "nobody"
    OVERDUE = "overdue"
