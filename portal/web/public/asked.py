"""The document and the version that an address names."""

from __future__ import annotations

from portal.domain.errors import DomainError
from portal.queries.drafts import DocumentView, VersionHead, list_documents
from portal.web.gate import scope


def document_asked(number: int) -> DocumentView:
    """The document of this consultation. Raises `not_found`."""
    for found in list_documents(scope().id):
        if found.number == number:
            return found
    raise DomainError("not_found", status=404)


def version_asked(document: DocumentView, number: int) -> VersionHead:
    """Its published version. Raises `not_found`."""
    for head in document.published:
        if head.number == number:
            return head
    raise DomainError("not_found", status=404)
