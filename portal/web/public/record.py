"""The record for readers: its page, and the bundle of an edition."""

from __future__ import annotations

from flask import current_app, render_template, send_file
from flask.typing import ResponseReturnValue

from portal.domain.errors import DomainError
from portal.formats.messages import message
from portal.formats.record_files.bundles import bundle_file
from portal.policies.table import Act
from portal.queries.bundles import covering
from portal.queries.matrices import editions
from portal.queries.proofs import checkpoints, public_keys
from portal.web.gate import act, scope
from portal.web.public.blueprint import bp

SHOWN = 20


@bp.get("/record")
@act(Act.BROWSE)
def record() -> ResponseReturnValue:
    return render_template(
        "public/record.html", checkpoints=checkpoints(limit=SHOWN), keys=public_keys()
    )


@bp.get("/consultations/<slug>/matrix/<int:edition>/record")
@act(Act.READ_MATRIX)
def edition_record(slug: str, edition: int) -> ResponseReturnValue:
    for head in editions(scope().id):
        if head.file.number == edition:
            size = _size(slug, edition)
            return render_template(
                "public/edition_record.html",
                head=head,
                scope=scope(),
                size=size,
                never="" if size else _never(edition),
            )
    raise DomainError("not_found", status=404)


@bp.get("/consultations/<slug>/matrix/<int:edition>/record.zip")
@act(Act.READ_MATRIX)
def edition_bundle(slug: str, edition: int) -> ResponseReturnValue:
    file = bundle_file(current_app.extensions["settings"].data, slug, edition)
    if not file.exists():
        raise DomainError("not_found", status=404)
    return send_file(file, "application/zip", as_attachment=True, download_name=file.name)


def _never(edition: int) -> str:
    """Why there will be no bundle of an edition; nothing where it is on its way."""
    try:
        covering(scope().id, edition)
    except DomainError as error:
        return message(error) if error.code == "record_edition_old" else ""
    return ""


def _size(slug: str, edition: int) -> int | None:
    """The bytes of the bundle, None until it is made."""
    file = bundle_file(current_app.extensions["settings"].data, slug, edition)
    return file.stat().st_size if file.exists() else None
