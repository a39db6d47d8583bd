"""Drafts: kinds of document and of provision, formats, imports (DOMAIN.md, 'Terms')."""

from __future__ import annotations

from enum import StrEnum

MAX_FILE = 25 * 1024 * 1024  # bytes of a draft's file; the longest laws with pictures have a tenth


class DocumentKind(StrEnum):
    LAW = "law"
    BYLAW = "bylaw"
    INSTRUCTIONS = "instructions"
    POLICY = "policy"
    STRATEGY = "strategy"
    PLAN = "plan"
    OTHER = "other"


class ProvisionKind(StrEnum):
    """A node of the text; `text` is what stands under no number (preamble, definition, tail).

    An `annex` follows the articles; a `table` holds its rows as lines of Markdown (`| a | b |`).
    """

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    POINT = "point"
    TEXT = "text"
    ANNEX = "annex"
    TABLE = "table"


class DraftFormat(StrEnum):
    """What a draft's file is, found from its content and never from its name alone."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    AKN = "akn"


class Tracked(StrEnum):
    """What becomes of tracked changes in a file: taken as made, or as not made."""

    ACCEPT = "accept"
    REJECT = "reject"


class ImportStatus(StrEnum):
    """The life of an import: waiting for the job, being read, read in, or refused."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


class Relation(StrEnum):
    """How a provision of one version stands to the version before.

    `same`: words and place; `changed`: other words; `moved`: another place among the others;
    `renumbered`: another number alone; `split` and `merged`: several of one side make one of the
    other; `new` and `gone`: on one side only.
    """

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    GONE = "gone"


class Standing(StrEnum):
    """Where a comment stands in a later version: the same place, another, or none any more."""

    EXACT = "exact"
    SHIFTED = "shifted"
    ORPHANED = "orphaned"


class DraftAct(StrEnum):
    """What a drafter did to a working version, for the list of what was done and can be undone."""

    SPLIT = "split"
    JOIN = "join"
    UP = "up"
    DOWN = "down"
    INDENT = "indent"
    OUTDENT = "outdent"
    INSERT = "insert"
    DELETE = "delete"
    KIND = "kind"
    RENUMBER = "renumber"
    NUMBER_ON = "number_on"
    CORRECT = "correct"
    CLEAN = "clean"
    CONFIRM = "confirm"
    IMPORT = "import"
    TRANSLATE = "translate"
