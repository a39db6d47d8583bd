"""The published matrix: page, row, downloads. All of it reads the frozen edition alone."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.errors import DomainError
from portal.domain.responses import Disposition
from portal.domain.submissions import SenderClass
from portal.policies.table import Act
from portal.queries.matrices import (
    EditionHead,
    Filters,
    articles,
    editions,
    find_row,
    newest_editions,
    rows_page,
)
from portal.queries.summaries import published_summary
from portal.web.gate import act, scope
from portal.web.numbers import asked
from portal.web.public.blueprint import bp

# What a document can be numbered.
SMALL = re.compile(r"[0-9]{1,6}")
Code = TypeVar("Code", bound=StrEnum)


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
    return render_template("public/matrix_row.html", head=head, row=row, scope=scope())


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
        document=int(document)
        if document.isascii() and document.isdigit() and len(document) < 10
        else None,
        disposition=_code(Disposition, "disposition"),
        sender_class=_code(SenderClass, "class"),
        words=request.args.get("words", "")[:200],
    )


def _code(codes: type[Code], name: str) -> Code | None:
    given = request.args.get(name, "")
    return codes(given) if given in {code.value for code in codes} else None
