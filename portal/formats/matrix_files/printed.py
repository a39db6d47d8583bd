"""A row on paper: the columns of the matrix stacked into six, so that a page can hold them.

The first of each six gives the head; nothing that is empty takes room. Where two texts may be taken
for one another their titles stand with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from portal.domain.directions import label_from_right, runs_from_right
from portal.domain.matrices import COLUMNS
from portal.formats.draft_files.shown import FIGURES
from portal.formats.matrix_files.edition import Cells
from portal.formats.row_words import RowWords

# How an item is set: a number of reference, a decision, plain text, words of the law, a small fact
# (with its title where it does not say itself what it is), a fingerprint.
Form = Literal["ref", "strong", "text", "law", "small", "fact", "code"]
STACKS: tuple[tuple[tuple[str, Form], ...], ...] = (
    (
        ("ref", "ref"),
        ("received", "small"),
        ("channel", "small"),
        ("publication", "small"),
        ("comment_type", "small"),
        ("files", "fact"),
        ("group", "fact"),
        ("hash", "code"),
    ),
    (("provision", "strong"), ("document", "small"), ("version", "fact"), ("quoted_text", "law")),
    (
        ("comment", "text"),
        ("submitter", "small"),
        ("submitter_class", "small"),
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
WIDTHS = (11, 16, 25, 17, 23, 19)
# And the columns of what a corrigendum changes.
CHANGE_WIDTHS = (9, 11, 16, 32, 32)
# What keeps its own order inside Arabic: moments, telephone numbers.
ORDERED = re.compile(
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?: [0-9]{{2}}:[0-9]{{2}})?|{FIGURES.pattern}"
)
# A row of so many characters may be higher than a page is left, and is cut at its end.
SHORT = 1_600
_WRITTEN = frozenset({"text", "law"})
_TITLED = frozenset({"quoted_text", "grounds", "committee_opinion", "text_before", "text_after"})


class Line(NamedTuple):
    """A paragraph and whether it runs from the right."""

    text: str
    right: bool


class Item(NamedTuple):
    """A column of a row, or small facts on one line; `title` is empty where none is needed."""

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
    for form, some in groupby(stack, key=lambda each: each[1]):
        columns = [column for column, _form in some if said[column]]
        if form == "small" and columns:
            text = " · ".join(said[column].replace("\n", " / ") for column in columns)
            yield Item(form, "", labels(text, words.from_right))
            continue
        for column in columns:
            yield _item(column, form, said[column], words)


def _item(column: str, form: Form, text: str, words: RowWords) -> Item:
    title = words.titles[column] if form == "fact" or column in _TITLED else ""
    cut = lines if form in _WRITTEN else labels
    return Item(form, title, cut(text, words.from_right))


def is_short(row: Sequence[Sequence[Item]]) -> bool:
    """Can a row stay on one page? Its highest cell decides."""
    return all(
        sum(len(line.text) for item in stack for line in item.lines) < SHORT for stack in row
    )


def lines(text: str, from_right: bool) -> tuple[Line, ...]:
    """The paragraphs of what a person wrote; figures run as the file does."""
    return tuple(
        Line(each, runs_from_right(each, otherwise=from_right)) for each in text.split("\n")
    )


def labels(text: str, from_right: bool) -> tuple[Line, ...]:
    """The lines of what the portal says itself, in one language or in both."""
    return tuple(Line(each, label_from_right(each, page=from_right)) for each in text.split("\n"))
