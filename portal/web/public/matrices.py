"""The published matrix: page, row, downloads. All of it reads the frozen edition alone."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.draft_comparison import Op, WordOp, word_changes
from portal.domain.editions import RowDifference
from portal.domain.errors import DomainError
from portal.domain.given_numbers import whole
from portal.domain.matrices import COLUMNS
from portal.domain.responses import Disposition
from portal.domain.submissions import SenderClass
from portal.formats.row_words import LINES, PIECES, RowWords
from portal.policies.table import Act
from portal.queries.differences import difference_of, differences_page, removed
from portal.queries.frozen_rows import find_row
from portal.queries.matrices import (
    EditionHead,
    Filters,
    articles,
    editions,
    newest_editions,
    rows_page,
)
from portal.queries.satisfaction import said_on, sum_of
from portal.queries.summaries import published_summary
from portal.web.gate import act, scope
from portal.web.languages import current
from portal.web.numbers import asked
from portal.web.public.blueprint import bp

Code = TypeVar("Code", bound=StrEnum)
IN_SENTENCES = (*PIECES, *LINES, "response")
UNDER_STUDY = "under_study"  # beside the dispositions, in an interim edition


@bp.get("/matrices")
@act(Act.BROWSE)
def matrices() -> ResponseReturnValue:
    return render_template("public/matrices.html", heads=newest_editions())


@bp.get("/consultations/<slug>/matrix", defaults={"edition": None})
@bp.get("/consultations/<slug>/matrix/<int:edition>")
@act(Act.READ_MATRIX)
def matrix(slug: str, edition: int | None) -> ResponseReturnValue:
    head, others = asked_edition(edition)
    filters = _filters()
    page = rows_page(head.id, filters, start=asked("start") or 0)
    return render_template(
        "public/matrix.html",
        spoken=said_on(page.rows),
        satisfaction=sum_of(scope().id),
        head=head,
        summary=published_summary(scope().id),
        others=others,
        filters=filters,
        filtered=filters != Filters(),
        page=page,
        articles=articles(head.id),
        scope=scope(),
    )


@bp.get("/consultations/<slug>/matrix/<int:edition>/rows/<ref>")
@act(Act.READ_MATRIX)
def matrix_row(slug: str, edition: int, ref: str) -> ResponseReturnValue:
    head, _others = asked_edition(edition)
    row = find_row(head.id, ref)
    if row is None:
        raise DomainError("not_found", status=404)
    return render_template(
        "public/matrix_row.html",
        head=head,
        row=row,
        scope=scope(),
        spoken=said_on((row,)).get(row.ref),
        differs=difference_of(head.id, row) if head.differences else None,
        differing=_differing,
    )


@bp.get("/consultations/<slug>/matrix/<int:edition>/differences")
@act(Act.READ_MATRIX)
def matrix_differences(slug: str, edition: int) -> ResponseReturnValue:
    """What this edition changes in the one before, row by row."""
    head, _others = asked_edition(edition)
    if not head.differences:
        raise DomainError("not_found", status=404)
    start = asked("start") or 0
    return render_template(
        "public/matrix_differences.html",
        head=head,
        scope=scope(),
        page=differences_page(head.id, start=start),
        first=start == 0,
        gone=tuple(removed(head.id)) if start == 0 else (),
        said=_differing,
    )


def _differing(row: RowDifference) -> list[tuple[str, tuple[WordOp, ...]]]:
    """The columns in which a row differs: their titles, and their words as marked changes.

    In the language of the page; in the other where only the other's words differ.
    """
    mine = current()
    order = (RowWords(mine), RowWords("en" if mine == "ar" else "ar"))
    if row.before is None or row.after is None:
        return []
    said = [(words.texts(row.before), words.texts(row.after)) for words in order]
    told = []
    for column in row.columns:
        at = COLUMNS.index(column)
        pairs = [(before[at], after[at]) for before, after in said]
        pair = next((each for each in pairs if each[0] != each[1]), pairs[0])
        told.append((order[0].titles[column], _marked(column, *pair)))
    return told


def _marked(column: str, before: str, after: str) -> tuple[WordOp, ...]:
    """Sentences word by word; a date or a code as a whole."""
    if column in IN_SENTENCES:
        return word_changes(before, after)
    ops = (WordOp(Op.DELETE, before), WordOp(Op.INSERT, after))
    return tuple(op for op in ops if op.text)


def asked_edition(number: int | None) -> tuple[EditionHead, tuple[EditionHead, ...]]:
    """The edition asked for (the newest where none is), and all of them."""
    found = editions(scope().id)
    for head in found:
        if number in (None, head.file.number):
            return head, found
    raise DomainError("not_found", status=404)


def _filters() -> Filters:
    """What the reader narrows by; a value that is none of the choices narrows nothing."""
    document, _, article = request.args.get("place", "").partition(":")
    return Filters(
        article=article,
        document=whole(document),
        disposition=_code(Disposition, "disposition"),
        sender_class=_code(SenderClass, "class"),
        words=request.args.get("words", "")[:200],
        under_study=request.args.get("disposition") == UNDER_STUDY,
    )


def _code(codes: type[Code], name: str) -> Code | None:
    given = request.args.get(name, "")
    return codes(given) if given in {code.value for code in codes} else None
