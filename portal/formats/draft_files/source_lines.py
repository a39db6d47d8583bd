"""The source text of a draft while a file is being read: a paragraph after another."""

from __future__ import annotations

from collections.abc import Sequence

from portal.domain.draft_headings import is_heading
from portal.domain.draft_markers import DIVISIONS, find_marker
from portal.domain.draft_tree import DraftWarning
from portal.domain.drafts import ProvisionKind
from portal.domain.text import squeeze

_FINISHED = tuple(".:؛;؟?!،")
_DEEPEST = 6  # Markdown has no deeper heading


class SourceLines:
    """Lines, with a blank one between paragraphs, and what was noticed while they were read."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.warnings: list[DraftWarning] = []

    @property
    def next_line(self) -> int:
        """The line on which the next paragraph will begin, from 1."""
        return len(self._lines) + 1

    @property
    def text(self) -> str:
        return "\n".join(self._lines).rstrip("\n") + "\n" if self._lines else ""

    def paragraph(self, text: str) -> None:
        """A paragraph; a line break within it stays one."""
        lines = [line.strip() for line in text.split("\n")]
        written = [line for line in lines if line]
        if written:
            self._lines += [*written, ""]

    def line(self, text: str) -> None:
        """A line that may go on the one before."""
        self._lines.append(text)

    def gap(self) -> None:
        """A blank line."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def table(self, rows: Sequence[Sequence[str]], *, header: bool = False) -> None:
        """A table; `header`: its first row names the columns."""
        width = max((len(row) for row in rows), default=0)
        for at, row in enumerate(rows):
            cells = [cell_text(cell) for cell in row] + [""] * (width - len(row))
            self._lines.append(f"| {' | '.join(cells)} |")
            if header and not at:
                self._lines.append(f"| {' | '.join(['---'] * width)} |")
        if rows:
            self._lines.append("")

    def warn(self, code: str, line: int = 0, **params: str) -> None:
        """Note what a person should look at; line 0 is the whole."""
        self.warnings.append(DraftWarning(code, line, params))


def cell_text(text: str) -> str:
    """The words of a cell on one line of Markdown."""
    lines = (squeeze(line) for line in text.split("\n"))
    return "<br>".join(line.replace("|", "\\|") for line in lines if line)


def heading(level: int, text: str) -> str:
    """A heading, with Markdown's mark only where its words alone would not be read as one."""
    first, _, more = text.partition("\n")
    marker = find_marker(first, 0)
    if marker and marker.kind in DIVISIONS:
        rest = first[marker.end :]
        article = marker.kind is ProvisionKind.ARTICLE
        plain = not rest or (is_heading(rest) and not (article and rest.endswith(_FINISHED)))
    else:
        plain = False
    marked = first if plain else f"{'#' * min(level, _DEEPEST)} {first}"
    return f"{marked}\n{more}" if more else marked


def labelled(label: str, text: str, level: int = 0) -> str:
    """A paragraph with the number that a program puts before it; `level` 0 is no heading.

    A division that its number alone closes (`المادة 4`) has its words on the line below.
    """
    whole = f"{label} {text}".strip()
    if level:
        return heading(level, whole)
    return parted(whole, len(label))


def parted(text: str, end: int) -> str:
    """`text`, of which a file knows that a marker ends at `end`: on two lines where need be."""
    head, rest = text[:end].rstrip(), text[end:].lstrip()
    alone = find_marker(head, 0)
    if not (rest and alone and alone.kind in DIVISIONS and alone.end >= len(head)):
        return text
    together = find_marker(text, 0)
    return text if together and together.kind in DIVISIONS else f"{head}\n{rest}"
