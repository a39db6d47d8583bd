"""The portal's own files held against its database: those it names, and its keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select, union

from portal.adapters import attachments, originals
from portal.adapters.personal_keys import KeyLost
from portal.adapters.signing import Keys
from portal.domain.signed_notes import read_key
from portal.formats.record_files.checking import Finding
from portal.formats.record_files.checking_bundle import FEW
from portal.models import (
    Attachment,
    DraftImport,
    DraftVersion,
    EditionFile,
    SheetImport,
    Submission,
    db,
)
from portal.queries.proofs import public_keys

AT_ONCE = 500


def file_findings(data: Path) -> Iterator[Finding]:
    """Whether all files that the database names lie in `data`, whole, and the keys with them."""
    found = [*_originals(data), *_attachments(data)]
    odd = [name for name, whole in found if not whole]
    yield Finding("kept_files", not odd, {"files": len(found), "odd": odd[:FEW]})
    for key in public_keys()[-1:]:
        yield Finding("kept_key", Keys(data).has(read_key(key.verifier)[1]))
    yield Finding("kept_details", _details_open())


def _details_open() -> bool:
    """Whether the keys of senders' details are those with which they were sealed."""
    query = select(Submission.name, Submission.organisation, Submission.email)
    try:
        for _each in db.session.execute(query.execution_options(yield_per=AT_ONCE)):
            pass
    except KeyLost:
        db.session.rollback()
        return False
    return True


def _originals(data: Path) -> Iterator[tuple[str, bool]]:
    """What drafts and spreadsheets were read from, and the files of editions: name, is it whole."""
    named = union(
        select(DraftVersion.file_sha256).where(DraftVersion.file_sha256 != ""),
        select(DraftImport.file_sha256),
        select(SheetImport.file_sha256),
        select(EditionFile.sha256),
    )
    for name in sorted(db.session.scalars(named)):
        try:
            originals.load(data, name)
        except OSError:
            yield name, False
        else:
            yield name, True


def _attachments(data: Path) -> Iterator[tuple[str, bool]]:
    """Files of comments, those that nobody is shown too."""
    query = select(Attachment.stored, Attachment.sha256).where(Attachment.comment_id.is_not(None))
    for name, sha256 in db.session.execute(query.order_by(Attachment.id)):
        try:
            attachments.load(data, name, sha256)
        except OSError:
            yield name, False
        else:
            yield name, True
