"""A row on paper: the columns of the matrix stacked into six, so that a page can hold them.

The first of each six gives the head; nothing that is empty takes room. Where two texts may be taken
for one another their titles stand with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from portal.domain.directions import runs_from_right
from portal.domain.matrices import COLUMNS
from portal.formats.matrix_files.edition import Cells
from portal.formats.row_words import RowWords

# How an item is set: a number of reference, a decision, plain text, words of the law, a fact with
# its title on one line, a fingerprint.
Form = Literal["ref", "strong", "text", "law", "fact", "code"]
STACKS: tuple[tuple[tuple[str, Form], ...], ...] = (
    (
        ("ref", "ref"),
        ("received", "fact"),
        ("channel", "fact"),
        ("publication", "fact"),
        ("comment_type", "fact"),
        ("group", "fact"),
        ("hash", "code"),
    ),
    (
        ("provision", "strong"),
        ("document", "fact"),
        ("version", "fact"),
        ("quoted_text", "law"),
    ),
    (
        ("comment", "text"),
        ("submitter", "fact"),
        ("submitter_class", "fact"),
        ("on_behalf_of", "fact"),
    ),
    (("proposed_text", "text"), ("grounds", "text")),
    (
        ("disposition", "strong"),
        ("response", "text"),
        ("responsible_body", "fact"),
        ("committee_opinion", "text"),
        ("decided", "fact"),
    ),
    (("place_of_change", "strong"), ("text_before", "law"), ("text_after", "law")),
)
# How wide the stacks are beside one another.
WIDTHS = (10, 17, 25, 17, 23, 19)
_TITLED = frozenset({"quoted_text", "grounds", "committee_opinion", "text_before", "text_after"})


class Line(NamedTuple):
    """A paragraph and whether it runs from the right."""

    text: str
    right: bool


class Item(NamedTuple):
    """A column of a row; `title` is empty where its place says what it is."""

    form: Form
    title: str
    lines: tuple[Line, ...]


def heads(words: RowWords) -> list[str]:
    """The titles of the six."""
    return [words.titles[stack[0][0]] for stack in STACKS]


def stacked(cells: Cells, words: RowWords) -> list[list[Item]]:
    """The six cells of a row on paper."""
    said = dict(zip(COLUMNS, words.texts(cells), strict=True))
    return [list(_items(stack, said, words)) for stack in STACKS]


def _items(
    stack: tuple[tuple[str, Form], ...], said: dict[str, str], words: RowWords
) -> Iterator[Item]:
    for column, form in stack:
        text = said[column]
        if text:
            titled = form == "fact" or column in _TITLED
            yield Item(form, words.titles[column] if titled else "", lines(text, words.from_right))


def lines(text: str, from_right: bool) -> tuple[Line, ...]:
    """The paragraphs of a text; figures run as the file does."""
    return tuple(
        Line(each, runs_from_right(each, otherwise=from_right)) for each in text.split("\n")
    )
