"""Drafts: kinds of document and of provision (DOMAIN.md, 'Terms')."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    LAW = "law"
    BYLAW = "bylaw"
    INSTRUCTIONS = "instructions"
    POLICY = "policy"
    STRATEGY = "strategy"
    PLAN = "plan"
    OTHER = "other"


class ProvisionKind(StrEnum):
    """A node of the text; `text` is what stands under no number (preamble, definition, tail)."""

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    POINT = "point"
    TEXT = "text"
