"""A draft as a file gave it: the one intermediate form of every format."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.draft_tree import ParsedDraft
from portal.domain.drafts import DraftFormat


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """What was read from a file.

    `source` is its text, one provision or paragraph a line, tables as lines of Markdown; `draft`
    the tree found in it, with warnings of the file before those of the numbering. `page_lines`
    gives the line of `source` at which each page of a PDF begins. `to_confirm`: the format is not
    to be trusted, and a person must compare. `tracked` counts the tracked changes met.
    """

    format: DraftFormat
    source: str
    draft: ParsedDraft
    page_lines: tuple[int, ...] = ()
    to_confirm: bool = False
    tracked: int = 0
