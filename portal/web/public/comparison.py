"""Any two published versions of a document compared: as a page, and as a file."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.errors import DomainError
from portal.formats.dates import date_words, in_amman
from portal.formats.draft_files.comparison_out import MEDIA_TYPE, Front, write_comparison
from portal.policies.table import Act
from portal.queries.comparison import load_comparison, name_of_body
from portal.queries.drafts import DocumentView, VersionHead
from portal.web.gate import act, scope
from portal.web.languages import current
from portal.web.numbers import asked
from portal.web.public.asked import document_asked, version_asked
from portal.web.public.blueprint import bp

SIDE, COLUMN = "side", "column"


@bp.get("/consultations/<slug>/documents/<int:number>/compare")
@act(Act.READ_CONSULTATION)
def compare(slug: str, number: int) -> ResponseReturnValue:
    document = _document(number)
    return _page(document, *_asked(document))


@bp.get("/consultations/<slug>/documents/<int:number>/versions/<int:version>/changes")
@act(Act.READ_CONSULTATION)
def changes(slug: str, number: int, version: int) -> ResponseReturnValue:
    """A version beside the published one before it: the same page, at an address that stays."""
    document = _document(number)
    new = version_asked(document, version)
    at = document.published.index(new)
    if at == 0:
        raise DomainError("not_found", status=404)
    return _page(document, document.published[at - 1], new)


@bp.get("/consultations/<slug>/documents/<int:number>/compare.docx")
@act(Act.READ_CONSULTATION)
def compare_file(slug: str, number: int) -> ResponseReturnValue:
    document = _document(number)
    old, new = _asked(document)
    if old is new or new.published_at is None:
        raise DomainError("not_found", status=404)
    found = load_comparison(scope().id, document, old, new)
    title = document.title.pick(current())
    front = Front(
        title=title,
        under=_(
            "Version %(new)s, %(day)s, with its changes from version %(old)s",
            new=new.number,
            old=old.number,
            day=date_words(new.published_at),
        ),
        author=name_of_body(scope().body_id).pick(current()),
        at=new.published_at,
    )
    day = in_amman(new.published_at).date().isoformat()
    name = f"{slug}-{number}-version-{old.number}-to-{new.number}-{day}.docx"
    answer = Response(write_comparison(front, found.blocks), content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _document(number: int) -> DocumentView:
    """The document asked for, where it has two versions to compare."""
    found = document_asked(number)
    if len(found.published) < 2:
        raise DomainError("not_found", status=404)
    return found


def _asked(document: DocumentView) -> tuple[VersionHead, VersionHead]:
    """The versions asked for, the earlier first; the two newest where none are."""
    chosen = [asked("from"), asked("to")]
    two = [
        usual if number is None else version_asked(document, number)
        for number, usual in zip(chosen, document.published[-2:], strict=True)
    ]
    old, new = sorted(two, key=lambda head: head.number)
    return old, new


def _page(document: DocumentView, old: VersionHead, new: VersionHead) -> str:
    view = COLUMN if request.args.get("view") == COLUMN else SIDE
    found = None if old is new else load_comparison(scope().id, document, old, new)
    return render_template(
        "public/compare.html",
        scope=scope(),
        document=document,
        old=old,
        new=new,
        view=view,
        comparison=found,
    )
